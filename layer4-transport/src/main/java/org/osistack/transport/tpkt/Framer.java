package org.osistack.transport.tpkt;

import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/**
 * Finds the packets in an octet stream, however it is cut. A part of the stream that is exactly one packet is passed on
 * as it is; otherwise the octets of a packet are copied once.
 */
final class Framer {
    /** Takes what is found. */
    interface Sink {
        /** A whole packet, without its header: a TPDU. It belongs to the sink. */
        void tpdu(Pdu tpdu);

        /** The octets are no packet; nothing more is found from here on. They belong to the sink. */
        void garbage(Pdu part);

        /** Whether there is still somebody who wants packets. */
        boolean isOpen();
    }

    private final PduPool pool;
    private final Sink sink;
    private int header;
    private int headerOctets; // of the four, how many have come
    private Pdu packet; // what has come behind them; null if nothing has
    private int missing; // octets of it that have not come

    Framer(PduPool pool, Sink sink) {
        this.pool = pool;
        this.sink = sink;
    }

    /** More octets of the stream. They are taken over. */
    void octets(Pdu part) {
        if (headerOctets == 0 && isOnePacket(part)) {
            sink.tpdu(part.pullHeader(TpktHeader.LENGTH));
            return;
        }
        while (part.length() > 0 && sink.isOpen()) {
            if (headerOctets < TpktHeader.LENGTH) {
                header = header << 8 | part.getUint8(0);
                headerOctets++;
                part.pullHeader(1);
                if (headerOctets == TpktHeader.LENGTH && !begin()) {
                    sink.garbage(part);
                    return;
                }
            } else {
                add(part);
            }
        }
        part.release();
    }

    private static boolean isOnePacket(Pdu part) {
        return part.length() >= TpktHeader.LENGTH
                && TpktHeader.isVersion(part.getInt32(0))
                && TpktHeader.packetLength(part.getInt32(0)) == part.length()
                && TpktHeader.isPossibleLength(part.length());
    }

    private boolean begin() {
        int length = TpktHeader.packetLength(header);
        if (!TpktHeader.isVersion(header) || !TpktHeader.isPossibleLength(length)) {
            return false;
        }
        missing = length - TpktHeader.LENGTH;
        return true;
    }

    private void add(Pdu part) {
        int length = Math.min(missing, part.length());
        if (packet == null) {
            packet = pool.take(length);
        } else if (packet.tailroom() < length) {
            packet = larger(pool, packet, Math.min(packet.length() + missing, 2 * (packet.length() + length)));
        }
        packet.append(part, 0, length);
        part.pullHeader(length);
        missing -= length;
        if (missing == 0) {
            Pdu whole = packet;
            packet = null;
            headerOctets = 0;
            sink.tpdu(whole);
        }
    }

    /** The same data in a PDU with room for that many octets in all. */
    static Pdu larger(PduPool pool, Pdu pdu, int capacity) {
        Pdu larger = pool.take(capacity).append(pdu, 0, pdu.length());
        pdu.release();
        return larger;
    }

    /** Throw away what there is of a packet. */
    void clear() {
        if (packet != null) {
            packet.release();
            packet = null;
        }
    }
}
