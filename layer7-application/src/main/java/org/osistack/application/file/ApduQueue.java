package org.osistack.application.file;

import java.util.ArrayDeque;
import org.osistack.application.Association;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/** APDUs on their way to the association, which may make them wait. */
final class ApduQueue {
    private final PduPool pool;
    private final Association association;
    private final ArrayDeque<Pdu> waiting = new ArrayDeque<>();
    private boolean releasing;
    private boolean ended;

    ApduQueue(PduPool pool, Association association) {
        this.pool = pool;
        this.association = association;
    }

    PduPool pool() {
        return pool;
    }

    /** Send an APDU that is rare enough to be queued if the association makes it wait. */
    void send(FileApdu apdu) {
        send(apdu.toPdu(pool));
    }

    /**
     * Send an APDU. Before each that carries data, ask {@link #isBlocked()}: that bounds the queue. After
     * {@link #release} it is thrown away.
     */
    void send(Pdu pdu) {
        if (ended || releasing) {
            pdu.release();
        } else if (!waiting.isEmpty() || !association.dataRequest(pdu)) {
            waiting.addLast(pdu);
        }
    }

    /** Whether the association has to take what waits before there is more to send. */
    boolean isBlocked() {
        return ended || !waiting.isEmpty();
    }

    /** The association takes APDUs again. */
    void ready() {
        while (!waiting.isEmpty() && association.dataRequest(waiting.peekFirst())) {
            waiting.removeFirst();
        }
        if (releasing && !ended && waiting.isEmpty()) {
            askForRelease();
        }
    }

    /** Release the association when all that waits is on its way. */
    void release() {
        if (!releasing) {
            releasing = true;
            if (waiting.isEmpty()) {
                askForRelease();
            }
        }
    }

    /** Whether there is nothing left to talk about. */
    boolean isReleasing() {
        return releasing;
    }

    private void askForRelease() {
        ended = true; // the association takes nothing more
        association.releaseRequest();
    }

    /** The association has ended: nothing goes out any more. */
    void end() {
        ended = true;
        clear();
    }

    /** The transfer has ended: what waits would be in vain. */
    void clear() {
        waiting.forEach(Pdu::release);
        waiting.clear();
    }
}
