package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What a message costs on the medium: how many octets each layer added, and what is left for the user. */
final class Costs {
    private Costs() {}

    /** In two lines: a sentence, and a bar in which each layer has a stretch as long as its share. */
    static List<Line> brief(Story story, int columns) {
        Line sentence = new Line()
                .add(" cost of ")
                .bold(quoted(story))
                .add(": " + Texts.octets(story.frameOctets) + " on the medium, "
                        + Texts.number(story.octetsOf(Owner.USER)) + " of them yours: " + share(story));
        Line bar = new Line().add(" ");
        int labels = 0;
        for (int layer = Owner.USER; layer >= 1; layer--) {
            labels += story.octetsOf(layer) > 0 ? label(story, layer).length() + 2 : 0;
        }
        int room = Math.max(8, Math.min(columns, Page.PIPED_COLUMNS) - labels - 2);
        for (int layer = Owner.USER; layer >= 1; layer--) {
            if (story.octetsOf(layer) > 0) {
                int width = (int) Math.round(shareOf(story, layer) * room);
                bar.boldOf(layer, label(story, layer) + " ").of(layer, "━".repeat(Math.max(1, width)) + " ");
            }
        }
        return List.of(sentence.cut(columns), bar.cut(columns));
    }

    private static String label(Story story, int layer) {
        return (layer == Owner.USER ? "you:" : layer + ":") + Texts.number(story.octetsOf(layer));
    }

    private static double shareOf(Story story, int layer) {
        return (double) story.octetsOf(layer) / Math.max(1, story.frameOctets);
    }

    /** As a table with a bar a row: one row a PDU, from the user's words down. */
    static List<Line> table(Story story, int columns) {
        List<Line> lines = new ArrayList<>();
        double most = 0;
        for (int layer = 1; layer <= Owner.USER; layer++) {
            most = Math.max(most, shareOf(story, layer));
        }
        lines.add(new Line()
                .add(" what ")
                .bold(quoted(story))
                .add(" costs")
                .to(Blocks.INDENT + 34)
                .dim(" octets   share"));
        for (int layer = Owner.USER; layer >= 1; layer--) {
            if (story.octetsOf(layer) == 0) {
                continue;
            }
            Line line = new Line();
            if (layer == Owner.USER) {
                line.add("   ").bold("the words themselves");
            } else {
                line.add(" ").boldOf(layer, layer + " ").of(layer, Texts.layer(layer));
                line.to(Blocks.INDENT).add(names(story.octetsByName(layer)));
            }
            double share = shareOf(story, layer);
            line = line.cut(Blocks.INDENT + 33).to(Blocks.INDENT + 34);
            line.add(String.format("%7s  %6s  ", Texts.number(story.octetsOf(layer)), percent(share)));
            int width = (int) Math.round(share / most * Math.max(10, Math.min(30, columns - line.columns() - 1)));
            lines.add(line.of(layer, "━".repeat(Math.max(1, width))));
        }
        String frames = Texts.plural(story.frames, "frame") + " on the medium";
        lines.add(new Line()
                .add("   " + frames)
                .to(Blocks.INDENT + 34)
                .bold(String.format("%7s", Texts.number(story.frameOctets)))
                .dim(
                        story.acknowledgements == 0
                                ? ""
                                : "  and " + Texts.number(story.acknowledgementOctets) + " to acknowledge"));
        return lines.stream().map(line -> line.cut(columns)).toList();
    }

    private static String names(Map<String, Integer> names) {
        StringJoiner text = new StringJoiner(", ");
        names.forEach((name, count) -> text.add(names.size() == 1 ? name : name + " " + Texts.number(count)));
        return text.toString();
    }

    static String share(Story story) {
        return percent(shareOf(story, Owner.USER));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String quoted(Story story) {
        return '"' + Texts.cut(story.title, 24) + '"';
    }
}
