package org.osistack.application.rtse;

import java.io.IOException;

/**
 * Where an APDU goes that arrives.
 *
 * <p>A sink may do its work on another thread, but in the order in which it was asked for, and it reports on the host's
 * own. A checkpoint is confirmed to the peer, and so never sent again, when the sink says that it is secured.
 */
public interface TransferSink {
    /** Hears how a task of the sink ended, on the host's thread; at once, or later. Further calls have no effect. */
    interface Completion {
        /** It is done, and so is all that was asked for before. */
        void done();

        /** It can't be done. The peer is told, and will interrupt the transfer or begin it anew. */
        void failed(String why);
    }

    /**
     * Take octets, which follow those that were taken before.
     *
     * @param octets whose it is after the call is not the sink's: to be copied
     * @throws IOException if it can't
     */
    void append(byte[] octets, int offset, int length) throws IOException;

    /** Make what was taken so far survive a crash, as far as this sink survives any. */
    void secure(Completion completion);

    /**
     * Go back to a secured checkpoint: forget the octets behind it.
     *
     * @param length how many octets of the APDU remain
     * @throws IOException if it can't
     */
    void rollBack(long length) throws IOException;

    /**
     * The APDU is whole: make it take effect, and survive a crash. After a crash in the middle of it this is asked for
     * again, of a sink for a transfer of the same {@link TransferName}, and must have effect only once.
     */
    void commit(Completion completion);

    /** The transfer is given up: forget everything. The sink is not used any more. */
    void discard();
}
