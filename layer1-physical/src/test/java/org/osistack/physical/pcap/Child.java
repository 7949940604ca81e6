package org.osistack.physical.pcap;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program of these tests in a Java process of its own, which may run in a network namespace or with fewer rights. */
final class Child implements AutoCloseable {
    private static final long LINE_SECONDS = 30;

    private final Process process;
    private final PrintStream input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuffer errors = new StringBuffer();
    private final StringBuffer story = new StringBuffer();
    private final List<Thread> readers;

    private Child(List<String> command) throws IOException {
        process = new ProcessBuilder(command).start();
        input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        readers = List.of(
                read(process.inputReader(), line -> {
                    story.append(line).append('\n');
                    lines.add(line);
                }),
                read(process.errorReader(), line -> errors.append(line).append('\n')));
    }

    private interface Sink {
        void line(String text);
    }

    private static Thread read(BufferedReader reader, Sink sink) {
        Thread thread = new Thread(() -> {
            try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    sink.line(line);
                }
            } catch (IOException e) {
                sink.line("(cut off: " + e.getMessage() + ")");
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Start a main class of this module as a user would, on the module path.
     *
     * @param prefix the command that runs it, such as {@code ip netns exec NAME}; may be empty
     * @param java the program to start
     * @param options of the virtual machine
     */
    static Child start(List<String> prefix, Path java, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(java.toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=com.sun.jna"));
        command.addAll(options);
        command.addAll(List.of("-p", modulePath(), "--patch-module"));
        command.add("org.osistack.physical=" + Path.of("target", "test-classes").toAbsolutePath());
        command.addAll(List.of("-m", "org.osistack.physical/" + main.getName()));
        command.addAll(Arrays.asList(arguments));
        return new Child(command);
    }

    /** Java as it runs this test. */
    static Path thisJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** What the launcher puts on the module path: this module and all that it runs on, no library of the tests. */
    private static String modulePath() {
        Pattern wanted = Pattern.compile(".*(layer1-physical|pcap4j|jna|slf4j).*");
        return Stream.of("jdk.module.path", "java.class.path")
                .flatMap(key -> Stream.of(System.getProperty(key, "").split(File.pathSeparator)))
                .filter(entry -> wanted.matcher(entry).matches() && !entry.endsWith("test-classes"))
                .distinct()
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    void say(String line) {
        input.println(line);
    }

    /** Wait for a line that begins like this, and return it; lines before it are passed over. */
    String await(String beginning) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LINE_SECONDS);
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("no \"" + beginning + "\" came, but:\n" + story + errors);
            }
            if (line.startsWith(beginning)) {
                return line;
            }
        }
    }

    /** Close its input and wait for its end; returns its exit code. */
    int finish() throws InterruptedException {
        input.close();
        if (!process.waitFor(LINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end; it has said:\n" + story + errors);
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    /** All that it has written to its standard output. */
    String output() {
        return story.toString();
    }

    /** All that it has written to its standard error output. */
    String errors() {
        return errors.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
