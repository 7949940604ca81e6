package org.osistack.transport.tcp;

import org.osistack.core.Host;

/**
 * The sending half of a connection: the send sequence space (RFC 9293 §3.3.1), and when to send what.
 *
 * <pre>
 *                  1         2          3          4
 *             ----------|----------|----------|----------
 *                    SND.UNA    SND.NXT    SND.UNA
 *                                         +SND.WND
 *
 *   1 acknowledged   2 on the way   3 may be sent   4 not yet
 * </pre>
 */
final class Sender {
    private static final int DEFAULT_MSS = 536; // RFC 9293 §3.7.1
    private static final int SHORT_SEGMENTS = 16; // how many segments may be on the way however short they are

    private final TcpConnection connection;
    private final Host host;
    private final TcpSettings settings;
    private final TcpCounters counters;
    private final SegmentWriter writer;

    final SendBuffer buffer;
    final SendWindow window = new SendWindow();
    final Flight flight = new Flight();
    final CongestionControl congestion;
    final RttEstimator rtt;
    private final LossRecovery recovery;
    private final SendTimeouts timeouts;

    int iss;
    int sndUna;
    int sndNxt;

    boolean windowScaling;
    boolean timestamps;
    boolean sackPermitted;
    /** The longest text and options together that the peer and the path take, in octets (RFC 9293 §3.7.1). */
    int maxSegment = DEFAULT_MSS;

    private int peerMss = DEFAULT_MSS;
    private int bufferSeq; // the sequence number of the first octet of the buffer
    private boolean finRequested;
    private boolean congestionLimited;
    private boolean zeroWindowProbed; // the octet at SND.NXT was sent, though the window is shut
    private long lastSentAt = Long.MIN_VALUE;

    long octetsAcknowledged;
    long retransmissions;

    Sender(TcpConnection connection, TcpEntity entity) {
        this.connection = connection;
        this.host = entity.host;
        this.settings = entity.settings;
        this.counters = entity.counters;
        this.writer = entity.writer;
        this.buffer = new SendBuffer(entity.rings, settings.sendBuffer());
        this.congestion = settings.congestion().create();
        this.recovery = new LossRecovery(congestion, flight);
        this.rtt = new RttEstimator(settings.minRtoNanos(), settings.maxRtoNanos());
        this.timeouts = new SendTimeouts(connection, entity, this, recovery);
        this.windowScaling = settings.windowShift() >= 0;
        this.timestamps = settings.timestamps();
        this.sackPermitted = settings.sack();
    }

    // The handshake

    /** Choose the initial sequence number; the SYN is on the way from now on. */
    void begin(int newIss) {
        long now = host.now();
        iss = newIss;
        sndUna = iss;
        sndNxt = iss + 1;
        bufferSeq = iss + 1;
        recovery.begin(iss);
        flight.sent(iss, sndNxt, now);
        timeouts.started(now);
        timeouts.schedule(now);
    }

    /** The peer's SYN has come: agree on what both sides can do. */
    void negotiated(TcpOptions peer) {
        windowScaling &= peer.windowScale != TcpOptions.ABSENT;
        window.shift(windowScaling ? Math.min(14, peer.windowScale) : 0); // RFC 7323 §2.3
        timestamps &= peer.timestamps;
        sackPermitted &= peer.sackPermitted;
        peerMss = peer.maxSegmentSize == TcpOptions.ABSENT ? DEFAULT_MSS : Math.max(64, peer.maxSegmentSize);
        recovery.selective(sackPermitted);
        refreshMaxSegment();
    }

    /** The connection is established. */
    void established() {
        int smss = mss();
        boolean synLost = timeouts.isSynLost();
        if (synLost) {
            rtt.lostSyn();
        }
        int octets = Math.min(settings.initialWindow() * smss, Math.max(2 * smss, 14600)); // RFC 6928 §2
        congestion.begin(smss, synLost ? smss : octets); // RFC 5681 §3.1: one segment after a lost SYN
    }

    /** How many octets of text fit in a segment: Eff.snd.MSS of RFC 9293 §3.7.1. */
    int mss() {
        return maxSegment - (timestamps ? TcpOptions.TIMESTAMPS_LENGTH : 0);
    }

    /** Ask the network how long segments may be by now. */
    private boolean refreshMaxSegment() {
        int before = maxSegment;
        maxSegment = Math.max(64, Math.min(peerMss, connection.pathMaxSegment()));
        return maxSegment != before;
    }

    /** A segment was too long for the path: cut what is on the way anew, and send it again. */
    void pathTooNarrow() {
        int before = maxSegment;
        if (refreshMaxSegment() && maxSegment < before && connection.state.sends()) {
            congestion.segmentLength(mss());
            recovery.tooLong(mss(), sndNxt);
            output();
        }
    }

    // What the user wants

    /** After the octets that are there comes the FIN. */
    void requestFin() {
        finRequested = true;
    }

    boolean isFinRequested() {
        return finRequested;
    }

    boolean isFinSent() {
        return finRequested && sndNxt == dataEnd() + 1;
    }

    boolean isFinAcknowledged() {
        return finRequested && sndUna == dataEnd() + 1;
    }

    /** Whether the peer has acknowledged every octet of the user's data. */
    boolean isDataAcknowledged() {
        return buffer.length() == 0;
    }

    private int dataEnd() {
        return bufferSeq + buffer.length();
    }

    /** How many octets of the user's data were not sent yet. */
    int unsent() {
        return Math.max(0, dataEnd() - sndNxt);
    }

    // What the peer says

    /** The highest acknowledgement that makes sense: SND.NXT, or one more if the peer may have a probe's octet. */
    int sndMax() {
        return zeroWindowProbed ? sndNxt + 1 : sndNxt;
    }

    /** An acceptable acknowledgement has come: SND.UNA =< SEG.ACK =< SND.NXT (RFC 9293 §3.10.7.4, fifth). */
    void acknowledged(Segment segment) {
        long now = host.now();
        int ack = segment.ack;
        if (ack - sndNxt == 1 && zeroWindowProbed) {
            flight.sent(sndNxt, ack, now);
            sndNxt = ack;
            zeroWindowProbed = false;
        }
        int windowBefore = window.octets();
        window.update(segment);
        boolean duplicate = ack == sndUna // RFC 5681 §2
                && !flight.isEmpty()
                && segment.len() == 0
                && window.octets() == windowBefore;
        recovery.rack().beginAck();
        int sackedBefore = flight.sackedOctets();
        int acked = ack - sndUna;
        if (acked > 0) {
            advance(ack, segment.options, now);
        } else if (window.octets() == 0 || timeouts.isPersisting()) {
            timeouts.heardOfShutWindow(now);
        }
        boolean duplicateReported = sackPermitted
                && segment.options.sackBlocks > 0
                && SackBlocks.apply(segment.options, sndUna, sndNxt, flight, recovery.rack(), now);
        int sacked = flight.sackedOctets() - sackedBefore;
        LossRecovery.Phase before = recovery.phase();
        long lookAgain = recovery.acknowledged(
                acked, sacked, duplicate, duplicateReported, congestionLimited, sndUna, sndNxt, rtt.srtt(), now);
        timeouts.lookAgain(lookAgain, now);
        countRecovery(before);
    }

    /** Count it if fast recovery has begun. */
    void countRecovery(LossRecovery.Phase before) {
        if (before == LossRecovery.Phase.OPEN && recovery.phase() == LossRecovery.Phase.RECOVERY) {
            counters.fastRetransmits++;
        }
    }

    private void advance(int ack, TcpOptions options, long now) {
        flight.acknowledge(ack, recovery.rack(), now);
        sndUna = ack;
        int octets = SequenceNumber.earlier(ack, dataEnd()) - bufferSeq;
        if (octets > 0) {
            buffer.discard(octets);
            bufferSeq += octets;
            octetsAcknowledged += octets;
        }
        // An acknowledgement that reports a duplicate answers the second of two, and echoes the time of the first
        // (RFC 7323 §5.3, R2): the answer to that one was lost, and nothing was measured.
        boolean echoIsOld = sackPermitted && SackBlocks.isDuplicateReport(options, sndUna);
        if (timestamps && recovery.isTimeOutSpurious(options.tsEcr, echoIsOld)) {
            counters.spuriousTimeouts++;
            connection.note("the time-out was a mistake (RFC 3522)");
        }
        long sample = recovery.rack().sample();
        if (sample >= 0) {
            rtt.measured(sample);
        } else if (timestamps && options.tsEcr != 0 && !echoIsOld) { // RFC 7323 §4.1: good for what was sent twice, too
            rtt.measured(Math.max(0, connection.timestamp() - options.tsEcr) * TcpConnection.TIMESTAMP_NANOS);
        } else {
            rtt.progressed();
        }
        timeouts.started(now);
    }

    // Sending

    /** Send what may be sent now: first what is lost, then what is new. */
    void output() {
        if (!connection.state.sends()) {
            if (flight.isEmpty()) {
                timeouts.clear();
            }
            return;
        }
        long now = host.now();
        boolean more = true;
        congestionLimited = false;
        while (more) {
            int lost = flight.firstLost();
            if (lost < 0) {
                more = sendNext(now, false);
            } else if (congestionAllows(flight.lengthOf(lost))) {
                retransmit(lost, now, recovery.phase() == LossRecovery.Phase.LOSS ? "time-out" : "lost");
            } else {
                congestionLimited = true;
                more = false;
            }
        }
        congestionLimited |= congestion.isSlowStart() && 2 * recovery.pipe() >= congestion.cwnd();
        timeouts.schedule(now);
    }

    private boolean congestionAllows(int octets) {
        int pipe = recovery.pipe();
        return pipe == 0 || pipe + octets <= recovery.window();
    }

    /**
     * Send the next segment that was not sent yet, if there is one and it may go.
     *
     * @param forced whether it may go in spite of the congestion window and though it is short
     */
    boolean sendNext(long now, boolean forced) {
        int unsent = unsent();
        boolean fin = finRequested && sndNxt != dataEnd() + 1;
        if (unsent == 0 && !fin) {
            return false;
        }
        if (flight.isEmpty() && now - lastSentAt > rtt.rto() && lastSentAt != Long.MIN_VALUE) {
            congestion.idle();
            if (refreshMaxSegment()) {
                congestion.segmentLength(mss());
            }
        }
        int mss = mss();
        int length = Math.min(Math.min(unsent, Math.max(0, usableWindow())), mss);
        if (unsent > 0 && (length == 0 || !forced && !isWorthSending(length, unsent, mss))) {
            return false;
        }
        if (!forced
                && (!congestionAllows(length) || flight.count() >= SHORT_SEGMENTS + 2 * (congestion.cwnd() / mss))) {
            congestionLimited = true;
            return false;
        }
        boolean last = length == unsent;
        int end = sndNxt + length + (fin && last ? 1 : 0);
        if (flight.isEmpty()) {
            timeouts.started(now);
        }
        int sequenceNumber = sndNxt;
        flight.sent(sequenceNumber, end, now);
        sndNxt = end;
        lastSentAt = now;
        timeouts.windowOpen();
        zeroWindowProbed = false;
        transmit(sequenceNumber, end);
        return true;
    }

    /** Avoid the silly window syndrome (RFC 9293 §3.8.6.2.1), and wait for more if the user likes (§3.7.4, Nagle). */
    private boolean isWorthSending(int length, int unsent, int mss) {
        return length >= mss
                || (settings.noDelay() || flight.isEmpty()) && (length == unsent || length >= window.max() / 2);
    }

    /** How many octets the peer's window has room for; less than none if the peer has taken some of it back. */
    int usableWindow() {
        return sndUna + window.octets() - sndNxt;
    }

    /** When something was sent last. */
    long lastSentAt() {
        return lastSentAt;
    }

    private void transmit(int start, int end) {
        int dataEnd = dataEnd();
        int textLength = Math.max(0, SequenceNumber.earlier(end, dataEnd) - start);
        int control = 0;
        if (SequenceNumber.isAfter(end, dataEnd)) {
            control |= TcpHeader.FIN;
        }
        if (textLength > 0 && !SequenceNumber.isBefore(end, dataEnd)) {
            control |= TcpHeader.PSH; // §3.9.1.2: nothing is queued behind it
        }
        recovery.sent(end - start);
        writer.send(connection, start, control, start - bufferSeq, textLength);
    }

    /** Send a segment of the flight again. */
    void retransmit(int index, long now, String why) {
        int start = flight.startOf(index);
        int end = flight.endOf(index);
        flight.retransmitted(index, now);
        lastSentAt = now;
        counted(start, end, why);
        transmit(start, end);
    }

    /** Send our SYN again. */
    void retransmitSyn(long now) {
        flight.retransmitted(0, now);
        counted(iss, iss + 1, "time-out");
        connection.control.sendSyn();
    }

    /** Send one octet beyond the window, to be told of the window. */
    void probeZeroWindow() {
        zeroWindowProbed = true;
        transmit(sndNxt, sndNxt + 1);
    }

    private void counted(int start, int end, String why) {
        counters.retransSegs++;
        retransmissions++;
        if (host.observer().isWatching()) {
            host.observer()
                    .retransmitted(
                            connection.origin(),
                            "seq " + Integer.toUnsignedString(start - iss) + ", " + (end - start) + " octets",
                            why);
        }
    }

    /** Give back everything: nothing will be sent any more. */
    void close() {
        timeouts.cancel();
        buffer.close();
        flight.clear();
    }
}
