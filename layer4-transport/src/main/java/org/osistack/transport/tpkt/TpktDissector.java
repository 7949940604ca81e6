package org.osistack.transport.tpkt;

import java.util.StringJoiner;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;

/**
 * Explains packets of RFC 1006. On the way up the stream may be cut anywhere: it remembers how much of a packet is still
 * to come, and explains the headers that it sees whole.
 */
final class TpktDissector implements Dissector {
    private static final int DT = 0xf0;
    private static final int ED = 0x10;
    private static final int LI_OF_CLASS_0 = 2;

    private static final String[] OTHER_OPTIONS = { // from the second bit on
        "no checksum in class 4", "receipt confirmation in class 1", "network expedited data in class 1"
    };

    private final int[] toCome = new int[Direction.values().length]; // octets of a packet whose header has passed

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        StringJoiner names = new StringJoiner(", ");
        StringJoiner summary = new StringJoiner(", ");
        int rest = Math.min(toCome[direction.ordinal()], pdu.length());
        toCome[direction.ordinal()] -= rest;
        boolean hasSdu = rest > 0;
        if (hasSdu) {
            names.add("…");
            summary.add("continued");
            out.sdu(0, rest);
        }
        int at = rest;
        while (pdu.length() - at >= TpktHeader.LENGTH
                && TpktHeader.isVersion(pdu.getInt32(at))
                && TpktHeader.isPossibleLength(TpktHeader.packetLength(pdu.getInt32(at)))) {
            int length = TpktHeader.packetLength(pdu.getInt32(at));
            int end = Math.min(at + length, pdu.length());
            toCome[direction.ordinal()] = at + length - end;
            out.group("TPKT", at, TpktHeader.LENGTH, "one TPDU in a packet");
            out.field("version", at, 1, 3, "3", "RFC 1006 §6");
            out.field("reserved", at + 1, 1, pdu.getUint8(at + 1), "", "RFC 1006 §6");
            out.field("packet length", at + 2, 2, length, length + " octets, header included", "RFC 1006 §6");
            out.end();
            hasSdu |= tpdu(pdu, at + TpktHeader.LENGTH, end, hasSdu, names, summary, out);
            at = end;
        }
        if (at < pdu.length()) {
            names.add("?");
            out.field("octets", at, pdu.length() - at, 0, "part of a header, or no packet");
        }
        out.pdu("TPKT", names.toString()).summary(summary.toString());
    }

    private static boolean tpdu(
            Pdu pdu, int at, int end, boolean hasSdu, StringJoiner names, StringJoiner summary, Dissection out) {
        if (end - at < 2 || 1 + pdu.getUint8(at) > end - at) {
            names.add("?");
            out.field("TPDU", at, end - at, 0, "cut off");
            return false;
        }
        int li = pdu.getUint8(at);
        int code = pdu.getUint8(at + 1);
        if (li == LI_OF_CLASS_0 && ((code & 0xf0) == DT || (code & 0xf0) == ED)) {
            boolean expedited = (code & 0xf0) == ED;
            if (expedited) {
                ed(pdu, at, names, summary, out);
            } else {
                dt(pdu, at, end, names, summary, out);
            }
            if (hasSdu) {
                String clause = expedited ? "X.224 §13.8" : "X.224 §13.7";
                out.field("user data", at + 3, end - at - 3, 0, (end - at - 3) + " octets", clause);
                return false;
            }
            out.sdu(at + 3, end - at - 3);
            return true;
        }
        Tpdu.Type type = Tpdu.Type.ofCode(code);
        byte[] octets = new byte[1 + li];
        pdu.copyTo(at, octets, 0, octets.length);
        names.add(type == null ? "?" : type.name());
        out.group(type == null ? "TPDU" : type.name(), at, octets.length, "");
        out.field("LI", at, 1, li, li + " octets of header follow", "X.224 §13.2.1");
        out.field("code", at + 1, 1, code, type == null ? "unknown here" : type.name(), "X.224 §13.2.2.2");
        if (type != null && li >= fixedLength(type) - 1) {
            fixedPart(type, octets, at, summary, out);
            variablePart(type, octets, at, out);
        }
        out.end();
        return false;
    }

    private static int fixedLength(Tpdu.Type type) {
        return type == Tpdu.Type.ER ? 5 : type == Tpdu.Type.DC ? 6 : 7;
    }

    private static void dt(Pdu pdu, int at, int end, StringJoiner names, StringJoiner summary, Dissection out) {
        boolean last = (pdu.getUint8(at + 2) & 0x80) != 0;
        names.add("DT");
        summary.add(last ? "end of TSDU" : "more of the TSDU follows");
        out.group("DT", at, 3, "data, " + (end - at - 3) + " octets");
        out.field("LI", at, 1, 2, "2 octets of header follow", "X.224 §13.2.1");
        out.field("code", at + 1, 1, pdu.getUint8(at + 1), "DT", "X.224 §13.7.3");
        out.bits("EOT", at + 2, 1, 0, 1, last ? 1 : 0, last ? "end of TSDU" : "not the end", "X.224 §13.7.3");
        out.bits("TPDU-NR", at + 2, 1, 1, 7, pdu.getUint8(at + 2) & 0x7f, "0 in class 0", "X.224 §13.7.3");
        out.end();
    }

    private static void ed(Pdu pdu, int at, StringJoiner names, StringJoiner summary, Dissection out) {
        int length = TpktHeader.packetLength(pdu.getInt32(at - TpktHeader.LENGTH)) - TpktHeader.WITH_DT;
        boolean last = (pdu.getUint8(at + 2) & 0x80) != 0;
        boolean possible = length > 0 && length <= TpktHeader.MAX_EXPEDITED;
        names.add("ED");
        summary.add("expedited" + (possible ? "" : ", " + length + " octets where 1 to 16 are allowed"));
        out.group("ED", at, 3, "expedited data, " + length + " octets");
        out.field("LI", at, 1, 2, "2 octets of header follow: the form of a DT", "RFC 1006 §6");
        out.field("code", at + 1, 1, pdu.getUint8(at + 1), "ED", "X.224 §13.8.3");
        out.bits("EOT", at + 2, 1, 0, 1, last ? 1 : 0, last ? "end of TSDU" : "should be 1; ignored", "RFC 1006 §6");
        out.bits("EDTPDU-NR", at + 2, 1, 1, 7, pdu.getUint8(at + 2) & 0x7f, "0 in class 0", "RFC 1006 §6");
        out.end();
    }

    private static void fixedPart(Tpdu.Type type, byte[] octets, int at, StringJoiner summary, Dissection out) {
        int destination = uint16(octets, 2);
        out.field("DST-REF", at + 2, 2, destination, Integer.toString(destination), "X.224 §13.3.3");
        if (type == Tpdu.Type.ER) {
            int cause = octets[4] & 0xff;
            out.field("reject cause", at + 4, 1, cause, ErrorText.cause(cause), "X.224 §13.12.3");
            summary.add("rejected: " + ErrorText.cause(cause));
            return;
        }
        int source = uint16(octets, 4);
        out.field("SRC-REF", at + 4, 2, source, Integer.toString(source), "X.224 §13.3.3");
        summary.add(source + " → " + destination);
        if (type == Tpdu.Type.DR) {
            int reason = octets[6] & 0xff;
            out.field("reason", at + 6, 1, reason, ErrorText.reason(reason), "X.224 §13.5.3");
            summary.add(ErrorText.reason(reason));
        } else if (type != Tpdu.Type.DC) {
            int transportClass = octets[6] >>> 4 & 0xf;
            out.bits("class", at + 6, 1, 0, 4, transportClass, "class " + transportClass, "X.224 §13.3.3");
            out.bits("options", at + 6, 1, 4, 4, octets[6] & 0xf, "", "X.224 §13.3.3");
            summary.add("class " + transportClass);
        }
    }

    private static void variablePart(Tpdu.Type type, byte[] octets, int at, Dissection out) {
        int offset = fixedLength(type);
        while (offset + 2 <= octets.length && offset + 2 + (octets[offset + 1] & 0xff) <= octets.length) {
            int code = octets[offset] & 0xff;
            int length = octets[offset + 1] & 0xff;
            byte[] value = new byte[length];
            System.arraycopy(octets, offset + 2, value, 0, length);
            out.field(
                    name(type, code),
                    at + offset,
                    2 + length,
                    length == 1 ? value[0] & 0xff : 0,
                    text(type, code, value),
                    "X.224 §13.3.4");
            offset += 2 + length;
        }
    }

    private static String name(Tpdu.Type type, int code) {
        return switch (code) {
            case Tpdu.TPDU_SIZE -> "TPDU size";
            case Tpdu.CALLING_SELECTOR -> type == Tpdu.Type.ER ? "invalid TPDU" : "calling TSAP-ID";
            case Tpdu.CALLED_SELECTOR -> "called TSAP-ID";
            case Tpdu.ADDITIONAL_OPTIONS -> "additional option selection";
            case Tpdu.ALTERNATIVE_CLASSES -> "alternative protocol classes";
            case 0xc3 -> "checksum";
            case 0xc4 -> "version number";
            case 0xc5 -> "protection";
            case 0xe0 -> "additional information";
            case 0xf0 -> "preferred maximum TPDU size";
            default -> "parameter " + code;
        };
    }

    private static String text(Tpdu.Type type, int code, byte[] value) {
        boolean selector = code == Tpdu.CALLED_SELECTOR || code == Tpdu.CALLING_SELECTOR && type != Tpdu.Type.ER;
        if (selector && value.length <= Selector.MAX_LENGTH) {
            return Selector.of(value).toString();
        }
        if (code == Tpdu.TPDU_SIZE && value.length == 1 && value[0] >= 7 && value[0] <= 16) {
            return (1 << value[0]) + " octets";
        }
        if (code == Tpdu.ADDITIONAL_OPTIONS && value.length == 1) {
            return options(value[0]);
        }
        return "0x" + Octets.of(value);
    }

    /** Only the first of them means something in class 0. */
    private static String options(int octet) {
        StringJoiner text = new StringJoiner(", ");
        boolean expedited = (octet & Tpdu.TRANSPORT_EXPEDITED) != 0;
        text.add(expedited ? "use of transport expedited data" : "no transport expedited data");
        for (int bit = 1; bit < OTHER_OPTIONS.length + 1; bit++) {
            if ((octet & 1 << bit) != 0) {
                text.add(OTHER_OPTIONS[bit - 1]);
            }
        }
        return text.toString();
    }

    private static int uint16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }
}
