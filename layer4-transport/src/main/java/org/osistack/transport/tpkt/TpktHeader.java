package org.osistack.transport.tpkt;

import org.osistack.core.Pdu;

/**
 * The packet that carries one TPDU over TCP, and in it the header of a DT TPDU of class 0 (X.224 §13.7), or of an ED
 * TPDU, which has the same form here (RFC 1006 §6).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------+---------------+-------------------------------+
 *   |  version = 3  | reserved = 0  |    packet length, header too  |   TPKT
 *   +---------------+---------------+-+-------------+---------------+
 *   |    LI = 2     |   code = F0   |E|   NR = 0    |  user data …      DT
 *   +---------------+---------------+-+-------------+---------------+
 *   |    LI = 2     |   code = 10   |1|   NR = 0    |  1 to 16 octets   ED
 *   +---------------+---------------+-+-------------+---------------+
 *
 *   E    end of TSDU
 * </pre>
 *
 * <p>The last four bits of the code, the credit of other TPDUs, are not looked at; nor is the last octet of an ED: ISODE
 * sends 00 there.
 */
final class TpktHeader {
    /** Octets of the packet's own header. */
    static final int LENGTH = 4;
    /** Octets of both headers; with an ED they are as many. */
    static final int WITH_DT = 7;
    /** Octets of the header of a DT or ED alone. */
    static final int DT_LENGTH = WITH_DT - LENGTH;
    /** The longest user data of an ED (X.224 §13.8). */
    static final int MAX_EXPEDITED = 16;
    /** The longest packet, header included. */
    static final int MAX_PACKET = 0xffff;
    /** The longest TPDU that fits into a packet. */
    static final int MAX_TPDU = MAX_PACKET - LENGTH;

    private static final int VERSION = 3;
    private static final int MIN_PACKET = 7;
    private static final int DT_LI_AND_CODE = 0x02f0;
    private static final int ED_LI_AND_CODE = 0x0210;
    private static final int WITHOUT_CREDIT = 0xfff0;
    private static final int END_OF_TSDU = 0x80;

    private TpktHeader() {}

    /** Whether four octets, as one number, begin a packet. */
    static boolean isVersion(int header) {
        return header >>> 24 == VERSION;
    }

    /** The length of the packet in those octets; header included. */
    static int packetLength(int header) {
        return header & 0xffff;
    }

    static boolean isPossibleLength(int packetLength) {
        return packetLength >= MIN_PACKET;
    }

    /** Put the header in front of a TPDU. */
    static Pdu push(Pdu tpdu) {
        int length = LENGTH + tpdu.length();
        return tpdu.pushHeader(LENGTH).putInt32(0, VERSION << 24 | length);
    }

    /** Put both headers in front of user data. */
    static Pdu pushWithDt(Pdu data, boolean endOfTsdu) {
        return push(data, DT_LI_AND_CODE, endOfTsdu);
    }

    /** Put both headers in front of expedited user data. */
    static Pdu pushWithEd(Pdu data) {
        return push(data, ED_LI_AND_CODE, true);
    }

    private static Pdu push(Pdu data, int liAndCode, boolean endOfTsdu) {
        int length = WITH_DT + data.length();
        return data.pushHeader(WITH_DT)
                .putInt32(0, VERSION << 24 | length)
                .putUint16(4, liAndCode)
                .putUint8(6, endOfTsdu ? END_OF_TSDU : 0);
    }

    /** Whether a TPDU, without the packet's header, is a DT of class 0. */
    static boolean isDt(Pdu tpdu) {
        return isLiAndCode(tpdu, DT_LI_AND_CODE);
    }

    /** Whether a TPDU, without the packet's header, is an ED in the form of a DT of class 0. */
    static boolean isEd(Pdu tpdu) {
        return isLiAndCode(tpdu, ED_LI_AND_CODE);
    }

    private static boolean isLiAndCode(Pdu tpdu, int liAndCode) {
        return tpdu.length() >= DT_LENGTH && (tpdu.getUint16(0) & WITHOUT_CREDIT) == liAndCode;
    }

    /** Whether a DT ends its TSDU. */
    static boolean isEndOfTsdu(Pdu dt) {
        return (dt.getUint8(2) & END_OF_TSDU) != 0;
    }
}
