package org.osistack.session.x225;

import java.util.ArrayDeque;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.transport.TransportConnection;

/**
 * Hands TSDUs to the transport in their order. It cuts what is longer than the TSDU Maximum Size into segments (X.225
 * §7.37, §8.4), and keeps what the transport does not take yet: at most one SSDU that is being cut, and the SPDUs behind
 * it, of which the state machine sends only so many before it must hear from its peer.
 *
 * <pre>
 *   S-DATA, whole        | 01 00 | 01 00 | user data                           4 octets
 *   S-DATA, a segment    | 01 00 | 01 03 19 01 ee | user data                  7 octets; ee: 01 first, 00, 02 last
 *   S-TYPED-DATA, whole  | 21 00 | user data                                   2 octets
 *   S-TYPED-DATA segment | 21 03 19 01 ee | user data                          5 octets
 * </pre>
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
    private final ArrayDeque<Pdu> waiting = new ArrayDeque<>();
    private TransportConnection transport;
    private int version = Proposal.VERSION_2;
    private int maxTsdu;

    private Pdu ssdu; // being cut; null if none is
    private SpduType ssduType;
    private int cut; // octets of it that are in segments already
    private Pdu segment; // the one that the transport has not taken; null if there is none
    private boolean proceeding;

    Sender(PduPool pool) {
        this.pool = pool;
    }

    /** Send on this connection; null to throw away what waits, and what comes. */
    void use(TransportConnection newTransport) {
        transport = newTransport;
        if (newTransport == null) {
            purge();
        }
    }

    /** What was agreed: the version, and the longest TSDU in octets, 0 for no limit. */
    void limit(int newVersion, int newMaxTsdu) {
        version = newVersion;
        maxTsdu = newMaxTsdu;
    }

    /** Whether nothing waits. */
    boolean isIdle() {
        return ssdu == null && waiting.isEmpty();
    }

    /** Whether so much waits that the user should be put off. */
    boolean isCongested() {
        return waiting.size() >= BACKLOG;
    }

    /** Send an SPDU, now or as soon as the transport takes it; in segments if it must be. */
    void send(Spdu spdu) {
        int longest = maxTsdu == 0 ? LONGEST_SPDU : maxTsdu;
        int prefix = spdu.type().prefix() == null ? 0 : 2;
        if (prefix + spdu.length() <= longest || spdu.userData().isEmpty() || version == Proposal.VERSION_1) {
            send(spdu.toTsdu(pool));
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

    private void send(Pdu tsdu) {
        if (transport == null) {
            tsdu.release();
        } else if (!isIdle() || !transport.dataRequest(tsdu)) {
            waiting.addLast(tsdu);
        }
    }

    /**
     * Send an SSDU of S-DATA or S-TYPED-DATA.
     *
     * @return whether it was taken over; if not, it is the caller's as before
     */
    boolean data(SpduType type, Pdu data) {
        if (!isIdle()) {
            return false;
        }
        int header = type == SpduType.DT ? 4 : 2;
        if (maxTsdu != 0 && header + data.length() > maxTsdu) {
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

    /** Throw away what waits. */
    void purge() {
        if (segment != null) {
            segment.release();
            segment = null;
        }
        if (ssdu != null) {
            ssdu.release();
            ssdu = null;
        }
        for (Pdu tsdu = waiting.pollFirst(); tsdu != null; tsdu = waiting.pollFirst()) {
            tsdu.release();
        }
    }
}
