package org.osistack.session.mux;

import java.util.Map;
import java.util.TreeMap;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/**
 * What one side of a session receives: it puts frames in order, throws away what it has already, puts units together, and
 * keeps what its user doesn't want yet, up to the credit (mux §5).
 *
 * <pre>
 *              consumed        expected                  limit
 *   -------------- | ------------- | ----------------------- | -------&gt;
 *     the user has |  kept         |   early frames, gaps    |  the peer must not
 * </pre>
 */
final class ReceiveStream {
    /** Takes units. */
    interface Sink {
        /** A unit is complete. Its octets belong to the sink. */
        void unit(FrameType type, Pdu body);

        /** Whether units are wanted now. */
        boolean isReady();
    }

    /** What became of a frame. */
    enum Verdict {
        TAKEN,
        DUPLICATE,
        /** Beyond the credit, across others, or of a unit that is too long or mixed up. */
        FAULT
    }

    private final PduPool pool;
    private final Sink sink;
    private final int credit;
    private final int maxUnit;
    private final FrameHeader header = new FrameHeader();
    private final OctetRing kept = new OctetRing(); // whole frames in order
    private final TreeMap<Long, byte[]> early = new TreeMap<>(); // frames by position
    private int earlyOctets;
    private long expected;
    private long consumed;
    private long limit;
    private FrameType type; // of the unit that has begun
    private Pdu unit; // what has come of it; null if nothing has
    private boolean delivering;
    private boolean closed;

    ReceiveStream(PduPool pool, Sink sink, Settings settings) {
        this.pool = pool;
        this.sink = sink;
        this.credit = settings.credit();
        this.maxUnit = settings.maxUnit();
        this.limit = settings.credit();
    }

    /** A frame of a unit has come. It is taken over. */
    Verdict receive(Pdu frame, int sequence) {
        long position = FrameHeader.expand(expected, sequence);
        long end = position + frame.length();
        if (position < expected || early.containsKey(position)) {
            frame.release();
            return Verdict.DUPLICATE;
        }
        if (end > limit || position > expected && !fitsBetween(position, end)) {
            frame.release();
            return Verdict.FAULT;
        }
        if (position > expected) {
            early.put(position, frame.toByteArray());
            earlyOctets += frame.length();
            frame.release();
            return Verdict.TAKEN;
        }
        Map.Entry<Long, byte[]> behind = early.firstEntry();
        if (behind != null && end > behind.getKey()) {
            frame.release();
            return Verdict.FAULT;
        }
        expected = end;
        boolean good = true;
        if (kept.isEmpty() && !delivering && sink.isReady()) {
            good = deliver(frame);
        } else {
            kept.append(frame.array(), frame.arrayOffset(), frame.length());
            frame.release();
        }
        takeEarly();
        return good && drain() ? Verdict.TAKEN : Verdict.FAULT;
    }

    private boolean fitsBetween(long position, long end) {
        Map.Entry<Long, byte[]> before = early.lowerEntry(position);
        Map.Entry<Long, byte[]> behind = early.higherEntry(position);
        return (before == null || before.getKey() + before.getValue().length <= position)
                && (behind == null || end <= behind.getKey());
    }

    private void takeEarly() {
        while (!early.isEmpty() && early.firstKey() == expected) {
            byte[] frame = early.pollFirstEntry().getValue();
            earlyOctets -= frame.length;
            expected += frame.length;
            kept.append(frame, 0, frame.length);
        }
    }

    /**
     * Deliver what is kept as far as it is wanted.
     *
     * @return false if it is a fault
     */
    boolean drain() {
        while (!kept.isEmpty() && !delivering && !closed && sink.isReady()) {
            int length = FrameHeader.LENGTH + kept.getUint16(kept.start() + 2);
            Pdu frame = pool.take(length).pushTrailer(length);
            kept.copyTo(kept.start(), frame.array(), frame.arrayOffset(), length);
            kept.discardTo(kept.start() + length);
            if (!deliver(frame)) {
                return false;
            }
        }
        return true;
    }

    private boolean deliver(Pdu frame) {
        consumed += frame.length();
        FrameType frameType = header.wrap(frame).type();
        boolean last = header.isEnd();
        frame.pullHeader(FrameHeader.LENGTH);
        int before = unit == null ? 0 : unit.length();
        if (type != null && type != frameType || before + frame.length() > maxUnit + AcceptUnit.MAX_HEAD) {
            frame.release();
            return false;
        }
        if (type == null && last) {
            tell(frameType, frame);
            return true;
        }
        type = frameType;
        if (unit == null) {
            unit = pool.take(frame.length());
        } else if (unit.tailroom() < frame.length()) {
            unit = Framer.larger(pool, unit, 2 * (before + frame.length()));
        }
        unit.append(frame, 0, frame.length());
        frame.release();
        if (last) {
            Pdu whole = unit;
            unit = null;
            type = null;
            tell(frameType, whole);
        }
        return true;
    }

    /** Whoever is told may come back with more; then that is kept until this unit has been told. */
    private void tell(FrameType told, Pdu body) {
        delivering = true;
        try {
            sink.unit(told, body);
        } finally {
            delivering = false;
        }
    }

    /** The position before which everything has come. */
    long expected() {
        return expected;
    }

    /** How many octets more the peer could be allowed to send. */
    long newCredit() {
        return consumed + credit - limit;
    }

    /** Allow the peer what there is room for, and say up to which position. */
    long grant() {
        limit = Math.max(limit, consumed + credit);
        return limit;
    }

    /** How many octets are stored here. */
    int stored() {
        return kept.length() + earlyOctets + (unit == null ? 0 : unit.length());
    }

    /** Forget everything; nothing is delivered any more. */
    void close() {
        closed = true;
        kept.clear(kept.end());
        early.clear();
        earlyOctets = 0;
        if (unit != null) {
            unit.release();
            unit = null;
        }
        type = null;
    }
}
