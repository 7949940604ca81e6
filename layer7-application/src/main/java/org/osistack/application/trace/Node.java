package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A primitive with its direct consequences: primitives, and events inside the machines, in order. */
final class Node {
    final Step step;
    final List<Node> children = new ArrayList<>();

    private Node(Step step) {
        this.step = step;
    }

    Message message() {
        return step.message();
    }

    boolean isPrimitive() {
        return step.message() != null;
    }

    /**
     * The trees of one turn, in order. Where another story begins, such as an answer, or at another host, such as
     * across a medium without delay, there begins another tree.
     */
    static List<Node> trees(List<Step> steps) {
        List<Node> roots = new ArrayList<>();
        Map<Message, Node> nodes = new HashMap<>();
        for (Step step : steps) {
            Node node = new Node(step);
            Node parent = step.cause() == null ? null : nodes.get(step.cause());
            if (parent == null || step.message() != null && step.story() != parent.step.story()) {
                roots.add(node);
            } else {
                parent.children.add(node);
            }
            if (step.message() != null) {
                nodes.put(step.message(), node);
            }
        }
        return roots;
    }

    /** This node and all below it, in order. */
    List<Node> all() {
        List<Node> all = new ArrayList<>();
        collect(all);
        return all;
    }

    private void collect(List<Node> all) {
        all.add(this);
        for (Node child : children) {
            child.collect(all);
        }
    }

    /** The frames that it sends. */
    List<Message> framesSent() {
        return all().stream()
                .filter(node -> node.isPrimitive()
                        && node.message().isFrame()
                        && node.message().isDown())
                .map(Node::message)
                .toList();
    }

    /** The highest layer whose PDU it hands up; 0 if it hands up none. */
    int highestReached() {
        return all().stream()
                .filter(node -> node.isPrimitive() && !node.message().isDown())
                .mapToInt(node -> node.message().layer)
                .max()
                .orElse(0);
    }
}
