package org.osistack.application.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A participant in a process of its own, such as in a network namespace. It does what {@link PeerCommand} says. */
final class ChildParticipant implements Participant {
    private static final String MAIN = "org.osistack.application/org.osistack.application.cli.Main";
    private static final List<String> LIKE_THE_LAUNCHER =
            List.of("-XX:+UseSerialGC", "-Xlog:disable", "-Xlog:all=error:stderr");
    private static final int FIRST_WITH_NATIVE_ACCESS = 22; // the version of Java that wants to be told
    private static final long END_LIMIT_SECONDS = 5;

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;
    private String address;

    private ChildParticipant(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Start it.
     *
     * @param prefix what to put before the command, such as {@code ip netns exec NAME}
     * @param arguments of {@link PeerCommand}
     * @throws IOException if it does not come up; it has told why on its standard error output, which is this
     *     process's
     */
    static ChildParticipant start(List<String> prefix, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LIKE_THE_LAUNCHER);
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_ACCESS) {
            command.add("--enable-native-access=com.sun.jna");
        }
        String more = System.getenv("OSI_JAVA_OPTIONS");
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        command.addAll(List.of("-p", System.getProperty("jdk.module.path", ""), "-m", MAIN, PeerCommand.NAME));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ChildParticipant child = new ChildParticipant(process);
        try {
            String line = child.readLine();
            if (!line.startsWith(Exchange.READY + " ")) {
                throw new IOException("a process that was to take part said: " + line);
            }
            child.address = line.substring(Exchange.READY.length() + 1);
            return child;
        } catch (IOException e) {
            child.close();
            throw e;
        }
    }

    private String readLine() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a process that was to take part has ended");
        }
        return line;
    }

    private String exchange(String question) {
        questions.println(question);
        try {
            return readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long[] ask(String word, String peer, Window window) throws IOException {
        try {
            return Exchange.ask(word, peer, window, this::exchange);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public long processorNanos() throws IOException {
        return ask("processor", "-", new Window(1, 0, 1))[0];
    }

    @Override
    public Goodput goodput(String peer, Window window) throws IOException {
        long[] numbers = ask("goodput", peer, window);
        return new Goodput(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    @Override
    public RoundTrips roundTrips(String peer, Window window) throws IOException {
        long[] numbers = ask("roundtrips", peer, window);
        return new RoundTrips(numbers[0], numbers[1], numbers[2]);
    }

    @Override
    public Connections connections(String peer, Window window) throws IOException {
        long[] numbers = ask("connections", peer, window);
        return new Connections(numbers[0], numbers[1]);
    }

    /** End the process: it ends by itself when its input does. */
    @Override
    public void close() {
        questions.close();
        try {
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
