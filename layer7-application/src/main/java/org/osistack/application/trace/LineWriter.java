package org.osistack.application.trace;

import java.io.Writer;
import java.util.function.Consumer;

/** Passes on what is written line by line. */
final class LineWriter extends Writer {
    private final Consumer<String> lines;
    private final StringBuilder line = new StringBuilder();

    LineWriter(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void write(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (text[i] == '\n') {
                emit();
            } else {
                line.append(text[i]);
            }
        }
    }

    private void emit() {
        if (line.length() > 0) {
            lines.accept(line.toString());
            line.setLength(0);
        }
    }

    /** What is complete has been passed on. */
    @Override
    public void flush() {}

    @Override
    public void close() {
        emit();
    }
}
