package org.osistack.application.trace;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what is not told one by one, and says so in one line before the story goes on. */
final class Folder {
    private final Page page;
    private final Map<String, long[]> folded = new LinkedHashMap<>(); // how many, and how many octets

    Folder(Page page) {
        this.page = page;
    }

    /** A frame that carries no octets of a user, such as an acknowledgement. */
    void acknowledgement(Message frame) {
        Message top = Ladder.wraps(null, frame).get(0);
        count(frame.host + " sends " + top.title(), frame.length);
    }

    /** A frame that is part of something larger. */
    void frame(Message frame) {
        count(frame.host + " receives a frame", frame.length);
    }

    /** A message like others before it. */
    void message(Story story) {
        count(story.host + " ▸ " + story.pdu, story.userOctets);
    }

    private void count(String what, long octets) {
        long[] counts = folded.computeIfAbsent(what, key -> new long[2]);
        counts[0]++;
        counts[1] += octets;
    }

    /** Say nothing of it. */
    void forget() {
        folded.clear();
    }

    /** Say what was folded since the last time. */
    void flush() {
        if (folded.isEmpty()) {
            return;
        }
        folded.forEach((what, counts) -> page.print(new Line()
                .dim(" ⋯ " + what)
                .dim(counts[0] > 1 ? ", " + Texts.number(counts[0]) + " times" : "")
                .dim(", " + Texts.octets(counts[1]))
                .cut(page.columns())));
        folded.clear();
    }
}
