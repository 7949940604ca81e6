package org.osistack.application.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.OsiProcess;
import org.osistack.application.net.Program;

/** A server that serves its users alone, and processes of users and others. */
class UsersIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String MAIN = "org.osistack.application/org.osistack.application.cli.Main";

    @TempDir
    private Path folder;

    private final String segment = "users" + ProcessHandle.current().pid();
    private final List<Program> programs = new ArrayList<>();

    @AfterEach
    void endAll() {
        programs.forEach(Program::close);
    }

    /** Start it with a password in its environment. */
    private Program osi(String password, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "OSI_PASSWORD=" + password));
        command.addAll(OsiProcess.command(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"), MAIN, arguments));
        Program program = Program.start(command);
        programs.add(program);
        return program;
    }

    private Program onSegment(String password, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--l1", "segment:" + segment));
        return osi(password, all.toArray(String[]::new));
    }

    private Program echo(String password, String name, String... more) {
        List<String> all = new ArrayList<>(List.of("echo", "bob", "-c", "1", "--name", name));
        all.addAll(List.of(more));
        Program echo = onSegment(password, all.toArray(String[]::new));
        echo.awaitEnd(LONG);
        return echo;
    }

    private void add(String file, String name, String password, String... more) {
        List<String> all = new ArrayList<>(List.of("user", "add", file, name));
        all.addAll(List.of(more));
        Program add = osi("", all.toArray(String[]::new));
        add.say(password);
        add.endInput();
        assertThat(add.awaitEnd(LONG)).as(add.toString()).isZero();
    }

    @Test
    void aServerServesItsUsersAlone() throws Exception {
        String users = folder.resolve("users").toString();
        add(users, "alice", "wonderland");
        add(users, "carol", "christmas", "--applications", "chat");
        Program bob = onSegment("", "serve", "echo", "--users", users, "--password-plain")
                .await("ready: bob", LONG);

        assertThat(echo("wonderland", "a", "--user", "alice").output()).contains("1 of 1 came back");
        assertThat(echo("wonderland", "b", "--user", "alice", "--password-plain")
                        .output())
                .contains("1 of 1 came back");
        assertThat(echo("wonder", "c", "--user", "alice").errors()).contains("authentication failed");
        assertThat(echo("christmas", "d", "--user", "carol").errors()).contains("carol may not use echo");
        assertThat(echo("", "e").errors()).contains("authentication is required");
        add(users, "dave", "2001");
        assertThat(echo("2001", "f", "--user", "dave").output()).contains("1 of 1 came back");

        Program second = onSegment("", "serve", "echo", "--users", users, "--name", "eve");
        assertThat(second.awaitEnd(LONG)).isEqualTo(Osi.FAILURE);
        assertThat(second.errors()).contains("the store " + users + ".store is in use by another process");
        assertThat(bob.errors()).isEmpty();
        assertThat(Files.readString(Path.of(users)))
                .doesNotContain("wonderland")
                .doesNotContain("2001\n");
    }
}
