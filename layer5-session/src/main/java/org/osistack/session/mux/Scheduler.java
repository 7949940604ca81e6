package org.osistack.session.mux;

import java.util.ArrayDeque;

/**
 * Whose frame is next: deficit round robin over the sessions that have something to send (Shreedhar and Varghese, 1995). In
 * each round every session may send so many octets, whatever its SSDUs are; what it doesn't use of it for want of a frame
 * that is short enough, it has in the next round.
 */
final class Scheduler {
    private final ArrayDeque<MuxSession> ready = new ArrayDeque<>();
    private int quantum = Parameters.MIN_FRAME;

    /** How many octets a session may send in a round; at least the longest frame, so that each visit has a result. */
    void quantum(int octets) {
        quantum = octets;
    }

    /** The session may have something to send. */
    void add(MuxSession session) {
        if (!session.isScheduled) {
            session.isScheduled = true;
            session.deficit = quantum;
            ready.addLast(session);
        }
    }

    /** The session whose next frame is to be sent; null if there is none. */
    MuxSession next() {
        for (MuxSession first = ready.peekFirst(); first != null; first = ready.peekFirst()) {
            int length = first.sending().sendable();
            if (length == 0) {
                ready.pollFirst();
                first.isScheduled = false;
            } else if (length > first.deficit) {
                first.deficit += quantum;
                ready.addLast(ready.pollFirst());
            } else {
                return first;
            }
        }
        return null;
    }

    void clear() {
        ready.clear();
    }
}
