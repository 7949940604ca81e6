package org.osistack.application.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A segment that a test has for itself, and the processes of the {@code osi} command that it has started. */
public final class OsiSegment implements AutoCloseable {
    /** How long a process may take for what it does at once on an idle machine. */
    public static final Duration LONG = Duration.ofMinutes(2);

    private static final String MAIN = "org.osistack.application/org.osistack.application.cli.Main";
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-Xmx256m");

    private final String name;
    private final List<Program> programs = new ArrayList<>();

    /** A segment whose name begins so, and is no other process's. */
    public OsiSegment(String name) {
        this.name = name + ProcessHandle.current().pid();
    }

    /**
     * Start the command on the segment.
     *
     * @param password for its environment; empty for none
     */
    public Program start(String password, String... arguments) {
        return startAnywhere(password, with(arguments, "--l1", "segment:" + name));
    }

    private Program startAnywhere(String password, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
        command.addAll(password.isEmpty() ? List.of("-u", "OSI_PASSWORD") : List.of("OSI_PASSWORD=" + password));
        command.addAll(OsiProcess.command(OPTIONS, MAIN, arguments));
        Program program = Program.start(command);
        programs.add(program);
        return program;
    }

    /** Add a user to a file of users, with {@code osi user add}. */
    public void addUser(String file, String user, String password, String... more) {
        Program add = startAnywhere("", with(new String[] {"user", "add", file, user}, more));
        add.say(password);
        add.endInput();
        assertThat(add.awaitEnd(LONG)).as(add.toString()).isZero();
    }

    /** These arguments, and more behind them. */
    public static String[] with(String[] arguments, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** End all that was started. */
    @Override
    public void close() {
        programs.forEach(Program::close);
    }
}
