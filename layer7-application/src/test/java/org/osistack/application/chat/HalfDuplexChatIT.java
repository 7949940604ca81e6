package org.osistack.application.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.net.OsiProcess;
import org.osistack.application.net.Program;

/** {@code osi serve chat=half-duplex} and {@code osi chat --half-duplex} as processes that read plain lines. */
class HalfDuplexChatIT {
    private static final String MAIN = "org.osistack.application/org.osistack.application.cli.Main";
    private static final Duration LONG = Duration.ofMinutes(2);

    private final String segment = "hd" + ProcessHandle.current().pid();
    private final List<Program> programs = new ArrayList<>();

    @AfterEach
    void endAll() {
        programs.forEach(Program::close);
    }

    private Program osi(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--l1", "segment:" + segment));
        Program program = OsiProcess.start(MAIN, all.toArray(String[]::new));
        programs.add(program);
        return program;
    }

    private static void assertFailsWith(Program program, String sentence) {
        assertThat(program.awaitEnd(LONG)).as(program.toString()).isEqualTo(1);
        assertThat(program.errors()).contains(sentence);
    }

    @Test
    void oneAtATimeHasTheFloor() {
        Program bob = osi("serve", "chat=half-duplex").await("ready: bob", LONG);
        Program ann = osi("chat", "--half-duplex", "bob", "--name", "ann");
        Program carol = osi("chat", "--half-duplex", "bob", "--name", "carol");
        Program dave = osi("chat", "bob", "--name", "dave");
        ann.await("bob has the floor", LONG);
        carol.await("bob has the floor", LONG);
        assertFailsWith(dave, "no talk with bob: in this room one at a time has the floor: come with --half-duplex");

        ann.say("good morning");
        ann.await("bob has the floor: /please asks for it, !TEXT speaks out of turn; not said: good morning");
        ann.say("/please");
        ann.await("you have the floor");
        carol.await("ann has the floor");
        ann.say("good day");
        carol.await("ann: good day");
        carol.say("!psst");
        ann.await("carol (out of turn): psst");
        carol.say("/please");
        ann.await("carol asks for the floor: /give hands it over");
        ann.say("/who");
        ann.await("you have the floor; carol asks for it; bob listen");
        bob.say("/please");
        ann.await("bob asks for the floor");
        ann.say("/give");
        carol.await("you have the floor");
        carol.endInput(); // who has the floor leaves: it goes to bob, who has asked for it
        assertThat(carol.awaitEnd(LONG)).as(carol.toString()).isZero();
        bob.await("you have the floor");
        bob.say("good evening");
        ann.await("bob: good evening");

        ann.endInput();
        assertThat(ann.awaitEnd(LONG)).as(ann.toString()).isZero();
        bob.await("ann has left");
        assertThat(bob.output())
                .contains("ann: good day", "carol (out of turn): psst", "carol has left")
                .doesNotContain("good morning");
        bob.terminate();
        assertThat(bob.awaitEnd(LONG)).isEqualTo(128 + 15);
        assertThat(bob.errors()).isEmpty();
    }

    @Test
    void saysInASentenceWhatIsWrong() {
        String[] internet = {"--stack", "internet"};
        assertFailsWith(
                osi("serve", "chat=half-duplex", internet[0], internet[1]),
                "chat: this stack has no half-duplex: it needs a session layer, such as x225");
        assertFailsWith(osi("serve", "chat=simplex"), "chat: a room is half-duplex, or nothing is said about it");
        Program bob = osi("serve", "chat").await("ready: bob", LONG);
        assertFailsWith(
                osi("chat", "--half-duplex", "bob", "--name", "ann"),
                "no talk with bob: in this room all speak at any time: come without --half-duplex");
        assertFailsWith(
                osi("chat", "--half-duplex", "bob", "--name", "carol", internet[0], internet[1]),
                "this stack has no half-duplex: it needs a session layer, such as x225");
        assertThat(bob.isRunning()).isTrue();
    }
}
