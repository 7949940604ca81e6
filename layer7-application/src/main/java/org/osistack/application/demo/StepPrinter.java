package org.osistack.application.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationProvider;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.TraceEvent;

/** Prints the steps of one message: for each layer its PDU, which octets are its own, and the primitive between two. */
final class StepPrinter {
    private static final String[] LAYERS = {
        "", "physical", "data link", "network", "transport", "session", "presentation", "application"
    };
    private static final HexFormat HEX = HexFormat.of();
    private static final int WIDTH = 100;
    private static final int MARGIN = 17; // where the PDUs stand
    private static final int TITLE = 66; // how wide they are
    private static final int MAX_OCTETS = 25; // that fit on a line

    private final PrintWriter out;
    private final Paint paint;

    StepPrinter(PrintWriter out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    /** A primitive that carries a PDU. On the way down the PDU is made before it is handed over; on the way up after. */
    void step(TraceEvent event) {
        if (event.direction() == Direction.DOWN) {
            pdu(event);
            boundary(event);
        } else {
            boundary(event);
            pdu(event);
        }
    }

    private void boundary(TraceEvent event) {
        StringBuilder text = new StringBuilder("─ " + event.name());
        if (!event.service().isEmpty()) {
            text.append(" (").append(event.service()).append(')');
        }
        if (!event.parameter("destination").isEmpty() && event.direction() == Direction.DOWN) {
            text.append(" → ").append(event.parameter("destination"));
        }
        out.println(" " + paint.faint(text + " " + "─".repeat(Math.max(0, WIDTH - 2 - text.length()))));
    }

    private void pdu(TraceEvent event) {
        Dissection pdu = event.pdu();
        int length = event.octets().length;
        int sdu = pdu.hasSdu() ? pdu.sduLength() : 0;
        String heading = event.pduLayer() + " " + LAYERS[event.pduLayer()];
        String title = title(pdu) + "  " + pdu.summary();
        String sizes = pdu.hasSdu() && event.pduLayer() < 7
                ? String.format(Locale.ROOT, "+%3d = %4d", length - sdu, length)
                : String.format(Locale.ROOT, "%11d", length);
        String left = " " + pad(heading, MARGIN - 1);
        String right = "  " + sizes;
        for (String line : wrap(readable(title))) {
            out.println(paint.layer(event.pduLayer(), left + (right.isEmpty() ? line : pad(line, TITLE))) + right);
            left = " ".repeat(MARGIN);
            right = "";
        }
        out.println(" ".repeat(MARGIN) + octets(event));
    }

    private static String title(Dissection pdu) {
        boolean named = pdu.protocol().startsWith("X.") || pdu.protocol().equals(pdu.name());
        boolean only = pdu.name().equals("datagram") || pdu.name().equals("MAC frame");
        return only ? pdu.protocol() : named ? pdu.name() : (pdu.protocol() + " " + pdu.name()).strip();
    }

    /** The names of our own abstract syntaxes instead of their long object identifiers. */
    private static String readable(String text) {
        String readable = text;
        for (ApplicationProvider application : DemoHost.APPLICATIONS) {
            ApplicationContext context = application.context();
            readable = readable.replace(context.abstractSyntax().toString(), "osistack " + context.application());
        }
        return readable;
    }

    /** The text in lines of the width that PDUs have, cut between words. */
    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" (?! )")) {
            if (line.length() + 1 + word.length() > TITLE && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** The octets, with a bar between the PCI of this layer and what it carries. */
    private String octets(TraceEvent event) {
        byte[] octets = event.octets();
        Dissection pdu = event.pdu();
        int begin = pdu.hasSdu() ? pdu.sduOffset() : octets.length;
        int end = pdu.hasSdu() ? begin + pdu.sduLength() : octets.length;
        String pci = hex(octets, 0, begin, MAX_OCTETS);
        String carried = hex(octets, begin, end, Math.max(6, MAX_OCTETS - Math.min(begin, MAX_OCTETS)));
        String trailer = hex(octets, end, octets.length, 8);
        return paint.layer(event.pduLayer(), pci)
                + (carried.isEmpty() ? "" : (pci.isEmpty() ? "│ " : " │ ") + carried)
                + (trailer.isEmpty() ? "" : " │ " + paint.layer(event.pduLayer(), trailer));
    }

    private static String hex(byte[] octets, int from, int to, int max) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < Math.min(to, from + max); i++) {
            text.append(i == from ? "" : " ").append(HEX.toHexDigits(octets[i]));
        }
        return to - from > max ? text + " …" : text.toString();
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    /** What the message cost, layer by layer, from the frame that carried it. */
    static String cost(int[] octets) {
        StringBuilder text = new StringBuilder();
        for (int layer = 7; layer >= 2; layer--) {
            text.append("   ").append(layer).append(": ").append(octets[layer]);
        }
        return text.toString();
    }
}
