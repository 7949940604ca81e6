package org.osistack.application.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Program;

/**
 * {@code kill -9} of the processes that send and receive a file, at random instants: whoever was killed is started again
 * with the same command, and in the end the file is there, once, and equal.
 */
class FileKillIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final long LONGEST_LIFE_NANOS = 4_000_000_000L;

    @TempDir
    private Path folder;

    private final String medium = "segment:kill" + ProcessHandle.current().pid() + ",rate=80M";
    private final SplittableRandom random = new SplittableRandom(4);
    private Program alice;
    private Program bob;

    @AfterEach
    void endAll() {
        for (Program program : new Program[] {alice, bob}) {
            if (program != null) {
                program.close();
            }
        }
    }

    @Test
    void aFileSurvivesTheDeathOfItsSenderAndItsReceiver() throws Exception {
        survives(20, 10);
    }

    /** Takes most of an hour. */
    @Test
    @EnabledIfSystemProperty(named = "osi.kill.long", matches = "true")
    void alsoTwoHundredTimes() throws Exception {
        survives(200, 200);
    }

    private void survives(int megabytes, int kills) throws Exception {
        Path file = folder.resolve("file");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        String hash = Octets.write(file, megabytes * Octets.MEGABYTE, 17);
        startBob(shared);
        startAlice(file);
        int resumed = 0;
        for (int killed = 0; killed < kills; ) {
            LockSupport.parkNanos(random.nextLong(LONGEST_LIFE_NANOS));
            resumed += alice.errors().contains("going on") ? 1 : 0;
            if (!alice.isRunning()) {
                assertThat(alice.awaitEnd(LONG)).as(alice.toString()).isZero();
                assertThat(Octets.sha256(shared.resolve("file"))).isEqualTo(hash);
                alice.close();
                Files.delete(shared.resolve("file"));
                startAlice(file);
            } else if (random.nextBoolean()) {
                alice.kill();
                alice.close();
                startAlice(file);
                killed++;
            } else {
                bob.kill();
                bob.close();
                startBob(shared);
                killed++;
            }
        }

        assertThat(alice.awaitEnd(LONG)).as(alice.toString()).isZero();
        assertThat(Octets.sha256(shared.resolve("file"))).isEqualTo(hash);
        try (Stream<Path> all = Files.list(shared)) {
            assertThat(all.toList()).containsExactly(shared.resolve("file"));
        }
        assertThat(resumed).isPositive();
    }

    private void startAlice(Path file) {
        alice = Osi.start(
                "send",
                "10.0.0.2",
                file.toString(),
                "--l1",
                medium,
                "--l3",
                "ipv4:10.0.0.1/24",
                "--store",
                folder.resolve("alice").toString(),
                "--patience",
                "120s");
    }

    private void startBob(Path shared) {
        bob = Osi.start(
                "serve",
                "file=" + shared,
                "--l1",
                medium,
                "--l3",
                "ipv4:10.0.0.2/24",
                "--store",
                folder.resolve("bob").toString());
        bob.await("ready: bob", LONG);
    }
}
