package org.osistack.application.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.osistack.application.file.TestFiles.file;
import static org.osistack.application.file.TestFiles.paths;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.AssociationService;
import org.osistack.application.FakeDialogueAssociations;
import org.osistack.application.store.StoreException;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Simulation;
import org.osistack.presentation.PresentationService;

/** Files by reliable transfer: whole or not at all, and on from where they were, whoever is cut off or begins anew. */
class ReliableFileTest {
    private static final int INTERVAL = 4096;
    private static final int WINDOW = 4;
    private static final FileSettings SETTINGS = new FileSettings(INTERVAL, WINDOW, 60_000_000_000L);
    private static final int SIZE = 100_000;

    @TempDir
    Path folder;

    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final FakeDialogueAssociations net = new FakeDialogueAssociations(alice, bob, 1);
    private final List<String> log = new ArrayList<>();
    private Recorder recorder = new Recorder();
    private Path local;
    private Path served;
    private ReliableServer server;
    private ReliableClient client;
    private int arrivals;

    @BeforeEach
    void begin() throws Exception {
        local = Files.createDirectory(folder.resolve("local"));
        served = Files.createDirectory(folder.resolve("served"));
        serve();
    }

    @AfterEach
    void noPduLeaksAndNothingIsLeft() throws IOException {
        simulation.run(Duration.ofMinutes(2));
        assertThat(alice.pool().outstanding() + bob.pool().outstanding()).isZero();
        assertThat(paths(folder)).noneMatch(path -> path.endsWith(".osi-part"));
        server.letGo();
    }

    private Ledger ledger(Host host, Disk disk) throws StoreException, IOException {
        return Ledger.open(folder.resolve("state-" + host.name()), disk, log::add);
    }

    private void serve() throws Exception {
        Disk disk = new Disk(bob);
        server = FileServer.serve(environment(), served, disk, ledger(bob, disk));
        server.onItem(() -> arrivals++);
    }

    private ApplicationProvider.Environment environment() {
        return new ApplicationProvider.Environment() {
            @Override
            public Host host() {
                return bob;
            }

            @Override
            public AssociationService associations() {
                return net.service(1);
            }

            @Override
            public PresentationService presentation() {
                throw new IllegalStateException("there is none");
            }

            @Override
            public Consumer<String> log() {
                return log::add;
            }

            @Override
            public void onLine(Consumer<String> listener) {}
        };
    }

    private Setting setting() {
        try {
            Disk disk = new Disk(alice);
            return new Setting(alice, net.service(0), null, "bob", disk, ledger(alice, disk), true, SETTINGS);
        } catch (StoreException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void beginToSend(Path... paths) {
        recorder = new Recorder();
        client = ReliableClient.send(setting(), List.of(paths), recorder);
    }

    private void send(Path... paths) {
        beginToSend(paths);
        finish();
    }

    private void beginToGet(String path) {
        recorder = new Recorder();
        client = ReliableClient.start(setting(), Errand.get(path, local), recorder);
    }

    private void get(String path) {
        beginToGet(path);
        finish();
    }

    private void finish() {
        assertThat(simulation.runUntil(client::isFinished, Duration.ofMinutes(10)))
                .isTrue();
    }

    /** Until so many octets are secured at the other side. */
    private void runUntilConfirmed(long octets) {
        assertThat(simulation.runUntil(() -> recorder.confirmed >= octets, Duration.ofMinutes(1)))
                .isTrue();
    }

    /** A file of which the server has confirmed one half. */
    private Path sendHalf() throws IOException {
        Path file = file(local.resolve("x"), SIZE);
        beginToSend(file);
        runUntilConfirmed(SIZE / 2);
        return file;
    }

    private void assertStored(Path file) {
        assertThat(recorder.outcome).isEqualTo("stored 1 items, 100000 octets");
        assertThat(served.resolve("x")).hasSameBinaryContentAs(file);
    }

    private void runUntilArrived(long octets) {
        assertThat(simulation.runUntil(() -> recorder.progress >= octets, Duration.ofMinutes(1)))
                .isTrue();
    }

    private void killClient() {
        client.letGo();
        net.kill(0);
    }

    private void deleteParts() throws IOException {
        try (Stream<Path> parts = Files.list(served)) {
            for (Path part : parts.toList()) {
                Files.delete(part);
            }
        }
    }

    private void restartServer() throws Exception {
        server.letGo();
        net.kill(1);
        serve();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, INTERVAL - 100, INTERVAL, 3 * INTERVAL - 70, 1_000_000})
    void sendsAFileOfAnySize(int size) throws IOException {
        Path file = file(local.resolve("report.bin"), size);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_234_567_000));

        send(file);

        assertThat(recorder.outcome).isEqualTo("stored 1 items, " + size + " octets");
        assertThat(served.resolve("report.bin")).hasSameBinaryContentAs(file);
        assertThat(Files.getLastModifiedTime(served.resolve("report.bin")).toMillis())
                .isEqualTo(1_234_567_000);
        assertThat(log).containsExactly("received report.bin, " + size + " octets in 1 item, alice");
        assertThat(arrivals).isOne();
    }

    @Test
    void sendsFoldersAndFilesInOneQueue() throws IOException {
        Path tree = Files.createDirectories(local.resolve("tree"));
        Files.createDirectories(tree.resolve("empty"));
        file(tree.resolve("a.txt"), 10);
        file(Files.createDirectories(tree.resolve("deep/er")).resolve("b.txt"), 70_000);
        Path single = file(local.resolve("c.txt"), 5);

        send(tree, single);

        assertThat(recorder.outcome).isEqualTo("stored 7 items, 70015 octets");
        assertThat(paths(served)).isEqualTo(paths(local));
        assertThat(served.resolve("tree/deep/er/b.txt")).hasSameBinaryContentAs(tree.resolve("deep/er/b.txt"));
        assertThat(arrivals).isEqualTo(7);
    }

    @Test
    void getsAFileAndAFolderFromInsideTheServersFolder() throws IOException {
        Path file = file(Files.createDirectories(served.resolve("sub/er")).resolve("x.bin"), SIZE);

        get("sub/er/x.bin");

        assertThat(recorder.outcome).isEqualTo("stored 1 items, 100000 octets");
        assertThat(local.resolve("x.bin")).hasSameBinaryContentAs(file);

        get("sub");

        assertThat(recorder.outcome).isEqualTo("stored 3 items, 100000 octets");
        assertThat(local.resolve("sub/er/x.bin")).hasSameBinaryContentAs(file);
    }

    @Test
    void refusesInTheSentencesThatItAlwaysHad() throws IOException {
        get("nothing");
        assertThat(recorder.outcome).isEqualTo("failed: there is no nothing");
        get("../x");
        assertThat(recorder.outcome).isEqualTo("failed: that path is not allowed");
        send(local.resolve("neither"));
        assertThat(recorder.outcome).isEqualTo("failed: there is no " + local.resolve("neither"));

        Files.createDirectory(served.resolve("x"));
        send(file(local.resolve("x"), SIZE));
        assertThat(recorder.outcome).isEqualTo("failed: x is a folder here");
        assertThat(log).last().isEqualTo("not received: x, alice: x is a folder here");

        Files.writeString(served.resolve("tree"), "a file");
        file(Files.createDirectories(local.resolve("tree")).resolve("y"), 5);
        send(local.resolve("tree"));
        assertThat(recorder.outcome).isEqualTo("failed: cannot store tree: something of that name is in the way");

        Files.createDirectories(local.resolve("z"));
        file(served.resolve("z"), SIZE);
        get("z");
        assertThat(recorder.outcome).isEqualTo("failed: z is a folder here");
        simulation.run(Duration.ofSeconds(1));
        assertThat(log).last().isEqualTo("not sent: z, alice: z is a folder here");
    }

    @Test
    void followsNoLinkOutOfTheFolder() throws IOException {
        Files.createSymbolicLink(served.resolve("out"), local);
        Files.writeString(local.resolve("secret"), "s");
        get("out/secret");
        assertThat(recorder.outcome).isEqualTo("failed: out/secret leads out of the folder");

        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/out"));
        file(elsewhere.resolve("y"), 5);
        send(elsewhere);
        assertThat(recorder.outcome).isEqualTo("failed: out leads through a link here");
        assertThat(local.resolve("y")).doesNotExist();
    }

    @Test
    void aCutCostsNoMoreThanWhatWasUnconfirmed() throws IOException {
        Path file = sendHalf();
        long unconfirmed = recorder.progress - recorder.confirmed;
        net.downNanos = 5_000_000_000L;
        net.cut();
        finish();

        assertStored(file);
        assertThat(recorder.handedOver - SIZE).isPositive().isLessThanOrEqualTo(unconfirmed + WINDOW * INTERVAL);
        assertThat(recorder.notes).containsExactly("lost", "found");
        assertThat(arrivals).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void goesOnWhenBothSidesHaveBegunAnewAgainAndAgain(int seed) throws Exception {
        Path file = file(local.resolve("x"), SIZE);
        SplittableRandom random = new SplittableRandom(seed);
        beginToSend(file);
        simulation.run(Duration.ofMillis(20));
        for (int i = 0; i < 10 && !client.isFinished(); i++) {
            simulation.run(Duration.ofNanos(random.nextLong(8_000_000)));
            if (client.isFinished()) {
                break;
            } else if (random.nextBoolean()) {
                killClient();
                beginToSend(file);
            } else {
                restartServer();
            }
            simulation.run(Duration.ofMillis(random.nextInt(600)));
        }
        finish();

        assertStored(file);
        assertThat(arrivals).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void getsOnWhenBothSidesHaveBegunAnewAgainAndAgain(int seed) throws Exception {
        Path file = file(served.resolve("x"), SIZE);
        SplittableRandom random = new SplittableRandom(seed);
        beginToGet("x");
        simulation.run(Duration.ofMillis(20));
        for (int i = 0; i < 10 && !client.isFinished(); i++) {
            simulation.run(Duration.ofNanos(random.nextLong(8_000_000)));
            if (client.isFinished()) {
                break;
            } else if (random.nextBoolean()) {
                killClient();
                beginToGet("x");
            } else {
                restartServer();
            }
            simulation.run(Duration.ofMillis(random.nextInt(600)));
        }
        finish();

        assertThat(recorder.outcome).startsWith("stored ");
        assertThat(local.resolve("x")).hasSameBinaryContentAs(file);
    }

    @Test
    void whatHasArrivedOfAQueueIsNotSentAgainAfterARestart() throws IOException {
        Path tree = Files.createDirectories(local.resolve("tree"));
        for (int i = 0; i < 6; i++) {
            file(tree.resolve("f" + i), 20_000);
        }
        beginToSend(tree);
        runUntilConfirmed(70_000);
        killClient();
        beginToSend(tree);
        finish();

        assertThat(recorder.outcome).isEqualTo("stored 7 items, 120000 octets");
        assertThat(paths(served)).isEqualTo(paths(local));
        assertThat(arrivals).isEqualTo(7);
    }

    @Test
    void anInterruptedTransferGoesOnWithTheSameCommand() throws IOException {
        Path file = sendHalf();
        long confirmed = recorder.confirmed;
        client.interrupt();

        assertThat(client.isFinished()).isTrue();
        assertThat(recorder.outcome).startsWith("failed: interrupted; ").endsWith("the same command goes on with it");
        assertThat(served.resolve("x")).doesNotExist();
        simulation.run(Duration.ofHours(5));

        send(file);

        assertThat(recorder.notes).contains("resumed");
        assertThat(recorder.outcome).isEqualTo("stored 1 items, 100000 octets");
        assertThat(recorder.handedOver).isLessThanOrEqualTo(SIZE - confirmed + WINDOW * INTERVAL);
        assertThat(served.resolve("x")).hasSameBinaryContentAs(file);
        assertThat(arrivals).isOne();
    }

    @Test
    void aFileThatHasChangedMeanwhileBeginsAnew() throws IOException {
        Path file = sendHalf();
        killClient();
        FileTime time = Files.getLastModifiedTime(file);
        byte[] other = Files.readAllBytes(file);
        other[3] ^= 1; // neither length nor time will tell
        Files.write(file, other);
        Files.setLastModifiedTime(file, time);

        send(file);

        assertThat(recorder.outcome).isEqualTo("stored 1 items, 100000 octets");
        assertThat(recorder.notes).contains("x has changed meanwhile: its transfer begins anew");
        assertThat(served.resolve("x")).hasSameBinaryContentAs(file);
        assertThat(arrivals).isOne();
    }

    @Test
    void aFileThatIsWrittenToWhileItIsSentBeginsAnew() throws IOException {
        Path file = sendHalf();
        file(file, SIZE + 1);
        finish();

        assertThat(recorder.outcome).startsWith("stored 1 items");
        assertThat(served.resolve("x")).hasSameBinaryContentAs(file);
    }

    @Test
    void whatIsDiscardedLeavesNoTraceOnEitherSide() throws IOException {
        Path file = sendHalf();
        client.interrupt();
        simulation.run(Duration.ofSeconds(1));
        assertThat(paths(served)).hasSize(1).allMatch(path -> path.endsWith(".osi-part"));

        recorder = new Recorder();
        client = ReliableClient.discard(setting(), Errand.send(List.of(file)), recorder);
        finish();
        simulation.run(Duration.ofSeconds(1));

        assertThat(paths(served)).isEmpty();
        assertThat(net.log).anyMatch(line -> line.contains("ACTIVITY-DISCARD"));
        Disk disk = new Disk(alice);
        try (Ledger ledger = ledger(alice, disk)) {
            assertThat(ledger.all()).isEmpty();
            assertThat(ledger.keys("jobs", "")).isEmpty();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
        assertThat(server.ledger().all()).isEmpty();
        assertThat(server.ledger().keys("parts", "")).isEmpty();
        assertThat(server.ledger().keys("served", "")).isEmpty();
    }

    @Test
    void nothingIsRememberedOfWhatIsDone() throws Exception {
        send(file(local.resolve("x"), SIZE));
        simulation.run(Duration.ofSeconds(1));

        for (String map : List.of("transfers", "parts", "served", "jobs", "sent")) {
            assertThat(server.ledger().keys(map, "")).as(map).isEmpty();
        }
        try (Ledger ledger = ledger(alice, new Disk(alice))) {
            for (String map : List.of("transfers", "parts", "served", "jobs", "sent")) {
                assertThat(ledger.keys(map, "")).as(map).isEmpty();
            }
        }
    }

    @Test
    void whatHadArrivedBeforeAnybodyWasToldIsNotSentAgain() throws Exception {
        Path file = file(local.resolve("x"), SIZE);
        sendAndBeKilledBeforeAnybodyIsTold(file);
        assertStored(file);

        Disk disk = new Disk(alice);
        try (Ledger ledger = ledger(alice, disk)) {
            recorder = new Recorder();
            recorder.tellsLater = true;
            client = ReliableClient.send(
                    new Setting(alice, net.service(0), null, "bob", disk, ledger, false, SETTINGS),
                    List.of(file),
                    recorder);
            finish();
            client.told();
        }
        assertThat(recorder.outcome).isEqualTo("stored 1 items, 100000 octets");
        assertThat(recorder.notes)
                .containsExactly("it had arrived already when that was interrupted; to send it anew, say it again");
        assertThat(arrivals).isOne();

        send(file);
        assertThat(recorder.notes).isEmpty();
        assertThat(arrivals).isEqualTo(2);
    }

    @Test
    void aFileThatWasChangedBeforeAnybodyWasToldIsSent() throws Exception {
        Path file = file(local.resolve("x"), SIZE + 1);
        sendAndBeKilledBeforeAnybodyIsTold(file);
        file(file, SIZE);

        send(file);

        assertStored(file);
        assertThat(arrivals).isEqualTo(2);
    }

    /** The client's own ledger is closed when it has finished: nothing more is written, as if the process were killed. */
    private void sendAndBeKilledBeforeAnybodyIsTold(Path file) {
        recorder = new Recorder();
        recorder.tellsLater = true;
        client = ReliableClient.send(setting(), List.of(file), recorder);
        finish();
    }

    @Test
    void givesUpWhenPatienceIsOverAndSaysHowToGoOn() throws Exception {
        Path file = sendHalf();
        net.downNanos = Duration.ofMinutes(5).toNanos();
        net.cut();
        long cutAt = simulation.now();
        finish();

        assertThat(simulation.now() - cutAt).isBetween(60_000_000_000L, 61_000_000_000L);
        assertThat(recorder.outcome)
                .startsWith("failed: gave up to look for bob")
                .contains("the same command");
        simulation.run(Duration.ofMinutes(5));
        send(file);
        assertThat(recorder.outcome).isEqualTo("stored 1 items, 100000 octets");
        assertThat(arrivals).isOne();
    }

    @Test
    void aServerThatHasLostWhatArrivedGetsItAnew() throws Exception {
        Path file = sendHalf();
        server.letGo();
        net.kill(1);
        deleteParts();
        serve();
        finish();

        assertStored(file);
    }

    @Test
    void aServerThatKnowsNothingGetsItAnew() throws Exception {
        Path file = sendHalf();
        server.letGo();
        net.kill(1);
        Files.delete(folder.resolve("state-bob/transfers.store"));
        deleteParts();
        serve();
        finish();

        assertStored(file);
    }

    @Test
    void theDecoderOfItemsTakesAnyOctets() {
        SplittableRandom random = new SplittableRandom(3);
        byte[][] samples = {
            ItemApdu.prefix(FileApdu.Item.file("tree/a.txt", 10, 1_234_567_000)),
            ItemApdu.prefix(FileApdu.Item.file("x", 1L << 45, 0)),
            ItemApdu.prefix(FileApdu.Item.folder("tree", 0))
        };
        int wellFormed = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] octets = samples[random.nextInt(samples.length)].clone();
            for (int n = random.nextInt(3); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            try {
                ItemApdu apdu = ItemApdu.parse(octets, length);
                wellFormed += apdu == null ? 0 : 1;
            } catch (TransferException e) {
                assertThat(e.reason()).isEqualTo(FileApdu.Reason.PROTOCOL_ERROR);
            }
        }
        assertThat(wellFormed).isBetween(50_000, 250_000);
    }

    @Test
    void aLabelSurvivesTheStore() {
        ItemSource.Label label = new ItemSource.Label(
                ItemSource.nameOf("x"), 1L << 40, 1_234_567, 65_536, Octets.of(new byte[Digests.LENGTH]));
        assertThat(ItemSource.Label.parse(label.emit())).isEqualTo(label);
        assertThat(ItemSource.Label.parse(Octets.ofHex("3000"))).isNull();
    }

    private static final class Recorder extends OutcomeListener {
        private final List<String> notes = new ArrayList<>();
        private long progress;
        private long confirmed;
        private long handedOver;
        private boolean tellsLater;

        @Override
        public boolean tellsLater() {
            return tellsLater;
        }

        @Override
        public void progress(long octets) {
            progress = octets < progress || handedOver == 0 ? confirmed : progress;
            handedOver += octets - progress;
            progress = octets;
        }

        @Override
        public void confirmed(long octets) {
            confirmed = octets;
        }

        @Override
        public void resumed() {
            notes.add("resumed");
        }

        @Override
        public void recovering(String why) {
            notes.add("lost");
        }

        @Override
        public void recovered() {
            progress = confirmed;
            notes.add("found");
        }

        @Override
        public void notice(String sentence) {
            notes.add(sentence);
        }
    }
}
