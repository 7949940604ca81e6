package org.osistack.application.trace;

import org.osistack.core.TraceEvent;
import org.osistack.core.TraceEvent.Kind;

/** The chapters of a story that is told by a trace: titles, and a few plain words. */
final class Chapters {
    private static final String PROTOCOL = "story";
    private static final String BETWEEN = " — ";
    private static final int MARGIN = 3;
    private static final int MAX_TEXT_COLUMNS = 88; // longer lines are hard to read

    private Chapters() {}

    /** Whether a chapter begins: a note of layer 7, the title and what there is to say about it. */
    static boolean begins(TraceEvent event) {
        return event.kind() == Kind.NOTE
                && event.layer() == Weaver.TOP_USER
                && event.protocol().equals(PROTOCOL);
    }

    /** Print what such an event says. */
    static void print(Page page, TraceEvent event) {
        String text = event.name();
        int end = text.indexOf(BETWEEN);
        title(page, end < 0 ? text : text.substring(0, end));
        if (end >= 0) {
            say(page, text.substring(end + BETWEEN.length()));
            page.empty();
        }
    }

    /** Begin a chapter. */
    static void title(Page page, String title) {
        page.empty();
        Line line = new Line().bold(" " + title + " ");
        page.print(line.dim("━".repeat(Math.max(2, page.columns() - line.columns()))));
        page.empty();
    }

    /** Say something in plain words, in lines of a length that reads well. */
    static void say(Page page, String text) {
        wrap(page, text, MARGIN, Math.min(page.columns(), MAX_TEXT_COLUMNS) - MARGIN, false);
    }

    /** Print words from a column on, in as many lines as it takes. */
    static void wrap(Page page, String text, int from, int to, boolean dim) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && from + line.length() + 1 + word.length() > to) {
                flush(page, line, from, dim);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        flush(page, line, from, dim);
    }

    private static void flush(Page page, StringBuilder text, int from, boolean dim) {
        Line line = new Line().add(" ".repeat(from));
        page.print((dim ? line.dim(text.toString()) : line.add(text.toString())).cut(page.columns()));
        text.setLength(0);
    }
}
