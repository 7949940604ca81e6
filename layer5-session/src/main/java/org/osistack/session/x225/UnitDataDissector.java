package org.osistack.session.x225;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.session.SessionAddress;

/** Explains the SPDU of X.235. */
final class UnitDataDissector implements Dissector {
    private static final String CLAUSE = "X.235 §8";
    private static final int LONG_FORM = 0xff;

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        int parameters = 1 + indicatorLength(pdu, 1);
        int end = parameters + length(pdu, 1);
        if (pdu.length() < 2 || pdu.getUint8(0) != UnitData.SI || end > pdu.length()) {
            out.pdu("X.235", "?").summary("no UNIT DATA SPDU");
            out.field("octets", 0, pdu.length(), 0, pdu.length() + " octets");
            return;
        }
        out.pdu("X.235", "UD");
        out.field("SI", 0, 1, UnitData.SI, "UNIT DATA", CLAUSE);
        out.field("LI", 1, parameters - 1, end - parameters, (end - parameters) + " octets of parameters", CLAUSE);
        String calling = Selector.EMPTY.toString();
        String called = calling;
        boolean hasUserData = false;
        int at = parameters;
        while (at + 1 < end) {
            int code = pdu.getUint8(at);
            int offset = at + 1 + indicatorLength(pdu, at + 1);
            int length = length(pdu, at + 1);
            if (length > end - offset) {
                break;
            }
            Parameter parameter = Parameter.ofCode(code);
            if (parameter == Parameter.USER_DATA) {
                out.field(parameter.toString(), at, offset - at, 0, length + " octets", CLAUSE);
                out.sdu(offset, length);
                hasUserData = true;
            } else {
                byte[] value = new byte[length];
                pdu.copyTo(offset, value, 0, length);
                String text = text(parameter, value);
                String name = parameter == null ? "parameter " + code : name(parameter);
                out.field(name, at, offset + length - at, length == 1 ? value[0] & 0xff : 0, text, CLAUSE);
                calling = parameter == Parameter.CALLING_SESSION_SELECTOR ? text : calling;
                called = parameter == Parameter.CALLED_SESSION_SELECTOR ? text : called;
            }
            at = offset + length;
        }
        if (at < end) {
            out.field("cut off", at, end - at, 0, "a parameter that the SPDU ends in");
        }
        boolean plain = calling.equals(called) && calling.equals(Selector.EMPTY.toString());
        out.summary("one unit" + (plain ? "" : ", " + calling + " → " + called));
        if (!hasUserData) {
            out.sdu(end, pdu.length() - end);
        }
    }

    private static String name(Parameter parameter) {
        return parameter == Parameter.CALLED_SESSION_SELECTOR ? "Called Session Selector" : parameter.toString();
    }

    private static String text(Parameter parameter, byte[] value) {
        boolean isSelector =
                parameter == Parameter.CALLING_SESSION_SELECTOR || parameter == Parameter.CALLED_SESSION_SELECTOR;
        if (isSelector && value.length <= SessionAddress.MAX_SELECTOR_LENGTH) {
            return Selector.of(value).toString();
        }
        return parameter == Parameter.VERSION_NUMBER && value.length == 1
                ? "version " + (value[0] & 0xff)
                : "0x" + Octets.of(value);
    }

    /** How many octets the length indicator there has. */
    private static int indicatorLength(Pdu pdu, int at) {
        return at < pdu.length() && pdu.getUint8(at) == LONG_FORM ? 3 : 1;
    }

    /** What the length indicator there says; more than there can be if it is cut off. */
    private static int length(Pdu pdu, int at) {
        int size = indicatorLength(pdu, at);
        if (at + size > pdu.length()) {
            return Integer.MAX_VALUE / 2;
        }
        return size == 3 ? pdu.getUint16(at + 1) : pdu.getUint8(at);
    }
}
