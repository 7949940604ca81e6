package org.osistack.session.mux;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.session.ProviderAbortReason;

/**
 * What one session has to tell its peer outside of the sequence: not frames in a queue, but what is due, so that a peer that
 * asks a million times makes this side remember no more than once.
 */
final class SessionControls {
    /** The reasons in ABORT (mux §5.3). */
    static final int BY_USER = 0;

    static final int PROTOCOL_ERROR = 1;
    static final int RESTRICTION = 2;

    private final MuxSession session;
    private final Trunk trunk;
    private boolean abortDue;
    private boolean resumeDue;
    private boolean ask;
    private boolean ackDue;
    private boolean ackLater;
    private int abortReason;
    private Octets abortData = Octets.EMPTY;

    SessionControls(MuxSession session, Trunk trunk) {
        this.session = session;
        this.trunk = trunk;
    }

    static ProviderAbortReason reason(int code) {
        return switch (code) {
            case PROTOCOL_ERROR -> ProviderAbortReason.PROTOCOL_ERROR;
            case RESTRICTION -> ProviderAbortReason.IMPLEMENTATION_RESTRICTION;
            default -> ProviderAbortReason.UNDEFINED;
        };
    }

    /** Tell of an abort; user data that doesn't fit into a frame is left away. */
    void abort(int reason, Octets data) {
        abortReason = reason;
        abortData = FrameHeader.LENGTH + 1 + data.length() > trunk.peer().maxFrame() ? Octets.EMPTY : data;
        abortAgain();
    }

    void abortAgain() {
        abortDue = true;
        resumeDue = false;
        ackDue = false;
        trunk.frames().controlDue(session);
    }

    /** Say where the peer is to go on. */
    void resume(boolean newAsk) {
        resumeDue = true;
        ask |= newAsk;
        trunk.frames().controlDue(session);
    }

    void ack() {
        if (!ackDue) {
            ackDue = true;
            trunk.frames().controlDue(session);
        }
    }

    /** Acknowledge when there is time, unless it happens before. */
    void ackLater() {
        if (!ackDue && !ackLater) {
            ackLater = true;
            trunk.frames().ackLater(session);
        }
    }

    void ackTimer() {
        if (ackLater) {
            ack();
        }
    }

    boolean isDue() {
        return abortDue || resumeDue || ackDue;
    }

    /** The frame that is due first, which is not due any more. */
    Pdu next(PduPool pool) {
        if (abortDue) {
            abortDue = false;
            Pdu frame = pool.take(FrameHeader.LENGTH + 1 + abortData.length());
            FrameHeader.append(frame, FrameType.ABORT, 0, 1 + abortData.length(), session.id(), 0)
                    .appendUint8(abortReason);
            abortData.appendTo(frame);
            return frame;
        }
        FrameType type = resumeDue ? FrameType.RESUME : FrameType.ACK;
        int flags = resumeDue && ask ? FrameHeader.ASK : 0;
        resumeDue = false;
        ask = false;
        ackDue = false;
        ackLater = false;
        ReceiveStream receiving = session.receiving();
        return FrameHeader.append(pool.take(), type, flags, 4, session.id(), (int) receiving.expected())
                .pushTrailer(4)
                .putInt32(FrameHeader.LENGTH, (int) receiving.grant());
    }

    /** The frame was not taken by the transport. */
    void notSent(FrameType type, boolean asking) {
        if (type == FrameType.ABORT) {
            abortDue = true;
        } else if (type == FrameType.RESUME) {
            resumeDue = true;
            ask |= asking;
        } else {
            ackDue = true;
        }
        trunk.frames().controlDue(session);
    }

    // The trunk's own
    boolean isQueued;
}
