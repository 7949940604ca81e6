package org.osistack.application.rtse;

import java.util.Collection;

/** Remembers how far the transfers of a host's associations are, so that they survive what the memory does not. */
public interface TransferLog {
    /** Remember this in place of what was remembered of the same association. It is safe when the call returns. */
    void save(TransferState state);

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
