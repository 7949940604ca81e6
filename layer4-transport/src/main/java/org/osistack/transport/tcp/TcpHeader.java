package org.osistack.transport.tcp;

import org.osistack.core.Checksum;
import org.osistack.core.Pdu;

/**
 * The header of a TCP segment (RFC 9293 §3.1), as a view of the octets of a PDU.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |          Source Port          |       Destination Port        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                        Sequence Number                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    Acknowledgment Number                      |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  Data |       |C|E|U|A|P|R|S|F|                               |
 *   | Offset| Rsrvd |W|C|R|C|S|S|Y|I|            Window             |
 *   |       |       |R|E|G|K|H|T|N|N|                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           Checksum            |         Urgent Pointer        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                           [Options]                           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class TcpHeader {
    /** Without options, in octets. */
    static final int LENGTH = 20;
    /** With as many options as there can be. */
    static final int MAX_LENGTH = 60;

    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
    static final int URG = 0x20;
    static final int ECE = 0x40;
    static final int CWR = 0x80;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int SEQUENCE_NUMBER = 4;
    private static final int ACKNOWLEDGMENT_NUMBER = 8;
    private static final int DATA_OFFSET = 12;
    private static final int CONTROL_BITS = 13;
    private static final int WINDOW = 14;
    private static final int CHECKSUM = 16;
    private static final int URGENT_POINTER = 18;

    private Pdu segment;

    /** Whether the segment is long enough for the accessors and for the header length that it states. */
    static boolean isValid(Pdu segment) {
        if (segment.length() < LENGTH) {
            return false;
        }
        int length = segment.getUint8(DATA_OFFSET) >>> 4 << 2;
        return length >= LENGTH && length <= segment.length();
    }

    TcpHeader wrap(Pdu newSegment) {
        segment = newSegment;
        return this;
    }

    int sourcePort() {
        return segment.getUint16(SOURCE_PORT);
    }

    int destinationPort() {
        return segment.getUint16(DESTINATION_PORT);
    }

    TcpHeader ports(int source, int destination) {
        segment.putInt32(SOURCE_PORT, source << 16 | destination);
        return this;
    }

    int sequenceNumber() {
        return segment.getInt32(SEQUENCE_NUMBER);
    }

    TcpHeader sequenceNumber(int number) {
        segment.putInt32(SEQUENCE_NUMBER, number);
        return this;
    }

    int acknowledgmentNumber() {
        return segment.getInt32(ACKNOWLEDGMENT_NUMBER);
    }

    TcpHeader acknowledgmentNumber(int number) {
        segment.putInt32(ACKNOWLEDGMENT_NUMBER, number);
        return this;
    }

    /** The length of the header with its options, in octets: four times the data offset. */
    int length() {
        return segment.getUint8(DATA_OFFSET) >>> 4 << 2;
    }

    int reserved() {
        return segment.getUint8(DATA_OFFSET) & 0x0f;
    }

    int controlBits() {
        return segment.getUint8(CONTROL_BITS);
    }

    /** Write data offset, reserved bits, control bits; zero for the urgent pointer. */
    TcpHeader lengthAndControl(int length, int controlBits) {
        segment.putUint16(DATA_OFFSET, length >>> 2 << 12 | controlBits).putUint16(URGENT_POINTER, 0);
        return this;
    }

    int window() {
        return segment.getUint16(WINDOW);
    }

    TcpHeader window(int window) {
        segment.putUint16(WINDOW, window);
        return this;
    }

    int urgentPointer() {
        return segment.getUint16(URGENT_POINTER);
    }

    int checksum() {
        return segment.getUint16(CHECKSUM);
    }

    /** Write the checksum over the whole segment. */
    TcpHeader fillChecksum(int pseudoHeaderSum) {
        segment.putUint16(CHECKSUM, 0);
        segment.putUint16(CHECKSUM, Checksum.of((long) pseudoHeaderSum + Checksum.sum(segment, 0, segment.length())));
        return this;
    }

    /**
     * Whether the segment is unharmed as far as can be known.
     *
     * @param partial whether a field that holds the sum of the pseudo-header alone stands for an unharmed segment
     */
    boolean isChecksumValid(int pseudoHeaderSum, boolean partial) {
        return partial && checksum() == Checksum.fold(pseudoHeaderSum)
                || Checksum.of((long) pseudoHeaderSum + Checksum.sum(segment, 0, segment.length())) == 0;
    }
}
