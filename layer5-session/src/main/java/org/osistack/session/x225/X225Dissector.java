package org.osistack.session.x225;

import java.util.Locale;
import java.util.StringJoiner;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.transport.TransportAddress;

/**
 * Explains TSDUs of X.225: each SPDU with its parameters, and what it carries. It reads what it can, whatever the octets
 * are. In the summary stands what tells the story: serial numbers, tokens, activities, reasons. Of a connection it remembers whether a major synchronization point ends an activity, since MAJOR SYNC ACK and
 * ACTIVITY END ACK look alike, and the functional units, since they tell which tokens there are.
 */
final class X225Dissector implements Dissector {
    private static final String OTHER_FLOW = "other flow: ";
    private static final int LONG_FORM = 0xff;

    private final Dissector unitData = new UnitDataDissector();
    private boolean activityEnds;
    private int proposed = 0xffff; // the functional units
    private Tokens available = new Tokens(Variables.ALL_TOKENS); // until both sides have agreed

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        if (sap instanceof TransportAddress) { // connections tell no addresses
            unitData.dissect(pdu, sap, direction, out);
            return;
        }
        new Walk(pdu, out).tsdu();
    }

    /** One walk through one TSDU. */
    private final class Walk {
        private final Pdu pdu;
        private final Dissection out;
        private final StringJoiner names = new StringJoiner("·");
        private final StringJoiner summary = new StringJoiner(", ");
        private final StringBuilder said = new StringBuilder(); // of the SPDU at hand
        private String saidLast = "";
        private int at;
        private int valueOffset;
        private int valueLength;

        Walk(Pdu pdu, Dissection out) {
            this.pdu = pdu;
            this.out = out;
        }

        void tsdu() {
            boolean first = true;
            boolean goesOn = true;
            while (goesOn && at < pdu.length()) {
                goesOn = spdu(first);
                first = false;
            }
            out.pdu("X.225", names.length() == 0 ? "?" : names.toString()).summary(summary.toString());
        }

        private boolean spdu(boolean first) {
            int offset = at;
            int identifier = pdu.getUint8(at++);
            SpduType type = SpduType.of(identifier, !first);
            if (type == null || !indicator(pdu.length())) {
                names.add("?");
                summary.add(type == null ? "no SPDU with identifier " + identifier : "cut off");
                out.field("SI", offset, 1, identifier, type == null ? "unknown" : type.text(), "X.225 §8.2.1");
                return false;
            }
            int end = valueOffset + valueLength;
            type = resolve(type);
            names.add(type.name());
            out.group(type.name(), offset, end - offset, type.text());
            out.field("SI", offset, 1, identifier, type.text(), type.clause());
            length(offset + 1, "X.225 §8.2.3");
            at = valueOffset;
            said.setLength(0);
            saidLast = "";
            parameters(type, null, end);
            say(saidLast);
            out.end();
            boolean prefix = type.category() == Category.ZERO && end < pdu.length();
            if (said.length() > 0) {
                summary.add(type.text().toLowerCase(Locale.ROOT) + said);
            } else if (prefix) {
                summary.add(type == SpduType.GT ? "give no token" : "ask for no token");
            } else {
                summary.add(type.text().toLowerCase(Locale.ROOT));
            }
            if (prefix) {
                at = end;
                return true;
            }
            if (type.hasUserInformation()) {
                out.sdu(end, pdu.length() - end);
                return false;
            }
            at = end;
            return type.category() != Category.ONE;
        }

        private SpduType resolve(SpduType type) {
            if (type == SpduType.MAA) {
                return activityEnds ? SpduType.AEA : SpduType.MAA;
            }
            if (type != SpduType.MAP) {
                return type;
            }
            Tsdu read = Tsdu.read(pdu, true);
            boolean isEnd = read.isWellFormed() && read.spdus().stream().anyMatch(spdu -> spdu.type() == SpduType.AE);
            activityEnds = isEnd;
            return isEnd ? SpduType.AE : SpduType.MAP;
        }

        private void parameters(SpduType type, Parameter group, int end) {
            while (at < end) {
                int offset = at;
                int code = pdu.getUint8(at++);
                if (!indicator(end)) {
                    out.field("cut off", offset, end - offset, code, "a parameter that the octets end in");
                    at = end;
                    return;
                }
                Parameter parameter = Parameter.ofCode(code);
                String name = parameter == null ? "parameter " + code : parameter.toString();
                int valueEnd = valueOffset + valueLength;
                if (parameter != null && parameter.isGroup() && group == null) {
                    out.group(name, offset, valueEnd - offset, "PGI " + code);
                    at = valueOffset;
                    parameters(type, parameter, valueEnd);
                    out.end();
                } else {
                    parameter(type, parameter, group, name, code, offset, valueEnd);
                }
                at = valueEnd;
            }
        }

        private void parameter(
                SpduType type, Parameter parameter, Parameter group, String name, int code, int offset, int valueEnd) {
            Octets value = Octets.EMPTY;
            if (valueLength > 0) {
                byte[] octets = new byte[valueLength];
                pdu.copyTo(valueOffset, octets, 0, valueLength);
                value = Octets.of(octets);
            }
            boolean explained = parameter != null && !parameter.isGroup() && parameter.allows(valueLength);
            String text = explained ? ParameterText.of(type, parameter, value) : "0x" + value;
            long number = 0;
            for (int i = 0; i < Math.min(8, value.length()); i++) {
                number = number << 8 | value.at(i);
            }
            int carried = carried(type, parameter);
            out.field(
                    name,
                    offset,
                    (carried < 0 ? valueEnd : valueOffset + carried) - offset,
                    carried < 0 && value.length() <= 8 ? number : 0,
                    text,
                    parameter == null ? "" : type.clause());
            if (carried >= 0 && valueLength > carried) {
                out.sdu(valueOffset + carried, valueLength - carried);
            }
            if (explained && valueLength > 0) {
                say(type, parameter, group, text, (int) number);
            }
        }

        /** Add to the summary what matters of a parameter. */
        private void say(SpduType type, Parameter parameter, Parameter group, String text, int number) {
            boolean linked = group == Parameter.LINKING_INFORMATION;
            switch (parameter) {
                case TOKEN_ITEM -> say(type == SpduType.AC ? "asks for " + text : text);
                case TRANSPORT_DISCONNECT, REASON_CODE, ENCLOSURE_ITEM, RESYNC_TYPE -> say(text);
                case SESSION_USER_REQUIREMENTS -> {
                    say(text);
                    if (type == SpduType.CN) {
                        proposed = number;
                    } else if (type == SpduType.AC) {
                        available = new Tokens(Variables.available(number & proposed));
                    }
                }
                case PREPARE_TYPE -> say(ParameterText.prepared(number));
                case SYNC_TYPE_ITEM -> saidLast = type == SpduType.MIP ? text : "";
                case SERIAL_NUMBER -> say(linked ? "after point " + text : "point " + text);
                case SECOND_RESYNC_TYPE -> sayOfOtherFlow(text);
                case SECOND_SERIAL_NUMBER -> sayOfOtherFlow(linked ? "after point " + text : "point " + text);
                case SECOND_INITIAL_SERIAL_NUMBER -> sayOfOtherFlow("first point " + text);
                case INITIAL_SERIAL_NUMBER -> say("first point " + text);
                case ACTIVITY_IDENTIFIER -> say(linked ? "once " + text : text);
                case TOKEN_SETTING_ITEM -> {
                    if ((type == SpduType.RS || type == SpduType.RA) && !available.isEmpty()) {
                        saidLast = "tokens to " + ParameterText.places(new TokenSetting(number), available);
                    }
                }
                case REFLECT_PARAMETER_VALUES -> say("because of " + text);
                default -> {
                    // matters to few
                }
            }
        }

        private void say(String words) {
            if (!words.isEmpty()) {
                said.append(said.length() == 0 ? ": " : ", ").append(words);
            }
        }

        /** What an SPDU says, with symmetric synchronize, of the flow that its receiver sends. */
        private void sayOfOtherFlow(String words) {
            say(said.indexOf(OTHER_FLOW) < 0 ? OTHER_FLOW + words : words);
        }

        /** From which octet of its value on a parameter carries octets of the user; -1 if it carries none. */
        private int carried(SpduType type, Parameter parameter) {
            if (parameter == null || valueLength == 0) {
                return -1;
            }
            if (parameter.kind() == Parameter.Kind.USER_DATA) {
                return 0;
            }
            return type == SpduType.RF && parameter == Parameter.REASON_CODE && valueLength > 1 ? 1 : -1;
        }

        private void length(int offset, String clause) {
            out.field("LI", offset, valueOffset - offset, valueLength, valueLength + " octets of parameters", clause);
        }

        private boolean indicator(int end) {
            if (at >= end) {
                return false;
            }
            int length = pdu.getUint8(at);
            int size = 1;
            if (length == LONG_FORM) {
                if (at + 3 > end) {
                    return false;
                }
                length = pdu.getUint16(at + 1);
                size = 3;
            }
            valueOffset = at + size;
            valueLength = length;
            return length <= end - valueOffset;
        }
    }
}
