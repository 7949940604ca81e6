package org.osistack.transport.tcp;

/**
 * The segments that were sent and are not acknowledged, oldest first: for each where it begins, when it was last sent,
 * and what is known of its fate. This is the scoreboard of RFC 6675 §3, and what RACK needs (RFC 8985 §5.1).
 *
 * <p>Index 0 is the oldest segment. Each ends where the next one begins, the newest at SND.NXT. A FIN counts as one
 * octet.
 */
final class Flight {
    private static final int SACKED = 1; // the peer has it, but not all before it
    private static final int LOST = 2; // to be sent again
    private static final int RETRANSMITTED = 4; // was sent more than once

    private static final int[] NO_STARTS = {};
    private static final long[] NO_TIMES = {};
    private static final byte[] NO_FLAGS = {};

    private int[] starts = NO_STARTS;
    private long[] times = NO_TIMES;
    private byte[] flags = NO_FLAGS;
    private int mask = -1;
    private int head;
    private int count;
    private int end; // of the newest segment
    private int sackedOctets;
    private int sackedSegments;
    private int lostOctets;
    private int firstLost; // no segment before this one is lost

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int startOf(int index) {
        return starts[head + index & mask];
    }

    int endOf(int index) {
        return index + 1 < count ? starts[head + index + 1 & mask] : end;
    }

    int lengthOf(int index) {
        return endOf(index) - startOf(index);
    }

    /** When the segment was last sent, in nanoseconds of the host's clock. */
    long sentAt(int index) {
        return times[head + index & mask];
    }

    boolean isSacked(int index) {
        return (flags[head + index & mask] & SACKED) != 0;
    }

    boolean isLost(int index) {
        return (flags[head + index & mask] & LOST) != 0;
    }

    boolean isRetransmitted(int index) {
        return (flags[head + index & mask] & RETRANSMITTED) != 0;
    }

    /** SND.NXT - SND.UNA: octets that are not acknowledged (FlightSize of RFC 5681). */
    int outstanding() {
        return count == 0 ? 0 : end - startOf(0);
    }

    /** How many octets are thought to be on the way: neither acknowledged in any form nor lost (pipe of RFC 6675). */
    int pipe() {
        return outstanding() - sackedOctets - lostOctets;
    }

    /** How many octets the peer has selectively acknowledged. */
    int sackedOctets() {
        return sackedOctets;
    }

    int sackedSegments() {
        return sackedSegments;
    }

    int lostOctets() {
        return lostOctets;
    }

    /** A new segment was sent; it begins where the one before it ends. */
    void sent(int start, int newEnd, long now) {
        if (count == starts.length) {
            grow();
        }
        int slot = head + count & mask;
        starts[slot] = start;
        times[slot] = now;
        flags[slot] = 0;
        count++;
        end = newEnd;
    }

    private void grow() {
        int capacity = Math.max(16, 2 * starts.length);
        int[] newStarts = new int[capacity];
        long[] newTimes = new long[capacity];
        byte[] newFlags = new byte[capacity];
        for (int i = 0; i < count; i++) {
            int slot = head + i & mask;
            newStarts[i] = starts[slot];
            newTimes[i] = times[slot];
            newFlags[i] = flags[slot];
        }
        starts = newStarts;
        times = newTimes;
        flags = newFlags;
        mask = capacity - 1;
        head = 0;
    }

    /** The segment was sent again. */
    void retransmitted(int index, long now) {
        int slot = head + index & mask;
        if ((flags[slot] & LOST) != 0) {
            lostOctets -= lengthOf(index);
        }
        flags[slot] = (byte) (flags[slot] & ~LOST | RETRANSMITTED);
        times[slot] = now;
    }

    /** The segment is taken for lost, unless the peer has it. */
    void markLost(int index) {
        int slot = head + index & mask;
        if ((flags[slot] & (LOST | SACKED)) == 0) {
            flags[slot] |= LOST;
            lostOctets += lengthOf(index);
            firstLost = Math.min(firstLost, index);
        }
    }

    /** All that the peer is not known to have is lost (RFC 6675 §5.1). */
    void markAllLost() {
        if (count > 0 && isSacked(0)) {
            forgetSacks(); // the peer has thrown away what it had announced (RFC 2018 §8)
        }
        for (int i = 0; i < count; i++) {
            markLost(i);
        }
    }

    /** None is lost after all. */
    void unmarkLost() {
        for (int i = 0; i < count; i++) {
            flags[head + i & mask] &= ~LOST;
        }
        lostOctets = 0;
        firstLost = count;
    }

    private void forgetSacks() {
        for (int i = 0; i < count; i++) {
            flags[head + i & mask] &= ~SACKED;
        }
        sackedOctets = 0;
        sackedSegments = 0;
    }

    /** The oldest segment that is to be sent again; -1 if there is none. */
    int firstLost() {
        if (lostOctets == 0) {
            firstLost = count;
            return -1;
        }
        while (!isLost(firstLost)) {
            firstLost++;
        }
        return firstLost;
    }

    /** The peer has acknowledged all octets before this one. */
    void acknowledge(int ack, Rack rack, long now) {
        int removed = 0;
        while (count > 0 && !SequenceNumber.isAfter(endOf(0), ack)) {
            int slot = head & mask;
            uncount(slot, lengthOf(0));
            if ((flags[slot] & SACKED) == 0) {
                rack.delivered(times[slot], endOf(0), (flags[slot] & RETRANSMITTED) != 0, true, now);
            } else {
                sackedSegments--;
            }
            head = head + 1 & mask;
            count--;
            removed++;
        }
        firstLost = Math.max(0, firstLost - removed);
        if (count > 0 && SequenceNumber.isBefore(startOf(0), ack)) {
            uncount(head & mask, ack - startOf(0)); // a part of a segment: the path's MTU was halved on the way
            starts[head & mask] = ack;
        }
    }

    private void uncount(int slot, int octets) {
        if ((flags[slot] & LOST) != 0) {
            lostOctets -= octets;
        }
        if ((flags[slot] & SACKED) != 0) {
            sackedOctets -= octets;
        }
    }

    /**
     * The peer has these octets, though not all before them.
     *
     * @return how many of them are news
     */
    int sacked(int left, int right, Rack rack, long now) {
        int news = 0;
        for (int i = indexFrom(left); i < count; i++) {
            int endOfSegment = endOf(i);
            if (SequenceNumber.isAfter(endOfSegment, right)) {
                break;
            }
            int slot = head + i & mask;
            if ((flags[slot] & SACKED) == 0) {
                int octets = endOfSegment - starts[slot];
                if ((flags[slot] & LOST) != 0) {
                    lostOctets -= octets;
                }
                flags[slot] = (byte) (flags[slot] & ~LOST | SACKED);
                sackedOctets += octets;
                sackedSegments++;
                news += octets;
                rack.delivered(times[slot], endOfSegment, (flags[slot] & RETRANSMITTED) != 0, false, now);
            }
        }
        return news;
    }

    /** The first segment that begins at or after a sequence number. */
    private int indexFrom(int sequenceNumber) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (SequenceNumber.isBefore(startOf(middle), sequenceNumber)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Cut segments that are longer than {@code mss}, since the path does not take them any more; all are lost. */
    void resegment(int mss) {
        int oldCount = count;
        int[] oldStarts = new int[oldCount];
        long[] oldTimes = new long[oldCount];
        byte[] oldFlags = new byte[oldCount];
        for (int i = 0; i < oldCount; i++) {
            int slot = head + i & mask;
            oldStarts[i] = starts[slot];
            oldTimes[i] = times[slot];
            oldFlags[i] = flags[slot];
        }
        int oldEnd = end;
        count = 0;
        for (int i = 0; i < oldCount; i++) {
            int to = i + 1 < oldCount ? oldStarts[i + 1] : oldEnd;
            for (int from = oldStarts[i]; SequenceNumber.isBefore(from, to); from += mss) {
                sent(from, SequenceNumber.earlier(from + mss, to), oldTimes[i]);
                flags[head + count - 1 & mask] = oldFlags[i];
            }
        }
        sackedSegments = 0;
        for (int i = 0; i < count; i++) {
            sackedSegments += isSacked(i) ? 1 : 0;
        }
        firstLost = 0;
        markAllLost();
    }

    /** Forget everything, and the arrays with it. */
    void clear() {
        starts = NO_STARTS;
        times = NO_TIMES;
        flags = NO_FLAGS;
        mask = -1;
        head = 0;
        count = 0;
        sackedOctets = 0;
        sackedSegments = 0;
        lostOctets = 0;
        firstLost = 0;
    }
}
