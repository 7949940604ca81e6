package org.osistack.session.mux;

import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/**
 * What one side of a session sends: its units, cut into frames that lie one behind the other in a buffer until the peer has
 * acknowledged them. A frame's sequence number is the place of its first octet (mux §5).
 *
 * <pre>
 *        acknowledged       next                    end
 *   ------- | ---------------- | ---------------------- | -------&gt;
 *     gone  |  sent, kept      |  waits to be sent      |
 *                                     | limit: the peer takes no more for now
 * </pre>
 */
final class SendStream {
    private final OctetRing ring = new OctetRing();
    private final byte[] header = new byte[FrameHeader.LENGTH];
    private int maxFrame;
    private long next;
    private long limit;
    private boolean recovering;
    private long highest; // the furthest that next has been
    private long sentAgain;
    private boolean wasAgain;

    /** The peer's wishes are known. */
    void begin(Parameters peer) {
        maxFrame = peer.maxFrame();
        limit = peer.credit();
    }

    /** Add a unit: a fixed part, and what is from an offset on in an array. */
    void add(FrameType type, int session, byte[] head, byte[] body, int offset, int length) {
        int total = head.length + length;
        int done = 0;
        do {
            int part = Math.min(maxFrame - FrameHeader.LENGTH, total - done);
            int end = done + part;
            FrameHeader.write(header, type, end == total ? FrameHeader.END : 0, part, session, (int) ring.end());
            ring.append(header, 0, header.length);
            int fromHead = Math.max(0, Math.min(head.length, end) - done);
            ring.append(head, Math.min(done, head.length), fromHead);
            ring.append(body, offset + Math.max(0, done - head.length), part - fromHead);
            done = end;
        } while (done < total);
    }

    /** How long the next frame is that may be sent now; 0 if there is none. */
    int sendable() {
        if (recovering || next == ring.end()) {
            return 0;
        }
        int length = lengthAt(next);
        return next + length <= limit ? length : 0;
    }

    private int lengthAt(long position) {
        return FrameHeader.LENGTH + ring.getUint16(position + 2);
    }

    /** A copy of the next frame. It is not taken to be sent before {@link #sent}. */
    Pdu frame(PduPool pool, int length) {
        Pdu frame = pool.take(length).pushTrailer(length);
        ring.copyTo(next, frame.array(), frame.arrayOffset(), length);
        return frame;
    }

    void sent(int length) {
        wasAgain = next < highest;
        next += length;
        if (wasAgain) {
            sentAgain += length;
        } else {
            highest = next;
        }
    }

    /** The transport did not take the frame that was counted as sent last. */
    void notSent(int length) {
        next -= length;
        if (wasAgain) {
            sentAgain -= length;
        } else {
            highest = next;
        }
    }

    /**
     * The peer has everything before a position.
     *
     * @return whether it can be: a frame begins there, and it was sent
     */
    boolean acknowledge(long position) {
        long at = ring.start();
        if (position > highest) {
            return false;
        }
        while (at < position) {
            at += lengthAt(at);
        }
        if (at > position && position > ring.start()) {
            return false;
        }
        if (at > ring.start()) {
            next = Math.max(next, at);
            ring.discardTo(at);
        }
        return true;
    }

    /** The peer takes everything before a position. */
    void limit(long position) {
        limit = Math.max(limit, position);
    }

    /** What was sent may be lost: wait for the peer to say where to go on. */
    void await() {
        recovering = true;
    }

    /**
     * Go on behind what is acknowledged.
     *
     * @return how many octets are to be sent again
     */
    int rewind() {
        recovering = false;
        int again = (int) (next - ring.start());
        next = ring.start();
        return again;
    }

    boolean isRecovering() {
        return recovering;
    }

    long acknowledged() {
        return ring.start();
    }

    long limit() {
        return limit;
    }

    /** How many octets wait to be sent or acknowledged. */
    int buffered() {
        return ring.length();
    }

    boolean isEmpty() {
        return ring.isEmpty();
    }

    /** How many octets of memory it holds. */
    int memory() {
        return ring.capacity();
    }

    /** How many octets were sent more than once. */
    long sentAgain() {
        return sentAgain;
    }

    /** Forget everything. */
    void clear() {
        ring.clear(ring.end());
        next = ring.end();
        highest = next;
    }

    /** How far this side has sent. */
    long highest() {
        return highest;
    }
}
