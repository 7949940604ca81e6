package org.osistack.application.file;

import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.application.rtse.TransferSource;
import org.osistack.core.Octets;

/** In what a client that sends and one that gets differ. */
interface ClientSide {
    /** Whether there is nothing to be done: all had arrived when the command was interrupted. The user has been told so. */
    default boolean hadArrived() {
        return false;
    }

    /** What is said in RT-OPEN.request. */
    Octets opening();

    /**
     * Go on after a restart, as soon as the association has recovered.
     *
     * @param sent what RTSE remembers of the last item that arrived
     */
    void restore(Octets sent);

    /** The server has accepted. */
    void opened(ReliableTransfer transfer, Octets answer);

    /** The association is there again. */
    void recovered(ReliableTransfer transfer);

    /** The source of an item that was under way before a restart; null if there is none. */
    default TransferSource source(Octets label) {
        return null;
    }

    /** An item was transferred, or was not. */
    default void confirm(boolean transferred) {}

    /** Where an item goes that arrives; null if none may. */
    default TransferSink sink(TransferName name, long secured) {
        return null;
    }

    /** An item is in its place. */
    default void received() {}

    /** The server has sent all. */
    default void turnGiven() {}

    /** Let go of what is open, and leave for later what has arrived. */
    void leave();

    /** Let go of what is open. */
    void close();
}
