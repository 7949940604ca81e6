package org.osistack.application.trace;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.osistack.core.Dissection;
import org.osistack.core.TraceEvent;
import org.osistack.core.TraceEvent.Kind;

/**
 * Prints the pieces that a story is told with: a PDU, the primitive that carries it through a service access point, and
 * what happens inside a layer.
 */
final class Blocks {
    static final int INDENT = 17;

    private static final int LENGTHS = 18; // columns

    private final Page page;
    private final int verbosity;
    private int lastLayer;

    /**
     * @param verbosity 0: a line for each PDU and its octets; 1: each field as well; 2: each frame as a whole, too
     */
    Blocks(Page page, int verbosity) {
        this.page = page;
        this.verbosity = verbosity;
    }

    Page page() {
        return page;
    }

    int verbosity() {
        return verbosity;
    }

    /** Begin a part of a story: who, what, when. */
    void header(String host, String arrow, String words, String right) {
        lastLayer = 0;
        page.empty();
        page.print(new Line().bold(host + " " + arrow + " ").bold(words), new Line().dim(right));
        page.empty();
    }

    // ---- PDUs ----

    /** A PDU: its name, what matters in it, how long it is, its octets, and its fields if they are wanted. */
    void pdu(Step step, boolean withOctets) {
        Message message = step.message();
        if (!message.hasPdu()) {
            return;
        }
        Dissection pdu = step.event().pdu();
        if (message.isHandedThrough()) {
            String provider = message.isDown() && message.parent != null ? message.parent.service + " " : "";
            page.print(layer(message.pduLayer).dim(provider + "hands the octets through"));
            return;
        }
        Line line = layer(message.pduLayer);
        if (message.title().isEmpty()) {
            line.of(message.pduLayer, "the user's octets");
        } else {
            int room = page.columns() - INDENT - message.title().length() - LENGTHS;
            line.boldOf(message.pduLayer, message.title()).add("  ").add(Texts.fit(summary(step), room));
        }
        page.print(line, lengths(message, pdu));
        String parts = parts(message);
        if (!parts.isEmpty()) {
            page.print(indent().dim(parts));
        }
        byte[] octets = step.event().octets();
        if (withOctets && octets.length > 0) {
            Line hex = HexLine.of(octets, message.owners, pdu.sduOffset(), pdu.sduLength(), page.columns() - INDENT);
            page.print(indent().and(hex));
        }
        if (withOctets && verbosity > 0) {
            fields(pdu);
        }
    }

    /** What matters in the PDU, without the addresses that the primitive above or below tells anyway. */
    private static String summary(Step step) {
        Message message = step.message();
        int end = message.summary.indexOf("  ");
        boolean isDatagram = message.pduLayer == 3 && message.sduLength >= 0 && message.summary.contains(" → ");
        return isDatagram && end > 0 ? message.summary.substring(end + 2) : message.summary;
    }

    private static Line lengths(Message message, Dissection pdu) {
        String total = String.format("%6s", Texts.number(message.length));
        if (message.pduLayer == Weaver.TOP_USER && message.isDown() || !pdu.hasSdu()) {
            return new Line().dim("= ").add(total);
        }
        int own = message.length - pdu.sduLength();
        return message.isDown()
                ? new Line()
                        .boldOf(message.pduLayer, String.format("+%4d", own))
                        .dim(" = ")
                        .add(total)
                : new Line()
                        .boldOf(message.pduLayer, String.format("−%4d", own))
                        .dim(" = ")
                        .add(String.format("%6s", Texts.number(pdu.sduLength())));
    }

    /** What of a larger whole a PDU carries, or what it was put together from; empty if it is just one in one. */
    static String parts(Message message) {
        List<Message.Part> parts = message.isDown() || message.sent == null ? message.parts : message.sent.parts;
        if (message.isDown() || message.sduLength >= 0 && message.sent != null && message.parts.size() < 2) {
            if (parts.size() > 1) {
                return "carries octets of " + parts.size() + " messages that were handed over";
            }
            if (parts.size() == 1 && !parts.get(0).isAll()) {
                Message.Part part = parts.get(0);
                return "carries octets " + Texts.number(part.from() + 1L) + "–" + Texts.number(part.to()) + " of "
                        + Texts.number(part.whole().length);
            }
        }
        if (!message.isDown() && message.parts.size() > 1) {
            return "put together from " + message.parts.size() + " × "
                    + message.parts.get(0).whole().primitive;
        }
        return "";
    }

    /** Each field on a line: offset, length, name, value with its meaning, clause. */
    private void fields(Dissection pdu) {
        List<Dissection.Field> fields = pdu.fields();
        int valueColumn = INDENT + (page.columns() < Page.PIPED_COLUMNS ? 27 : 36);
        for (int i = 0; i < fields.size(); i++) {
            Dissection.Field field = fields.get(i);
            boolean holdsOthers = i + 1 < fields.size() && fields.get(i + 1).depth() > field.depth();
            String place = field.bits() > 0
                    ? String.format("%4d.%d %3d bit", field.offset(), field.firstBit(), field.bits())
                    : String.format("%4d %5d    ", field.offset(), field.length());
            Line line = new Line().add(" ").dim(place).to(INDENT);
            line.add("  ".repeat(field.depth()) + field.name());
            line = line.cut(valueColumn - 1).to(valueColumn);
            String value = field.text().isEmpty() && !holdsOthers ? Long.toString(field.value()) : field.text();
            line.add(value);
            if (line.columns() + field.clause().length() + 2 <= page.columns()) {
                page.print(line, new Line().dim(field.clause()));
            } else {
                page.print(line.cut(page.columns()));
                page.print(new Line(), new Line().dim(field.clause()));
            }
        }
    }

    // ---- Primitives ----

    /** The service access point that a primitive passes. */
    void primitive(Message message, List<TraceEvent.Parameter> parameters, boolean nameService) {
        String rule = "──";
        Line line = new Line().dim(" " + rule + " ").of(message.layer, message.primitive);
        line.of(message.layer, message.isDown() ? " ▼ " : " ▲ ");
        if (nameService) {
            line.dim("(" + message.service + ") ");
        }
        String text = parameters(parameters);
        if (!text.isEmpty()) {
            line.add(text + " ");
        }
        line = line.cut(page.columns() - 3);
        page.print(line.dim("─".repeat(Math.max(2, page.columns() - line.columns()))));
    }

    static String parameters(List<TraceEvent.Parameter> parameters) {
        String source = "";
        StringJoiner rest = new StringJoiner(", ");
        for (TraceEvent.Parameter parameter : parameters) {
            String value = Texts.cut(Texts.clean(parameter.value()), 64);
            switch (parameter.name()) {
                case "medium" -> {}
                case "source" -> source = value.startsWith("(") ? "" : value + " ";
                case "destination" -> rest.add(source + "→ " + value);
                case "protocol" -> rest.add(value);
                default -> rest.add(parameter.name() + " " + value);
            }
        }
        return rest.toString();
    }

    /** Layer 1 on the way down or up. */
    void physical(Message frame, String medium) {
        page.print(
                layer(1).add(frame.isDown() ? "onto " : "from ").add(medium),
                new Line().add(String.format("%6s", Texts.number(frame.length))));
    }

    // ---- What happens inside ----

    /** A state change, a timer, a retransmission, a discard, tokens. */
    void inside(TraceEvent event) {
        page.print(indent().and(insideLine(event)).cut(page.columns()));
    }

    static Line insideLine(TraceEvent event) {
        Line line = new Line();
        String protocol = event.protocol() + " ";
        switch (event.kind()) {
            case STATE -> line.of(event.layer(), "◆ " + protocol + event.name()).dim(because(event, "cause"));
            case TIMER -> line.of(event.layer(), timer(event)).dim(bracketed(event.parameter("clause")));
            case RETRANSMISSION ->
                line.warning("↻ " + protocol + "sends again: ")
                        .add(event.name())
                        .dim(because(event, "why"));
            case DISCARD ->
                line.warning("✗ " + protocol + "throws it away: ")
                        .add(event.parameter("why"))
                        .dim(" (" + event.name() + ", " + Texts.octets(event.octets().length) + ")");
            case TOKEN -> line.of(event.layer(), "⚑ " + event.name()).dim(because(event, "cause"));
            case CHECKPOINT -> line.of(event.layer(), "✓ " + event.name());
            default -> line.of(event.layer(), "· " + protocol + event.name());
        }
        return line;
    }

    private static String timer(TraceEvent event) {
        String nanos = event.parameter("nanos");
        String name = event.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "⏲ " + event.protocol() + " " + name + " timer " + event.parameter("event")
                + (nanos.isEmpty() ? "" : ": " + Texts.duration(Long.parseLong(nanos)));
    }

    private static String because(TraceEvent event, String parameter) {
        String text = event.parameter(parameter);
        return text.isEmpty() ? "" : "  on " + text;
    }

    private static String bracketed(String text) {
        return text.isEmpty() ? "" : "  (" + text + ")";
    }

    /** Whether an event inside is worth a line even where all else is folded. */
    static boolean isNotable(TraceEvent event) {
        return event.kind() == Kind.RETRANSMISSION
                || event.kind() == Kind.DISCARD
                || event.kind() == Kind.TOKEN
                || event.kind() == Kind.CHECKPOINT
                || event.kind() == Kind.TIMER && event.parameter("event").equals("expired");
    }

    // ---- Layout ----

    /** The number and, where it changes, the name of a layer. */
    Line layer(int layer) {
        Line line = new Line().add(" ").boldOf(layer, Integer.toString(layer)).add(" ");
        if (layer != lastLayer) {
            line.of(layer, Texts.layer(layer));
        }
        lastLayer = layer;
        return line.to(INDENT);
    }

    Line indent() {
        return new Line().add(" ".repeat(INDENT));
    }

    void line(Line line) {
        page.print(line.cut(page.columns()));
    }
}
