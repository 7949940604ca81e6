package org.osistack.transport.udp;

import org.osistack.core.Checksum;
import org.osistack.core.Pdu;

/**
 * The header of a user datagram (RFC 768), as a view of the octets of a PDU.
 *
 * <pre>
 *    0      7 8     15 16    23 24    31
 *   +--------+--------+--------+--------+
 *   |     Source      |   Destination   |
 *   |      Port       |      Port       |
 *   +--------+--------+--------+--------+
 *   |                 |                 |
 *   |     Length      |    Checksum     |
 *   +--------+--------+--------+--------+
 * </pre>
 */
final class UdpHeader {
    static final int LENGTH = 8;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int UDP_LENGTH = 4;
    private static final int CHECKSUM = 6;

    private Pdu datagram;

    /** Whether the datagram is long enough for the accessors and has all the octets that its header speaks of. */
    static boolean isValid(Pdu datagram) {
        return datagram.length() >= LENGTH
                && datagram.getUint16(UDP_LENGTH) >= LENGTH
                && datagram.getUint16(UDP_LENGTH) <= datagram.length();
    }

    UdpHeader wrap(Pdu newDatagram) {
        datagram = newDatagram;
        return this;
    }

    int sourcePort() {
        return datagram.getUint16(SOURCE_PORT);
    }

    UdpHeader sourcePort(int port) {
        datagram.putUint16(SOURCE_PORT, port);
        return this;
    }

    int destinationPort() {
        return datagram.getUint16(DESTINATION_PORT);
    }

    UdpHeader destinationPort(int port) {
        datagram.putUint16(DESTINATION_PORT, port);
        return this;
    }

    int length() {
        return datagram.getUint16(UDP_LENGTH);
    }

    UdpHeader length(int length) {
        datagram.putUint16(UDP_LENGTH, length);
        return this;
    }

    int checksum() {
        return datagram.getUint16(CHECKSUM);
    }

    /** Write the checksum over the whole datagram. A sum that comes out as zero is sent as all ones (RFC 768). */
    UdpHeader fillChecksum(int pseudoHeaderSum) {
        datagram.putUint16(CHECKSUM, 0);
        int checksum = Checksum.of((long) pseudoHeaderSum + Checksum.sum(datagram, 0, datagram.length()));
        datagram.putUint16(CHECKSUM, checksum == 0 ? 0xffff : checksum);
        return this;
    }

    /**
     * Whether the datagram, cut to its length, is unharmed as far as can be known.
     *
     * @param partial whether a field that holds the sum of the pseudo-header alone stands for an unharmed datagram
     */
    boolean isChecksumValid(int pseudoHeaderSum, boolean partial) {
        int checksum = checksum();
        return checksum == 0 // the sender made none
                || partial && checksum == Checksum.fold(pseudoHeaderSum)
                || Checksum.of((long) pseudoHeaderSum + Checksum.sum(datagram, 0, datagram.length())) == 0;
    }
}
