package org.osistack.application.shell;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import org.osistack.core.Octets;

/**
 * Writes what commands say for a person, on a thread of its own, so that a slow terminal holds nothing up but the session.
 * Of control characters it lets through the end of the line and the tab: nobody's terminal can be made to do things.
 */
final class Scribe implements AutoCloseable {
    private static final int MANY = 128; // pieces of at most 4 KiB that wait
    private static final int FEW = 16;

    /** Where the text goes. Called on the scribe's thread. */
    interface Sheet {
        void write(boolean isError, String text);
    }

    /** Asks the session to wait, or to go on. Any thread. */
    interface Brake {
        void hold(boolean hold);
    }

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>(); // bounded by the brake
    private final Sheet sheet;
    private final Brake brake;
    private final Text output = new Text();
    private final Text errors = new Text();
    private final Thread thread = new Thread(this::work, "what the shell says");
    private volatile boolean held;
    private boolean closed; // the scribe's thread alone

    Scribe(Sheet sheet, Brake brake) {
        this.sheet = sheet;
        this.brake = brake;
        thread.setDaemon(true);
        thread.start();
    }

    /** Octets of a UTF-8 text that come in pieces. */
    private static final class Text {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private ByteBuffer rest = ByteBuffer.allocate(0); // the beginning of a character

        String next(Octets octets) {
            ByteBuffer in = ByteBuffer.allocate(rest.remaining() + octets.length());
            in.put(rest).put(octets.toByteArray()).flip();
            CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
            decoder.decode(in, out, false);
            rest = in;
            return harmless(out.flip().toString());
        }
    }

    /** The text with a space for each control character but the end of the line and the tab. */
    static String harmless(String text) {
        StringBuilder harmless = new StringBuilder(text);
        for (int i = 0; i < harmless.length(); i++) {
            char c = harmless.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                harmless.setCharAt(i, ' ');
            }
        }
        return harmless.toString();
    }

    /** Write what a command has said. Called on the host's thread. */
    void write(boolean isError, Octets octets) {
        write(isError, (isError ? errors : output).next(octets));
    }

    /** Write a text that is harmless. Called on the host's thread. */
    void write(boolean isError, String text) {
        then(() -> sheet.write(isError, text));
        if (!held && tasks.size() > MANY) {
            held = true;
            brake.hold(true);
        }
    }

    /** Do this when all before it is written. Any thread. */
    void then(Runnable task) {
        tasks.add(task);
    }

    private void work() {
        try {
            while (!closed) {
                tasks.take().run();
                if (held && tasks.size() < FEW) {
                    held = false;
                    brake.hold(false);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wait until all is written. */
    @Override
    public void close() {
        then(() -> closed = true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
