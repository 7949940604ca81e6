package org.osistack.transport.tcp;

/**
 * Finds out by time which segments are lost (RACK, RFC 8985): one that was sent long enough before another one that
 * has arrived must have arrived as well by now. Unlike counting duplicate acknowledgements, this sees the loss of a
 * retransmission too.
 *
 * <p>Variables have the names of RFC 8985 §5.2 and §5.3. Times are in nanoseconds.
 */
final class Rack {
    private static final int DUP_THRESH = 3; // segments
    private static final long MIN_RTT_LIFETIME_NANOS = 300_000_000_000L; // paths change
    private static final int REO_WND_PERSIST = 16; // recoveries, §6.2 step 4

    private long xmitTs; // RACK.xmit_ts: when the segment that was sent last, of those delivered, was sent
    private int endSeq; // RACK.end_seq: and where it ends
    private long rackRtt; // RACK.rtt
    private long minRtt = Long.MAX_VALUE; // RACK.min_RTT
    private long minRttAt;
    private boolean reorderingSeen;
    private int fack; // RACK.fack: the highest sequence number that was delivered
    private int reoWndMult = 1;
    private int reoWndPersist;
    private boolean dsackRound;
    private int dsackRoundEnd;
    private boolean anyDelivered;
    private long sample;

    /** A connection begins. */
    void begin(int iss) {
        fack = iss;
    }

    /** An acknowledgement begins to be looked at. */
    void beginAck() {
        sample = -1;
    }

    /**
     * The acknowledgement tells that the peer has a segment (§6.2, steps 1 to 3).
     *
     * @param sentAt when it was last sent
     * @param retransmitted whether it was sent more than once
     * @param cumulative whether everything before it has arrived as well
     */
    void delivered(long sentAt, int end, boolean retransmitted, boolean cumulative, long now) {
        long rtt = now - sentAt;
        if (retransmitted) {
            if (rtt < minRtt) {
                return; // an earlier transmission of it must have arrived
            }
        } else {
            if (cumulative && sample < 0) {
                sample = rtt;
            }
            if (rtt <= minRtt || now - minRttAt > MIN_RTT_LIFETIME_NANOS) {
                minRtt = rtt;
                minRttAt = now;
            }
            if (SequenceNumber.isBefore(end, fack)) {
                reorderingSeen = true;
            }
        }
        fack = SequenceNumber.later(fack, end);
        if (!anyDelivered || isSentAfter(sentAt, end, xmitTs, endSeq)) {
            anyDelivered = true;
            rackRtt = rtt;
            xmitTs = sentAt;
            endSeq = end;
        }
    }

    /** The round-trip time that this acknowledgement measured, from the oldest segment sent once; -1 if none. */
    long sample() {
        return sample;
    }

    /** The peer got something twice: the reordering window was too short (§6.2, step 4). */
    void duplicateReported(int sndUna, int sndNxt) {
        if (dsackRound && SequenceNumber.isBefore(sndUna, dsackRoundEnd)) {
            return; // once a round trip
        }
        dsackRound = true;
        dsackRoundEnd = sndNxt;
        reoWndMult = Math.min(reoWndMult + 1, 64);
        reoWndPersist = REO_WND_PERSIST;
    }

    /** Everything that was on the way when a loss was found has been repaired. */
    void recovered() {
        if (reoWndPersist > 0 && --reoWndPersist == 0) {
            reoWndMult = 1;
        }
    }

    /**
     * Mark the segments that must be lost (§6.2, step 5).
     *
     * @param recovering whether a loss is being repaired already
     * @return after how long to look again, in nanoseconds; 0 if there is no need to
     */
    long detect(Flight flight, boolean recovering, long srtt, long now) {
        if (!anyDelivered) {
            return 0;
        }
        long wait = rackRtt + reorderingWindow(flight, recovering, srtt);
        long lookAgain = 0;
        for (int i = 0; i < flight.count(); i++) {
            long sentAt = flight.sentAt(i);
            if (sentAt > xmitTs && !flight.isRetransmitted(i)) {
                break; // nor can any behind it have been sent before
            }
            if (flight.isSacked(i) || flight.isLost(i) || !isSentAfter(xmitTs, endSeq, sentAt, flight.endOf(i))) {
                continue;
            }
            long remaining = sentAt + wait - now;
            if (remaining <= 0) {
                flight.markLost(i);
            } else {
                lookAgain = Math.max(lookAgain, remaining);
            }
        }
        return lookAgain;
    }

    private long reorderingWindow(Flight flight, boolean recovering, long srtt) {
        if (!reorderingSeen && (recovering || flight.sackedSegments() >= DUP_THRESH)) {
            return 0;
        }
        return Math.min(reoWndMult * (minRtt / 4), srtt);
    }

    private static boolean isSentAfter(long time, int end, long otherTime, int otherEnd) {
        return time > otherTime || time == otherTime && SequenceNumber.isAfter(end, otherEnd);
    }
}
