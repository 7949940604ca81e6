package org.osistack.application.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.osistack.application.net.OsiSegment.LONG;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.OsiSegment;
import org.osistack.application.net.Program;

/** {@code osi serve shell} and {@code osi shell} as processes, with real commands. */
class ShellIT {
    private static final int TICKS = 40;

    @TempDir
    private Path folder;

    private final OsiSegment segment = new OsiSegment("shell");

    @AfterEach
    void endAll() {
        segment.close();
    }

    private String settings() throws Exception {
        return Files.writeString(folder.resolve("shell.json"), """
                        { "commands": [
                            { "name": "ticks", "description": "a line each 200 ms", "seconds": 60,
                              "program": ["/bin/sh", "-c",
                                "i=0; while [ $i -lt %d ]; do i=$((i+1)); echo tick $i.; sleep 0.2; done"] },
                            { "name": "fail", "program": ["/bin/sh", "-c", "echo it failed >&2; exit 3"] },
                            { "name": "say", "program": ["/bin/echo"], "arguments": ".*" } ] }
                        """.formatted(TICKS))
                .toString();
    }

    @Test
    void aKilledClientsNextProcessGoesOnWithTheScreenAndWithoutThePassword() throws Exception {
        String users = folder.resolve("users").toString();
        segment.addUser(users, "alice", "wonderland");
        String state = folder.resolve("state").toString();
        Program bob = segment.start("", "serve", "shell=" + settings(), "--users", users)
                .await("ready: bob", LONG);

        Program first = segment.start("wonderland", "shell", "bob", "--name", "a", "--user", "alice", "--store", state);
        first.await("'help' lists the commands", LONG);
        first.say("whoami");
        first.await("alice");
        first.say("ticks");
        first.await("tick 5.");
        first.kill();
        first.awaitEnd(LONG);
        Program second =
                segment.start("", "shell", "bob", "--name", "b", "--user", "alice", "--store", state, "--resume");
        second.await("tick " + TICKS + ".", LONG);
        second.say("say $(id) > /tmp/x; done");
        second.await("$(id) > /tmp/x; done");
        second.endInput();

        assertThat(second.awaitEnd(LONG)).as(second.toString()).isZero();
        assertThat(second.output()).contains("bob> whoami\nalice\nbob> ticks\n");
        List<String> ticks =
                second.output().lines().filter(line -> line.startsWith("tick ")).toList();
        assertThat(ticks).hasSize(TICKS).doesNotHaveDuplicates().first().isEqualTo("tick 1.");
        assertThat(bob.output())
                .contains("session 1 of alice begins", "session 1 of alice goes on", "session 1 of alice has ended");
    }

    @Test
    void theExitCodeIsThatOfTheLastCommand() throws Exception {
        segment.start("", "serve", "shell=" + settings()).await("ready: bob", LONG);
        Program client = segment.start(
                "", "shell", "bob", "--store", folder.resolve("state").toString());
        client.say("say ok");
        client.say("rm -rf /");
        client.say("fail");
        client.endInput();
        assertThat(client.awaitEnd(LONG)).as(client.toString()).isEqualTo(3);
        assertThat(client.output()).isEqualTo("ok\n");
        assertThat(client.errors())
                .contains("there is no command rm; help lists those that there are", "it failed", "exit code 3");
        Program none = segment.start(
                "",
                "shell",
                "bob",
                "--resume",
                "--store",
                folder.resolve("state").toString());
        assertThat(none.awaitEnd(LONG)).isEqualTo(1);
        assertThat(none.errors()).contains("osi: there is no session with bob to go on with");
    }

    @Test
    void aStackWithoutActivitiesIsSaidToHaveNone() throws Exception {
        Program bob = segment.start("", "serve", "shell", "--stack", "internet").await("ready: bob", LONG);
        assertThat(bob.output()).contains("this stack has no activities: a session ends with its connection");
        Program client = segment.start(
                "",
                "shell",
                "bob",
                "--stack",
                "internet",
                "--store",
                folder.resolve("state").toString());
        client.say("echo plain");
        client.endInput();
        assertThat(client.awaitEnd(LONG)).as(client.toString()).isZero();
        assertThat(client.output()).isEqualTo("plain\n");
        assertThat(client.errors()).contains("the session ends with its connection");
    }
}
