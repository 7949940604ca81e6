package org.osistack.application.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/** What a person who steps through a trace presses. */
interface StepKeys extends AutoCloseable {
    /** The next key; a line end for Enter, {@code q} when there are no more. Waits for it. */
    char next();

    /** Whether each key works at once, on a terminal; otherwise it takes Enter behind it. */
    boolean isImmediate();

    @Override
    default void close() {}

    /** Keys of the terminal that the process runs on. */
    static StepKeys ofTerminal() {
        try {
            Terminal terminal = TerminalBuilder.builder().system(true).build();
            terminal.enterRawMode();
            NonBlockingReader reader = terminal.reader();
            return new StepKeys() {
                @Override
                public char next() {
                    try {
                        int key = reader.read();
                        return key < 0 ? 'q' : key == '\r' ? '\n' : (char) key;
                    } catch (IOException e) {
                        return 'q'; // the terminal has gone
                    }
                }

                @Override
                public boolean isImmediate() {
                    return true;
                }

                @Override
                public void close() {
                    try {
                        terminal.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException("the terminal cannot be set back: " + e.getMessage(), e);
                    }
                }
            };
        } catch (IOException e) {
            return of(System.in);
        }
    }

    /** The first characters of the lines of an input that is no terminal. */
    static StepKeys of(InputStream input) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        return new StepKeys() {
            @Override
            public char next() {
                try {
                    String line = lines.readLine();
                    return line == null ? 'q' : line.isEmpty() ? '\n' : line.charAt(0);
                } catch (IOException e) {
                    return 'q';
                }
            }

            @Override
            public boolean isImmediate() {
                return false;
            }
        };
    }
}
