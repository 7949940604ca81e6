package org.osistack.application.cut;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Direction;
import org.osistack.core.TraceEvent;

/**
 * A point in the life of a dialogue: the n-th time that something happens at a host, by the names of the trace. It is
 * written
 *
 * <pre>
 *   alice&gt;DT#3                       alice hands down the third DT that she sends
 *   bob&lt;X.225.CN                     bob has received a CN of X.225, and has not looked at it yet
 *   alice&gt;octet 1234                 the 1234th octet of alice's frames is on the medium
 *   bob:STA713                       a machine of bob's enters that state
 *   alice:TIM.expired                alice's TIM fires; or .armed, .stopped
 *   bob:S-SYNC-MINOR.indication#2    the second such primitive at bob's
 * </pre>
 *
 * <p>Without a host, whichever comes first counts. Before a name, and a dot between them, may stand whose it is: the
 * protocol, or the service of a primitive. For shells, in which &lt; and &gt; mean something else, {@code alice:DT.sent}
 * and {@code bob:DT.received} are understood, too, and {@code alice:octet=1234}. Upper and lower case are the same.
 *
 * @param host empty for any
 * @param owner the protocol or service; empty for any
 * @param name as in {@link PointNames}; empty for an octet
 * @param number of the octet, or of the occurrence; from 1
 */
public record CutPoint(Kind kind, String host, String owner, String name, long number) {
    /** What happens at a point. */
    public enum Kind {
        SENT(PointClass.PDU),
        RECEIVED(PointClass.PDU),
        OCTET(PointClass.OCTET),
        STATE(PointClass.STATE),
        TIMER(PointClass.TIMER),
        PRIMITIVE(PointClass.PRIMITIVE);

        private final PointClass pointClass;

        Kind(PointClass pointClass) {
            this.pointClass = pointClass;
        }

        PointClass pointClass() {
            return pointClass;
        }
    }

    private static final Pattern NUMBERED = Pattern.compile("(.*?)\\s*#\\s*(.*)");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9_-]*)\\s*([<>:])\\s*(.+)");
    private static final Pattern OCTET = Pattern.compile("(?i)octets?\\s*[ :=]\\s*(.*)");
    private static final Pattern PRIMITIVE =
            Pattern.compile("(?i)(?:(.+)\\.)?([A-Z]{1,2}(?:-[A-Z0-9]+)+\\.(?:request|indication|response|confirm))");
    private static final Pattern TIMER = Pattern.compile("(?i)(.+)[. ](armed|expired|stopped)");
    private static final Pattern WAY = Pattern.compile("(?i)(.+)[. ](sent|received)");

    public CutPoint {
        Objects.requireNonNull(kind);
        if (number < 1) {
            throw new IllegalArgumentException("the number " + number + " of a point is counted from 1");
        }
    }

    /**
     * Read a point as it is typed.
     *
     * @throws ConfigurationException if it is none; the message is a sentence
     */
    public static CutPoint parse(String text) {
        String rest = text.strip();
        long number = 1;
        boolean numbered = false;
        Matcher matcher = NUMBERED.matcher(rest);
        if (matcher.matches()) {
            rest = matcher.group(1);
            number = number(text, matcher.group(2));
            numbered = true;
        }
        String host = "";
        char sign = 0;
        matcher = HOST.matcher(rest);
        if (matcher.matches()) {
            host = matcher.group(1);
            sign = matcher.group(2).charAt(0);
            rest = matcher.group(3).strip();
        }
        matcher = OCTET.matcher(rest);
        if (matcher.matches() && !numbered) {
            if (sign == '<') {
                throw refuse(text, "octets are counted by who sends them, as in alice>octet 1234");
            }
            return new CutPoint(Kind.OCTET, host, "", "", number(text, matcher.group(1)));
        }
        if (rest.isEmpty() || rest.matches(".*[<>:#].*") || rest.startsWith(".") || rest.endsWith(".")) {
            throw refuse(
                    text,
                    "it is written HOST>PDU, HOST<PDU, HOST>octet N, HOST:STATE, HOST:TIMER.expired or"
                            + " HOST:PRIMITIVE, with #N for the N-th, as in alice>DT#3");
        }
        CutPoint point = named(host, sign, rest, number);
        if (point.name.isEmpty() || point.name.startsWith(".")) {
            throw refuse(text, "\"" + rest + "\" is no name");
        }
        return point;
    }

    private static CutPoint named(String host, char sign, String rest, long number) {
        if (sign == '<') {
            return qualified(Kind.RECEIVED, host, rest, number);
        }
        if (sign == '>') {
            return qualified(Kind.SENT, host, rest, number);
        }
        Matcher matcher = PRIMITIVE.matcher(rest);
        if (matcher.matches()) {
            String service = matcher.group(1) == null ? "" : matcher.group(1);
            return new CutPoint(Kind.PRIMITIVE, host, service, matcher.group(2), number);
        }
        matcher = TIMER.matcher(rest);
        if (matcher.matches()) {
            CutPoint timer = qualified(Kind.TIMER, host, matcher.group(1), number);
            String name = timer.name + "." + matcher.group(2).toLowerCase(Locale.ROOT);
            return new CutPoint(Kind.TIMER, host, timer.owner, name, number);
        }
        matcher = WAY.matcher(rest);
        if (matcher.matches()) {
            Kind kind = matcher.group(2).equalsIgnoreCase("sent") ? Kind.SENT : Kind.RECEIVED;
            return qualified(kind, host, matcher.group(1), number);
        }
        return qualified(sign == ':' ? Kind.STATE : Kind.SENT, host, rest, number);
    }

    private static CutPoint qualified(Kind kind, String host, String qualified, long number) {
        int dot = qualified.lastIndexOf('.');
        return new CutPoint(
                kind,
                host,
                dot < 0 ? "" : qualified.substring(0, dot),
                PointNames.canonical(qualified.substring(dot + 1)),
                number);
    }

    private static long number(String text, String digits) {
        if (!digits.matches("[0-9]{1,18}") || Long.parseLong(digits) == 0) {
            throw refuse(text, "\"" + digits + "\" is not a number from 1");
        }
        return Long.parseLong(digits);
    }

    private static ConfigurationException refuse(String text, String why) {
        return new ConfigurationException("\"" + text + "\" is no point to cut at: " + why);
    }

    /** The same point, another time. */
    CutPoint withNumber(long newNumber) {
        return new CutPoint(kind, host, owner, name, newNumber);
    }

    /** Whether the point is one at this host. */
    boolean isAt(String hostName) {
        return host.isEmpty() || host.equalsIgnoreCase(hostName);
    }

    /**
     * How many times the thing that the point counts happens in an event: 0, 1, or more where several PDUs go together.
     */
    int occurrences(TraceEvent event) {
        if (!isAt(event.host())) {
            return 0;
        }
        return switch (kind) {
            case SENT -> event.direction() == Direction.DOWN ? pdus(event) : 0;
            case RECEIVED -> event.direction() == Direction.UP ? pdus(event) : 0;
            case OCTET -> 0;
            case STATE ->
                isOf(event, TraceEvent.Kind.STATE) && name.equalsIgnoreCase(PointNames.stateEntered(event.name()))
                        ? 1
                        : 0;
            case TIMER -> isOf(event, TraceEvent.Kind.TIMER) && name.equalsIgnoreCase(PointNames.timer(event)) ? 1 : 0;
            case PRIMITIVE ->
                event.kind() == TraceEvent.Kind.PRIMITIVE
                                && name.equalsIgnoreCase(event.name())
                                && (owner.isEmpty() || owner.equalsIgnoreCase(event.service()))
                        ? 1
                        : 0;
        };
    }

    private boolean isOf(TraceEvent event, TraceEvent.Kind wanted) {
        return event.kind() == wanted && (owner.isEmpty() || owner.equalsIgnoreCase(event.protocol()));
    }

    private int pdus(TraceEvent event) {
        if (event.pdu() == null || !(owner.isEmpty() || owner.equalsIgnoreCase(event.protocol()))) {
            return 0;
        }
        return PointNames.occurrences(name, PointNames.canonical(event.pdu().name()));
    }

    /** The point as it is typed; {@link #parse} reads it. */
    @Override
    public String toString() {
        String sign = switch (kind) {
            case SENT, OCTET -> host.isEmpty() ? "" : host + ">";
            case RECEIVED -> host + "<";
            case STATE, TIMER, PRIMITIVE -> host + ":";
        };
        if (kind == Kind.OCTET) {
            return sign + "octet " + number;
        }
        return sign + (owner.isEmpty() ? "" : owner + ".") + name + (number == 1 ? "" : "#" + number);
    }
}
