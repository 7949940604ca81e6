package org.osistack.network.arp;

import org.osistack.core.Pdu;
import org.osistack.datalink.MacAddress;

/**
 * An ARP packet (RFC 826) for IPv4 over Ethernet, as a view of the octets of a PDU.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  hardware space (ar$hrd) = 1  | protocol space (ar$pro) 0x0800|
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | ar$hln = 6    | ar$pln = 4    |       opcode (ar$op)          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |            sender hardware address (ar$sha)                   |
 *   +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                               | sender protocol address       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |   (ar$spa), continued         | target hardware address       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 *   |   (ar$tha), continued                                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |            target protocol address (ar$tpa)                   |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class ArpHeader {
    static final int LENGTH = 28;
    static final int REQUEST = 1;
    static final int REPLY = 2;

    static final int HARDWARE_ETHERNET = 1;
    static final int PROTOCOL_IPV4 = 0x0800;
    static final int HARDWARE_LENGTH = 6;
    static final int PROTOCOL_LENGTH = 4;

    static final int HRD = 0;
    static final int PRO = 2;
    static final int HLN = 4;
    static final int PLN = 5;
    static final int OP = 6;
    static final int SHA = 8;
    static final int SPA = 14;
    static final int THA = 18;
    static final int TPA = 24;

    private Pdu packet;

    /** Whether the packet is long enough for the accessors, and is about IPv4 over Ethernet at all. */
    static boolean isValid(Pdu packet) {
        return packet.length() >= LENGTH
                && packet.getUint16(HRD) == HARDWARE_ETHERNET
                && packet.getUint16(PRO) == PROTOCOL_IPV4
                && packet.getUint8(HLN) == HARDWARE_LENGTH
                && packet.getUint8(PLN) == PROTOCOL_LENGTH;
    }

    ArpHeader wrap(Pdu newPacket) {
        this.packet = newPacket;
        return this;
    }

    /** Write what is the same in all packets, and the opcode. */
    ArpHeader init(int operation) {
        packet.putUint16(HRD, HARDWARE_ETHERNET)
                .putUint16(PRO, PROTOCOL_IPV4)
                .putUint8(HLN, HARDWARE_LENGTH)
                .putUint8(PLN, PROTOCOL_LENGTH)
                .putUint16(OP, operation);
        return this;
    }

    int operation() {
        return packet.getUint16(OP);
    }

    MacAddress senderMac() {
        return MacAddress.of(packet.getUint48(SHA));
    }

    int senderIp() {
        return packet.getInt32(SPA);
    }

    ArpHeader sender(MacAddress mac, int ip) {
        packet.putUint48(SHA, mac.bits()).putInt32(SPA, ip);
        return this;
    }

    MacAddress targetMac() {
        return MacAddress.of(packet.getUint48(THA));
    }

    int targetIp() {
        return packet.getInt32(TPA);
    }

    /**
     * Write the target.
     *
     * @param mac null if it isn't known: all zero
     */
    ArpHeader target(MacAddress mac, int ip) {
        packet.putUint48(THA, mac == null ? 0 : mac.bits()).putInt32(TPA, ip);
        return this;
    }
}
