package org.osistack.application.bank;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.osistack.application.rtse.StoredTransferLog;
import org.osistack.application.rtse.TransferLog;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.application.store.StoreMap;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * What a client of banks must not forget: who it is, how many orders it has given, and the order to each bank that is not
 * answered yet. An order is written here before it is sent, and taken away when its answer has been told.
 *
 * <pre>
 *   client   "id"      → 16 octets, at random
 *            "number"  → SEQUENCE { number of the last order }
 *   pending  bank      → SEQUENCE { number of the operation, Order }
 *   transfers, apdus     of each bank: RTSE's, see StoredTransferLog
 * </pre>
 */
final class Journal implements AutoCloseable {
    private static final String ID = "id";
    private static final String NUMBER = "number";

    private final Store store;
    private final StoreMap client;
    private final StoreMap pending;
    private final Octets id;

    /**
     * Use this store.
     *
     * @param random makes the client's name, if it has none yet
     */
    Journal(Store store, RandomGenerator random) throws StoreException {
        this.store = store;
        this.client = store.map("client");
        this.pending = store.map("pending");
        if (client.get(ID) == null) {
            byte[] made = new byte[Order.CLIENT_LENGTH];
            random.nextBytes(made);
            client.put(ID, Octets.of(made));
            store.commit();
        }
        this.id = client.get(ID);
    }

    /** What reliable transfer remembers of associations with this bank. */
    TransferLog transfers(String bank, Consumer<String> complaints) {
        return StoredTransferLog.in(store, bank, complaints);
    }

    /** An order that was written down. */
    record Pending(BankOperation operation, Order order) {
        /** What it is, for a person. */
        String text() {
            return operation.text() + " " + order.account();
        }

        /** That it is done, as the beginning of a sentence that ends with the balance. */
        String done() {
            String amount = BankApplication.money(order.amount());
            return switch (operation) {
                case OPEN -> "opened for " + order.text() + ": ";
                case DEPOSIT -> amount + " paid in: ";
                case WITHDRAW -> amount + " paid out: ";
                default -> amount + " moved to " + order.to() + ": ";
            };
        }

        /** Whether it is what is asked for, so that it need only be finished. */
        boolean isFor(BankOperation wanted, String account, long amount, String to, String text) {
            return operation == wanted
                    && order.asksForTheSameAs(new Order(order.client(), order.number(), account, amount, to, text));
        }
    }

    /** The order to this bank that is not answered; null if there is none. */
    Pending pending(String bank) throws StoreException {
        Octets octets = pending.get(bank);
        if (octets == null) {
            return null;
        }
        BerReader reader = new BerReader(octets);
        reader.enter(Tag.SEQUENCE);
        BankOperation operation = BankOperation.of(reader.integer(Tag.INTEGER));
        Order order = Order.parse(reader.element());
        if (operation == null || order == null) {
            throw new ConfigurationException("the journal " + store + " was made by another version of this program");
        }
        return new Pending(operation, order);
    }

    /** Write an order to this bank down. It is safe when the call returns. */
    Pending write(String bank, BankOperation operation, String account, long amount, String to, String text)
            throws StoreException {
        long number = number() + 1;
        Order order = new Order(id, number, account, amount, to, text);
        client.put(
                NUMBER,
                new BerWriter()
                        .integer(Tag.INTEGER, number)
                        .wrap(Tag.SEQUENCE, 0)
                        .toOctets());
        pending.put(
                bank,
                new BerWriter()
                        .element(order.emit())
                        .integer(Tag.INTEGER, operation.operation().code().local())
                        .wrap(Tag.SEQUENCE, 0)
                        .toOctets());
        store.commit();
        return new Pending(operation, order);
    }

    private long number() throws StoreException {
        Octets octets = client.get(NUMBER);
        return octets == null ? 0 : new BerReader(octets).enter(Tag.SEQUENCE).integer(Tag.INTEGER);
    }

    /** An order to this bank is answered, or was never sent. If it is not the last one, nothing is left to do. */
    void remove(String bank, Order order) throws StoreException {
        Pending last = pending(bank);
        if (last != null && last.order.number() == order.number()) {
            pending.remove(bank);
            store.commit();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
