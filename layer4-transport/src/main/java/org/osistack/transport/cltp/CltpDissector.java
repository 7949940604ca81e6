package org.osistack.transport.cltp;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;

/** Explains UNIT DATA TPDUs. */
public final class CltpDissector implements Dissector {
    private static final String CLAUSE = "X.234 §7.2";

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        int available = pdu.length();
        int end = available == 0 ? 0 : 1 + pdu.getUint8(0);
        if (available < 2 || end < 2 || end > available || pdu.getUint8(1) != UnitDataTpdu.UD) {
            out.pdu("CLTP", "?").summary("no UNIT DATA TPDU");
            out.field("octets", 0, available, 0, available + " octets");
            return;
        }
        out.pdu("CLTP", "UD");
        out.field("LI", 0, 1, end - 1, (end == 2 ? "1 octet" : (end - 1) + " octets") + " of header", CLAUSE);
        out.field("code", 1, 1, UnitDataTpdu.UD, "UD", CLAUSE);
        String source = "";
        String destination = "";
        int at = 2;
        while (at + 2 <= end && at + 2 + pdu.getUint8(at + 1) <= end) {
            int code = pdu.getUint8(at);
            byte[] value = new byte[pdu.getUint8(at + 1)];
            pdu.copyTo(at + 2, value, 0, value.length);
            String text = text(code, value, pdu);
            out.field(name(code), at, 2 + value.length, 0, text, CLAUSE);
            if (code == UnitDataTpdu.SOURCE_TSAP_ID) {
                source = text;
            } else if (code == UnitDataTpdu.DESTINATION_TSAP_ID) {
                destination = text;
            }
            at += 2 + value.length;
        }
        if (at < end) {
            out.field("cut off", at, end - at, 0, "a parameter that the header ends in");
        }
        String selectors =
                source.isEmpty() && destination.isEmpty() ? "" : shown(source) + " → " + shown(destination) + "  ";
        out.summary(selectors + "one unit, " + (available - end) + " octets").sdu(end, available - end);
    }

    private static String shown(String selector) {
        return selector.isEmpty() ? Selector.EMPTY.toString() : selector;
    }

    private static String name(int code) {
        return switch (code) {
            case UnitDataTpdu.SOURCE_TSAP_ID -> "source TSAP-ID";
            case UnitDataTpdu.DESTINATION_TSAP_ID -> "destination TSAP-ID";
            case UnitDataTpdu.CHECKSUM -> "checksum";
            default -> "parameter " + code;
        };
    }

    private static String text(int code, byte[] value, Pdu pdu) {
        return switch (code) {
            case UnitDataTpdu.SOURCE_TSAP_ID, UnitDataTpdu.DESTINATION_TSAP_ID ->
                value.length > Selector.MAX_LENGTH
                        ? "0x" + Octets.of(value)
                        : Selector.of(value).toString();
            case UnitDataTpdu.CHECKSUM -> UnitDataTpdu.isSumZero(pdu) ? "right" : "wrong";
            default -> "0x" + Octets.of(value);
        };
    }
}
