package org.osistack.session.x225;

import java.util.ArrayDeque;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.Timer;
import org.osistack.transport.TransportConnection;

/**
 * Hands TSDUs to the transport in their order. It cuts what is longer than the TSDU Maximum Size into segments (X.225
 * §7.37, §8.4), and keeps what the transport does not take yet: at most one SSDU that is being cut, and the SPDUs behind
 * it, of which the state machine sends only so many before it must hear from its peer.
 *
 * <pre>
 *   S-DATA, no limit     | 01 00 | 01 00 | user data                           4 octets
 *   S-DATA, a segment    | 01 00 | 01 03 19 01 ee | user data                  7 octets; ee: 01 first, 00, 02 last, 03 both
 *   S-TYPED-DATA         | 21 00 | user data                                   2 octets
 *   S-TYPED-DATA segment | 21 03 19 01 ee | user data                          5 octets
 *   S-EXPEDITED-DATA     | 05 00 | user data                                   on the expedited flow
 * </pre>
 *
 * <p>An SPDU on the expedited flow may overtake what was sent before it, and must not come later than what is sent after
 * it: so while the transport does not take one, nothing behind it goes either.
 *
 * <p>With extended concatenation, an SPDU that S-DATA commonly follows waits until the end of the turn for that company.
 */
final class Sender {
    /** GIVE TOKENS that gives none, and DATA TRANSFER without parameters. */
    static final int WHOLE_DATA_HEADER = 0x0100_0100;

    private static final int LONGEST_SPDU = 0xffff;
    /** Two more octets in the indicator of the SPDU, an Enclosure Item, code and indicator of User Data. */
    private static final int SEGMENT_OVERHEAD = 2 + 3 + 4;

    private static final int FIRST = 1;
    private static final int LAST = 2;
    private static final int BACKLOG = 32;

    private final PduPool pool;
    private final Timer endOfTurn;
    private final ArrayDeque<Pdu> waiting = new ArrayDeque<>();
    private final ArrayDeque<Pdu> waitingExpedited = new ArrayDeque<>();
    private TransportConnection transport;
    private int version = Proposal.VERSION_2;
    private int maxTsdu;
    private boolean extendedConcatenation;
    private Pdu companion; // a TSDU to which data may be added; null if there is none

    private Pdu ssdu; // being cut; null if none is
    private SpduType ssduType;
    private int cut; // octets of it that are in segments already
    private Pdu segment; // the one that the transport has not taken; null if there is none
    private boolean proceeding;

    Sender(Host host) {
        this.pool = host.pool();
        this.endOfTurn = host.newTimer(this::sendCompanion);
    }

    /** Send on this connection; null to throw away what waits, and what comes. */
    void use(TransportConnection newTransport) {
        transport = newTransport;
        if (newTransport == null) {
            purge();
        }
    }

    /** What was agreed: the version, the longest TSDU in octets, 0 for no limit, and what the peer reads. */
    void limit(int newVersion, int newMaxTsdu, boolean newExtendedConcatenation) {
        version = newVersion;
        maxTsdu = newMaxTsdu;
        extendedConcatenation = newExtendedConcatenation;
    }

    /** Nothing is agreed any more. */
    void unlimit() {
        limit(Proposal.VERSION_2, 0, false);
    }

    /** Whether nothing waits for the transport. */
    boolean isIdle() {
        return ssdu == null && waiting.isEmpty() && waitingExpedited.isEmpty();
    }

    /** Whether so much waits that the user should be put off. */
    boolean isCongested() {
        return waiting.size() + waitingExpedited.size() >= BACKLOG;
    }

    /** Send an SPDU, now or as soon as the transport takes it; in segments if it must be. */
    void send(Spdu spdu) {
        int longest = maxTsdu == 0 ? LONGEST_SPDU : maxTsdu;
        int prefix = spdu.type().prefix() == null ? 0 : 2;
        sendCompanion();
        if (prefix + spdu.length() <= longest || spdu.userData().isEmpty() || version == Proposal.VERSION_1) {
            Pdu tsdu = spdu.toTsdu(pool);
            if (extendedConcatenation && isIdle() && isFollowedByData(spdu.type())) {
                companion = tsdu;
                endOfTurn.arm(0);
            } else {
                send(tsdu);
            }
            return;
        }
        Octets data = spdu.userData();
        Spdu frame = spdu.whole(Octets.EMPTY);
        for (int from = 0; from < data.length(); frame = Spdu.of(spdu.type()).build()) {
            int room = Math.max(1, longest - prefix - frame.length() - SEGMENT_OVERHEAD);
            int to = Math.min(data.length(), from + room);
            int enclosure = (from == 0 ? FIRST : 0) | (to == data.length() ? LAST : 0);
            send(frame.segment(enclosure, data.slice(from, to)).toTsdu(pool));
            from = to;
        }
    }

    private static boolean isFollowedByData(SpduType type) {
        return type == SpduType.MIP || type == SpduType.AS || type == SpduType.AR;
    }

    private void sendCompanion() {
        Pdu tsdu = companion;
        companion = null;
        if (tsdu != null) {
            send(tsdu);
        }
    }

    private void send(Pdu tsdu) {
        if (transport == null) {
            tsdu.release();
        } else if (!isIdle() || !transport.dataRequest(tsdu)) {
            waiting.addLast(tsdu);
        }
    }

    /** Send an SPDU without user information on the expedited flow, now or as soon as the transport takes it. */
    void expedited(Spdu spdu) {
        sendCompanion();
        if (transport == null) {
            return;
        }
        Pdu tsdu = spdu.toTsdu(pool);
        if (!waitingExpedited.isEmpty() || !transport.expeditedDataRequest(tsdu)) {
            waitingExpedited.addLast(tsdu);
        }
    }

    /**
     * Send an SPDU with user information on the expedited flow.
     *
     * @return whether it was taken
     */
    boolean expedited(Spdu spdu, Octets information) {
        sendCompanion();
        if (!waitingExpedited.isEmpty()) {
            return false;
        }
        Pdu tsdu = pool.take(spdu.length() + information.length());
        spdu.emit(tsdu);
        information.appendTo(tsdu);
        boolean taken = transport.expeditedDataRequest(tsdu);
        if (!taken) {
            tsdu.release();
        }
        return taken;
    }

    /**
     * Send an SSDU of S-DATA or S-TYPED-DATA.
     *
     * @return whether it was taken over; if not, it is the caller's as before
     */
    boolean data(SpduType type, Pdu data) {
        if (companion != null) {
            if (type == SpduType.DT && dataInCompany(data)) {
                return true;
            }
            sendCompanion();
        }
        if (!isIdle()) {
            return false;
        }
        int header = type == SpduType.DT ? 4 : 2;
        if (maxTsdu != 0) { // each has an Enclosure Item then, a whole one too
            ssdu = data;
            ssduType = type;
            cut = 0;
            proceed();
            return true;
        }
        if (data.headroom() < header) {
            return dataInCopy(type, data);
        }
        data.pushHeader(header);
        if (type == SpduType.DT) {
            data.putInt32(0, WHOLE_DATA_HEADER);
        } else {
            data.putUint16(0, SpduType.TD.identifier() << 8);
        }
        if (transport.dataRequest(data)) {
            return true;
        }
        data.pullHeader(header);
        return false;
    }

    /** Extended concatenation: the SPDU that waits, and the data in one TSDU (X.225 §6.3.7). */
    private boolean dataInCompany(Pdu data) {
        Pdu front = companion;
        if (maxTsdu != 0) {
            return false;
        }
        int length = front.length() + 2 + data.length();
        companion = null;
        Pdu tsdu = pool.take(length).append(front, 0, front.length());
        tsdu.appendUint8(SpduType.DT.identifier()).appendUint8(0).append(data, 0, data.length());
        front.release();
        data.release();
        send(tsdu);
        return true;
    }

    /** A PDU that came from a device may have no room for headers. */
    private boolean dataInCopy(SpduType type, Pdu data) {
        Pdu copy = data.copy();
        boolean taken = data(type, copy);
        (taken ? data : copy).release();
        return taken;
    }

    /** Send what waits, as far as the transport takes it. */
    void proceed() {
        if (proceeding) {
            return;
        }
        proceeding = true;
        boolean taken = true;
        while (taken && !waitingExpedited.isEmpty() && transport != null) {
            Pdu next = waitingExpedited.removeFirst();
            taken = transport.expeditedDataRequest(next);
            if (!taken) {
                waitingExpedited.addFirst(next);
            }
        }
        while (taken && ssdu != null && transport != null) {
            Pdu next = segment == null ? nextSegment() : segment;
            segment = null;
            taken = transport.dataRequest(next);
            if (!taken) {
                segment = next;
            } else if (ssdu != null && cut == ssdu.length()) {
                ssdu.release();
                ssdu = null;
            }
        }
        while (taken && !waiting.isEmpty() && transport != null) {
            Pdu next = waiting.removeFirst();
            taken = transport.dataRequest(next);
            if (!taken) {
                waiting.addFirst(next);
            }
        }
        proceeding = false;
    }

    private Pdu nextSegment() {
        int header = ssduType == SpduType.DT ? 7 : 5;
        int length = Math.min(maxTsdu - header, ssdu.length() - cut);
        Pdu pdu = pool.take(header + length);
        if (ssduType == SpduType.DT) {
            pdu.appendUint8(SpduType.GT.identifier()).appendUint8(0);
        }
        pdu.appendUint8(ssduType.identifier())
                .appendUint8(3)
                .appendUint8(Parameter.ENCLOSURE_ITEM.code())
                .appendUint8(1)
                .appendUint8((cut == 0 ? FIRST : 0) | (cut + length == ssdu.length() ? LAST : 0))
                .append(ssdu, cut, length);
        cut += length;
        return pdu;
    }

    /**
     * Throw away the SSDU that is being cut, unless other SPDUs wait behind it: they would come to the peer in the middle
     * of an SSDU, and some of them must not be lost.
     */
    void purgeData() {
        if (waiting.isEmpty()) {
            dropSsdu();
        }
    }

    private void dropSsdu() {
        if (segment != null) {
            segment.release();
            segment = null;
        }
        if (ssdu != null) {
            ssdu.release();
            ssdu = null;
        }
    }

    /** Throw away all that waits. */
    void purge() {
        dropSsdu();
        if (companion != null) {
            companion.release();
            companion = null;
        }
        release(waiting);
        release(waitingExpedited);
    }

    private static void release(ArrayDeque<Pdu> tsdus) {
        for (Pdu tsdu = tsdus.pollFirst(); tsdu != null; tsdu = tsdus.pollFirst()) {
            tsdu.release();
        }
    }
}
