package org.osistack.network.ipv4;

import org.osistack.core.Checksum;
import org.osistack.core.Pdu;

/**
 * An ICMP message (RFC 792) as a view of the octets of a PDU that begins with it.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     Type      |     Code      |          Checksum             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           Identifier          |        Sequence Number        |  echo, echo reply
 *   |    Pointer    |                   unused                      |  parameter problem
 *   |             unused            |         Next-Hop MTU          |  fragmentation needed (RFC 1191 §4)
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  Data, or Internet Header + 64 bits of Original Data Datagram |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class IcmpHeader {
    static final int LENGTH = 8;
    /** The number that IP writes for the protocol. */
    static final int PROTOCOL = 1;

    static final int ECHO_REPLY = 0;
    static final int DESTINATION_UNREACHABLE = 3;
    static final int SOURCE_QUENCH = 4;
    static final int REDIRECT = 5;
    static final int ECHO = 8;
    static final int TIME_EXCEEDED = 11;
    static final int PARAMETER_PROBLEM = 12;

    // codes of DESTINATION_UNREACHABLE: RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1
    static final int NET_UNREACHABLE = 0;
    static final int HOST_UNREACHABLE = 1;
    static final int PROTOCOL_UNREACHABLE = 2;
    static final int PORT_UNREACHABLE = 3;
    static final int FRAGMENTATION_NEEDED = 4;
    static final int NET_PROHIBITED = 9;
    static final int HOST_PROHIBITED = 10;
    static final int COMMUNICATION_PROHIBITED = 13;
    static final int HOST_PRECEDENCE_VIOLATION = 14;
    static final int PRECEDENCE_CUTOFF = 15;

    // codes of TIME_EXCEEDED
    static final int IN_TRANSIT = 0;
    static final int REASSEMBLY = 1;

    static final int TYPE = 0;
    static final int CODE = 1;
    static final int CHECKSUM = 2;
    static final int REST = 4;
    static final int IDENTIFIER = 4;
    static final int POINTER = 4;
    static final int SEQUENCE = 6;
    static final int NEXT_HOP_MTU = 6;

    private Pdu message;

    /** Whether the message is long enough for the accessors. */
    static boolean isValid(Pdu message) {
        return message.length() >= LENGTH;
    }

    /** Whether the checksum over the whole message is right. */
    static boolean isChecksumRight(Pdu message) {
        return Checksum.sum(message, 0, message.length()) == 0xffff;
    }

    /** Whether it tells of a datagram that went wrong (RFC 1122 §3.2.2); types that nobody knows count as such. */
    static boolean isError(int type) {
        return switch (type) {
            case ECHO_REPLY, ECHO, 9, 10, 13, 14, 15, 16, 17, 18 -> false; // queries: RFC 1122 §3.2.2, RFC 1256
            default -> true;
        };
    }

    IcmpHeader wrap(Pdu newMessage) {
        this.message = newMessage;
        return this;
    }

    int type() {
        return message.getUint8(TYPE);
    }

    int code() {
        return message.getUint8(CODE);
    }

    IcmpHeader typeAndCode(int type, int code) {
        message.putUint8(TYPE, type).putUint8(CODE, code);
        return this;
    }

    /** The four octets behind the checksum, whose meaning depends on the type. */
    int rest() {
        return message.getInt32(REST);
    }

    IcmpHeader rest(int value) {
        message.putInt32(REST, value);
        return this;
    }

    int identifier() {
        return message.getUint16(IDENTIFIER);
    }

    int sequence() {
        return message.getUint16(SEQUENCE);
    }

    int nextHopMtu() {
        return message.getUint16(NEXT_HOP_MTU);
    }

    /** Write the checksum over the whole message as it is now. */
    IcmpHeader fillChecksum() {
        message.putUint16(CHECKSUM, 0);
        message.putUint16(CHECKSUM, Checksum.of(Checksum.sum(message, 0, message.length())));
        return this;
    }
}
