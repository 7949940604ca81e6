package org.osistack.transport.cltp;

import org.osistack.core.Discard;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;

/**
 * The header of a UNIT DATA TPDU (X.234 §7.2), the only TPDU of this protocol.
 *
 * <pre>
 *     0    1    2 …
 *   | LI | 40 | C1 L source TSAP-ID | C2 L destination TSAP-ID | [C3 02 checksum] |  user data …
 *        \____________________________ LI octets ____________________________/
 * </pre>
 *
 * <p>An empty selector is left away. The checksum is checked, and never sent: user datagrams have one of their own.
 *
 * @param source the calling user's selector
 * @param destination the called user's selector
 */
record UnitDataTpdu(Selector source, Selector destination) {
    static final int UD = 0x40;
    static final int SOURCE_TSAP_ID = 0xc1;
    static final int DESTINATION_TSAP_ID = 0xc2;
    static final int CHECKSUM = 0xc3;

    private static final int FIXED_LENGTH = 2;
    private static final int MAX_LI = 254;
    private static final int CHECKSUM_LENGTH = 2;
    private static final int MODULUS = 255;

    /** What is wrong with a TPDU; null if {@link #parse} can read it. */
    static Discard fault(Pdu tpdu) {
        int length = tpdu.length();
        if (length < FIXED_LENGTH) {
            return Discard.TOO_SHORT;
        }
        int li = tpdu.getUint8(0);
        if (li < FIXED_LENGTH - 1 || li > MAX_LI || li >= length) {
            return Discard.BAD_LENGTH;
        }
        if (tpdu.getUint8(1) != UD) {
            return Discard.UNKNOWN_PDU;
        }
        boolean hasChecksum = false;
        int end = 1 + li;
        for (int at = FIXED_LENGTH; at < end; at = next(tpdu, at)) {
            if (at + 2 > end || next(tpdu, at) > end) {
                return Discard.MALFORMED;
            }
            int valueLength = tpdu.getUint8(at + 1);
            switch (tpdu.getUint8(at)) {
                case SOURCE_TSAP_ID, DESTINATION_TSAP_ID -> {
                    if (valueLength > Selector.MAX_LENGTH) {
                        return Discard.BAD_FIELD;
                    }
                }
                case CHECKSUM -> {
                    if (valueLength != CHECKSUM_LENGTH) {
                        return Discard.BAD_FIELD;
                    }
                    hasChecksum = true;
                }
                default -> {} // of a later edition
            }
        }
        return hasChecksum && !isSumZero(tpdu) ? Discard.BAD_CHECKSUM : null;
    }

    private static int next(Pdu tpdu, int at) {
        return at + 2 + tpdu.getUint8(at + 1);
    }

    /** Whether both sums over the whole TPDU are zero (X.234 annex C). */
    static boolean isSumZero(Pdu tpdu) {
        int c0 = 0;
        int c1 = 0;
        for (int i = 0; i < tpdu.length(); i++) {
            c0 = (c0 + tpdu.getUint8(i)) % MODULUS;
            c1 = (c1 + c0) % MODULUS;
        }
        return c0 == 0 && c1 == 0;
    }

    /** Take the header off a TPDU that has no {@linkplain #fault fault}; of a parameter that is there twice the last counts. */
    static UnitDataTpdu parse(Pdu tpdu) {
        Selector source = Selector.EMPTY;
        Selector destination = Selector.EMPTY;
        int end = 1 + tpdu.getUint8(0);
        for (int at = FIXED_LENGTH; at < end; at = next(tpdu, at)) {
            switch (tpdu.getUint8(at)) {
                case SOURCE_TSAP_ID -> source = selector(tpdu, at);
                case DESTINATION_TSAP_ID -> destination = selector(tpdu, at);
                default -> {} // means nothing here
            }
        }
        tpdu.pullHeader(end);
        return new UnitDataTpdu(source, destination);
    }

    private static Selector selector(Pdu tpdu, int at) {
        byte[] octets = new byte[tpdu.getUint8(at + 1)];
        tpdu.copyTo(at + 2, octets, 0, octets.length);
        return Selector.of(octets);
    }

    /** How many octets {@link #push} needs in front of the TSDU. */
    int length() {
        return FIXED_LENGTH + parameterLength(source) + parameterLength(destination);
    }

    private static int parameterLength(Selector selector) {
        return selector.isEmpty() ? 0 : 2 + selector.length();
    }

    /** Write the header in front of the TSDU. */
    void push(Pdu tsdu) {
        int length = length();
        tsdu.pushHeader(length).putUint8(0, length - 1).putUint8(1, UD);
        int at = put(tsdu, FIXED_LENGTH, SOURCE_TSAP_ID, source);
        put(tsdu, at, DESTINATION_TSAP_ID, destination);
    }

    private static int put(Pdu tpdu, int at, int code, Selector selector) {
        if (selector.isEmpty()) {
            return at;
        }
        byte[] octets = selector.toByteArray();
        tpdu.putUint8(at, code).putUint8(at + 1, octets.length);
        for (int i = 0; i < octets.length; i++) {
            tpdu.putUint8(at + 2 + i, octets[i]);
        }
        return at + 2 + octets.length;
    }
}
