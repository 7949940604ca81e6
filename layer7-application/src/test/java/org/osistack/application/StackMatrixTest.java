package org.osistack.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.FrameFilter;
import org.osistack.core.Host;
import org.osistack.core.HostThread;
import org.osistack.core.MediumManagement;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Timer;
import org.osistack.core.management.SessionManagement;
import org.osistack.core.management.TransportManagement;
import org.osistack.presentation.PresentationService;

/** Whole stacks on bad links: every medium under every preset, from many seeds, and nothing is lost or left behind. */
@Timeout(120)
class StackMatrixTest {
    private static final String ISO_ON_TCP = "tcp tpkt x225 x226";
    private static final String INTERNET = "tcp none plain";
    private static final String MUX = "tcp mux x226";
    private static final String BAD = ",loss=3%,reorder=3%,duplicate=3%,corrupt=2%,delay=1ms";
    private static final int SEEDS = 100;
    private static final int REAL_TIME_SEEDS = 3;
    private static final int FILE_SIZE = 300_000; // octets
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration AFTERWARDS = Duration.ofMinutes(10); // TIME-WAIT and all other waiting

    @TempDir(factory = MemoryFolder.class)
    private static Path folder;

    private static Path file;

    /** A host with its stack and the associations on top. */
    private record Node(Host host, Stack stack, AssociationService associations) {
        static Node open(Host host, int number, String medium, String upper) {
            StackSpec spec = new StackSpec().set(1, medium).set(2, "ethernet").set(3, "ipv4:10.0.0." + number + "/24");
            for (String module : upper.split(" ")) {
                spec.add(layerOf(module.split("[,:]")[0]), module);
            }
            Stack stack = Stack.open(host, spec);
            return new Node(host, stack, Associations.over(host, stack.service(PresentationService.class)));
        }

        private static int layerOf(String module) {
            return switch (module) {
                case "tcp", "tpkt" -> 4;
                case "x225", "mux", "none" -> 5;
                default -> 6;
            };
        }

        void filter(FrameFilter filter) {
            stack.management(MediumManagement.class).orElseThrow().filter(filter);
        }

        boolean hasConnections() {
            return stack.management(TransportManagement.class).orElseThrow().endpoints().stream()
                    .anyMatch(endpoint -> !endpoint.remote().isEmpty());
        }

        /** No connection is left in any layer, and after closing, no PDU either. */
        void checkNothingIsLeft() {
            assertThat(hasConnections()).isFalse();
            stack.management(SessionManagement.class)
                    .ifPresent(sessions -> assertThat(sessions.sessions()).isEmpty());
            assertThat(host.pool().outstanding()).isZero();
        }
    }

    /** What passed a medium: a number that differs if an octet, a time or a sender does. */
    private static final class Passed implements FrameFilter {
        private long hash;
        private long frames;

        @Override
        public Verdict judge(Host sender, Pdu frame) {
            frames++;
            hash = 31 * hash + sender.now();
            hash = 31 * hash + sender.name().hashCode();
            hash = 31 * hash + Arrays.hashCode(frame.toByteArray());
            return Verdict.PASS;
        }
    }

    /** Layer 7 has no business in layer 5, so its module doesn't read that one; this test looks into it. */
    @BeforeAll
    static void lookIntoLayer5() {
        StackMatrixTest.class
                .getModule()
                .addReads(ModuleLayer.boot().findModule("org.osistack.session").orElseThrow());
    }

    @BeforeAll
    static void makeAFile() throws IOException {
        byte[] octets = new byte[FILE_SIZE];
        new SplittableRandom(1).nextBytes(octets);
        file = Files.write(folder.resolve("sent.bin"), octets);
    }

    @ParameterizedTest
    @CsvSource({
        "virtual:lab, " + ISO_ON_TCP,
        "virtual:lab, " + MUX,
        "virtual:lab, " + INTERNET,
        "loopback, " + ISO_ON_TCP,
        "loopback, " + INTERNET
    })
    void carriesEverythingOverABadLinkAndLeavesNothingBehind(String medium, String upper) throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            long passed;
            try {
                passed = run(seed, medium + BAD, upper);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            if (seed % 20 == 0) {
                assertThat(run(seed, medium + BAD, upper))
                        .as("the same run again")
                        .isEqualTo(passed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ISO_ON_TCP, MUX, INTERNET})
    void carriesEverythingBetweenTwoThreadsInRealTime(String upper) throws Exception {
        String segment = "matrix-" + ProcessHandle.current().pid();
        for (int seed = 0; seed < REAL_TIME_SEEDS; seed++) {
            try (HostThread alices = new HostThread("alice");
                    HostThread bobs = new HostThread("bob")) {
                String medium = "segment:" + segment + BAD + ",seed=" + seed;
                String brief = upper.replace("tcp", "tcp,timewait=100ms").replace("mux", "mux,idle=100ms");
                runInRealTime(alices, bobs, medium, brief);
            } finally {
                deleteLock(segment);
            }
        }
    }

    private static void runInRealTime(HostThread alices, HostThread bobs, String medium, String upper)
            throws Exception {
        Node alice = on(alices, () -> Node.open(alices.newHost("alice"), 1, medium, upper));
        Node bob = on(bobs, () -> Node.open(bobs.newHost("bob"), 2, medium + "1", upper));
        Path stored = folder.resolve("stored");
        Files.deleteIfExists(stored.resolve("sent.bin"));
        ThreeApplications applications = new ThreeApplications();
        on(bobs, () -> {
            applications.serve(bob.host(), bob.associations(), stored);
            return null;
        });
        on(alices, () -> {
            AssociationService associations = alice.associations();
            applications.start(alice.host(), associations, associations.parseAddress("10.0.0.2"), file);
            return null;
        });
        assertThat(applications.running().await(60, TimeUnit.SECONDS)).isTrue();

        applications.check(FILE_SIZE);
        assertThat(stored.resolve("sent.bin")).hasSameBinaryContentAs(file);
        awaitNoConnection(alices, alice);
        awaitNoConnection(bobs, bob); // alice's stack has to be there until then, to acknowledge the last FIN
        for (Node node : new Node[] {alice, bob}) {
            on((HostThread) node.host().group(), () -> {
                node.checkNothingIsLeft();
                node.stack().close();
                assertThat(node.host().pool().outstanding()).isZero();
                return null;
            });
        }
    }

    private static <T> T on(HostThread thread, Callable<T> task) throws Exception {
        return thread.submit(task).get(60, TimeUnit.SECONDS);
    }

    /** Look again and again, on the host's thread, until all connections have gone away. */
    private static void awaitNoConnection(HostThread thread, Node node) throws Exception {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        Timer[] again = new Timer[1];
        on(thread, () -> {
            again[0] = node.host().newTimer(() -> {
                if (node.hasConnections()) {
                    again[0].arm(Duration.ofMillis(5).toNanos());
                } else {
                    gone.complete(null);
                }
            });
            again[0].arm(0);
            return null;
        });
        gone.get(60, TimeUnit.SECONDS);
    }

    /** A segment's lock file is never deleted, since a segment goes on; this one does not. */
    private static void deleteLock(String segment) throws IOException {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null) {
            Files.deleteIfExists(Path.of(runtime, "osistack", segment + ".lock"));
        }
        Files.deleteIfExists(Path.of(
                System.getProperty("java.io.tmpdir"),
                "osistack-" + System.getProperty("user.name"),
                segment + ".lock"));
    }

    /** What passed the medium. */
    private static long run(long seed, String medium, String upper) throws IOException {
        Simulation simulation = new Simulation(seed);
        Node alice = Node.open(simulation.newHost("alice"), 1, medium, upper);
        Node bob = medium.startsWith("loopback") ? alice : Node.open(simulation.newHost("bob"), 2, medium, upper);
        Passed passed = new Passed();
        alice.filter(passed);
        bob.filter(passed);
        Path stored = folder.resolve("stored");
        Files.deleteIfExists(stored.resolve("sent.bin"));

        ThreeApplications applications = new ThreeApplications();
        applications.serve(bob.host(), bob.associations(), stored);
        applications.start(
                alice.host(),
                alice.associations(),
                alice.associations().parseAddress(bob == alice ? "10.0.0.1" : "10.0.0.2"),
                file);
        simulation.runUntil(() -> applications.running().getCount() == 0, LIMIT);

        applications.check(FILE_SIZE);
        assertThat(stored.resolve("sent.bin")).hasSameBinaryContentAs(file);
        simulation.run(AFTERWARDS);
        alice.checkNothingIsLeft();
        bob.checkNothingIsLeft();
        assertThat(passed.frames).isGreaterThan(FILE_SIZE / 10_000);
        alice.stack().close();
        bob.stack().close();
        simulation.run(AFTERWARDS);
        assertThat(simulation.hosts()).allMatch(host -> host.pool().outstanding() == 0);
        return passed.hash;
    }
}
