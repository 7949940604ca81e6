package org.osistack.session.x225;

import org.osistack.core.Discard;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.session.SessionAddress;

/**
 * The header of a UNIT DATA SPDU (X.235 §8), the only SPDU of the connectionless session protocol.
 *
 * <pre>
 *   | 40 | LI | 16 01 01 | 33 L calling selector | 34 L called selector |  user information …
 *               version
 *             \________________________ LI octets ______________________/
 * </pre>
 *
 * <p>Empty selectors are left away. The octets of the user follow the parameters, as far as the TSDU goes; those of a peer
 * that puts them into a User Data parameter (193) are taken from there.
 *
 * @param calling the calling user's selector
 * @param called the called user's selector
 */
record UnitData(Selector calling, Selector called) {
    static final int SI = 64;

    private static final int VERSION = Parameter.VERSION_NUMBER.code();
    private static final int CALLING = Parameter.CALLING_SESSION_SELECTOR.code();
    private static final int CALLED = Parameter.CALLED_SESSION_SELECTOR.code();
    private static final int USER_DATA = Parameter.USER_DATA.code();
    private static final int VERSION_1 = 0x01;
    private static final int LONG_FORM = 0xff;

    /**
     * Where something lies in a TSDU.
     *
     * @param offset of its first octet
     * @param end of the octet behind its last one
     */
    private record Place(int offset, int end) {
        int length() {
            return end - offset;
        }
    }

    /** What is wrong with a TSDU; null if {@link #parse} can read it. Nothing of it is changed. */
    static Discard fault(Pdu tsdu) {
        if (tsdu.length() < 2) {
            return Discard.TOO_SHORT;
        }
        if (tsdu.getUint8(0) != SI) {
            return Discard.UNKNOWN_PDU;
        }
        Place parameters = value(tsdu, 1, tsdu.length());
        if (parameters == null) {
            return Discard.BAD_LENGTH;
        }
        boolean hasUserData = false;
        for (int at = parameters.offset; at < parameters.end; ) {
            Place value = value(tsdu, at + 1, parameters.end);
            if (value == null) {
                return Discard.MALFORMED;
            }
            int code = tsdu.getUint8(at);
            if ((code == CALLING || code == CALLED) && value.length() > SessionAddress.MAX_SELECTOR_LENGTH) {
                return Discard.BAD_FIELD;
            }
            if (code == VERSION && (value.length() != 1 || (tsdu.getUint8(value.offset) & VERSION_1) == 0)) {
                return Discard.BAD_VERSION;
            }
            if (code == USER_DATA) {
                if (hasUserData || tsdu.length() > parameters.end) {
                    return Discard.MALFORMED; // the octets of the user twice
                }
                hasUserData = true;
            } else if (!isOwn(code) && Parameter.ofCode(code) != null) {
                return Discard.BAD_FIELD; // of another SPDU; what no SPDU has is of a later edition
            }
            at = value.end;
        }
        return null;
    }

    private static boolean isOwn(int code) {
        return code == VERSION || code == CALLING || code == CALLED;
    }

    /** The value behind a length indicator; null if it does not fit. */
    private static Place value(Pdu tsdu, int at, int end) {
        if (at >= end) {
            return null;
        }
        int length = tsdu.getUint8(at);
        int offset = at + 1;
        if (length == LONG_FORM) {
            if (at + 3 > end) {
                return null;
            }
            length = tsdu.getUint16(at + 1);
            offset = at + 3;
        }
        return length > end - offset ? null : new Place(offset, offset + length);
    }

    /** Cut a TSDU that has no {@linkplain #fault fault} to the octets of the user. */
    static UnitData parse(Pdu tsdu) {
        Selector calling = Selector.EMPTY;
        Selector called = Selector.EMPTY;
        Place parameters = value(tsdu, 1, tsdu.length());
        Place user = new Place(parameters.end, tsdu.length());
        for (int at = parameters.offset; at < parameters.end; ) {
            Place value = value(tsdu, at + 1, parameters.end);
            int code = tsdu.getUint8(at);
            if (code == CALLING) {
                calling = selector(tsdu, value);
            } else if (code == CALLED) {
                called = selector(tsdu, value);
            } else if (code == USER_DATA) {
                user = value;
            }
            at = value.end;
        }
        tsdu.truncate(user.end).pullHeader(user.offset);
        return new UnitData(calling, called);
    }

    private static Selector selector(Pdu tsdu, Place value) {
        byte[] octets = new byte[value.length()];
        tsdu.copyTo(value.offset, octets, 0, octets.length);
        return Selector.of(octets);
    }

    /** How many octets {@link #push} needs in front of the SSDU. */
    int length() {
        return 5 + unitLength(calling) + unitLength(called);
    }

    private static int unitLength(Selector selector) {
        return selector.isEmpty() ? 0 : 2 + selector.length();
    }

    /** Write the header in front of the SSDU. */
    void push(Pdu ssdu) {
        int length = length();
        ssdu.pushHeader(length).putUint8(0, SI).putUint8(1, length - 2);
        ssdu.putUint8(2, VERSION).putUint8(3, 1).putUint8(4, VERSION_1);
        int at = put(ssdu, 5, CALLING, calling);
        put(ssdu, at, CALLED, called);
    }

    private static int put(Pdu spdu, int at, int code, Selector selector) {
        if (selector.isEmpty()) {
            return at;
        }
        byte[] octets = selector.toByteArray();
        spdu.putUint8(at, code).putUint8(at + 1, octets.length);
        for (int i = 0; i < octets.length; i++) {
            spdu.putUint8(at + 2 + i, octets[i]);
        }
        return at + 2 + octets.length;
    }
}
