package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Counts the PDUs that hosts send, by layer and name, and the octets that each layer adds. */
final class Tally implements TurnPrinter {
    private static final int MAX_NAMES = 5; // of PDUs of one layer

    private final Map<Integer, Map<String, Integer>> counts = new TreeMap<>();
    private final int[] octets = new int[Owner.USER + 1];
    private int frames;
    private int frameOctets;
    private int acknowledgements;

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
                    acknowledgements += Story.carries(message) ? 0 : 1;
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
        acknowledgements = 0;
    }

    int frames() {
        return frames;
    }

    int frameOctets() {
        return frameOctets;
    }

    int userOctets() {
        return octets[Owner.USER];
    }

    /** A row a layer. */
    List<Line> table(int columns) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line().add(" PDUs that were sent").to(columns - 24).dim("octets of this layer"));
        List<Integer> layers = new ArrayList<>(counts.keySet());
        for (int i = layers.size() - 1; i >= 0; i--) {
            int layer = layers.get(i);
            Line line = new Line().add(" ").boldOf(layer, layer + " ").of(layer, Texts.layer(layer));
            line.to(Blocks.INDENT).add(names(counts.get(layer)));
            line = line.cut(columns - 13).to(columns - 11);
            lines.add(line.boldOf(layer, String.format("%7s", Texts.number(octets[layer]))));
        }
        return lines;
    }

    private static String names(Map<String, Integer> names) {
        StringJoiner text = new StringJoiner(", ");
        int rest = 0;
        int index = 0;
        for (Map.Entry<String, Integer> name : names.entrySet()) {
            if (index++ < MAX_NAMES) {
                text.add(name.getKey() + (name.getValue() == 1 ? "" : " × " + Texts.number(name.getValue())));
            } else {
                rest += name.getValue();
            }
        }
        return text + (rest == 0 ? "" : " and " + rest + " more");
    }
}
