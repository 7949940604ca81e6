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
import org.osistack.application.net.Needs;
import org.osistack.application.net.Program;
import org.osistack.application.net.Verdict;

/**
 * Processes on one machine, as a newcomer starts them: joined by a segment, with no rights, no addresses and no names but
 * those of the hosts. They find their addresses (RFC 3927) and one another (RFC 6762) by themselves.
 */
class OneMachineIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final String segment = "it" + ProcessHandle.current().pid();
    private final List<Program> programs = new ArrayList<>();

    @AfterEach
    void endAll() {
        programs.forEach(Program::close);
    }

    private Program osi(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--l1", "segment:" + segment));
        Program program = Osi.start(all.toArray(String[]::new));
        programs.add(program);
        return program;
    }

    private static void assertSucceeds(Program program) {
        assertThat(program.awaitEnd(LONG)).as(program.toString()).isZero();
    }

    @Test
    void findOneAnotherTalkAndSendFiles() throws Exception {
        Needs.command("tshark", "tshark");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Path file = folder.resolve("file");
        String hash = Octets.write(file, 20 * Octets.MEGABYTE, 13);
        Path capture = folder.resolve("alice.pcapng"); // not of the file: a slow member of a segment misses frames

        Program bob = osi("serve", "chat", "file=" + shared).await("ready: bob", LONG);
        Program send = osi("send", "bob", file.toString(), "--name", "dora");
        Program ping = osi("ping", "bob", "-c", "2", "--name", "eve");

        assertSucceeds(send);
        assertThat(Octets.sha256(shared.resolve("file"))).isEqualTo(hash);
        assertSucceeds(ping);
        assertThat(ping.output()).contains("2 of 2 came back");
        Program alice = osi("chat", "bob", "--capture", capture.toString());
        Program carol = osi("chat", "bob", "--name", "carol");
        alice.await("talking with", LONG);
        carol.await("talking with", LONG);
        bob.await("has come in").await("has come in");
        alice.say("good morning");
        carol.await("good morning");
        bob.await("good morning");
        bob.say("same to you");
        alice.await("same to you");
        carol.await("same to you");

        alice.endInput();
        carol.endInput();
        assertSucceeds(alice);
        assertSucceeds(carol);
        bob.terminate();
        assertThat(bob.awaitEnd(LONG)).isEqualTo(128 + 15); // as shells say SIGTERM
        assertThat(bob.errors()).isEmpty();
        Judge.assertNothingWrong(Verdict.of(capture));
    }

    @Test
    void goOnWithoutAMemberThatWasKilled() {
        Program bob = osi("serve", "chat").await("ready: bob", LONG); // the first member: the segment's hub is its
        Program carol = osi("serve", "chat", "--name", "carol");
        String[] impatient = {"chat", "bob", "--name", "dora", "--l4", "tcp:keep-alive=1s", "--l4", "tpkt"};
        Program toBob = osi(impatient).await("talking with", LONG);
        carol.await("ready: carol", LONG);
        Program toCarol = osi("chat", "carol").await("talking with", LONG);

        bob.kill();

        toCarol.say("are you still there?");
        carol.await("are you still there?");
        carol.say("of course");
        toCarol.await("of course");
        Program newBob = osi("serve", "chat");
        assertThat(toBob.awaitEnd(LONG)).as(toBob.toString()).isEqualTo(Osi.FAILURE);
        assertThat(toBob.errors()).contains("any more");
        newBob.await("ready: bob", LONG); // both the segment and the name can be joined and had again
        Program newcomer = osi("chat", "bob", "--name", "eve").await("talking with", LONG);
        newcomer.endInput();
        assertSucceeds(newcomer);
        assertThat(newBob.isRunning()).isTrue();
    }
}
