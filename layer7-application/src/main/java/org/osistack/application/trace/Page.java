package org.osistack.application.trace;

import java.util.function.Consumer;

/**
 * Where lines of text go, how wide it is, whether it has colours, and when its times begin.
 *
 * @param out takes each line without its end
 * @param columns how many there are
 */
record Page(Consumer<String> out, int columns, boolean coloured, Clock clock) {
    /** From when on times are told. */
    static final class Clock {
        private long zero;
        private boolean restarting;

        /** Let time begin anew with the next event. */
        void restart() {
            restarting = true;
        }

        /** An event has happened. */
        void event(long time) {
            if (restarting) {
                zero = time;
                restarting = false;
            }
        }
    }

    /** The width of what does not go to a terminal: always the same, so that outputs can be compared. */
    static final int PIPED_COLUMNS = 100;

    private static final int MIN_COLUMNS = 72;
    private static final int MAX_COLUMNS = 132;

    Page(Consumer<String> out, int columns, boolean coloured) {
        this(out, columns, coloured, new Clock());
    }

    Page {
        columns = Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, columns));
    }

    /** A point in time as it is told. */
    String time(long nanos) {
        return Texts.time(nanos - clock.zero);
    }

    void print(Line line) {
        out.accept(coloured ? line.coloured() : line.plain());
    }

    /** Show this on the terminal until the next line or prompt. */
    void prompt(String text) {
        if (coloured) {
            System.out.print("\r\033[K" + new Line().dim(text).coloured());
            System.out.flush();
        }
    }

    void empty() {
        out.accept("");
    }

    /** Print a line with something at its right end; what is left of it is cut if there is no room for both. */
    void print(Line left, Line right) {
        int room = columns - right.columns() - 1;
        Line cut = left.cut(room);
        print(cut.to(columns - right.columns()).and(right));
    }
}
