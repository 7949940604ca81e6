package org.osistack.application.bank;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.osistack.application.rose.Code;
import org.osistack.application.rtse.StoredTransferLog;
import org.osistack.application.rtse.TransferLog;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.application.store.StoreMap;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The accounts of the bank, in a store. An order changes them, their logs and the client's last answer in one commit: after
 * a crash there is all of it or nothing, so an order that comes again is known again.
 *
 * <pre>
 *   accounts  name                → SEQUENCE { owner, balance, number of its last entry }
 *   entries   name NUL number     → Entry
 *   clients   user NUL client id  → SEQUENCE { number, error, value }     -- the last order, and the answer to it
 *   transfers, apdus                                              -- RTSE's, see StoredTransferLog
 * </pre>
 */
final class Accounts implements AutoCloseable {
    private static final int MAX_ACCOUNTS = 100_000;
    private static final int MAX_CLIENTS = 100_000;
    private static final long KEPT_ENTRIES = 10_000; // of each account

    private final Store store;
    private final StoreMap accounts;
    private final StoreMap entries;
    private final StoreMap clients;

    Accounts(Store store) {
        this.store = store;
        this.accounts = store.map("accounts");
        this.entries = store.map("entries");
        this.clients = store.map("clients");
    }

    /** An account as it is kept. */
    private record Account(String name, String owner, long balance, long lastEntry) {
        static Account parse(String name, Octets octets) {
            BerReader reader = new BerReader(octets);
            reader.enter(Tag.SEQUENCE);
            String owner = reader.utf8String(Tag.UTF8_STRING);
            return new Account(name, owner, reader.integer(Tag.INTEGER), reader.integer(Tag.INTEGER));
        }

        Octets emit() {
            return new BerWriter()
                    .integer(Tag.INTEGER, lastEntry)
                    .integer(Tag.INTEGER, balance)
                    .utf8String(Tag.UTF8_STRING, owner)
                    .wrap(Tag.SEQUENCE, 0)
                    .toOctets();
        }

        Statement statement() {
            return new Statement(name, owner, balance, List.of());
        }
    }

    /**
     * Do what a client orders, once: an order with the number of the last one is answered as that was.
     *
     * @param user who has proved to be that; empty if nobody had to
     */
    Answer perform(String user, BankOperation operation, Order order) {
        try {
            String client = user + '\0' + order.client();
            Octets last = clients.get(client);
            if (last != null) {
                BerReader reader = new BerReader(last);
                reader.enter(Tag.SEQUENCE);
                long number = reader.integer(Tag.INTEGER);
                if (number == order.number()) {
                    return kept(reader);
                } else if (number > order.number()) {
                    return Answer.of(
                            BankError.STALE_REQUEST,
                            "request " + order.number() + " comes too late: request " + number + " has been done");
                }
            } else if (clients.size() >= MAX_CLIENTS) {
                return Answer.of(BankError.BANK_FULL, "the bank has no room for another client");
            }
            Answer answer = change(operation, order);
            clients.put(client, answer.emit(order.number()));
            store.commit();
            return answer;
        } catch (StoreException e) {
            return unavailable(e);
        }
    }

    private Answer unavailable(StoreException failure) {
        try {
            store.rollback();
        } catch (StoreException e) {
            failure.addSuppressed(e); // it can't be used any more, as it will say
        }
        return Answer.of(BankError.UNAVAILABLE, "the bank can't use its books: " + failure.getMessage());
    }

    private static Answer kept(BerReader reader) {
        long error = reader.integer(Tag.INTEGER);
        Octets value = reader.element();
        return error == 0 ? Answer.of(Statement.parse(value)) : Answer.ofParameter(BankError.of(Code.of(error)), value);
    }

    private Answer change(BankOperation operation, Order order) throws StoreException {
        if (operation == BankOperation.OPEN) {
            return open(order);
        }
        Account account = account(order.account());
        if (account == null) {
            return unknown(order.account());
        } else if (order.amount() <= 0 || order.amount() > BankApplication.MAX_AMOUNT) {
            return Answer.of(
                    BankError.BAD_AMOUNT,
                    "an amount is from 0.01 to " + BankApplication.money(BankApplication.MAX_AMOUNT));
        }
        long taken = operation == BankOperation.DEPOSIT ? 0 : order.amount();
        if (taken > account.balance) {
            return Answer.of(
                    BankError.INSUFFICIENT_FUNDS,
                    order.account() + " has " + BankApplication.money(account.balance) + ", which is less than "
                            + BankApplication.money(taken));
        }
        if (operation == BankOperation.WITHDRAW) {
            return Answer.of(book(account, -taken, "", order.text()).statement());
        }
        return operation == BankOperation.DEPOSIT
                ? deposit(account, order)
                : transfer(account, account(order.to()), order);
    }

    private Answer open(Order order) throws StoreException {
        if (account(order.account()) != null) {
            return Answer.of(BankError.ACCOUNT_EXISTS, "there is an account " + order.account() + " already");
        } else if (accounts.size() >= MAX_ACCOUNTS) {
            return Answer.of(BankError.BANK_FULL, "the bank has no room for another account");
        }
        Account opened = new Account(order.account(), order.text(), 0, 0);
        accounts.put(order.account(), opened.emit());
        return Answer.of(opened.statement());
    }

    private Answer deposit(Account account, Order order) throws StoreException {
        return wouldOverflow(account, order.amount())
                ? overflow(account)
                : Answer.of(book(account, order.amount(), "", order.text()).statement());
    }

    private Answer transfer(Account from, Account to, Order order) throws StoreException {
        if (to == null) {
            return unknown(order.to());
        } else if (to.name.equals(from.name)) {
            return Answer.of(BankError.BAD_AMOUNT, "a transfer is from one account to another");
        } else if (wouldOverflow(to, order.amount())) {
            return overflow(to);
        }
        Account after = book(from, -order.amount(), to.name, order.text());
        book(to, order.amount(), from.name, order.text());
        return Answer.of(after.statement());
    }

    private static boolean wouldOverflow(Account account, long amount) {
        return account.balance + amount > BankApplication.MAX_AMOUNT;
    }

    private static Answer overflow(Account account) {
        return Answer.of(
                BankError.BAD_AMOUNT,
                account.name + " would have more than " + BankApplication.money(BankApplication.MAX_AMOUNT));
    }

    private static Answer unknown(String name) {
        return Answer.of(BankError.UNKNOWN_ACCOUNT, "there is no account " + name);
    }

    private Account book(Account account, long change, String other, String text) throws StoreException {
        long number = account.lastEntry + 1;
        Account after = new Account(account.name, account.owner, account.balance + change, number);
        accounts.put(account.name, after.emit());
        entries.put(entryKey(account.name, number), new Entry(number, change, after.balance, other, text).emit());
        if (number > KEPT_ENTRIES) {
            entries.remove(entryKey(account.name, number - KEPT_ENTRIES));
        }
        return after;
    }

    private static String entryKey(String account, long number) {
        return account + '\0' + number;
    }

    private Account account(String name) throws StoreException {
        Octets octets = accounts.get(name);
        return octets == null ? null : Account.parse(name, octets);
    }

    /** How an account stands, with its last entries. */
    Answer ask(String name, int last) {
        try {
            Account account = account(name);
            if (account == null) {
                return unknown(name);
            }
            List<Entry> found = new ArrayList<>();
            for (long number = Math.max(1, account.lastEntry - last + 1); number <= account.lastEntry; number++) {
                Octets entry = entries.get(entryKey(name, number));
                if (entry != null) { // the eldest are not kept
                    found.add(Entry.parse(new BerReader(entry)));
                }
            }
            return Answer.of(new Statement(name, account.owner, account.balance, found));
        } catch (StoreException e) {
            return Answer.of(BankError.UNAVAILABLE, "the bank can't use its books: " + e.getMessage());
        }
    }

    /** What reliable transfer remembers, in the same store. */
    TransferLog transfers(Consumer<String> complaints) {
        return StoredTransferLog.in(store, "", complaints);
    }

    /** What all accounts have together, in cents. */
    long sum() throws StoreException {
        long sum = 0;
        for (Octets key = accounts.ceilingKey(Octets.EMPTY); key != null; key = accounts.higherKey(key)) {
            sum += Account.parse("", accounts.get(key)).balance;
        }
        return sum;
    }

    @Override
    public void close() {
        store.close();
    }
}
