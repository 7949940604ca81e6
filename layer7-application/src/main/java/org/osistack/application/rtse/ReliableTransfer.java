package org.osistack.application.rtse;

import org.osistack.core.Octets;
import org.osistack.core.dialogue.ExceptionReason;

/**
 * One end of an association for reliable transfer: the requests and responses of X.218. Requests after the end are
 * ignored; one that is not allowed in the present state throws {@link IllegalStateException} and has no effect.
 *
 * <p>A lost association is recovered meanwhile. The user notices only that it takes longer.
 */
public interface ReliableTransfer {
    /** RT-OPEN.response: accept. */
    void openResponse(Octets userData);

    /**
     * RT-OPEN.response: refuse.
     *
     * @param reason for a person
     * @param userData one encoding; empty for none
     */
    void openRefusal(String reason, Octets userData);

    /**
     * RT-TRANSFER.request, by the side that has the turn. It is confirmed when the peer has secured the APDU, or when
     * that is given up.
     *
     * @param transferNanos how long it may take with all retries and recoveries, in nanoseconds
     */
    void transferRequest(TransferSource source, long transferNanos);

    /** Give up the transfer that is under way: the peer forgets what it has of it. It is confirmed as not transferred. */
    void transferDiscardRequest();

    /** Interrupt the transfer that is under way, to go on with it at {@link #transferResumeRequest}. */
    void transferInterruptRequest();

    /** Go on with the transfer that was interrupted. */
    void transferResumeRequest();

    /**
     * Tell the sender that the APDU that is arriving can't be received: it interrupts the transfer, discards it, or ends
     * all, by the reason.
     */
    void exceptionReportRequest(ExceptionReason reason);

    /**
     * RT-TURN-PLEASE.request, by the side that has not got the turn.
     *
     * @param priority 0 is the highest, and for closing
     */
    void turnPleaseRequest(int priority);

    /** RT-TURN-GIVE.request. */
    void turnGiveRequest();

    /** RT-CLOSE.request, by the side that opened the association, and has the turn. */
    void closeRequest(Octets userData);

    /** RT-CLOSE.response. It can't be refused. */
    void closeResponse(Octets userData);

    /** RT-U-ABORT.request: end at once, and hear nothing more. */
    void userAbortRequest(Octets userData);

    /**
     * End for now, and hear nothing more: a local matter. What the log has of the association stays there, and so does what
     * a sink has of an APDU, so that it can be gone on with later. The peer takes it for a loss, and waits.
     */
    void suspendRequest();

    /** Whether this side may transfer. */
    boolean hasTurn();

    /** Whether a transfer of this side is not yet confirmed. */
    boolean isTransferring();

    DialogueMode mode();

    /** The distance of checkpoints that was agreed on, in units of 1024 octets; 0 if there are none. */
    int checkpointSize();

    /** How many checkpoints may be unconfirmed. */
    int windowSize();

    /** By which the association is continued after a loss; null if the caller gave it no name. */
    SessionConnectionIdentifier association();

    /** As {@link org.osistack.application.Association#user()}; in a recovery it has to be the same again. */
    String user();

    /** The peer's address, and its title if it gave one, for a person. */
    String peer();
}
