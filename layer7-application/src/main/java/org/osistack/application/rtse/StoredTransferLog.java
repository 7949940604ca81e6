package org.osistack.application.rtse;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.osistack.application.store.Store;
import org.osistack.core.Octets;

/**
 * A transfer log that survives the process. The states are in memory too, so that only changes go to the book that it is
 * kept in.
 *
 * <pre>
 *   transfers  "to " or "from ", association               → TransferState
 *   apdus      "to " or "from ", association, NUL, number  → an APDU that waits for its transfer
 * </pre>
 */
public final class StoredTransferLog implements TransferLog {
    private static final String TRANSFERS = "transfers";
    private static final String APDUS = "apdus";
    private static final char END_OF_NAME = '\0';

    /** Keeps values by map and key. What is put is seen at once, and safe from the next commit on. Complains by itself. */
    public interface Book {
        /** The value of a key; null if it has none. */
        Octets get(String map, String key);

        void put(String map, String key, Octets value);

        void remove(String map, String key);

        /** The keys that begin so. */
        List<String> keys(String map, String prefix);

        /** Make all safe that was put; it is, when the call returns. */
        void commit();

        /** As {@link #commit()}, without waiting for it: the task is run on the host's thread when it is done. */
        default void commit(Runnable whenSafe) {
            commit();
            whenSafe.run();
        }

        /** Make all safe that was put, in a while. */
        default void commitSoon() {
            commit();
        }
    }

    private record Key(boolean isInitiator, SessionConnectionIdentifier association) {
        @Override
        public String toString() {
            return (isInitiator ? "to " : "from ") + keyOf(association);
        }
    }

    private final Book book;
    private final Map<Key, TransferState> states = new LinkedHashMap<>();

    /** Make a log of what is in this book. */
    public StoredTransferLog(Book book) {
        this.book = book;
        for (String key : book.keys(TRANSFERS, "")) {
            Octets octets = book.get(TRANSFERS, key);
            TransferState state = octets == null ? null : TransferState.parse(octets);
            if (state != null) {
                states.put(key(state), state);
            }
        }
    }

    /**
     * Make a log in a store, to be used on the store's thread. What is kept there is committed together with what others
     * have put into the store.
     *
     * @param owner tells this log from others in the same store
     * @param complaints is told once if the store fails; transfers go on without being remembered
     */
    public static StoredTransferLog in(Store store, String owner, Consumer<String> complaints) {
        return new StoredTransferLog(new StoreBook(store, owner + END_OF_NAME, complaints));
    }

    /** An association as a text that no other has. */
    public static String keyOf(SessionConnectionIdentifier association) {
        return association.callingReference() + " " + association.commonReference() + " "
                + association.additionalInformation();
    }

    private static Key key(TransferState state) {
        return new Key(state.isInitiator(), state.association());
    }

    private void note(TransferState state) {
        Key key = key(state);
        states.put(key, state);
        book.put(TRANSFERS, key.toString(), state.emit());
    }

    @Override
    public void save(TransferState state) {
        note(state);
        book.commit();
    }

    @Override
    public void save(TransferState state, Runnable whenSafe) {
        note(state);
        book.commit(whenSafe);
    }

    @Override
    public void saveSoon(TransferState state) {
        note(state);
        book.commitSoon();
    }

    @Override
    public TransferState load(boolean isInitiator, SessionConnectionIdentifier association) {
        return states.get(new Key(isInitiator, association));
    }

    @Override
    public Collection<TransferState> all() {
        return List.copyOf(states.values());
    }

    @Override
    public void remove(TransferState state) {
        Key key = key(state);
        states.remove(key);
        book.remove(TRANSFERS, key.toString());
        for (String apdu : book.keys(APDUS, key.toString() + END_OF_NAME)) {
            book.remove(APDUS, apdu);
        }
        book.commit();
    }

    // ---- APDUs that wait ----

    private static String key(boolean isInitiator, SessionConnectionIdentifier association, long number) {
        return new Key(isInitiator, association).toString() + END_OF_NAME + number;
    }

    @Override
    public void keep(boolean isInitiator, SessionConnectionIdentifier association, long number, Octets apdu) {
        book.put(APDUS, key(isInitiator, association, number), apdu);
    }

    @Override
    public void drop(boolean isInitiator, SessionConnectionIdentifier association, long number) {
        book.remove(APDUS, key(isInitiator, association, number));
    }

    @Override
    public SortedMap<Long, Octets> kept(boolean isInitiator, SessionConnectionIdentifier association) {
        SortedMap<Long, Octets> kept = new TreeMap<>();
        String prefix = new Key(isInitiator, association).toString() + END_OF_NAME;
        for (String key : book.keys(APDUS, prefix)) {
            Octets apdu = book.get(APDUS, key);
            if (apdu != null) {
                kept.put(Long.parseLong(key.substring(prefix.length())), apdu);
            }
        }
        return kept;
    }
}
