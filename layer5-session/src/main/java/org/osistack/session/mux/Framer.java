package org.osistack.session.mux;

import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/**
 * Finds the frames in what a transport connection delivers, however it is cut. A part that is exactly one frame is passed on
 * as it is; otherwise the octets of a frame are copied once.
 */
final class Framer {
    /** Takes what is found. */
    interface Sink {
        /** A whole frame with a possible header. It belongs to the sink. */
        void frame(Pdu frame);

        /** The octets are no frame; nothing more is found from here on. They belong to the sink. */
        void garbage(Pdu part);

        /** Whether there is still somebody who wants frames. */
        boolean isOpen();
    }

    private final PduPool pool;
    private final Sink sink;
    private int maxFrame;
    private Pdu partial; // the beginning of a frame; null if there is none

    Framer(PduPool pool, Sink sink, int maxFrame) {
        this.pool = pool;
        this.sink = sink;
        this.maxFrame = maxFrame;
    }

    /** How long a frame may be from now on. */
    void maxFrame(int octets) {
        maxFrame = octets;
    }

    /** Whether all that has come was whole frames. */
    boolean isBetweenFrames() {
        return partial == null;
    }

    /** More octets. They are taken over. */
    void octets(Pdu part) {
        while (part.length() > 0 && sink.isOpen()) {
            if (partial != null) {
                if (!complete(part)) {
                    break;
                }
            } else if (part.length() < FrameHeader.LENGTH) {
                partial = pool.take(part.length()).append(part, 0, part.length());
                break;
            } else if (!isFrame(part)) {
                sink.garbage(part);
                return;
            } else {
                int length = FrameHeader.frameLength(part);
                if (length == part.length()) {
                    sink.frame(part);
                    return;
                }
                int here = Math.min(length, part.length());
                Pdu copy = pool.take(here).append(part, 0, here);
                part.pullHeader(here);
                if (here < length) {
                    partial = copy;
                    break;
                }
                sink.frame(copy);
            }
        }
        part.release();
    }

    private boolean isFrame(Pdu octets) {
        return FrameHeader.isPossible(octets) && FrameHeader.frameLength(octets) <= maxFrame;
    }

    /** Add to what there is of a frame; says whether the part may have more. */
    private boolean complete(Pdu part) {
        if (partial.length() < FrameHeader.LENGTH && !fill(part, FrameHeader.LENGTH)) {
            return false;
        }
        if (!isFrame(partial)) {
            Pdu garbage = partial;
            partial = null;
            sink.garbage(garbage);
            return false;
        }
        if (!fill(part, FrameHeader.frameLength(partial))) {
            return false;
        }
        Pdu frame = partial;
        partial = null;
        sink.frame(frame);
        return true;
    }

    /** Add octets up to that length; says whether there were enough. */
    private boolean fill(Pdu part, int wanted) {
        int length = Math.min(wanted - partial.length(), part.length());
        if (partial.tailroom() < length) {
            partial = larger(pool, partial, Math.min(wanted, 2 * (partial.length() + length)));
        }
        partial.append(part, 0, length);
        part.pullHeader(length);
        return partial.length() == wanted;
    }

    /** The same data in a PDU with room for that many octets in all. */
    static Pdu larger(PduPool pool, Pdu pdu, int capacity) {
        Pdu larger = pool.take(capacity).append(pdu, 0, pdu.length());
        pdu.release();
        return larger;
    }

    /** Throw away what there is of a frame. */
    void clear() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }
}
