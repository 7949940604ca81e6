package org.osistack.application.rtse;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/**
 * Explains the APDUs of RTSE: RTTR and RTTP, which cross the presentation service by themselves, and those that travel in
 * ACSE's.
 */
public final class RtseDissector implements Dissector {
    private static final String CLAUSE = "X.228 §8";
    private static final int UNIT = 1024;

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        BerReader in = new BerReader(pdu);
        int tag = in.tag();
        switch (tag) {
            case Tag.OCTET_STRING -> segment(in, out);
            case Tag.INTEGER -> turnPlease(in, out);
            case RtseApdu.RTORQ -> parameters("RTORQ", tag, in, out);
            case RtseApdu.RTOAC -> parameters("RTOAC", tag, in, out);
            case RtseApdu.RTORJ -> parameters("RTORJ", tag, in, out);
            case RtseApdu.RTAB, RtseApdu.RTAB_OF_ISODE -> parameters("RTAB", tag, in, out);
            default -> out.pdu("RTSE", "unknown").summary("not an APDU of RTSE");
        }
        if (tag >= RtseApdu.RTORQ || tag == RtseApdu.RTAB_OF_ISODE) {
            out.summary(summary(RtseApdu.parse(Octets.of(pdu))));
        }
    }

    private static void segment(BerReader in, Dissection out) {
        out.pdu("RTSE", "RTTR");
        in.pass(Tag.OCTET_STRING);
        if (in.isMalformed()) {
            out.summary("cut off");
            return;
        }
        int length = in.contentsLength();
        out.summary(length + " octets of the APDU");
        out.field("RTTR", 0, in.contentsOffset(), length, length + " octets", CLAUSE);
        out.sdu(in.contentsOffset(), length);
    }

    private static void turnPlease(BerReader in, Dissection out) {
        out.pdu("RTSE", "RTTP");
        long priority = in.integer(Tag.INTEGER);
        if (in.isMalformed()) {
            out.summary("cut off");
            return;
        }
        String text = priority == 0 ? "0, to close" : Long.toString(priority);
        out.summary("priority " + text);
        out.field("priority", 0, in.offset(), priority, text, CLAUSE);
    }

    private static String summary(RtseApdu apdu) {
        if (apdu instanceof RtseApdu.Rtorq rtorq) {
            String mode = rtorq.mode() == DialogueMode.MONOLOGUE ? "monologue" : "two-way alternate";
            return purpose(rtorq.recovered()) + ", " + mode + ", " + sizes(rtorq.checkpointSize(), rtorq.windowSize());
        } else if (apdu instanceof RtseApdu.Rtoac rtoac) {
            return purpose(rtoac.recovered()) + ", " + sizes(rtoac.checkpointSize(), rtoac.windowSize());
        } else if (apdu instanceof RtseApdu.Rtorj) {
            return "refused";
        } else if (apdu instanceof RtseApdu.Rtab rtab) {
            return rtab.reason() == null ? "no reason" : rtab.reason().text();
        }
        return "malformed";
    }

    private static String purpose(SessionConnectionIdentifier recovered) {
        return recovered == null ? "open" : "recover " + recovered;
    }

    private static String sizes(int checkpointSize, int windowSize) {
        return checkpointSize == 0 ? "no checkpoint size" : checkpointSize + " KiB, window " + windowSize;
    }

    private static void parameters(String apdu, int tag, BerReader in, Dissection out) {
        out.pdu("RTSE", apdu);
        in.enter(tag);
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            int parameter = in.tag();
            BerReader value = new BerReader(in.element());
            if (in.isMalformed()) {
                return;
            }
            String name = name(apdu, parameter);
            if (Tag.isConstructed(parameter) || name.equals("reflectedParameter")) {
                out.field(name, offset, length, 0, text(name, parameter, value), CLAUSE);
            } else {
                long number = value.integer(parameter);
                out.field(name, offset, length, number, meaning(name, number), CLAUSE);
            }
        }
    }

    private static String name(String apdu, int tag) {
        boolean isOpen = apdu.equals("RTORQ") || apdu.equals("RTOAC");
        String number = isOpen ? opening(apdu, tag) : ending(apdu, tag);
        return number == null ? "unknown parameter " + Tag.name(tag) : number;
    }

    private static String opening(String apdu, int tag) {
        return switch (tag) {
            case 0x80 -> "checkpointSize";
            case 0x81 -> "windowSize";
            case 0x82 -> "dialogueMode";
            case 0xa2 -> apdu.equals("RTOAC") ? "connectionDataAC" : null;
            case 0xa3 -> apdu.equals("RTORQ") ? "connectionDataRQ" : null;
            case 0x84 -> "applicationProtocol";
            default -> null;
        };
    }

    private static String ending(String apdu, int tag) {
        boolean isAbort = apdu.equals("RTAB");
        return switch (tag) {
            case 0x80 -> isAbort ? "abortReason" : "refuseReason";
            case 0x81 -> isAbort ? "reflectedParameter" : null;
            case 0xa1 -> isAbort ? null : "userDataRJ";
            case 0xa2 -> isAbort ? "userdataAB" : null;
            default -> null;
        };
    }

    private static String meaning(String name, long number) {
        return switch (name) {
            case "checkpointSize" -> number * UNIT + " octets";
            case "windowSize" -> number + " unconfirmed checkpoints";
            case "dialogueMode" -> number == 0 ? "monologue" : "two-way alternate";
            case "abortReason" ->
                number >= 0 && number < AbortReason.values().length
                        ? AbortReason.values()[(int) number].text()
                        : "reason " + number;
            default -> Long.toString(number);
        };
    }

    private static String text(String name, int tag, BerReader value) {
        if (!name.startsWith("connectionData")) {
            return "";
        }
        value.enter(tag);
        if (!value.isAt(RtseApdu.RECOVER)) {
            return "open";
        }
        value.enter(RtseApdu.RECOVER);
        SessionConnectionIdentifier identifier = SessionConnectionIdentifier.parse(value);
        return value.isMalformed() ? "recover" : "recover " + identifier;
    }
}
