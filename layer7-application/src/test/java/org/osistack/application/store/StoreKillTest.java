package org.osistack.application.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.core.Octets;

/** Processes that are killed, or get no more of the disk, while they commit. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StoreKillTest {
    private static final int KILLS = 20;

    @TempDir
    private Path folder;

    private int reported;

    @Test
    void keepsExactlyWhatWasCommittedHoweverOftenItsProcessIsKilled() throws Exception {
        Path file = folder.resolve("store");
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < KILLS; i++) {
            Process writer = start("exec \"$@\"", file);
            boolean fromTheBeginning = i % 4 == 3; // in the middle of opening, or before
            int delay = random.nextInt(fromTheBeginning ? 500 : 200);
            BufferedReader numbers = reader(writer);
            if (!fromTheBeginning) {
                report(numbers.readLine());
            }
            CompletableFuture<Void> kill = CompletableFuture.runAsync(
                    writer.toHandle()::destroyForcibly, // what is in the pipe stays to be read
                    CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS));
            for (String line = numbers.readLine(); line != null; line = numbers.readLine()) {
                report(line);
            }
            kill.join();
            assertThat(writer.waitFor()).isEqualTo(128 + 9); // SIGKILL

            assertThat(checked(file)).isBetween(reported, reported + 1); // the kill may come before the report
        }
        assertThat(reported).isGreaterThan(KILLS);
    }

    @Test
    void saysThatTheDiskIsFullAndKeepsWhatWasCommitted() throws Exception {
        Path file = folder.resolve("store");
        Process writer = start("ulimit -f 2048; exec \"$@\"", file); // 1 or 2 MiB: shells differ
        BufferedReader numbers = reader(writer);
        for (String line = numbers.readLine(); line != null; line = numbers.readLine()) {
            report(line);
        }
        assertThat(writer.waitFor()).isZero();
        assertThat(new String(writer.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("the store " + file + " cannot be written: ");

        assertThat(reported).isPositive();
        assertThat(checked(file)).isEqualTo(reported);
    }

    private void report(String line) {
        int number = Integer.parseInt(line);
        assertThat(number).isGreaterThan(reported);
        reported = number;
    }

    /** Open the store, see that nothing in it is half: the number of the last record. */
    private static int checked(Path file) throws StoreException {
        try (Store store = Store.open(file)) {
            int last = RecordWriter.last(store);
            int kept = Math.min(last, RecordWriter.KEPT);
            assertThat(store.map("records").size()).isEqualTo(kept);
            assertThat(store.map("copies").size()).isEqualTo(kept);
            for (int number = last - kept + 1; number <= last; number++) {
                Octets record = RecordWriter.record(number);
                assertThat(store.map("records").get("" + number)).isEqualTo(record);
                assertThat(store.map("copies").get("" + number)).isEqualTo(record);
            }
            for (int number = Math.max(1, last - RecordWriter.COUNTERS + 1); number <= last; number++) {
                assertThat(store.map("counters").get("" + number % RecordWriter.COUNTERS))
                        .isEqualTo(Octets.ofText("" + number));
            }
            return last;
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static Process start(String shell, Path file) throws IOException, URISyntaxException {
        List<String> places = new ArrayList<>();
        for (Class<?> type : List.of(RecordWriter.class, Store.class, Octets.class, MVStore.class)) {
            places.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        shell,
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        String.join(System.getProperty("path.separator"), places),
                        RecordWriter.class.getName(),
                        file.toString(),
                        Long.toString(Store.STANDARD_LIMIT))
                .start();
    }
}
