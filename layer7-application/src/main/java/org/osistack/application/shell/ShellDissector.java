package org.osistack.application.shell;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.osistack.application.ForeignText;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/** Explains the APDUs of the shell application. */
final class ShellDissector implements Dissector {
    private static final int MAX_QUOTED = 60; // characters

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        ShellApdu apdu = ShellApdu.parse(pdu);
        if (apdu == null) {
            out.pdu("shell", "APDU")
                    .summary("not understood")
                    .field("octets", 0, pdu.length(), 0, pdu.length() + " octets");
            return;
        }
        out.pdu("shell", name(apdu)).summary(summary(apdu));
        BerReader reader = new BerReader(pdu);
        int tag = reader.tag();
        if (apdu instanceof ShellApdu.Output output && !Tag.isConstructed(tag)) {
            reader.pass(tag);
            out.field(
                            "octet string",
                            0,
                            reader.contentsOffset(),
                            0,
                            output.octets().length() + " octets of output")
                    .sdu(reader.contentsOffset(), reader.contentsLength());
        } else if (Tag.isConstructed(tag) && !(apdu instanceof ShellApdu.Output)) {
            dissectSequence(reader, tag, apdu, out);
        } else {
            out.field(name(apdu), 0, pdu.length(), 0, summary(apdu));
        }
    }

    /** A field for each element, in their order. */
    private static void dissectSequence(BerReader reader, int tag, ShellApdu apdu, Dissection out) {
        String[] names = elements(apdu);
        reader.enter(tag);
        int header = reader.offset();
        out.field("sequence", 0, header, 0, name(apdu));
        int end = header;
        for (String name : names) {
            int offset = reader.offset();
            int length = reader.length();
            if (length == 0) {
                break;
            }
            int element = reader.tag();
            if (element == Tag.INTEGER || element == Tag.ENUMERATED) {
                long value = reader.integer(element);
                out.field(name, offset, length, value, Long.toString(value));
            } else if (element == Tag.BOOLEAN) {
                out.field(name, offset, length, 0, Boolean.toString(reader.bool(element)));
            } else if (element == Tag.OCTET_STRING) {
                out.field(name, offset, length, 0, reader.octetString(element).toString());
            } else {
                out.field(name, offset, length, 0, quoted(reader.utf8String(element)));
            }
            end = reader.offset();
        }
        reader.leave();
        if (reader.offset() > end) {
            out.field("end of contents", end, reader.offset() - end, 0, "indefinite length");
        }
    }

    private static String[] elements(ShellApdu apdu) {
        if (apdu instanceof ShellApdu.Enter) {
            return new String[] {"session", "may create", "point"};
        } else if (apdu instanceof ShellApdu.Entered) {
            return new String[] {"session", "taken", "over", "patience"};
        } else if (apdu instanceof ShellApdu.Finished) {
            return new String[] {"number", "outcome", "code", "text"};
        }
        return new String[] {"number", "text"};
    }

    private static String name(ShellApdu apdu) {
        return apdu instanceof ShellApdu.Output output && output.isError()
                ? "errors"
                : apdu.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String summary(ShellApdu apdu) {
        if (apdu instanceof ShellApdu.Enter enter) {
            return enter.session().isEmpty()
                    ? "whichever session is there"
                    : "session " + ShellApplication.shortName(enter.session())
                            + (enter.mayCreate() ? ", new" : "")
                            + (enter.point() < 0 ? "" : ", seen up to point " + enter.point());
        } else if (apdu instanceof ShellApdu.Entered entered) {
            return "session " + ShellApplication.shortName(entered.session()) + ", inputs up to " + entered.taken()
                    + " taken, up to " + entered.over() + " done";
        } else if (apdu instanceof ShellApdu.Refusal refusal) {
            return switch (refusal.reason()) {
                case UNKNOWN_SESSION -> "no such session";
                case TOO_MANY -> "too many sessions";
                case ELSEWHERE -> "the session goes on elsewhere";
            };
        } else if (apdu instanceof ShellApdu.Output output) {
            return quoted(text(output.octets()));
        } else if (apdu instanceof ShellApdu.Farewell farewell) {
            return quoted(farewell.text());
        }
        return numbered(apdu);
    }

    private static String numbered(ShellApdu apdu) {
        if (apdu instanceof ShellApdu.Line line) {
            return "input " + line.number() + " " + quoted(line.text());
        } else if (apdu instanceof ShellApdu.Input input) {
            return "input " + input.number();
        } else if (apdu instanceof ShellApdu.Started started) {
            return "input " + started.number() + " " + quoted(started.text());
        } else if (apdu instanceof ShellApdu.Finished finished) {
            return "input " + finished.number() + ", "
                    + (finished.outcome() == ShellApdu.Finished.Outcome.EXITED
                            ? "exit code " + finished.code()
                            : finished.text());
        }
        return "input " + ((ShellApdu.Interrupted) apdu).number();
    }

    private static String text(Octets octets) {
        return new String(octets.toByteArray(), StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        String cut = text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "…" : text;
        return '"' + ForeignText.harmless(cut) + '"';
    }
}
