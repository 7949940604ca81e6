package org.osistack.application.rtse;

import java.io.IOException;
import java.util.ArrayDeque;
import org.osistack.application.rtse.TransferState.Checkpoint;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/** A transfer of this side: where it is, and the next two segments, of which one has to know whether it is the last. */
final class Outgoing {
    private static final int UNCHECKED_SEGMENT = 512 * 1024; // octets: without checkpoints an RTTR has all, up to this
    private static final int UNIT = 1024;
    private static final long LAST_MARK = 999_990; // serial numbers end at 999,999 (X.225 §5.8)

    final TransferSource source;
    TransferName name; // null before it has begun
    TransferName present;
    Checkpoint confirmed = Checkpoint.BEGINNING;
    boolean endRequested;
    boolean isHeld;
    boolean isNegative;
    int retries; // without progress

    private final ArrayDeque<Checkpoint> unconfirmed = new ArrayDeque<>();
    private long serial; // of the last point that was set
    private long sent; // octets
    private int sentLast; // octets of the last segment
    private long read; // octets
    private Pdu segment; // to be sent next
    private Pdu following;
    private boolean isAtEnd;

    Outgoing(TransferSource source) {
        this.source = source;
    }

    /** A transfer that was under way before a restart. */
    Outgoing(TransferSource source, TransferState.Outgoing state) {
        this.source = source;
        name = state.name();
        present = state.present();
        confirmed = state.confirmed();
        endRequested = state.endRequested();
    }

    /** Go back to the last confirmed checkpoint. */
    void rewind() {
        release();
        unconfirmed.clear();
        serial = confirmed.serial();
        sent = confirmed.octets();
        read = sent;
        isAtEnd = false;
    }

    /** Forget that anything was confirmed: it will be another activity. */
    void restart() {
        confirmed = Checkpoint.BEGINNING;
        name = null;
        endRequested = false;
    }

    /** Have the next segment at hand, and know whether it is the last. */
    void prepare(PduPool pool, int checkpointSize) throws IOException {
        int length = checkpointSize == 0 ? UNCHECKED_SEGMENT : checkpointSize * UNIT;
        if (segment == null) {
            segment = following == null ? next(pool, length) : following;
            following = null;
            if (segment == null) { // an empty APDU: there is no such encoding, but that is the user's business
                segment = pool.take(0);
            }
        }
        if (following == null && !isAtEnd) {
            following = next(pool, length);
        }
    }

    private Pdu next(PduPool pool, int length) throws IOException {
        Pdu pdu = pool.take(length).pushTrailer(length);
        int count = 0;
        try {
            while (count < length && !isAtEnd) {
                int more = source.read(read + count, pdu.array(), pdu.arrayOffset() + count, length - count);
                isAtEnd = more < 0;
                count += Math.max(0, more);
            }
        } catch (IOException e) {
            pdu.release();
            throw e;
        }
        read += count;
        if (count == 0) {
            pdu.release();
            return null;
        }
        return pdu.truncate(count);
    }

    /** Whether the segment at hand is the last. */
    boolean isLast() {
        return following == null;
    }

    /** The segment at hand, which is the caller's from now on. */
    Pdu takeSegment() {
        Pdu taken = segment;
        segment = null;
        sentLast = taken.length();
        sent += sentLast;
        return taken;
    }

    /** Tell the source that the last segment is on its way. */
    void tellSent() {
        source.sent(sent - sentLast, sentLast);
    }

    /** Whether there is a serial number left for a point: behind the last one an APDU goes on without. */
    boolean mayMark() {
        return serial < LAST_MARK;
    }

    /** A point is set behind what was sent. */
    void mark() {
        unconfirmed.add(new Checkpoint(++serial, sent));
    }

    /** How many points are not confirmed. */
    int outstanding() {
        return unconfirmed.size();
    }

    /** All points up to this one are confirmed. */
    void confirm(long upTo) {
        while (!unconfirmed.isEmpty() && unconfirmed.peek().serial() <= upTo) {
            confirmed = unconfirmed.poll();
            retries = 0;
        }
    }

    /** What is to be remembered; null before it has begun. */
    TransferState.Outgoing state() {
        Octets label = source.label();
        return name == null ? null : new TransferState.Outgoing(name, present, confirmed, endRequested, label);
    }

    void release() {
        if (segment != null) {
            segment.release();
            segment = null;
        }
        if (following != null) {
            following.release();
            following = null;
        }
    }
}
