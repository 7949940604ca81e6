package org.osistack.application.rtse;

import java.util.Collection;

/** Remembers how far the transfers of a host's associations are, so that they survive what the memory does not. */
public interface TransferLog {
    /** Remember this in place of what was remembered of the same association. It is safe when the call returns. */
    void save(TransferState state);

    /**
     * As {@link #save(TransferState)}, without waiting for it.
     *
     * @param whenSafe is run on the host's thread when it is safe, at once or later, in the order of the calls
     */
    default void save(TransferState state, Runnable whenSafe) {
        save(state);
        whenSafe.run();
    }

    /** Remember this, but it may take a while until it is safe: after a crash a state from shortly before may be found. */
    default void saveSoon(TransferState state) {
        save(state);
    }

    /**
     * What is remembered of an association; null if nothing is.
     *
     * @param isInitiator whether this side asked for it
     */
    TransferState load(boolean isInitiator, SessionConnectionIdentifier association);

    /** What is remembered of all associations. */
    Collection<TransferState> all();

    /** The association has ended: forget it. */
    void remove(TransferState state);
}
