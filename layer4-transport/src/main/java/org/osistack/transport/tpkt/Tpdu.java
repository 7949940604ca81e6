package org.osistack.transport.tpkt;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.Selector;

/**
 * A TPDU that begins or ends a connection of class 0 (X.224 §13.3 to §13.5, §13.12).
 *
 * <pre>
 *          0    1        2-3        4-5        6          7 …
 *   CR   | LI | E0     | 0000     | SRC-REF  | class    | parameters … |
 *   CC   | LI | D0     | DST-REF  | SRC-REF  | class    | parameters … |
 *   DR   | LI | 80     | DST-REF  | SRC-REF  | reason   | parameters … |
 *   DC   | LI | C0     | DST-REF  | SRC-REF  | parameters …
 *   ER   | LI | 70     | DST-REF  | cause    | parameters …
 *
 *   parameter  | code | length | value |            LI counts all of these octets but itself
 * </pre>
 *
 * @param destination the reference of the side that receives it
 * @param source the reference of the side that sends it; 0 in ER, which has none
 * @param last the octet that CR and CC use for class and options, DR for the reason, and ER for the cause; 0 in DC
 */
record Tpdu(Type type, int destination, int source, int last, List<Parameter> parameters) {
    static final int TPDU_SIZE = 0xc0;
    static final int CALLING_SELECTOR = 0xc1;
    static final int CALLED_SELECTOR = 0xc2;
    static final int ADDITIONAL_OPTIONS = 0xc6;
    /** The bit of the additional options that stands for the use of transport expedited data. */
    static final int TRANSPORT_EXPEDITED = 0x01;

    static final int ALTERNATIVE_CLASSES = 0xc7;
    /** In ER, the code of the calling selector has another meaning. */
    static final int INVALID_TPDU = 0xc1;

    private static final int MAX_LI = 254;

    /** A parameter of the variable part. */
    record Parameter(int code, Octets value) {}

    /** The kinds of TPDU. */
    enum Type {
        CR(0xe0, 7),
        CC(0xd0, 7),
        DR(0x80, 7),
        DC(0xc0, 6),
        ER(0x70, 5);

        private final int code;
        private final int fixedLength;

        Type(int code, int fixedLength) {
            this.code = code;
            this.fixedLength = fixedLength;
        }

        /** The first four bits of its second octet. */
        int code() {
            return code;
        }

        static Type ofCode(int octet) {
            for (Type type : values()) {
                if (type.code == (octet & 0xf0)) {
                    return type;
                }
            }
            return null;
        }
    }

    Tpdu {
        parameters = List.copyOf(parameters);
    }

    /**
     * Read a TPDU, which stays the caller's. What follows the header is user data, which class 0 does not have: it is
     * ignored.
     *
     * @return null if it is none of these, or not well-formed
     */
    static Tpdu parse(Pdu pdu) {
        if (pdu.length() < 2) {
            return null;
        }
        int end = 1 + pdu.getUint8(0);
        Type type = Type.ofCode(pdu.getUint8(1));
        if (type == null || end > pdu.length() || end > 1 + MAX_LI || end < type.fixedLength) {
            return null;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (int at = type.fixedLength; at < end; ) {
            if (at + 2 > end || at + 2 + pdu.getUint8(at + 1) > end) {
                return null;
            }
            byte[] value = new byte[pdu.getUint8(at + 1)];
            pdu.copyTo(at + 2, value, 0, value.length);
            parameters.add(new Parameter(pdu.getUint8(at), Octets.of(value)));
            at += 2 + value.length;
        }
        boolean isError = type == Type.ER;
        return new Tpdu(
                type,
                pdu.getUint16(2),
                isError ? 0 : pdu.getUint16(4),
                isError ? pdu.getUint8(4) : type == Type.DC ? 0 : pdu.getUint8(6),
                parameters);
    }

    /** Write it into a PDU of its own. */
    Pdu emit(PduPool pool) {
        int length = type.fixedLength;
        for (Parameter parameter : parameters) {
            length += 2 + parameter.value.length();
        }
        Pdu pdu = pool.take(length).pushTrailer(type.fixedLength);
        pdu.putUint8(0, length - 1).putUint8(1, type.code).putUint16(2, destination);
        if (type == Type.ER) {
            pdu.putUint8(4, last);
        } else {
            pdu.putUint16(4, source);
            if (type != Type.DC) {
                pdu.putUint8(6, last);
            }
        }
        for (Parameter parameter : parameters) {
            pdu.appendUint8(parameter.code).appendUint8(parameter.value.length());
            parameter.value.appendTo(pdu);
        }
        return pdu;
    }

    /** The value of a parameter, the last if it is there more than once; null if it is absent. */
    Octets parameter(int code) {
        Octets value = null;
        for (Parameter parameter : parameters) {
            if (parameter.code == code) {
                value = parameter.value;
            }
        }
        return value;
    }

    /** A transport selector; empty if absent, null if it is longer than a selector can be. */
    Selector selector(int code) {
        Octets value = parameter(code);
        if (value == null) {
            return Selector.EMPTY;
        }
        return value.length() > Selector.MAX_LENGTH ? null : Selector.of(value.toByteArray());
    }

    /** The preferred class of a CR, or the chosen class of a CC. */
    int transportClass() {
        return last >>> 4;
    }

    /**
     * Whether class 0 may be chosen for this CR: it is preferred, or preferred is class 1, which implies it, or it is
     * among the alternatives (X.224 §6.5.5).
     */
    boolean allowsClass0() {
        if (transportClass() <= 1) {
            return true;
        }
        Octets alternatives = parameter(ALTERNATIVE_CLASSES);
        for (int i = 0; alternatives != null && i < alternatives.length(); i++) {
            if (alternatives.at(i) >>> 4 == 0) {
                return true;
            }
        }
        return false;
    }

    /** The TPDU Size parameter: a power of two; -1 if it is absent, or has no octet. */
    int sizeCode() {
        Octets value = parameter(TPDU_SIZE);
        return value == null || value.isEmpty() ? -1 : value.at(value.length() - 1);
    }

    /**
     * Whether the additional options select transport expedited data. X.224 takes a missing parameter for a yes; where
     * RFC 1006 is spoken it is a no, since class 0 as such has no expedited data.
     */
    boolean selectsExpedited() {
        Octets value = parameter(ADDITIONAL_OPTIONS);
        return value != null && value.length() == 1 && (value.at(0) & TRANSPORT_EXPEDITED) != 0;
    }
}
