package org.osistack.physical.pcap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two network namespaces with a virtual wire between their interfaces {@code left} and {@code right}. */
final class Wire implements AutoCloseable {
    private static final long COMMAND_SECONDS = 20;

    private final String left;
    private final String right;

    /** Lay the wire; the test is skipped where that can't be done, and fails there if it runs in CI. */
    Wire() throws IOException {
        requireOrSkip(isRoot(), "needs root");
        requireOrSkip(hasCommand("ip"), "needs the command ip (iproute2)");
        requireOrSkip(!PcapLibrary.obstacle().contains("libpcap"), "needs libpcap");
        String name = "l1-pcap-" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36);
        left = name + "-l";
        right = name + "-r";
        try {
            for (String space : List.of(left, right)) {
                run("ip", "netns", "add", space);
                run("ip", "netns", "exec", space, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1");
                run("ip", "netns", "exec", space, "sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1");
            }
            connect();
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Make the two interfaces, as they were at first. */
    void connect() throws IOException {
        run("ip", "-n", left, "link", "add", "left", "type", "veth", "peer", "name", "right", "netns", right);
        run("ip", "-n", left, "link", "set", "left", "up");
        run("ip", "-n", right, "link", "set", "right", "up");
    }

    /** Run the command {@code ip} in the left namespace. */
    void left(String... arguments) throws IOException {
        run(join(List.of("ip", "-n", left), arguments));
    }

    /** Run the command {@code ip} in the right namespace. */
    void right(String... arguments) throws IOException {
        run(join(List.of("ip", "-n", right), arguments));
    }

    /** What begins a command that is to run in the left namespace. */
    List<String> inLeft() {
        return List.of("ip", "netns", "exec", left);
    }

    /** What begins a command that is to run in the right namespace. */
    List<String> inRight() {
        return List.of("ip", "netns", "exec", right);
    }

    @Override
    public void close() throws IOException {
        for (String space : List.of(left, right)) {
            if (Files.exists(Path.of("/run/netns", space))) {
                run("ip", "netns", "del", space);
            }
        }
    }

    private static String[] join(List<String> first, String... rest) {
        String[] all = first.toArray(new String[first.size() + rest.length]);
        System.arraycopy(rest, 0, all, first.size(), rest.length);
        return all;
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(String.join(" ", command));
        }
    }

    private static boolean isRoot() throws IOException {
        return run("id", "-u").strip().equals("0");
    }

    static boolean hasCommand(String name) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }

    static void requireOrSkip(boolean condition, String need) {
        if (!condition && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(need + ", which CI has to have");
        }
        assumeTrue(condition, need);
    }
}
