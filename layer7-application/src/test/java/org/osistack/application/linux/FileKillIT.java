package org.osistack.application.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Needs;
import org.osistack.application.net.Program;
import org.osistack.application.net.VethPair;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;

/**
 * {@code kill -9} of the processes that send and receive a file of 200 MB, by turns, at random instants: whoever was killed
 * is started again with the same command. In the end the file is there, once, and equal; no provisional file is left, and
 * neither side remembers anything.
 *
 * <p>{@code -Dosi.kills=100} kills so often on each medium, {@code -Dosi.kills.seed=…} at other instants.
 */
class FileKillIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int KILLS = Integer.getInteger("osi.kills", 6);
    private static final long SEED = Long.getLong("osi.kills.seed", 4);
    private static final int FILE_OCTETS = 200 * Octets.MEGABYTE;
    private static final long LONGEST_LIFE_NANOS = 4_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void aFileSurvivesDeathsOverASegment() throws Exception {
        String segment = "segment:kill" + ProcessHandle.current().pid() + ",rate=80M";
        survives("segment", new Medium() {
            @Override
            public Program alice(String... arguments) {
                return Osi.start(with(arguments, "--l1", segment, "--l3", "ipv4:10.0.0.1/24"));
            }

            @Override
            public Program bob(String... arguments) {
                return Osi.start(with(arguments, "--l1", segment, "--l3", "ipv4:10.0.0.2/24"));
            }
        });
    }

    @Test
    void aFileSurvivesDeathsOverPcap() throws Exception {
        Needs.libpcap();
        String pcap = "pcap:" + VethPair.DEVICE;
        try (VethPair wire = VethPair.create("alice", "bob").withoutOffload()) {
            survives("pcap", new Medium() {
                @Override
                public Program alice(String... arguments) {
                    String ethernet = "ethernet:mac=" + VethPair.LEFT_MAC;
                    return Osi.start(
                            wire.left(), with(arguments, "--l1", pcap, "--l2", ethernet, "--l3", "ipv4:10.0.0.1/24"));
                }

                @Override
                public Program bob(String... arguments) {
                    String ethernet = "ethernet:mac=" + VethPair.RIGHT_MAC;
                    return Osi.start(
                            wire.right(), with(arguments, "--l1", pcap, "--l2", ethernet, "--l3", "ipv4:10.0.0.2/24"));
                }
            });
        }
    }

    /** What joins the two processes. */
    private interface Medium {
        Program alice(String... arguments);

        Program bob(String... arguments);

        default String[] with(String[] arguments, String... stack) {
            List<String> all = new ArrayList<>(Arrays.asList(arguments));
            all.addAll(Arrays.asList(stack));
            return all.toArray(String[]::new);
        }
    }

    private void survives(String name, Medium medium) throws Exception {
        Path file = folder.resolve("file");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        String hash = Octets.write(file, FILE_OCTETS, 17);
        try (Ordeal ordeal = new Ordeal(medium, file, shared, folder, hash)) {
            ordeal.run(new SplittableRandom(SEED));
            System.out.println(name + ": " + ordeal.summary());
        }
        assertThat(remembered(folder.resolve("alice"))).isZero();
        assertThat(remembered(folder.resolve("bob"))).isZero();
    }

    /** How many entries a side's ledger has. */
    private static long remembered(Path states) throws StoreException {
        long entries = 0;
        try (Store store = Store.open(states.resolve("transfers.store"))) {
            for (String map : List.of("transfers", "jobs", "sent", "parts", "served")) {
                entries += store.map(map).size();
            }
        }
        return entries;
    }

    private static final class Ordeal implements AutoCloseable {
        private static final String SENT = "sent file: ";
        private static final String GOING_ON = "going on with what was interrupted";
        private static final String RECEIVED = "received file, ";

        private final Medium medium;
        private final Path file;
        private final Path shared;
        private final Path states;
        private final String hash;
        private Program alice;
        private Program bob;
        private int kills;
        private int transfers;
        private int received; // as those of bob's processes told that were killed
        private int wentOn;
        private int unmet; // were told that he is not there, before anything had begun
        private int goneOnWith; // found in the ledger by a new process

        Ordeal(Medium medium, Path file, Path shared, Path states, String hash) {
            this.medium = medium;
            this.file = file;
            this.shared = shared;
            this.states = states;
            this.hash = hash;
        }

        void run(SplittableRandom random) throws IOException {
            startBob();
            startAlice();
            while (kills < KILLS) {
                LockSupport.parkNanos(random.nextLong(LONGEST_LIFE_NANOS));
                if (!alice.isRunning()) {
                    if (hasNotMetHim()) {
                        alice.close();
                    } else {
                        endTransfer();
                    }
                    startAlice();
                } else if (kills++ % 2 == 0) {
                    killAlice();
                } else {
                    killBob();
                }
            }
            while (alice.awaitEnd(LONG) != 0 && hasNotMetHim()) {
                alice.close();
                startAlice();
            }
            endTransfer();
            bob.interrupt(); // and once more, so that he finds what nobody will ask for
            bob.awaitEnd(LONG);
            startBob();
            bob.interrupt();
            bob.awaitEnd(LONG);
        }

        /** She is told at once if he dies before they have met: nothing has begun. */
        private boolean hasNotMetHim() {
            boolean isTold = alice.awaitEnd(LONG) == Osi.FAILURE
                    && alice.errors().contains("osi: not sent: the peer refused it")
                    && !alice.errors().contains(GOING_ON);
            unmet += isTold ? 1 : 0;
            return isTold;
        }

        private void killAlice() throws IOException {
            alice.kill();
            alice.awaitEnd(LONG);
            if (alice.output().contains(SENT)) { // she had only to end
                alice.close();
                assertArrived();
            } else {
                note();
            }
            startAlice();
        }

        private void killBob() {
            bob.kill();
            bob.awaitEnd(LONG);
            received += count(bob);
            bob.close();
            startBob();
        }

        private void endTransfer() throws IOException {
            assertThat(alice.awaitEnd(LONG)).as(alice.toString()).isZero();
            note();
            assertArrived();
        }

        private void note() {
            wentOn += alice.errors().contains("; going on") ? 1 : 0;
            goneOnWith += alice.errors().contains(GOING_ON) ? 1 : 0;
            alice.close();
        }

        /** It is there, and nothing else; at most once for each time it was sent. */
        private void assertArrived() throws IOException {
            transfers++;
            try (Stream<Path> all = Files.list(shared)) {
                assertThat(all.toList()).containsExactly(shared.resolve("file"));
            }
            assertThat(Octets.sha256(shared.resolve("file"))).isEqualTo(hash);
            assertThat(received + count(bob)).isLessThanOrEqualTo(transfers);
            Files.delete(shared.resolve("file"));
        }

        private static int count(Program bob) {
            return bob.output().split(RECEIVED, -1).length - 1;
        }

        String summary() {
            return String.format(
                    "%d kills, sender and receiver by turns; %d transfers of %,d octets arrived, once and equal;"
                            + " %d senders found where they were, %d lost the receiver and went on,"
                            + " %d had not met him yet",
                    kills, transfers, (long) FILE_OCTETS, goneOnWith, wentOn, unmet);
        }

        private void startAlice() {
            alice = medium.alice(
                    "send",
                    "10.0.0.2",
                    file.toString(),
                    "--store",
                    states.resolve("alice").toString(),
                    "--patience",
                    "120s");
        }

        private void startBob() {
            bob = medium.bob(
                    "serve", "file=" + shared, "--store", states.resolve("bob").toString());
            bob.await("ready: bob", LONG);
        }

        @Override
        public void close() {
            for (Program program : new Program[] {alice, bob}) {
                if (program != null) {
                    program.close();
                }
            }
        }
    }
}
