package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Tells how a message goes down through the layers of one host. */
final class Descent {
    private static final int SHOWN_SEGMENTS = 4;

    private final Blocks blocks;
    private final Predicate<Message> isDoubled;
    private boolean everything;

    /**
     * @param isDoubled whether there are several services in the layer of this message's, so that their names matter
     */
    Descent(Blocks blocks, Predicate<Message> isDoubled) {
        this.blocks = blocks;
        this.isDoubled = isDoubled;
    }

    void tell(Node root) {
        tell(root, List.of());
    }

    /** Tell each frame at length, however many there are. */
    void tellAll(Node root) {
        everything = true;
        tell(root, List.of());
    }

    /**
     * The PDU, what happened in the layer that made it, the access point that it passes, and what happens below.
     *
     * @param inside events in the layer that made it
     */
    private void tell(Node node, List<Node> inside) {
        Message message = node.message();
        if (!message.isDown()) {
            blocks.primitive(message, node.step.event().parameters(), isDoubled.test(message));
            blocks.pdu(node.step, false);
        } else {
            blocks.pdu(node.step, true);
            inside.forEach(event -> blocks.inside(event.step.event()));
            blocks.primitive(message, node.step.event().parameters(), isDoubled.test(message));
        }
        if (message.isFrame() && message.isDown()) {
            blocks.physical(message, node.step.event().parameter("medium"));
            if (blocks.verbosity() > 1) {
                HexLine.map(
                                node.step.event().octets(),
                                message.owners,
                                blocks.page().columns())
                        .forEach(blocks::line);
            }
        }
        children(node);
    }

    /** What a layer does while it carries out a primitive; what it reports after a PDU belongs to that PDU. */
    private void children(Node node) {
        List<Node> children = node.children;
        int at = 0;
        while (at < children.size() && !children.get(at).isPrimitive()) {
            blocks.inside(children.get(at++).step.event());
        }
        int told = 0;
        List<Node> folded = new ArrayList<>();
        while (at < children.size()) {
            Node child = children.get(at++);
            List<Node> inside = new ArrayList<>();
            while (at < children.size() && !children.get(at).isPrimitive()) {
                inside.add(children.get(at++));
            }
            if (everything || told == 0 || !isAnotherSegment(child)) {
                tell(child, inside);
                told++;
            } else {
                folded.add(child);
                folded.addAll(inside);
            }
        }
        segments(folded);
    }

    private static boolean isAnotherSegment(Node node) {
        return node.message().isDown() && node.message().layer <= 3;
    }

    /** The further segments of a message: they go the same way down as the first. */
    private void segments(List<Node> folded) {
        List<Node> primitives = folded.stream().filter(Node::isPrimitive).toList();
        int shown = 0;
        for (Node node : folded) {
            if (!node.isPrimitive()) {
                blocks.inside(node.step.event());
                continue;
            }
            shown++;
            boolean isLast = shown == primitives.size();
            if (shown <= SHOWN_SEGMENTS || isLast) {
                segment(node);
            } else if (shown == SHOWN_SEGMENTS + 1) {
                int hidden = primitives.size() - SHOWN_SEGMENTS - 1;
                blocks.line(blocks.indent().dim("⋯ " + Texts.plural(hidden, "more segment") + ", the same way"));
            }
        }
    }

    private void segment(Node node) {
        Message message = node.message();
        List<Message> frames = node.framesSent();
        String parts = Blocks.parts(message);
        Line line = blocks.layer(message.pduLayer)
                .boldOf(message.pduLayer, message.title())
                .add("  " + (parts.isEmpty() ? message.summary : parts))
                .dim(frames.isEmpty() ? "  not sent yet" : ", the same way down");
        int octets = frames.stream().mapToInt(frame -> frame.length).sum();
        blocks.page().print(line, new Line().dim(String.format("%7s", frames.isEmpty() ? "" : Texts.number(octets))));
    }
}
