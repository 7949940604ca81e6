package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.osistack.core.TraceEvent;

/**
 * Tells what happens in short: a line a frame, with the highest PDU in it and those that it is wrapped in; a line for the
 * primitives that follow one another; and what changes because of it.
 */
final class Ladder {
    private static final int TIME = 13;
    private static final int WHO = 17;

    private final Page page;
    private final Map<String, String> names; // hosts by their addresses
    private final boolean timers;

    Ladder(Page page, Map<String, String> names, boolean timers) {
        this.page = page;
        this.names = names;
        this.timers = timers;
    }

    /** Learn which address is whose. */
    void learn(Message message, TraceEvent event) {
        if (message.layer == 3 && message.isDown()) {
            String source = event.parameter("source");
            if (!source.isEmpty() && !source.startsWith("(")) {
                names.put(source, message.host);
            }
        } else if (message.isFrame() && message.isDown() && message.summary.contains(" → ")) {
            names.put(message.summary.substring(0, message.summary.indexOf(' ')), message.host);
        }
    }

    /** Tell a tree of a turn. */
    void tell(Node root) {
        List<Message> primitives = new ArrayList<>();
        Map<String, TraceEvent> states = new LinkedHashMap<>();
        for (Node node : root.all()) {
            if (!node.isPrimitive()) {
                inside(node.step.event(), states);
                continue;
            }
            Message message = node.message();
            boolean isFrame = message.isFrame();
            if (isFrame && (message.isDown() || message.sent == null)) {
                primitives = flush(primitives);
                frame(root, message);
            } else if (!isFrame && !message.primitive.contains("DATA")) {
                primitives.add(message);
            }
        }
        flush(primitives);
        states(states);
    }

    private void inside(TraceEvent event, Map<String, TraceEvent> states) {
        if (event.kind() == TraceEvent.Kind.STATE) {
            states.merge(event.protocol() + event.layer(), event, Ladder::joined);
        } else if (Blocks.isNotable(event) || event.kind() == TraceEvent.Kind.NOTE || timers) {
            start(event.time(), event.host(), "", Blocks.insideLine(event), null);
        }
    }

    /** Two changes of one machine in a row as one. */
    private static TraceEvent joined(TraceEvent first, TraceEvent second) {
        return second; // the last one is what stays
    }

    private void states(Map<String, TraceEvent> states) {
        if (states.isEmpty()) {
            return;
        }
        Line line = new Line();
        TraceEvent first = states.values().iterator().next();
        for (TraceEvent state : states.values()) {
            String to = state.name().substring(state.name().indexOf('→') + 1).strip();
            line.dim(line.columns() == 0 ? "◆ " : ", ").of(state.layer(), state.protocol() + " " + to);
        }
        TraceEvent last = first;
        for (TraceEvent state : states.values()) {
            last = state.time() > last.time() ? state : last;
        }
        start(last.time(), first.host(), "", line, null);
    }

    /** Primitives that follow one another, as one line if there is room. */
    private List<Message> flush(List<Message> primitives) {
        if (primitives.isEmpty()) {
            return primitives;
        }
        Message first = primitives.get(0);
        List<Line> groups = new ArrayList<>();
        String last = "";
        for (Message message : primitives) {
            int dot = message.primitive.indexOf('.');
            String kind = message.primitive.substring(dot + 1);
            String arrow = message.isDown() ? " ▼ " : " ▲ ";
            if (!kind.equals(last)) {
                groups.add(new Line().dim(kind));
            }
            Line group = groups.get(groups.size() - 1);
            group.dim(arrow).of(message.layer, message.primitive.substring(0, dot));
            group.dim(message.layer == 4 ? " " + message.service : "");
            last = kind;
        }
        Line line = new Line();
        for (Line group : groups) {
            if (line.columns() > 0 && TIME + WHO + line.columns() + group.columns() + 2 > page.columns()) {
                start(first.time, first.host, "", line, null);
                line = new Line();
            }
            line.dim(line.columns() == 0 ? "" : "; ").and(group);
        }
        start(first.time, first.host, "", line, null);
        return new ArrayList<>();
    }

    private void frame(Node root, Message frame) {
        List<Message> wraps = wraps(root, frame);
        Message top = wraps.get(0);
        Line what = new Line().boldOf(top.pduLayer, top.pduLayer + " ").boldOf(top.pduLayer, top.title());
        what.add("  " + top.summary);
        String peer = peer(wraps);
        String arrow = frame.isDown() ? "→ " : "← ";
        Line right = new Line().add(String.format("%7s", Texts.number(frame.length)));
        StringJoiner in = new StringJoiner(" in ", "in ", "");
        in.setEmptyValue("");
        for (Message wrap : wraps.subList(1, wraps.size())) {
            if (wrap.pduLayer > 3) {
                in.add(wrap.protocol.equals("TCP") ? "TCP" : wrap.title());
            }
        }
        boolean fits = TIME + WHO + what.columns() + in.toString().length() + 4 + right.columns() <= page.columns();
        if (fits && in.length() > 0) {
            what.dim("  " + in);
        }
        start(frame.time, frame.host, arrow + peer, what, right);
        if (!fits && in.length() > 0) {
            page.print(new Line()
                    .add(" ".repeat(TIME + WHO + 2))
                    .dim(in.toString())
                    .cut(page.columns()));
        }
    }

    private void start(long time, String host, String peer, Line what, Line right) {
        Line line = new Line().dim(String.format("%" + (TIME - 2) + "s  ", page.time(time)));
        line.bold(host).add(" " + peer).to(TIME + WHO).and(what);
        if (right == null) {
            page.print(line.cut(page.columns()));
        } else {
            page.print(line, right);
        }
    }

    /** The PDUs in a frame, from the highest one down to the frame itself. */
    static List<Message> wraps(Node root, Message frame) {
        List<Message> wraps = new ArrayList<>();
        if (frame.isDown()) {
            Set<Message> seen = new LinkedHashSet<>();
            for (Message m = frame; m != null && seen.add(m); ) {
                if (!m.isHandedThrough()) {
                    wraps.add(0, m);
                }
                m = m.parts.isEmpty() ? null : m.parts.get(0).whole();
            }
        } else {
            for (Node node : root.all()) {
                Message m = node.message();
                if (m != null && !m.isDown() && m.hasPdu() && !m.isHandedThrough()) {
                    wraps.add(0, m);
                }
            }
        }
        return wraps;
    }

    private String peer(List<Message> wraps) {
        for (Message message : wraps) {
            if (message.pduLayer == 3) {
                String address = peerAddress(message);
                if (!address.isEmpty()) {
                    return names.getOrDefault(address, address);
                }
            }
        }
        String address = peerAddress(wraps.get(wraps.size() - 1));
        return address.equals("ff:ff:ff:ff:ff:ff") ? "all" : names.getOrDefault(address, "");
    }

    /** From the summary of a datagram, which begins with both addresses; empty if it has none. */
    private static String peerAddress(Message datagram) {
        String[] words = datagram.summary.split(" ");
        if (words.length < 3 || !words[1].equals("→")) {
            return "";
        }
        return datagram.isDown() ? words[2] : words[0];
    }
}
