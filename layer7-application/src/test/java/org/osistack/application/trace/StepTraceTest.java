package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StepTraceTest {
    private final List<String> lines = new ArrayList<>();
    private final List<Integer> turnsAfterwards = new ArrayList<>();
    private final TurnPrinter afterwards = steps -> turnsAfterwards.add(steps.size());

    /** Keys that a test presses, and {@code q} at the end. */
    private static StepKeys keys(String pressed) {
        return new StepKeys() {
            private int at;

            @Override
            public char next() {
                return at < pressed.length() ? pressed.charAt(at++) : 'q';
            }

            @Override
            public boolean isImmediate() {
                return true;
            }
        };
    }

    private List<String> step(String pressed) {
        StepTrace trace = new StepTrace(
                new Page(lines::add, 100, false), TraceFilter.of(List.of()), keys(pressed), true, afterwards);
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", trace)) {
            lab.associate().say("Hello, Bob").say("Another");
        }
        return lines.stream()
                .filter(line -> line.startsWith("["))
                .map(line -> line.replaceAll(" {3,}.*", ""))
                .toList();
    }

    @Test
    void enterShowsTheNextStep() {
        assertThat(step("\n\n\n")).containsExactly("[1] alice", "[2] alice", "[3] alice", "[4] bob");
    }

    @Test
    void nGoesToTheNextMessage() {
        step("nn");
        assertThat(lines.stream().filter(line -> line.contains("7 application")))
                .hasSize(2)
                .anyMatch(line -> line.contains("\"Hello, Bob\""))
                .anyMatch(line -> line.contains("\"Another\""));
    }

    @Test
    void bGoesBackInTheRecording() {
        assertThat(step("\n\nbb\n"))
                .containsExactly("[1] alice", "[2] alice", "[3] alice", "[2] alice", "[1] alice", "[2] alice");
    }

    @Test
    void beforeTheFirstStepThereIsNothing() {
        step("b");
        assertThat(lines).contains(" this is the first step that is recorded");
    }

    @Test
    void fShowsTheFields() {
        step("nf");
        assertThat(lines).anyMatch(line -> line.contains("UTF8String, 10 octets"));
    }

    @Test
    void qLetsTheRestRunOn() {
        assertThat(step("q")).containsExactly("[1] alice");
        assertThat(turnsAfterwards).hasSizeGreaterThan(20);
    }

    @Test
    void otherKeysGetHelp() {
        step("?");
        assertThat(lines).contains(" Enter next step   n next message   b back   f fields   q run on");
    }

    @Test
    @Timeout(30)
    void inRealTimeTheHostsDoNotWait() throws InterruptedException {
        SynchronousQueue<Character> pressed = new SynchronousQueue<>();
        StepKeys slow = new StepKeys() {
            @Override
            public char next() {
                try {
                    return pressed.take();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return 'q';
                }
            }

            @Override
            public boolean isImmediate() {
                return false;
            }
        };
        StepTrace trace =
                new StepTrace(new Page(lines::add, 100, false), TraceFilter.of(List.of()), slow, false, afterwards);
        TraceLab lab = new TraceLab(TraceLab.ISO, "", trace).associate().say("Hello, Bob"); // with no key pressed
        assertThat(lab.bobsLog).anyMatch(line -> line.endsWith("Hello, Bob"));
        for (char key : new char[] {'n', 'q'}) {
            assertThat(pressed.offer(key, 10, TimeUnit.SECONDS)).isTrue();
        }
        lab.close();
        assertThat(lines).anyMatch(line -> line.contains("\"Hello, Bob\""));
    }

    @Test
    void theRecordingIsBounded() {
        RecordedSteps some = new RecordedSteps();
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", some)) {
            lab.associate();
        }
        StepTrace trace = new StepTrace(
                new Page(lines::add, 100, false),
                TraceFilter.of(List.of()),
                keys("b".repeat(StepTrace.MAX_STEPS + 5)),
                true,
                afterwards);
        List<Step> many = new ArrayList<>();
        while (many.size() <= StepTrace.MAX_STEPS + 100) {
            many.addAll(some.all);
        }
        trace.turn(many);

        assertThat(lines).anyMatch(line -> line.contains("steps are missing here: the recording was full"));
        trace.close();
    }
}
