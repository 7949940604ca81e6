package org.osistack.transport.tcp;

import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Pdu;

/**
 * The receiving half of a connection: the receive sequence space (RFC 9293 §3.3.1), the window, and when to
 * acknowledge.
 *
 * <pre>
 *                      1          2          3
 *                  ----------|----------|----------
 *                         RCV.NXT    RCV.NXT
 *                                   +RCV.WND
 *
 *   1 acknowledged   2 may be received   3 not yet
 * </pre>
 */
final class Receiver {
    private static final int MAX_UNSCALED = 0xffff;
    private static final int QUICK_ACKS = 16; // so that the peer's slow start is not held up by delayed ones
    private static final int BULK_SEGMENTS = 8;
    private static final long TIMESTAMP_LIFETIME_NANOS = 24L * 24 * 3600 * 1_000_000_000L; // RFC 7323 §5.5

    private final TcpConnection connection;
    private final Host host;
    private final TcpEntity entity;
    private final TcpSettings settings;
    private final Delivery delivery;
    private final Alarm delayedAck;
    private final Runnable endOfTurn = this::onEndOfTurn;
    private Reassembly reassembly; // null as long as all came in order

    int irs;
    int rcvNxt;
    private int rcvAdv; // RCV.NXT + RCV.WND as the peer was told last: never moves back
    /** Rcv.Wind.Shift of RFC 7323 §2.2. */
    final int windowShift;

    /** TS.Recent of RFC 7323 §4.3. */
    int tsRecent;

    private long tsRecentAt;
    private int lastAckSent; // Last.ACK.sent
    private int peerSegment = 536; // the longest text seen: what a full-sized segment is
    private int quickAcks = QUICK_ACKS;
    private boolean ackNow;
    private boolean ackAtEndOfTurn;
    private boolean windowHeldBack; // the window told last was smaller since the user had not taken everything
    private boolean finKnown;
    private int finSeq; // where the FIN is that came before octets in front of it
    private boolean duplicate; // to be reported by the next acknowledgement (RFC 2883)
    private int duplicateLeft;
    private int duplicateRight;

    long octetsReceived;

    Receiver(TcpConnection connection, TcpEntity entity, Delivery delivery) {
        this.connection = connection;
        this.entity = entity;
        this.host = entity.host;
        this.settings = entity.settings;
        this.delivery = delivery;
        this.windowShift = Math.max(0, settings.windowShift());
        this.delayedAck = new Alarm(host, this::onDelayedAck);
    }

    /** The peer's SYN has come. */
    void begin(Segment syn) {
        irs = syn.seq;
        rcvNxt = irs + 1;
        rcvAdv = rcvNxt + windowOfSyn();
        lastAckSent = rcvNxt;
        if (syn.options.timestamps) {
            tsRecent = syn.options.tsVal;
            tsRecentAt = host.now();
        }
    }

    // The window

    /** The window of a segment with SYN, which is never scaled. */
    int windowOfSyn() {
        return Math.min(MAX_UNSCALED, settings.window());
    }

    /** RCV.WND: how many octets from RCV.NXT on may be received. */
    int rcvWnd() {
        return rcvAdv - rcvNxt;
    }

    private int shift() {
        return connection.snd.windowScaling ? windowShift : 0;
    }

    /** How large the window could be by now, if that is enough more to be worth telling (RFC 9293 §3.8.6.2.2). */
    private int nextWindow() {
        int shift = shift();
        int current = rcvWnd();
        int free = Math.min(MAX_UNSCALED << shift, Math.max(0, settings.window() - delivery.heldOctets()));
        free = free >> shift << shift;
        return free - current >= Math.min(settings.window() / 2, peerSegment) ? free : current;
    }

    /** The value for the window field of a segment that is sent now. */
    int windowToAdvertise() {
        int shift = shift();
        int field = Math.min(MAX_UNSCALED, nextWindow() + (1 << shift) - 1 >> shift); // rounded up: never taken back
        rcvAdv = SequenceNumber.later(rcvAdv, rcvNxt + (field << shift));
        windowHeldBack = delivery.heldOctets() > 0;
        return field;
    }

    // Segments

    /** Whether a segment lies in the receive window (RFC 9293 §3.10.7.4, first: the table of four cases). */
    boolean isAcceptable(Segment segment) {
        int window = rcvWnd();
        int length = segment.len();
        if (length == 0) {
            return window == 0 ? segment.seq == rcvNxt : SequenceNumber.isWithin(segment.seq, rcvNxt, window);
        }
        return window > 0
                && (SequenceNumber.isWithin(segment.seq, rcvNxt, window)
                        || SequenceNumber.isWithin(segment.seq + length - 1, rcvNxt, window)
                        || SequenceNumber.isBefore(segment.seq, rcvNxt)
                                && SequenceNumber.isAfter(segment.end(), rcvNxt));
    }

    /** Whether a segment is older than one that has been received (PAWS, RFC 7323 §5.3 R1). */
    boolean isTimestampOld(Segment segment) {
        return SequenceNumber.isBefore(segment.options.tsVal, tsRecent)
                && host.now() - tsRecentAt < TIMESTAMP_LIFETIME_NANOS;
    }

    /** Remember the timestamp to echo (RFC 7323 §5.3 R3). */
    void updateTsRecent(Segment segment) {
        if (!SequenceNumber.isAfter(segment.seq, lastAckSent)) {
            tsRecent = segment.options.tsVal;
            tsRecentAt = host.now();
        }
    }

    /**
     * Take in the text and the FIN of a segment of which at least a part is in the window (RFC 9293 §3.10.7.4, seventh
     * and eighth).
     *
     * @return whether everything up to the peer's FIN has been received, as it had not been before
     */
    boolean receive(Segment segment) {
        if (segment.has(TcpHeader.FIN)) {
            takeFin(segment.seq + segment.textLength);
        }
        if (segment.textLength > 0) {
            takeText(segment);
        }
        if (finKnown && rcvNxt == finSeq) {
            rcvNxt++;
            rcvAdv = SequenceNumber.later(rcvAdv, rcvNxt);
            finKnown = false;
            ackNow = true;
            return true;
        }
        return false;
    }

    private void takeFin(int sequenceNumber) {
        ackNow = true;
        if (SequenceNumber.isWithin(sequenceNumber, rcvNxt, Math.max(1, rcvWnd()))) {
            finKnown = true;
            finSeq = sequenceNumber;
        }
    }

    private void takeText(Segment segment) {
        int start = segment.seq;
        int length = segment.textLength;
        int known = Math.max(0, rcvNxt - start);
        if (known > 0) {
            reportDuplicate(start, start + Math.min(known, length));
        }
        int room = rcvAdv - start;
        int useful = Math.min(length, room);
        if (useful < length) {
            ackNow = true; // beyond the window: such as a zero-window probe
        }
        if (useful <= known) {
            entity.counters.duplicateSegs += known >= length ? 1 : 0;
            entity.discards.drop(known >= length ? Discard.DUPLICATE : Discard.OUT_OF_WINDOW, segment.take());
            return;
        }
        peerSegment = Math.max(peerSegment, Math.min(length, connection.snd.maxSegment));
        Pdu text = segment.takeText().truncate(useful).pullHeader(known);
        if (known > 0 || start == rcvNxt) {
            inOrder(text);
        } else {
            outOfOrder(start, text);
        }
    }

    private void inOrder(Pdu text) {
        advance(text);
        if (reassembly == null || reassembly.isEmpty()) {
            return;
        }
        ackNow = true; // RFC 5681 §4.2: a gap is filled
        for (Pdu next = reassembly.poll(rcvNxt); next != null; next = reassembly.poll(rcvNxt)) {
            advance(next);
        }
        reassembly.acknowledged(rcvNxt);
    }

    private void advance(Pdu text) {
        int length = text.length();
        rcvNxt += length;
        octetsReceived += length;
        delivery.add(text);
    }

    private void outOfOrder(int start, Pdu text) {
        ackNow = true; // RFC 5681 §4.2
        entity.counters.outOfOrderSegs++;
        if (reassembly == null) {
            reassembly = new Reassembly(entity.reassemblyBudget, 2 * settings.window() + 128 * 1024);
        }
        int end = start + text.length();
        switch (reassembly.insert(start, text)) {
            case DUPLICATE -> {
                entity.counters.duplicateSegs++;
                reportDuplicate(start, end);
                entity.discards.drop(Discard.DUPLICATE, text);
            }
            case OVER_LIMIT -> entity.discards.drop(Discard.OVER_LIMIT, text);
            default -> {
                // kept
            }
        }
    }

    private void reportDuplicate(int left, int right) {
        ackNow = true;
        duplicate = true;
        duplicateLeft = left;
        duplicateRight = right;
    }

    /** A segment was no use: tell the peer so if it has sent something again (RFC 2883). */
    void rejected(Segment segment) {
        if (segment.textLength > 0 && !SequenceNumber.isAfter(segment.seq + segment.textLength, rcvNxt)) {
            reportDuplicate(segment.seq, segment.seq + segment.textLength);
        }
    }

    // Acknowledging

    /** An acknowledgement is due at once. */
    void acknowledgeNow() {
        ackNow = true;
    }

    /**
     * Send an acknowledgement if one is due, or see to it that it will be sent soon (RFC 9293 §3.8.6.3).
     *
     * <p>Every second full-sized segment makes one due. When as much has come as the window holds, so that the peer must
     * be past its slow start, one acknowledgement answers all segments that arrive in the same turn, up to {@value
     * #BULK_SEGMENTS}, as if an interface had merged them: they cost as much to send as data.
     */
    void acknowledgeIfDue() {
        int pending = rcvNxt - lastAckSent;
        if (ackNow
                || pending > 0 && (quickAcks > 0 || settings.delayedAckNanos() == 0)
                || pending > (BULK_SEGMENTS - 1) * peerSegment) {
            connection.control.sendAck();
        } else if (isWindowUpdateDue()) {
            connection.control.sendAck();
        } else if (pending > peerSegment) { // RFC 9293 §3.8.6.3: at least every second full-sized segment
            if (octetsReceived <= settings.window()) {
                connection.control.sendAck();
            } else if (!ackAtEndOfTurn) {
                ackAtEndOfTurn = true;
                host.loop().defer(endOfTurn);
            }
        } else if (pending > 0 && !delayedAck.isSet()) {
            delayedAck.set(settings.delayedAckNanos());
        }
    }

    private boolean isWindowUpdateDue() {
        if (!windowHeldBack || !connection.state.receives()) { // after its FIN, the peer needs no window
            return false;
        }
        int increase = nextWindow() - rcvWnd();
        return increase >= 2 * peerSegment || increase >= settings.window() / 2;
    }

    /** What else has come in the same turn is acknowledged with it. */
    private void onEndOfTurn() {
        ackAtEndOfTurn = false;
        if (rcvNxt - lastAckSent > peerSegment && connection.state.isSynchronized()) {
            connection.control.sendAck();
        }
    }

    private void onDelayedAck() {
        connection.control.sendAck();
    }

    /** A segment with the acknowledgement of RCV.NXT was sent. */
    void acknowledgmentSent() {
        if (lastAckSent != rcvNxt && quickAcks > 0) {
            quickAcks--;
        }
        lastAckSent = rcvNxt;
        ackNow = false;
        delayedAck.clear();
    }

    /** How many blocks to acknowledge selectively in a segment with so much room for the option. */
    int sackBlocks(int room) {
        if (!connection.snd.sackPermitted) {
            return 0;
        }
        int blocks = (duplicate ? 1 : 0) + (reassembly == null ? 0 : reassembly.sackBlocks());
        if (blocks == 0) {
            return 0;
        }
        int most = connection.snd.timestamps ? TcpOptions.MAX_SACK_BLOCKS - 1 : TcpOptions.MAX_SACK_BLOCKS;
        return Math.max(0, Math.min(Math.min(blocks, most), (room - TcpOptions.SACK_HEAD_LENGTH) / 8));
    }

    /** Write so many blocks, a duplicate that is to be reported first (RFC 2883 §4). */
    void putSackBlocks(Pdu segment, int optionOffset, int blocks) {
        TcpOptions.putSackHead(segment, optionOffset, blocks);
        int offset = optionOffset + TcpOptions.SACK_HEAD_LENGTH;
        int written = 0;
        if (duplicate) {
            segment.putInt32(offset, duplicateLeft).putInt32(offset + 4, duplicateRight);
            duplicate = false;
            written++;
        }
        for (int place = 0; written < blocks; place++, written++) {
            int block = reassembly.blockAt(place);
            int at = offset + written * TcpOptions.SACK_BLOCK_LENGTH;
            segment.putInt32(at, reassembly.leftOf(block)).putInt32(at + 4, reassembly.rightOf(block));
        }
    }

    /** Give back everything: nothing is received any more. */
    void close() {
        delayedAck.cancel();
        if (reassembly != null) {
            reassembly.clear();
            reassembly = null;
        }
    }
}
