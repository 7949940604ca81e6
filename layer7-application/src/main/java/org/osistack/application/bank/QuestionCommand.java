package org.osistack.application.bank;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.osistack.application.ForeignText;
import org.osistack.application.cli.Columns;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What changes nothing. */
abstract class QuestionCommand extends ClientCommand {
    private static final int WORDS = 2; // columns

    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Its name.")
    private String account;

    /** How many entries are wanted. */
    abstract int last();

    @Override
    public final Integer call() throws InterruptedException {
        if (!BankApplication.isText(account, 1, BankApplication.MAX_NAME)) {
            throw usage("an account's name has up to " + BankApplication.MAX_NAME + " characters");
        }
        BankOperation operation = last() == 0 ? BankOperation.BALANCE : BankOperation.STATEMENT;
        Question question = new Question(account, last());
        Path file = Path.of(journalFile());
        if (Files.notExists(file)) {
            hold(null, asking -> tell(asking.ask(operation, question)));
            return 0;
        }
        Journal journal;
        try {
            journal = new Journal(Store.open(file), new SecureRandom());
        } catch (StoreException e) { // such as a process that is just about it
            err().println(e.getMessage() + ": orders that are not answered yet are left as they are");
            hold(null, asking -> tell(asking.ask(operation, question)));
            return 0;
        }
        try (journal) {
            hold(journal, asking -> {
                finish(journal, asking);
                tell(asking.ask(operation, question));
            });
        }
        return 0;
    }

    private void tell(Statement statement) {
        out().println(ForeignText.harmless(statement.account() + " of " + statement.owner() + " has "
                + BankApplication.money(statement.balance())));
        if (last() == 0) {
            return;
        }
        Columns columns = new Columns("other account", "reference", "no", "change", "balance");
        for (Entry entry : statement.entries()) {
            columns.row(
                    ForeignText.harmless(entry.other()),
                    ForeignText.harmless(entry.text()),
                    "" + entry.number(),
                    BankApplication.money(entry.change()),
                    BankApplication.money(entry.balance()));
        }
        columns.print(out(), WORDS);
    }

    /** {@code osi bank HOST balance}. */
    @Command(name = "balance", description = "Ask what an account has.")
    static final class Balance extends QuestionCommand {
        @Override
        int last() {
            return 0;
        }
    }

    /** {@code osi bank HOST statement}. */
    @Command(name = "statement", description = "Ask what was done with an account.")
    static final class Statements extends QuestionCommand {
        private static final int USUAL = 10;

        @Parameters(
                index = "1",
                paramLabel = "LAST",
                arity = "0..1",
                description = "How many entries, up to " + BankApplication.MAX_ENTRIES + " (${DEFAULT-VALUE}).")
        private int last = USUAL;

        @Override
        int last() {
            if (last < 1 || last > BankApplication.MAX_ENTRIES) {
                throw usage("a statement has from 1 to " + BankApplication.MAX_ENTRIES + " entries");
            }
            return last;
        }
    }
}
