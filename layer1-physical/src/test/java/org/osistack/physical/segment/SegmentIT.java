package org.osistack.physical.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one segment, some of which die. */
@Timeout(120)
class SegmentIT {
    private final List<Process> children = new ArrayList<>();

    @TempDir
    private Path folder;

    private Member member;

    @AfterEach
    void killTheChildren() throws Exception {
        for (Process child : children) {
            child.destroyForcibly();
        }
        for (Process child : children) {
            child.waitFor();
        }
        if (member != null) {
            member.close();
        }
    }

    @Test
    void processesHearEachOther() throws Exception {
        start(1);
        start(2);
        member = new Member("test", folder.resolve("s"), "lab");

        member.send("50aa");

        assertThat(Set.of(member.next(10_000), member.next(10_000))).containsExactlyInAnyOrder("5201aa", "5202aa");
    }

    @Test
    void trafficResumesWithinASecondWhenTheHubIsKilled() throws Exception {
        Process hub = start(1);
        start(2);
        start(3);
        member = new Member("test", folder.resolve("s"), "lab");
        awaitAnswers(Set.of(1, 2, 3));

        hub.destroyForcibly(); // SIGKILL
        Duration toResume = awaitAnswers(Set.of(2, 3));

        assertThat(toResume).isLessThan(Duration.ofSeconds(1));
        start(4);
        awaitAnswers(Set.of(2, 3, 4));
    }

    @Test
    void survivesTheDeathOfOneHubAfterTheOther() throws Exception {
        for (int number = 1; number <= 4; number++) {
            start(number);
        }
        member = new Member("test", folder.resolve("s"), "lab");
        awaitAnswers(Set.of(1, 2, 3, 4));

        for (int dead = 1; dead <= 4; dead++) {
            children.get(dead - 1).destroyForcibly();
            Set<Integer> rest = new HashSet<>();
            for (int number = dead + 1; number <= 4; number++) {
                rest.add(number);
            }
            assertThat(awaitAnswers(rest)).isLessThan(Duration.ofSeconds(1));
        }

        start(5);
        awaitAnswers(Set.of(5));
    }

    /** How long it takes until all of these answer a probe. */
    private Duration awaitAnswers(Set<Integer> numbers) throws Exception {
        long begin = System.nanoTime();
        for (int probe = 0; probe < 2000; probe++) {
            member.send("50%04x".formatted(probe));
            Set<Integer> answered = new HashSet<>();
            while (!answered.equals(numbers)) {
                String answer = member.next(20);
                if (answer == null) {
                    break;
                }
                if (answer.startsWith("52") && answer.endsWith("%04x".formatted(probe))) {
                    answered.add(Integer.parseInt(answer.substring(2, 4), 16));
                }
            }
            if (answered.equals(numbers)) {
                return Duration.ofNanos(System.nanoTime() - begin);
            }
        }
        throw new AssertionError("no answers from " + numbers);
    }

    private Process start(int number) throws IOException {
        Path classes = Path.of("target").toAbsolutePath();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes.resolve("classes")
                                + System.getProperty("path.separator")
                                + classes.resolve("test-classes"),
                        SegmentChild.class.getName(),
                        folder.resolve("s").toString(),
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        children.add(child);
        BufferedReader output = child.inputReader(StandardCharsets.UTF_8);
        assertThat(output.readLine()).isEqualTo("ready");
        return child;
    }
}
