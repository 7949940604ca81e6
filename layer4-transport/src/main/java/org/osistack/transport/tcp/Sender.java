package org.osistack.transport.tcp;

import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.transport.tcp.SendTimer.Purpose;

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
    private static final long MIN_PROBE_NANOS = 5_000_000L; // so that a busy machine is not taken for a loss
    private static final long MAX_ACK_DELAY_NANOS = 200_000_000L; // TLP.max_ack_delay, RFC 8985 §7.2
    private static final int SHORT_SEGMENTS = 16; // how many segments may be on the way however short they are

    private final TcpConnection connection;
    private final Host host;
    private final TcpSettings settings;
    private final TcpCounters counters;
    private final SegmentWriter writer;
    private final SendTimer timer;

    final SendBuffer buffer;
    final Flight flight = new Flight();
    final CongestionControl congestion;
    final RttEstimator rtt;
    private final LossRecovery recovery;

    int iss;
    int sndUna;
    int sndNxt;
    int sndWnd; // scaled
    private int sndWl1;
    private int sndWl2;
    private int maxSndWnd;
    /** Snd.Wind.Shift of RFC 7323 §2.2. */
    int windowShift;

    boolean windowScaling;
    boolean timestamps;
    boolean sackPermitted;
    /** The longest text and options together that the peer and the path take, in octets (RFC 9293 §3.7.1). */
    int maxSegment = DEFAULT_MSS;

    private int peerMss = DEFAULT_MSS;
    private int bufferSeq; // the sequence number of the first octet of the buffer
    private boolean finRequested;
    private boolean congestionLimited;
    private int refused; // length of the PDU that the user could not hand over; 0 if none
    private boolean zeroWindowProbed; // the octet at SND.NXT was sent, though the window is shut
    private int persistBackOff;
    private boolean synLost;
    private long progressAt; // when the peer last showed that it is there, while something was wanted of it
    private long retransmissionBase; // when the retransmission timer was (re)started
    private long lookAgainAt; // when to look for losses again; 0 for never
    private long lastSentAt = Long.MIN_VALUE;

    long octetsAcknowledged;
    long retransmissions;

    Sender(TcpConnection connection, TcpEntity entity) {
        this.connection = connection;
        this.host = entity.host;
        this.settings = entity.settings;
        this.counters = entity.counters;
        this.writer = entity.writer;
        this.timer = new SendTimer(connection, host, this::onTimer);
        this.buffer = new SendBuffer(entity.rings, settings.sendBuffer());
        this.congestion = settings.congestion().create();
        this.recovery = new LossRecovery(congestion, flight);
        this.rtt = new RttEstimator(settings.minRtoNanos(), settings.maxRtoNanos());
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
        started(now);
        schedule(now);
    }

    /** The peer's SYN has come: agree on what both sides can do. */
    void negotiated(TcpOptions peer) {
        windowScaling &= peer.windowScale != TcpOptions.ABSENT;
        windowShift = windowScaling ? Math.min(14, peer.windowScale) : 0; // RFC 7323 §2.3
        timestamps &= peer.timestamps;
        sackPermitted &= peer.sackPermitted;
        peerMss = peer.maxSegmentSize == TcpOptions.ABSENT ? DEFAULT_MSS : Math.max(64, peer.maxSegmentSize);
        recovery.selective(sackPermitted);
        refreshMaxSegment();
    }

    /** The connection is established. */
    void established() {
        int smss = mss();
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

    /** Take the data, or remember how much the user would like to hand over. */
    boolean accept(Pdu tsdu) {
        if (!buffer.fits(tsdu.length())) {
            refused = tsdu.length();
            return false;
        }
        if (tsdu.length() > 0) {
            buffer.append(tsdu);
        }
        return true;
    }

    /** Whether the user was refused, and is not to be refused any more. */
    boolean takeReady() {
        boolean ready = refused > 0 && buffer.fits(refused);
        if (ready) {
            refused = 0;
        }
        return ready;
    }

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

    private int unsent() {
        return Math.max(0, dataEnd() - sndNxt);
    }

    // What the peer says

    /** The highest acknowledgement that makes sense: SND.NXT, or one more if the peer may have a probe's octet. */
    int sndMax() {
        return zeroWindowProbed ? sndNxt + 1 : sndNxt;
    }

    /** The largest window that the peer ever offered: MAX.SND.WND of RFC 5961 §5.2. */
    int maxSndWnd() {
        return maxSndWnd;
    }

    /** Take over the window of the peer's SYN, which is never scaled. */
    void initialWindow(Segment segment) {
        sndWnd = segment.wnd;
        maxSndWnd = sndWnd;
        sndWl1 = segment.seq;
        sndWl2 = segment.ack;
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
        int windowBefore = sndWnd;
        updateWindow(segment);
        boolean duplicate =
                ack == sndUna && !flight.isEmpty() && segment.len() == 0 && sndWnd == windowBefore; // RFC 5681 §2
        recovery.rack().beginAck();
        int sackedBefore = flight.sackedOctets();
        int acked = ack - sndUna;
        if (acked > 0) {
            advance(ack, segment.options, now);
        } else if (sndWnd == 0 || timer.isSetFor(Purpose.PERSIST)) {
            progressAt = now; // the peer is there, it just has no room (RFC 9293 §3.8.6.1)
        }
        boolean duplicateReported = sackPermitted && segment.options.sackBlocks > 0 && applySack(segment, now);
        int sacked = flight.sackedOctets() - sackedBefore;
        LossRecovery.Phase before = recovery.phase();
        long lookAgain = recovery.acknowledged(
                acked, sacked, duplicate, duplicateReported, congestionLimited, sndUna, sndNxt, rtt.srtt(), now);
        lookAgainAt = lookAgain == 0 ? 0 : now + lookAgain;
        countRecovery(before);
    }

    private void countRecovery(LossRecovery.Phase before) {
        if (before == LossRecovery.Phase.OPEN && recovery.phase() == LossRecovery.Phase.RECOVERY) {
            counters.fastRetransmits++;
        }
    }

    private void updateWindow(Segment segment) {
        if (SequenceNumber.isBefore(sndWl1, segment.seq)
                || sndWl1 == segment.seq && !SequenceNumber.isAfter(sndWl2, segment.ack)) {
            sndWnd = segment.has(TcpHeader.SYN) ? segment.wnd : segment.wnd << windowShift; // RFC 7323 §2.2
            maxSndWnd = Math.max(maxSndWnd, sndWnd);
            sndWl1 = segment.seq;
            sndWl2 = segment.ack;
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
        boolean echoIsOld = sackPermitted && options.sackBlocks > 0 && isDuplicateReport(options);
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
        started(now);
    }

    /** Start the retransmission timer, and the time that the peer has for an answer, afresh (RFC 6298 §5.3). */
    private void started(long now) {
        retransmissionBase = now;
        progressAt = now;
    }

    /** Take in the blocks, and tell whether the first reports something received twice (RFC 2883 §4). */
    private boolean applySack(Segment segment, long now) {
        TcpOptions options = segment.options;
        boolean duplicate = false;
        for (int i = 0; i < options.sackBlocks; i++) {
            int left = options.sackLeft[i];
            int right = options.sackRight[i];
            if (!SequenceNumber.isBefore(left, right) || SequenceNumber.isAfter(right, sndNxt)) {
                continue;
            }
            if (i == 0 && isDuplicateReport(options)) {
                duplicate = true;
            } else if (SequenceNumber.isAfter(left, sndUna)) {
                flight.sacked(left, right, recovery.rack(), now);
            }
        }
        return duplicate;
    }

    /** Whether the first block reports something received twice (RFC 2883 §4). */
    private boolean isDuplicateReport(TcpOptions options) {
        int left = options.sackLeft[0];
        int right = options.sackRight[0];
        return !SequenceNumber.isAfter(right, sndUna)
                || options.sackBlocks > 1
                        && !SequenceNumber.isBefore(left, options.sackLeft[1])
                        && !SequenceNumber.isAfter(right, options.sackRight[1]);
    }

    // Sending

    /** Send what may be sent now: first what is lost, then what is new. */
    void output() {
        if (!connection.state.sends()) {
            if (flight.isEmpty()) {
                timer.clear();
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
                retransmit(lost, now);
            } else {
                congestionLimited = true;
                more = false;
            }
        }
        congestionLimited |= congestion.isSlowStart() && 2 * recovery.pipe() >= congestion.cwnd();
        schedule(now);
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
    private boolean sendNext(long now, boolean forced) {
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
        int usable = Math.max(0, sndUna + sndWnd - sndNxt);
        int length = Math.min(Math.min(unsent, usable), mss);
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
            started(now);
        }
        int sequenceNumber = sndNxt;
        flight.sent(sequenceNumber, end, now);
        sndNxt = end;
        lastSentAt = now;
        persistBackOff = 0;
        zeroWindowProbed = false;
        transmit(sequenceNumber, end);
        return true;
    }

    /** Avoid the silly window syndrome (RFC 9293 §3.8.6.2.1), and wait for more if the user likes (§3.7.4, Nagle). */
    private boolean isWorthSending(int length, int unsent, int mss) {
        return length >= mss
                || (settings.noDelay() || flight.isEmpty()) && (length == unsent || length >= maxSndWnd / 2);
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

    private void retransmit(int index, long now) {
        int start = flight.startOf(index);
        int end = flight.endOf(index);
        flight.retransmitted(index, now);
        lastSentAt = now;
        counted(start, end, recovery.phase() == LossRecovery.Phase.LOSS ? "time-out" : "lost");
        transmit(start, end);
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

    // The timer

    /** Set the timer for what has to happen next if the peer stays silent. */
    private void schedule(long now) {
        if (flight.isEmpty()) {
            lookAgainAt = 0;
            if (unsent() == 0) {
                timer.clear();
            } else if (!timer.isSetFor(Purpose.PERSIST)) {
                progressAt = now;
                timer.set(Purpose.PERSIST, rtt.rto());
            }
            return;
        }
        long retransmission = Math.min(retransmissionBase + rtt.rto(), progressAt + patience()) - now;
        if (lookAgainAt != 0 && lookAgainAt - now < retransmission) {
            timer.set(Purpose.REORDERING, lookAgainAt - now);
            return;
        }
        long probe = recovery.mayProbe() && rtt.srtt() > 0 && connection.state.isSynchronized()
                ? Math.max(lastSentAt, retransmissionBase) + probeNanos() - now
                : Long.MAX_VALUE;
        if (probe < retransmission) {
            timer.set(Purpose.PROBE, probe);
        } else {
            timer.set(Purpose.RETRANSMISSION, retransmission);
        }
    }

    private long probeNanos() {
        return Math.max(MIN_PROBE_NANOS, 2 * rtt.srtt()) + (flight.count() == 1 ? MAX_ACK_DELAY_NANOS : 0);
    }

    /** How long the peer may stay silent: R2 of RFC 9293 §3.8.3. */
    private long patience() {
        return connection.state.isSynchronized() ? settings.timeoutNanos() : connection.handshakePatience();
    }

    private void onTimer(Purpose purpose) {
        long now = host.now();
        switch (purpose) {
            case RETRANSMISSION -> timedOut(now);
            case PROBE -> probe(now);
            case REORDERING -> lookForLosses(now);
            case PERSIST -> persist(now);
            default -> throw new IllegalStateException(purpose.name());
        }
    }

    private void timedOut(long now) {
        if (now - progressAt >= patience()) {
            connection.giveUp();
            return;
        }
        boolean again = rtt.backOffs() > 0;
        rtt.backOff();
        retransmissionBase = now;
        lookAgainAt = 0;
        counters.timeouts++;
        if (!connection.state.isSynchronized()) {
            synLost = true;
            flight.retransmitted(0, now);
            counted(iss, iss + 1, "time-out");
            connection.sendSyn();
            schedule(now);
            return;
        }
        recovery.timedOut(sndNxt, again, connection.timestamp(), now);
        output();
    }

    private void lookForLosses(long now) {
        LossRecovery.Phase before = recovery.phase();
        long lookAgain = recovery.reorderingTimedOut(sndNxt, rtt.srtt(), now);
        lookAgainAt = lookAgain == 0 ? 0 : now + lookAgain;
        countRecovery(before);
        output();
    }

    /** RFC 8985 §7.3: provoke an answer that tells whether the last segments have arrived. */
    private void probe(long now) {
        boolean fresh = unsent() > 0 && sendNext(now, true);
        if (!fresh) {
            int last = flight.count() - 1;
            counted(flight.startOf(last), flight.endOf(last), "tail loss probe");
            flight.retransmitted(last, now);
            lastSentAt = now;
            transmit(flight.startOf(last), flight.endOf(last));
        }
        counters.tailLossProbes++;
        recovery.probed(!fresh, sndNxt);
        retransmissionBase = now;
        schedule(now);
    }

    /** RFC 9293 §3.8.6.1: ask whether the window is still shut, by one octet beyond it; or fill one that is small. */
    private void persist(long now) {
        if (now - progressAt >= settings.timeoutNanos()) {
            connection.giveUp();
            return;
        }
        if (sndUna + sndWnd - sndNxt > 0) {
            sendNext(now, true);
            schedule(now);
            return;
        }
        zeroWindowProbed = true;
        transmit(sndNxt, sndNxt + 1);
        persistBackOff = Math.min(persistBackOff + 1, 16);
        timer.set(Purpose.PERSIST, Math.min(settings.maxRtoNanos(), rtt.rto() << persistBackOff));
    }

    /** Give back everything: nothing will be sent any more. */
    void close() {
        timer.cancel();
        buffer.clear();
        flight.clear();
        refused = 0;
    }
}
