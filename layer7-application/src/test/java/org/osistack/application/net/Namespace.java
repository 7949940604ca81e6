package org.osistack.application.net;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace: a machine's network apart from all others. Programs that run in it end with it.
 *
 * <p>It is removed when it is closed, and at the latest when the test's process ends.
 */
public final class Namespace implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Set<Namespace> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Namespace::close)));
    }

    private final String name;
    private final List<Program> programs = new ArrayList<>();

    private Namespace(String name) {
        this.name = name;
    }

    /**
     * Make a namespace without interfaces but a loopback one. The kernel of it keeps silent: no IPv6 of its own.
     *
     * @param role which part it plays in the test, such as {@code alice}; part of its name
     */
    public static Namespace create(String role) {
        Needs.namespaces();
        String project = Path.of("").toAbsolutePath().getParent().getFileName().toString(); // says whose it is
        String name = project + "-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + "-" + role;
        Commands.run("ip", "netns", "add", name);
        Namespace namespace = new Namespace(name);
        OPEN.add(namespace);
        try {
            namespace.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
            namespace.sysctl("net.ipv6.conf.default.disable_ipv6", "1");
            namespace.ip("link", "set", "lo", "up");
            return namespace;
        } catch (RuntimeException | Error e) {
            namespace.close();
            throw e;
        }
    }

    /** By what name {@code ip netns} knows it. */
    public String name() {
        return name;
    }

    /** A command that runs the given one in here. */
    public List<String> command(String... command) {
        return command(Arrays.asList(command));
    }

    /**
     * A command that runs the given one in here. It heeds Ctrl-C even if these tests run in the background of a script,
     * where a shell has what it starts ignore SIGINT.
     */
    public List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name, "env", "--default-signal=INT"));
        all.addAll(command);
        return all;
    }

    /** Run a command in here that has to end well within the usual time. */
    public Commands.Result run(String... command) {
        return attempt(Commands.TIME_LIMIT, command).orFail();
    }

    /** Run a command in here that may end as it likes, but in time. */
    public Commands.Result attempt(Duration limit, String... command) {
        return Commands.attempt(limit, command(command));
    }

    /** Start a command in here that runs on. It is killed when the namespace is closed. */
    public Program start(String... command) {
        return start(Arrays.asList(command));
    }

    /** Start a command in here that runs on. It is killed when the namespace is closed. */
    public Program start(List<String> command) {
        Program program = Program.start(command(command));
        programs.add(program);
        return program;
    }

    /** Run {@code ip} for this namespace. */
    public Commands.Result ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(Arrays.asList(arguments));
        return Commands.attempt(Commands.TIME_LIMIT, command).orFail();
    }

    /** Set a parameter of this namespace's kernel, such as {@code net.ipv4.ip_forward}. */
    public Namespace sysctl(String key, String value) {
        run("sysctl", "-qw", key + "=" + value);
        return this;
    }

    /** Give this namespace's kernel an address on an interface, such as {@code 10.4.0.1/24}. */
    public Namespace address(String device, String address) {
        ip("address", "add", address, "dev", device);
        return this;
    }

    /** Switch an interface on or off. */
    public Namespace up(String device, boolean up) {
        ip("link", "set", device, up ? "up" : "down");
        return this;
    }

    /**
     * Switch what an interface does in the kernel's stead on or off, as {@code ethtool -K} names it. With {@code tx}
     * off, the kernel makes checksums itself and sends no frame longer than the MTU, so that a capture can be judged
     * by them.
     */
    public Namespace offload(String device, String feature, boolean on) {
        Needs.command("ethtool", "ethtool");
        run("ethtool", "-K", device, feature, on ? "on" : "off");
        return this;
    }

    /** End what runs in here and remove the namespace with its interfaces. */
    @Override
    public void close() {
        if (OPEN.remove(this)) {
            programs.forEach(Program::close);
            Commands.attempt(Commands.TIME_LIMIT, List.of("ip", "netns", "del", name))
                    .orFail();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
