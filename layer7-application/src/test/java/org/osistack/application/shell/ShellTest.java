package org.osistack.application.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.shell.ShellLab.Person;

/** Sessions of a shell over all seven layers, with programs that do what the test says. */
class ShellTest {
    private static final String LONG_LINE = "x".repeat(4000) + "\n";

    private ShellLab lab = new ShellLab(ShellLab.WITH_ACTIVITIES);

    @AfterEach
    void noPduLeaks() {
        assertThat(lab.outstanding()).isZero();
    }

    /** Somebody at a server that has just begun, who has typed that line and seen what comes of it at once. */
    private Person whoTypes(String line) {
        Person person = lab.serve().come(1);
        person.client.type(line);
        lab.run(1);
        return person;
    }

    @Test
    void runsWhatIsAllowedWithTheWordsAsTheyAreTyped() {
        Person person = lab.serve().come(1);
        assertThat(person.isKept).isTrue();
        person.client.type("log a  b");
        lab.run(1);
        assertThat(lab.process().words).containsExactly("/bin/log", "-x", "a", "b");
        lab.process().say("one\n");
        lab.process().complain("two\n");
        lab.process().end(3);
        lab.run(1);
        person.client.type("echo $(rm -rf /) ; `date` | \"x\" > y &");
        lab.run(1);

        assertThat(person.events)
                .containsExactly(
                        "$ log a  b",
                        "one",
                        "! two",
                        "= 3",
                        "$ echo $(rm -rf /) ; `date` | \"x\" > y &",
                        "$(rm -rf /) ; `date` | \"x\" > y &",
                        "= 0");
        assertThat(lab.processes).hasSize(1);
    }

    @Test
    void refusesWhatIsNotAllowed() {
        Person person = lab.serve().come(1);
        for (String line : List.of("rm -rf /", "talk x", "log A", "log a b c", "secret", "log a;b", " ")) {
            person.client.type(line);
            lab.run(1);
        }

        assertThat(lab.processes).isEmpty();
        assertThat(person.events)
                .filteredOn(event -> event.startsWith("="))
                .containsExactly(
                        "= 1 there is no command rm; help lists those that there are",
                        "= 1 talk takes no arguments",
                        "= 1 log does not take the argument A",
                        "= 1 log takes at most 2 arguments",
                        "= 1 you may not run secret",
                        "= 1 log does not take the argument a;b",
                        "= 0");
        assertThat(person.client.isIdle()).isTrue();
    }

    @Test
    void oneCommandRunsAtATimeAndTheOthersWait() {
        Person person = lab.serve().come(1);
        person.client.type("talk");
        person.client.type("log b");
        lab.run(1);
        assertThat(lab.processes).hasSize(1);
        lab.process().end(0);
        lab.run(1);
        assertThat(lab.processes).hasSize(2);
        lab.process().end(0);
        lab.run(1);
        assertThat(person.events).containsExactly("$ talk", "= 0", "$ log b", "= 0");
    }

    @Test
    void theCommandGoesOnWithoutAConnectionAndTheScreenGoesOnWhereItWas() {
        Person person = whoTypes("talk");
        List<String> expected = new ArrayList<>(List.of("$ talk"));
        for (int i = 0; i < 300; i++) {
            lab.process().say(i + "\n");
            expected.add("" + i);
            if (i == 100) {
                lab.cut();
            } else if (i == 150) {
                person.client.type("log c"); // goes along when there is a connection again
            } else if (i == 200) {
                lab.join();
            }
            lab.run(i > 100 && i < 200 ? 1 : 0);
        }
        lab.process().end(0);
        lab.run(60);
        expected.addAll(List.of("= 0", "$ log c"));

        assertThat(person.losses).isPositive();
        assertThat(person.events).isEqualTo(expected);
        assertThat(lab.log).contains("session 1 of alice (10.0.0.1) goes on");
        assertThat(lab.sessions.size()).isEqualTo(1);
    }

    @Test
    void aCommandThatSaysTooMuchWhileNobodyListensIsHeldBack() {
        Person person = whoTypes("talk");
        lab.cut();
        lab.run(60);
        int said = 0;
        while (!lab.process().isHeld) {
            lab.process().say(LONG_LINE);
            said++;
            assertThat(said).isLessThan(100);
        }
        assertThat(said * LONG_LINE.length()).isLessThanOrEqualTo(OutputLog.WINDOW);
        lab.join();
        lab.run(60);

        assertThat(lab.process().isHeld).isFalse();
        lab.process().end(0);
        lab.run(1);
        assertThat(person.text).hasToString(LONG_LINE.repeat(said));
        assertThat(person.events).last().isEqualTo("= 0");
    }

    @Test
    void aPersonWhoReadsSlowlyHoldsTheCommandBack() {
        Person person = whoTypes("talk");
        person.client.hold(true);
        int said = 0;
        while (!lab.process().isHeld) {
            lab.process().say(LONG_LINE);
            said++;
            lab.run(0);
            assertThat(said).isLessThan(1000);
        }
        person.client.hold(false);
        lab.run(5);
        assertThat(lab.process().isHeld).isFalse();
        assertThat(person.text).hasToString(LONG_LINE.repeat(said));
    }

    @Test
    void anInterruptPurgesWhatIsUnderWayAndStopsWhatRunsAndWaits() {
        Person person = lab.serve().come(1);
        person.client.type("talk");
        person.client.type("log z");
        lab.run(1);
        lab.process().say("before\n");
        lab.run(1);
        person.client.interrupt();
        lab.process().say("under way\n");
        lab.run(1);
        lab.process().say("too late\n");
        assertThat(lab.process().isKilled).isTrue();
        lab.process().end(143);
        person.client.type("echo next");
        lab.run(1);

        assertThat(person.events).containsExactly("$ talk", "before", "^C", "$ echo next", "next", "= 0");
        assertThat(lab.processes).hasSize(1);
    }

    @Test
    void anInterruptWithoutAConnectionIsObeyedWhenThereIsOneAgain() {
        Person person = whoTypes("talk");
        lab.cut();
        lab.run(40);
        person.client.interrupt();
        person.client.type("echo next");
        lab.process().say("meanwhile\n");
        lab.join();
        lab.run(30);
        assertThat(lab.process().isKilled).isTrue();
        lab.process().end(143);
        lab.run(1);
        assertThat(person.events).endsWith("^C", "$ echo next", "next", "= 0");
    }

    @Test
    void aCommandThatTakesTooLongOrSaysTooMuchIsStopped() {
        Person person = lab.serve().come(1);
        person.client.type("log a");
        lab.run(59);
        assertThat(lab.process().isKilled).isFalse();
        lab.run(2);
        assertThat(lab.process().isKilled).isTrue();
        lab.process().end(143);
        person.client.type("talk");
        lab.run(1);
        while (!lab.process().isKilled) {
            lab.process().say(LONG_LINE);
            lab.run(0);
        }
        lab.process().end(143);
        lab.run(10);
        assertThat(person.events).contains("= 143 it took longer than 60 s", "= 143 it wrote more than 1048576 octets");
        assertThat(person.text).hasSize(1 << 20);
    }

    @Test
    void anotherProcessOfTheClientSeesTheScreenAndGoesOn() {
        Person first = whoTypes("talk");
        for (int i = 0; i < 3000; i++) {
            lab.process().say("line " + i + "\n");
            lab.run(0);
        }
        lab.run(5);
        first.client.detach();
        lab.run(1);
        lab.process().say("unseen\n");
        Person second = lab.comeBack(1);

        assertThat(second.client.isIdle()).isFalse();
        assertThat(second.events).endsWith("line 2998", "line 2999", "unseen");
        assertThat(second.events).hasSizeBetween(OutputLog.SCREEN_LINES, 2 * OutputLog.SCREEN_LINES + 400);
        lab.process().end(0);
        second.client.type("echo on");
        lab.run(1);
        assertThat(second.events).endsWith("unseen", "= 0", "$ echo on", "on", "= 0");
        second.client.exit();
        lab.run(1);
        assertThat(second.isOver).isTrue();
        assertThat(second.problem).isNull();
        assertThat(lab.sessions.size()).isZero();
    }

    @Test
    void theNewestConnectionHasTheSession() {
        Person first = lab.serve().come(1);
        Person second = lab.comeBack(1);
        assertThat(second.isIn).isTrue();
        second.client.type("echo x");
        lab.run(1);
        assertThat(second.events).contains("x");
        assertThat(lab.sessions.size()).isEqualTo(1);
        second.client.exit();
        lab.run(30);
        assertThat(second.isOver).isTrue();
        assertThat(first.problem).isEqualTo("the session goes on at another place");
        assertThat(first.isGone).isFalse();
    }

    @Test
    void aSessionToWhichNobodyComesBackIsEndedWithItsCommand() {
        Person person = whoTypes("talk");
        person.client.detach();
        lab.run(119);
        assertThat(lab.process().isKilled).isFalse();
        lab.run(2);
        assertThat(lab.process().isKilled).isTrue();
        lab.process().end(143);
        assertThat(lab.sessions.size()).isZero();
        assertThat(lab.log).contains("session 1 of alice (10.0.0.1) has ended: nobody came back within 120 s");
        Person late = lab.comeBack(1);
        assertThat(late.isGone).isTrue();
        assertThat(late.problem).contains("there is no such session here");
    }

    @Test
    void thereAreOnlySoManySessions() {
        lab.serve();
        lab.come(1);
        Person second = lab.come(2);
        Person third = lab.come(3);
        assertThat(second.isIn).isTrue();
        assertThat(third.problem)
                .contains("alice (10.0.0.1) has 2 sessions already, as many as one may have at a time");
        second.client.exit();
        lab.run(1);
        assertThat(lab.come(3).isIn).isTrue();
    }

    @Test
    void whoHasNoNameIsKnownByItsAddressAlone() {
        assertThat(ShellSessions.address("alice (10.0.0.1)")).isEqualTo("10.0.0.1");
        assertThat(ShellSessions.address("a (10.9.9.9) (10.0.0.1)")).isEqualTo("10.0.0.1");
        assertThat(ShellSessions.address("10.0.0.1:49152")).isEqualTo("10.0.0.1");
        assertThat(ShellSessions.address("alice (4700050001)")).isEqualTo("4700050001");
    }

    @Test
    void exitWaitsForWhatRuns() {
        Person person = lab.serve().come(1);
        person.client.type("talk");
        person.client.exit();
        lab.run(5);
        assertThat(person.isOver).isFalse();
        lab.process().say("last\n");
        lab.process().end(0);
        lab.run(1);
        assertThat(person.events).containsExactly("$ talk", "last", "= 0");
        assertThat(person.isOver).isTrue();
        assertThat(person.problem).isNull();
    }

    @Test
    void moreLinesThanCanWaitAreNotTaken() {
        Person person = lab.serve().come(1);
        lab.cut();
        for (int i = 0; i < Terminal.MAX_WAITING; i++) {
            assertThat(person.client.mayType()).isTrue();
            person.client.type("echo " + i);
        }
        assertThat(person.client.mayType()).isFalse();
        lab.join();
        lab.run(60);
        assertThat(person.events).hasSize(3 * Terminal.MAX_WAITING).endsWith("63", "= 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp none plain", "tcp tpkt none plain", "tcp mux x226"})
    void withoutActivitiesItWorksAndEndsWithTheConnection(String upper) {
        assertThat(lab.outstanding()).isZero();
        lab = new ShellLab(upper);
        Person person = lab.serve().come(1);
        assertThat(person.isIn).isTrue();
        assertThat(person.isKept).isFalse();
        person.client.type("talk");
        lab.run(1);
        lab.process().say("a\n");
        lab.run(1);
        person.client.interrupt();
        lab.run(1);
        lab.process().end(143);
        person.client.type("echo b");
        lab.run(1);
        assertThat(person.events).containsExactly("$ talk", "a", "^C", "$ echo b", "b", "= 0");
        person.client.exit();
        lab.run(1);
        assertThat(person.problem).isNull();
        assertThat(lab.sessions.size()).isZero();

        Person second = lab.come(2);
        second.client.type("talk");
        lab.run(1);
        second.client.detach();
        lab.run(60);
        assertThat(lab.process().isKilled).isTrue();
        assertThat(lab.sessions.size()).isZero();
    }

    @Test
    void theBuiltInCommandsTellAboutServerAndSession() {
        Person person = lab.serve().come(1);
        for (String line : List.of("date", "uptime", "whoami", "session", "count 2 10", "help")) {
            person.client.type(line);
            lab.run(1);
        }
        assertThat(person.events)
                .contains("1970-01-01 00:00:00 +00:00", "up 0:00:03", "nobody asked who you are", "1", "2")
                .anyMatch(event -> event.startsWith("session 1 (010000), 0:00:03 old, on its association 1"));
        assertThat(person.text).contains("help       what can be run here\n").doesNotContain("secret");
    }

    @Test
    void theStoryOfASessionCanBeRead() {
        assertThat(lab.outstanding()).isZero();
        lab = new ShellLab(ShellLab.WITH_ACTIVITIES, true);
        whoTypes("echo hello");
        assertThat(lab.story)
                .contains(
                        "alice DOWN line: input 1 \"echo hello\"",
                        "bob DOWN started: input 1 \"echo hello\"",
                        "bob DOWN output: \"hello \"",
                        "alice UP finished: input 1, exit code 0");
    }
}
