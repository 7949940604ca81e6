package org.osistack.application.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that a test has started and talks to: it writes lines to the program's standard input and waits for what
 * the program writes. Output is kept as it comes, so that prompts can be waited for, too.
 */
public final class Program implements AutoCloseable {
    private static final String STATES =
            Path.of("target", "states").toAbsolutePath().toString();

    private final List<String> command;
    private final Process process;
    private final StringBuilder output = new StringBuilder(); // guarded by itself, as is what follows
    private final StringBuilder errors = new StringBuilder();
    private int awaited;
    private int openStreams = 2;

    private Program(List<String> command, Process process) {
        this.command = List.copyOf(command);
        this.process = process;
        read(process.getInputStream(), output);
        read(process.getErrorStream(), errors);
    }

    /** Start a program. */
    public static Program start(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("XDG_STATE_HOME", STATES); // not among those of whoever runs the tests
            return new Program(command, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        }
    }

    private void read(InputStream stream, StringBuilder target) {
        Thread reader = new Thread(() -> copy(stream, target), "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
    }

    private void copy(InputStream stream, StringBuilder target) {
        byte[] octets = new byte[8192];
        try (stream) {
            for (int n = stream.read(octets); n >= 0; n = stream.read(octets)) {
                append(target, new String(octets, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            append(target, "\n(cut off: " + e.getMessage() + ")\n");
        }
        synchronized (output) {
            openStreams--;
            output.notifyAll();
        }
    }

    private void append(StringBuilder target, String text) {
        synchronized (output) {
            target.append(text);
            output.notifyAll();
        }
    }

    /** Write a line to its standard input. */
    public void say(String line) {
        write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Write octets to its standard input. */
    public void write(byte[] octets) {
        try {
            OutputStream input = process.getOutputStream();
            input.write(octets);
            input.flush();
        } catch (IOException e) {
            throw new AssertionError("takes no more input: " + this, e);
        }
    }

    /** End its standard input. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new AssertionError("cannot end the input: " + this, e);
        }
    }

    /** Wait until it has written this behind what was waited for last, to either of its outputs. */
    public Program await(String text) {
        return await(text, Commands.TIME_LIMIT);
    }

    /** Wait until it has written this, to its standard output behind what was waited for last or to the other one. */
    public Program await(String text, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (output) {
            while (true) {
                int at = output.indexOf(text, awaited);
                if (at >= 0) {
                    awaited = at + text.length();
                    return this;
                }
                if (errors.indexOf(text) >= 0) {
                    return this;
                }
                if (openStreams == 0 || !waitUntil(deadline)) {
                    throw new AssertionError("\"" + text + "\" did not come from " + this);
                }
            }
        }
    }

    /** Wait for its end and for the last of its output, and return its exit code. */
    public int awaitEnd(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("not ended within " + limit.toSeconds() + " s: " + this);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + this, e);
        }
        synchronized (output) {
            while (openStreams > 0 && waitUntil(deadline)) {
                // a child of the program may hold its output open for a while
            }
        }
        return process.exitValue();
    }

    private boolean waitUntil(long deadline) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
            return false;
        }
        try {
            output.wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Send it SIGINT, as Ctrl-C does. */
    public void interrupt() {
        Commands.run("kill", "-INT", Long.toString(process.pid()));
    }

    /** Send it SIGTERM. */
    public void terminate() {
        Commands.run("kill", "-TERM", Long.toString(process.pid()));
    }

    /** Send it SIGKILL: it has no time for anything. */
    public void kill() {
        process.destroyForcibly();
    }

    /** By what number the system knows the process. */
    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** What it has written to its standard output so far. */
    public String output() {
        synchronized (output) {
            return output.toString();
        }
    }

    /** What it has written to its standard error output so far. */
    public String errors() {
        synchronized (output) {
            return errors.toString();
        }
    }

    /** Kill it and its children, if it still runs. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** The command and all that it has written: what a failure should show. */
    @Override
    public String toString() {
        return String.join(" ", command) + (process.isAlive() ? "" : " (ended with " + process.exitValue() + ")") + "\n"
                + output() + errors();
    }
}
