package org.osistack.transport.tcp;

/** The round-trip time, smoothed, and the retransmission time-out that follows from it (RFC 6298). Nanoseconds. */
final class RttEstimator {
    private static final long INITIAL_NANOS = 1_000_000_000L; // §2.1
    private static final long AFTER_LOST_SYN_NANOS = 3_000_000_000L; // §5.7
    private static final long GRANULARITY_NANOS = 1_000_000L; // G of §2.3

    private final long minNanos;
    private final long maxNanos;
    private long srtt; // 0 while there was no measurement
    private long rttVar;
    private long rto = INITIAL_NANOS;
    private int backOff;

    /**
     * Make an estimator.
     *
     * @param minNanos no time-out is shorter; RFC 6298 §2.4 wants a second, everyone uses less
     * @param maxNanos no time-out is longer, however often it is doubled (§2.5: at least 60 s)
     */
    RttEstimator(long minNanos, long maxNanos) {
        this.minNanos = minNanos;
        this.maxNanos = maxNanos;
    }

    /** Take a measurement R, which must not come from a segment that was sent twice (Karn's rule, §3). */
    void measured(long r) {
        if (srtt == 0) { // §2.2
            srtt = Math.max(1, r);
            rttVar = r / 2;
        } else { // §2.3: alpha 1/8, beta 1/4
            rttVar += (Math.abs(srtt - r) - rttVar) >> 2;
            srtt = Math.max(1, srtt + ((r - srtt) >> 3));
        }
        rto = Math.max(minNanos, srtt + Math.max(GRANULARITY_NANOS, 4 * rttVar));
        backOff = 0;
    }

    /** The timer has expired: twice as long next time (§5.5). */
    void backOff() {
        if (rto << backOff < maxNanos) {
            backOff++;
        }
    }

    /** The peer has acknowledged something new, so it is there. */
    void progressed() {
        backOff = 0;
    }

    /** The handshake is over, and it took a retransmission: the first time-out for data is to be longer (§5.7). */
    void lostSyn() {
        if (srtt == 0) {
            rto = Math.max(rto, Math.min(AFTER_LOST_SYN_NANOS, maxNanos));
        }
    }

    /** The smoothed round-trip time; 0 while unknown. */
    long srtt() {
        return srtt;
    }

    /** The present time-out. */
    long rto() {
        return Math.min(maxNanos, rto << backOff);
    }

    /** How often the time-out was doubled since something got through. */
    int backOffs() {
        return backOff;
    }
}
