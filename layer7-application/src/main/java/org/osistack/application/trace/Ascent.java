package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells how a message goes up through the layers of one host: the access point, what has passed it, and what the layer
 * above makes of it.
 */
final class Ascent {
    private final Blocks blocks;
    private final Predicate<Message> isDoubled;
    private final boolean withOctets;
    private final List<Node> answers = new ArrayList<>();

    /**
     * Tell it.
     *
     * @param isDoubled whether there are several services in the layer of this message's, so that their names matter
     * @return what the layers send meanwhile, which is not told
     */
    static List<Node> tell(Blocks blocks, Predicate<Message> isDoubled, Node root) {
        Ascent ascent = new Ascent(blocks, isDoubled, root.message().sent == null);
        ascent.rise(root);
        return ascent.answers;
    }

    /** @param withOctets whether the octets of what arrives are to be shown: nobody has seen them being sent */
    private Ascent(Blocks blocks, Predicate<Message> isDoubled, boolean withOctets) {
        this.blocks = blocks;
        this.isDoubled = isDoubled;
        this.withOctets = withOctets;
    }

    private void rise(Node node) {
        Message message = node.message();
        if (message.isFrame()) {
            blocks.physical(message, node.step.event().parameter("medium"));
        }
        blocks.primitive(message, node.step.event().parameters(), isDoubled.test(message));
        blocks.pdu(node.step, withOctets);
        if (withOctets && message.isFrame() && blocks.verbosity() > 1) {
            HexLine.map(
                            node.step.event().octets(),
                            message.owners,
                            blocks.page().columns())
                    .forEach(blocks::line);
        }
        for (Node child : node.children) {
            if (!child.isPrimitive()) {
                blocks.inside(child.step.event());
            } else if (child.message().isDown()) {
                answers.add(child);
            } else {
                rise(child);
            }
        }
    }
}
