package org.osistack.application.bank;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.osistack.application.cli.CommandFailure;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What changes accounts: is written down, sent until it is answered, and crossed out. */
abstract class OrderCommand extends ClientCommand {
    /** The order as it was typed. */
    record Typed(BankOperation operation, String account, long amount, String to, String text) {}

    /** What was typed. */
    abstract Typed typed();

    @Override
    public final Integer call() throws InterruptedException {
        Typed typed = typed();
        if (!BankApplication.isText(typed.account, 1, BankApplication.MAX_NAME)
                || !BankApplication.isText(typed.to, 0, BankApplication.MAX_NAME)
                || !BankApplication.isText(typed.text, 0, BankApplication.MAX_TEXT)) {
            throw usage("an account's name has up to " + BankApplication.MAX_NAME + " characters, a text up to "
                    + BankApplication.MAX_TEXT);
        }
        try (Journal journal = new Journal(Store.open(Path.of(journalFile())), new SecureRandom())) {
            hold(journal, asking -> order(journal, typed, asking));
            return 0;
        } catch (StoreException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private void order(Journal journal, Typed typed, Asking asking) throws InterruptedException {
        Finished before = finish(journal, asking);
        if (before != null
                && before.order().isFor(typed.operation, typed.account, typed.amount, typed.to, typed.text)) {
            check(before.answer());
            return;
        }
        Journal.Pending order = asking.onThread(
                () -> journal.write(server(), typed.operation, typed.account, typed.amount, typed.to, typed.text));
        check(asking.order(order, true, answer -> {
            if (answer.error() == null) {
                tell(order, answer);
            }
        }));
    }

    private static void check(Answer answer) {
        if (answer.error() != null) {
            throw new CommandFailure("not done: " + answer.sentence());
        }
    }

    /** Cents of what was typed, such as {@code 12.50}. */
    final long cents(String amount) {
        try {
            long cents = new BigDecimal(amount).movePointRight(2).longValueExact();
            if (cents > 0 && cents <= BankApplication.MAX_AMOUNT) {
                return cents;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw usage(amount + " is no amount, such as 12.50: " + e.getMessage());
        }
        throw usage("an amount is from 0.01 to " + BankApplication.money(BankApplication.MAX_AMOUNT));
    }

    /** {@code osi bank HOST open}. */
    @Command(name = "open", description = "Open an account.")
    static final class Open extends OrderCommand {
        @Parameters(index = "0", paramLabel = "ACCOUNT", description = "What it is to be called.")
        private String account;

        @Parameters(index = "1", paramLabel = "OWNER", description = "Whose it is.")
        private String owner;

        @Override
        Typed typed() {
            return new Typed(BankOperation.OPEN, account, 0, "", owner);
        }
    }

    /** {@code osi bank HOST deposit}. */
    @Command(name = "deposit", description = "Pay into an account.")
    static final class Deposit extends OrderCommand {
        @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Its name.")
        private String account;

        @Parameters(index = "1", paramLabel = "AMOUNT", description = "Such as 12.50.")
        private String amount;

        @Parameters(index = "2", paramLabel = "REFERENCE", arity = "0..1", description = "What the statement says.")
        private String reference = "";

        @Override
        Typed typed() {
            return new Typed(BankOperation.DEPOSIT, account, cents(amount), "", reference);
        }
    }

    /** {@code osi bank HOST withdraw}. */
    @Command(name = "withdraw", description = "Take from an account what it has.")
    static final class Withdraw extends OrderCommand {
        @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Its name.")
        private String account;

        @Parameters(index = "1", paramLabel = "AMOUNT", description = "Such as 12.50.")
        private String amount;

        @Parameters(index = "2", paramLabel = "REFERENCE", arity = "0..1", description = "What the statement says.")
        private String reference = "";

        @Override
        Typed typed() {
            return new Typed(BankOperation.WITHDRAW, account, cents(amount), "", reference);
        }
    }

    /** {@code osi bank HOST transfer}. */
    @Command(name = "transfer", description = "Move money from one account to another.")
    static final class Transfer extends OrderCommand {
        @Parameters(index = "0", paramLabel = "FROM", description = "The account that has it.")
        private String from;

        @Parameters(index = "1", paramLabel = "TO", description = "The account that gets it.")
        private String to;

        @Parameters(index = "2", paramLabel = "AMOUNT", description = "Such as 12.50.")
        private String amount;

        @Parameters(index = "3", paramLabel = "REFERENCE", arity = "0..1", description = "What the statements say.")
        private String reference = "";

        @Override
        Typed typed() {
            return new Typed(BankOperation.TRANSFER, from, cents(amount), to, reference);
        }
    }
}
