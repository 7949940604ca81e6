package org.osistack.transport.tcp;

/**
 * What a sender does about segments that did not arrive: it finds out ({@link Rack}, duplicate acknowledgements,
 * time-out), tells the congestion control, and keeps track of when all is well again.
 *
 * <pre>
 *                 a segment is lost                          time-out
 *       OPEN ---------------------------> RECOVERY -----------------------------+
 *        ^  \                                |                                  |
 *        |   \    time-out                   | SND.UNA reaches `recover`        v
 *        |    +--------------------------------------------------------------> LOSS
 *        +-----------------------------------+----------------------------------+
 * </pre>
 *
 * <p>RECOVERY is the fast recovery of RFC 6675 with selective acknowledgements and of RFC 6582 without. LOSS is the
 * slow start after a time-out (RFC 5681 §3.1).
 */
final class LossRecovery {
    /** What the sender is about. */
    enum Phase {
        OPEN,
        RECOVERY,
        LOSS
    }

    private static final int DUP_THRESH = 3;

    private final CongestionControl congestion;
    private final Rack rack = new Rack();
    private final Flight flight;
    private Phase phase = Phase.OPEN;
    private boolean sack;
    private int recover; // RFC 6582 §3.2: SND.NXT when the loss was found
    private int dupAcks;
    private int recoverFs; // RecoverFS of RFC 6937 §3: what was on the way when the loss was found
    private long prrDelivered; // octets that have arrived since
    private long prrOut; // octets sent since
    private int window; // pipe + sndcnt: how much may be on the way until the next acknowledgement
    private boolean probing; // a tail loss probe is on the way (RFC 8985 §7)
    private boolean probeIsRetransmission;
    private int probeEnd; // TLP.end_seq
    private boolean mayBeSpurious; // the last time-out may have been a mistake (RFC 3522)
    private int timedOutAt; // our timestamp clock then

    LossRecovery(CongestionControl congestion, Flight flight) {
        this.congestion = congestion;
        this.flight = flight;
    }

    void begin(int iss) {
        rack.begin(iss);
        recover = iss;
    }

    /** Whether the peer acknowledges selectively. */
    void selective(boolean newSack) {
        sack = newSack;
    }

    Rack rack() {
        return rack;
    }

    Phase phase() {
        return phase;
    }

    /** How many octets are on the way, as far as can be told. */
    int pipe() {
        int pipe = flight.pipe();
        return dupAcks == 0 ? pipe : Math.max(0, pipe - dupAcks * congestion.smss());
    }

    /**
     * How many octets may be on the way: the congestion window, or during fast recovery what comes down to it step by
     * step (proportional rate reduction, RFC 6937).
     */
    int window() {
        return phase == Phase.RECOVERY ? window : congestion.cwnd();
    }

    /** Octets were sent. */
    void sent(int octets) {
        prrOut += octets;
    }

    /**
     * An acknowledgement was applied to the flight.
     *
     * @param acked how many octets it acknowledged beyond SND.UNA as it was
     * @param sacked by how many octets what is acknowledged selectively has grown, or shrunk
     * @param duplicate whether it is a duplicate acknowledgement as RFC 5681 §2 defines it
     * @param duplicateReported whether it tells that the peer got something twice (RFC 2883)
     * @param used whether the congestion window was in full use
     * @return after how long to look for losses again, in nanoseconds; 0 if there is no need to
     */
    long acknowledged(
            int acked,
            int sacked,
            boolean duplicate,
            boolean duplicateReported,
            boolean used,
            int sndUna,
            int sndNxt,
            long srtt,
            long now) {
        if (duplicateReported) {
            rack.duplicateReported(sndUna, sndNxt);
        }
        probeAnswered(sndUna, duplicateReported, sndNxt, now);
        if (acked > 0) {
            advanced(acked, used, sndUna, srtt, now);
        } else if (duplicate && !sack && phase != Phase.LOSS) {
            dupAcks++;
            if (dupAcks == DUP_THRESH && phase == Phase.OPEN && SequenceNumber.isAfter(sndUna, recover)) {
                flight.markLost(0);
            }
        }
        long lookAgain = sack && (flight.sackedSegments() > 0 || phase != Phase.OPEN) ? detect(srtt, now) : 0;
        if (!enterRecoveryIfLost(sndNxt, now) && phase == Phase.RECOVERY) {
            int delivered = sack ? acked + sacked : acked > 0 ? acked : congestion.smss();
            reduceRate(delivered, acked > 0);
        }
        return lookAgain;
    }

    /** RFC 6937 §3: for each octet that has arrived, how many may be sent. */
    private void reduceRate(int delivered, boolean safe) {
        prrDelivered += delivered;
        int pipe = pipe();
        int ssthresh = congestion.ssthresh();
        long allowed;
        if (pipe > ssthresh) {
            allowed = (prrDelivered * ssthresh + recoverFs - 1) / recoverFs - prrOut;
        } else {
            long limit = Math.max(prrDelivered - prrOut, delivered) + (safe ? congestion.smss() : 0);
            allowed = Math.min(ssthresh - pipe, limit);
        }
        if (prrOut == 0) {
            allowed = Math.max(allowed, congestion.smss()); // the first retransmission goes at once (RFC 6675 §5, 4.3)
        }
        window = pipe + (int) Math.max(0, allowed);
    }

    private void advanced(int acked, boolean used, int sndUna, long srtt, long now) {
        boolean repaired = !SequenceNumber.isBefore(sndUna, recover);
        switch (phase) {
            case OPEN -> {
                dupAcks = 0;
                if (used) {
                    congestion.acknowledged(acked, false, srtt, now);
                }
            }
            case RECOVERY -> {
                if (repaired) {
                    reopen();
                } else if (!sack) { // a partial acknowledgement (RFC 6582 §3.2): the next hole shows
                    dupAcks = Math.max(0, dupAcks - Math.max(0, acked / congestion.smss() - 1));
                    flight.markLost(0);
                }
            }
            case LOSS -> {
                if (repaired) {
                    reopen();
                }
                congestion.acknowledged(acked, !repaired, srtt, now);
            }
            default -> throw new IllegalStateException(phase.name());
        }
    }

    private void reopen() {
        phase = Phase.OPEN;
        dupAcks = 0;
        mayBeSpurious = false;
        rack.recovered();
    }

    /** Look for segments that must be lost by now, since the time has come (RFC 8985 §6.3). */
    long reorderingTimedOut(int sndNxt, long srtt, long now) {
        long lookAgain = detect(srtt, now);
        if (!enterRecoveryIfLost(sndNxt, now) && phase == Phase.RECOVERY && flight.lostOctets() > 0) {
            reduceRate(congestion.smss(), true);
        }
        return lookAgain;
    }

    private long detect(long srtt, long now) {
        return rack.detect(flight, phase != Phase.OPEN, srtt, now);
    }

    /** Begin to repair, if something is lost and that was not known yet. */
    private boolean enterRecoveryIfLost(int sndNxt, long now) {
        if (phase != Phase.OPEN || flight.lostOctets() == 0) {
            return false;
        }
        phase = Phase.RECOVERY;
        recover = sndNxt;
        recoverFs = Math.max(1, flight.outstanding());
        prrDelivered = 0;
        prrOut = 0;
        congestion.lossDetected(flight.outstanding(), now);
        reduceRate(congestion.smss(), true);
        return true;
    }

    /**
     * The retransmission timer has expired: everything that is not known to have arrived is lost.
     *
     * @param again whether it had expired before without any progress since
     * @param timestamp our timestamp clock
     */
    void timedOut(int sndNxt, boolean again, int timestamp, long now) {
        congestion.timedOut(flight.outstanding(), again, now);
        flight.markAllLost();
        phase = Phase.LOSS;
        recover = sndNxt;
        dupAcks = 0;
        probing = false;
        if (!again) {
            mayBeSpurious = true;
            timedOutAt = timestamp;
        }
    }

    /**
     * The first acknowledgement after a time-out echoes this timestamp: if it is older than the retransmission, the
     * segment had not been lost at all (Eifel detection, RFC 3522 §3.2; response RFC 4015).
     *
     * @param duplicateReported whether it tells that the peer got a segment twice: then its first answer was lost, and
     *     the time-out was none too early (step 6)
     * @return whether the time-out was a mistake
     */
    boolean isTimeOutSpurious(int tsEcr, boolean duplicateReported) {
        if (phase != Phase.LOSS || !mayBeSpurious) {
            return false;
        }
        mayBeSpurious = false;
        if (duplicateReported || !SequenceNumber.isBefore(tsEcr, timedOutAt)) {
            return false;
        }
        flight.unmarkLost();
        congestion.undo();
        phase = Phase.OPEN;
        return true;
    }

    /** The path takes only shorter segments: send everything again, without taking that for congestion (RFC 8899 §3). */
    void tooLong(int mss, int sndNxt) {
        flight.resegment(mss);
        phase = Phase.LOSS;
        recover = sndNxt;
        dupAcks = 0;
        mayBeSpurious = false;
    }

    /** Whether a tail loss probe may be sent (RFC 8985 §7.2). */
    boolean mayProbe() {
        return sack && phase == Phase.OPEN && !probing && flight.sackedSegments() == 0 && flight.lostOctets() == 0;
    }

    /** A tail loss probe was sent. */
    void probed(boolean retransmission, int sndNxt) {
        probing = true;
        probeIsRetransmission = retransmission;
        probeEnd = sndNxt;
    }

    /** RFC 8985 §7.4: if the probe repaired a loss, nobody else will have noticed it. */
    private void probeAnswered(int sndUna, boolean duplicateReported, int sndNxt, long now) {
        if (!probing || SequenceNumber.isBefore(sndUna, probeEnd)) {
            return;
        }
        probing = false;
        if (probeIsRetransmission && !duplicateReported && phase == Phase.OPEN) {
            congestion.lossDetected(Math.max(flight.outstanding(), congestion.cwnd()), now);
        }
    }
}
