package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the PDUs that hosts send, by layer and name, and the octets that each layer adds. */
final class Tally implements TurnPrinter {
    private final Map<Integer, Map<String, Integer>> counts = new TreeMap<>();
    private final int[] octets = new int[Owner.USER + 1];
    private int frames;
    private int frameOctets;

    @Override
    public void turn(List<Step> steps) {
        for (Step step : steps) {
            Message message = step.message();
            if (message != null && message.isDown() && message.hasPdu() && !message.isHandedThrough()) {
                counts.computeIfAbsent(message.pduLayer, layer -> new LinkedHashMap<>())
                        .merge(name(message), 1, Integer::sum);
                if (message.isFrame()) {
                    frames++;
                    frameOctets += message.length;
                    message.owners.forEach((owner, length) -> octets[owner.layer()] += length);
                }
            }
        }
    }

    /** What a PDU is counted as: segments are segments whatever their control bits, and data is data. */
    private static String name(Message message) {
        if (message.protocol.equals("TCP")) {
            return message.sduLength > 0 ? "TCP with data" : "TCP without data";
        }
        return message.title();
    }

    void reset() {
        counts.clear();
        Arrays.fill(octets, 0);
        frames = 0;
        frameOctets = 0;
    }

    int frames() {
        return frames;
    }

    int frameOctets() {
        return frameOctets;
    }

    /** A row or more a layer. */
    List<Line> table(int columns) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line().add(" PDUs that were sent").to(columns - 20).dim("octets of this layer"));
        List<Integer> layers = new ArrayList<>(counts.keySet());
        for (int i = layers.size() - 1; i >= 0; i--) {
            int layer = layers.get(i);
            Line line = new Line().add(" ").boldOf(layer, layer + " ").of(layer, Texts.layer(layer));
            line.to(Blocks.INDENT);
            for (String name : names(counts.get(layer))) {
                if (line.columns() + name.length() > columns - 12) {
                    lines.add(line);
                    line = new Line().add(" ".repeat(Blocks.INDENT));
                }
                line.add(name);
            }
            lines.add(line.to(columns - 7).boldOf(layer, String.format("%7s", Texts.number(octets[layer]))));
        }
        return lines;
    }

    private static List<String> names(Map<String, Integer> names) {
        List<String> all = new ArrayList<>();
        names.forEach((name, count) -> all.add(name + (count == 1 ? "" : " × " + Texts.number(count))));
        List<String> separated = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            separated.add(all.get(i) + (i + 1 < all.size() ? ", " : ""));
        }
        return separated;
    }
}
