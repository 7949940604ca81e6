package org.osistack.application.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.osistack.application.file.TestFiles.file;
import static org.osistack.application.file.TestFiles.paths;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationUser;
import org.osistack.application.FakeAssociations;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ber.BerWriter;

class FileTransferTest {
    @TempDir
    Path folder;

    private final FakeAssociations.Pair pair = new FakeAssociations.Pair();
    private final List<String> log = new ArrayList<>();
    private final OutcomeListener recorder = new OutcomeListener();
    private Path local;
    private Path served;

    @BeforeEach
    void serve() throws IOException {
        local = Files.createDirectory(folder.resolve("local"));
        served = folder.resolve("served");
        new FileServer().serve(pair.called.environment(log::add), served.toString());
    }

    @AfterEach
    void noPduLeaks() {
        pair.simulation.run(Duration.ofMinutes(1));
        assertThat(pair.outstanding()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, FileApdu.MAX_DATA, FileApdu.MAX_DATA + 1, 1_000_000})
    void sendsAFileOfAnySize(int size) throws IOException {
        Path file = file(local.resolve("report.bin"), size);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_234_567_000));

        send(file);

        assertThat(recorder.outcome).isEqualTo("stored 1 items, " + size + " octets");
        assertThat(served.resolve("report.bin")).hasSameBinaryContentAs(file);
        assertThat(Files.getLastModifiedTime(served.resolve("report.bin")).toMillis())
                .isEqualTo(1_234_567_000);
        assertThat(log).containsExactly("received report.bin, " + size + " octets in 1 item, client");
    }

    @Test
    void sendsAFolderWithAllThatIsInIt() throws IOException {
        Path tree = Files.createDirectories(local.resolve("tree"));
        Files.createDirectories(tree.resolve("empty"));
        file(tree.resolve("a.txt"), 10);
        file(Files.createDirectories(tree.resolve("deep/er")).resolve("b.txt"), 70_000);

        send(tree);

        assertThat(recorder.outcome).isEqualTo("stored 6 items, 70010 octets");
        assertThat(paths(served)).isEqualTo(paths(local));
        assertThat(served.resolve("tree/deep/er/b.txt")).hasSameBinaryContentAs(tree.resolve("deep/er/b.txt"));
    }

    @Test
    void getsAFileFromInsideTheServersFolder() throws IOException {
        Path file = file(Files.createDirectories(served.resolve("sub")).resolve("x.bin"), 100_000);

        get("sub/x.bin");

        assertThat(recorder.outcome).isEqualTo("stored 1 items, 100000 octets");
        assertThat(local.resolve("x.bin")).hasSameBinaryContentAs(file);
    }

    @Test
    void replacesAnOlderFileOnlyWhenTheNewOneIsWhole() throws IOException {
        Files.writeString(served.resolve("x"), "old");
        AssociationUser sender = new Sender(
                new FileApdu.Offer("x", 1, 3), FileApdu.Item.file("x", 3, 0), "new", new FileApdu.ItemEnd(zeros()));

        associate(sender);

        assertThat(served.resolve("x")).hasContent("old");
        assertThat(paths(served)).containsExactly("x");
        assertThat(log).containsExactly("not received: x, client: x arrived damaged: its SHA-256 differs");
    }

    @Test
    void leavesNothingBehindWhenTheSenderVanishes() throws IOException {
        Sender sender = new Sender(new FileApdu.Offer("x", 1, 300), FileApdu.Item.file("x", 300, 0), "part");
        associate(sender);
        assertThat(paths(served)).hasSize(1).allMatch(path -> path.endsWith(".osi-part"));

        sender.association.abortRequest();
        pair.simulation.run(Duration.ofSeconds(1));

        assertThat(paths(served)).isEmpty();
        assertThat(log).containsExactly("not received: x, client: the association ended: aborted by the peer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "x/../../y", "x//y", "", ".", "a\\b", "a\nb", "c:d"})
    void takesNoPathThatLeadsOutOfTheFolder(String path) throws IOException {
        Sender sender = new Sender(new FileApdu.Offer("x", 2, 9), FileApdu.Item.file(path, 3, 0), "abc");
        associate(sender);

        assertThat(sender.answers.get(sender.answers.size() - 1)).isInstanceOf(FileApdu.Refuse.class);
        assertThat(paths(folder)).containsExactlyInAnyOrder("local", "served");

        get(path);

        assertThat(recorder.outcome).startsWith("failed: that path is not allowed");
    }

    @Test
    void followsNoLinkOutOfTheFolder() throws IOException {
        Files.createSymbolicLink(served.resolve("out"), local);
        Files.writeString(local.resolve("secret"), "s");

        get("out/secret");
        assertThat(recorder.outcome).isEqualTo("failed: out/secret leads out of the folder");

        Sender sender = new Sender(
                new FileApdu.Offer("out", 2, 3),
                FileApdu.Item.folder("out", 0),
                FileApdu.Item.file("out/y", 3, 0),
                "abc");
        associate(sender);
        assertThat(sender.answers).last().isInstanceOf(FileApdu.Refuse.class);
        assertThat(local.resolve("y")).doesNotExist();
    }

    @Test
    void refusesWhatItWasNotOffered() {
        Sender sender = new Sender(new FileApdu.Offer("x", 1, 3), FileApdu.Item.file("x", 4, 0));

        associate(sender);

        assertThat(sender.answers)
                .last()
                .isEqualTo(new FileApdu.Refuse(FileApdu.Reason.PROTOCOL_ERROR, "more than was offered"));
    }

    @Test
    void saysWhatIsMissing() {
        get("nothing");
        assertThat(recorder.outcome).isEqualTo("failed: there is no nothing");

        send(local.resolve("neither"));
        assertThat(recorder.outcome).isEqualTo("failed: there is no " + local.resolve("neither"));
    }

    @Test
    void saysThatTheFolderCannotBeWritten() throws IOException {
        Files.setPosixFilePermissions(served, PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(served), "this user may write everywhere");

        send(file(local.resolve("x"), 5));

        assertThat(recorder.outcome).isEqualTo("failed: cannot store x: permission denied");
    }

    @Test
    void takesNoMoreOfAFileThatCannotBeStoredHere() throws IOException {
        file(Files.createDirectories(served).resolve("x"), 10 * FileApdu.MAX_DATA);
        Files.createDirectory(local.resolve("x"));

        get("x"); // while its items, octets and end are still coming, the client asks for the release

        assertThat(recorder.outcome).isEqualTo("failed: x is a folder here");
        assertThat(log).containsExactly("not sent: x, client: x is a folder here");
    }

    @Test
    void saysThatAFileStandsWhereAFolderIsNeeded() throws IOException {
        Files.writeString(served.resolve("tree"), "a file");
        file(Files.createDirectories(local.resolve("tree")).resolve("x"), 5);

        send(local.resolve("tree"));

        assertThat(recorder.outcome).isEqualTo("failed: cannot store tree: something of that name is in the way");
    }

    @Test
    void doesNotListenToAServerThatTalksOnWhenAllIsSaid() throws IOException {
        FileApdu[] talk = {
            new FileApdu.Refuse(FileApdu.Reason.OTHER, "go\u001b[2J\u009b2Jaway"),
            new FileApdu.Refuse(FileApdu.Reason.OTHER, "I said"),
            new FileApdu.Accept(),
            new FileApdu.Stored(1, 5),
            new FileApdu.Offer("x", 1, 5)
        };
        pair.called.attach(FileApplication.CONTEXT, FunctionalUnits.KERNEL, association -> {
            association.accept();
            return new AssociationUser() {
                @Override
                public void dataIndication(Pdu apdu) {
                    apdu.release();
                    for (FileApdu next : talk) {
                        Pdu pdu = next.toPdu(pair.server.pool());
                        if (!association.dataRequest(pdu)) {
                            pdu.release();
                        }
                    }
                }

                @Override
                public void releaseIndication() {
                    association.releaseResponse(true);
                }

                @Override
                public void ended(Ending ending, String detail) {}
            };
        });

        send(file(local.resolve("x"), 5));

        assertThat(recorder.outcome).isEqualTo("failed: go [2J 2Jaway");
    }

    @Test
    void survivesAnyOctets() {
        Random random = new Random(7);
        Sender sender = new Sender();
        associate(sender);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            if (octets.length > 0 && random.nextBoolean()) {
                octets[0] = (byte) (0x80 + random.nextInt(9) + (random.nextBoolean() ? 0x20 : 0));
            }
            sender.send(Octets.of(octets));
            pair.simulation.run(Duration.ofMillis(3));
        }
        assertThat(sender.answers).allMatch(apdu -> apdu instanceof FileApdu.Refuse);
    }

    @Test
    void theDecoderTakesAnyOctets() {
        SplittableRandom random = new SplittableRandom(8);
        FileApdu[] samples = {
            new FileApdu.Offer("tree", 3, 70_000),
            new FileApdu.Ask("sub/x.bin"),
            new FileApdu.Accept(),
            new FileApdu.Refuse(FileApdu.Reason.NOT_FOUND, "there is no x"),
            FileApdu.Item.file("tree/a.txt", 10, 1_234_567_000),
            FileApdu.Item.folder("tree", 0),
            new FileApdu.ItemEnd(zeros()),
            new FileApdu.Complete(),
            new FileApdu.Stored(3, 70_000)
        };
        byte[][] octets = new byte[samples.length + 1][];
        for (int i = 0; i < samples.length; i++) {
            octets[i] = octetsOf(samples[i]);
            assertThat(parse(octets[i])).isEqualTo(samples[i]);
        }
        Pdu data = pair.client.pool().take().append(new byte[200]);
        FileApdu.pushDataHeader(data);
        octets[samples.length] = data.toByteArray();
        data.release();

        int wellFormed = 0;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] mutated = octets[random.nextInt(octets.length)].clone();
            for (int n = random.nextInt(4); n > 0; n--) {
                mutated[random.nextInt(Math.min(24, mutated.length))] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(mutated.length + 1) : mutated.length;
            FileApdu apdu = parse(Arrays.copyOf(mutated, length));
            if (apdu != null) {
                wellFormed++;
                if (!apdu.equals(parse(octetsOf(apdu)))) {
                    throw new AssertionError(apdu.toString());
                }
            }
        }
        assertThat(wellFormed).isBetween(100_000, 900_000);
    }

    /** Null if it is data, or nothing at all. */
    private FileApdu parse(byte[] octets) {
        Pdu pdu = pair.client.pool().takeForReceiving(octets.length).append(octets);
        FileApdu parsed = FileApdu.pullDataHeader(pdu) ? null : FileApdu.parse(pdu);
        pdu.release();
        return parsed;
    }

    private static byte[] octetsOf(FileApdu apdu) {
        BerWriter out = new BerWriter();
        apdu.write(out);
        return out.toOctets().toByteArray();
    }

    private void send(Path path) {
        recorder.outcome = null;
        FileClient client = FileClient.send(pair.client, pair.calling, null, path, recorder);
        assertThat(pair.simulation.runUntil(client::isFinished, Duration.ofMinutes(1)))
                .isTrue();
    }

    private void get(String path) {
        recorder.outcome = null;
        FileClient client = FileClient.get(pair.client, pair.calling, null, path, local, recorder);
        assertThat(pair.simulation.runUntil(client::isFinished, Duration.ofMinutes(1)))
                .isTrue();
    }

    private void associate(AssociationUser user) {
        pair.calling.associateRequest(
                new AssociationRequest(FileApplication.CONTEXT, null, FunctionalUnits.KERNEL, TokenSetting.INITIATOR),
                user);
        pair.simulation.run(Duration.ofSeconds(1));
    }

    private static Octets zeros() {
        return Octets.of(new byte[Digests.LENGTH]);
    }

    /** A peer that sends what it likes. */
    private final class Sender implements AssociationUser {
        private final Object[] script;
        private final List<FileApdu> answers = new ArrayList<>();
        private Association association;
        private int next;

        Sender(Object... script) {
            this.script = script;
        }

        @Override
        public void associateConfirm(Association confirmed) {
            association = confirmed;
            readyIndication();
        }

        @Override
        public void readyIndication() {
            while (next < script.length && send(encoded(script[next]))) {
                next++;
            }
        }

        private Octets encoded(Object step) {
            Pdu pdu;
            if (step instanceof FileApdu apdu) {
                pdu = apdu.toPdu(pair.client.pool());
            } else {
                pdu = pair.client.pool().take();
                Octets.ofText((String) step).appendTo(pdu);
                FileApdu.pushDataHeader(pdu);
            }
            Octets octets = Octets.of(pdu);
            pdu.release();
            return octets;
        }

        boolean send(Octets octets) {
            Pdu pdu = pair.client.pool().take(octets.length());
            octets.appendTo(pdu);
            if (association.dataRequest(pdu)) {
                return true;
            }
            pdu.release();
            return false;
        }

        @Override
        public void dataIndication(Pdu apdu) {
            answers.add(FileApdu.parse(apdu));
            apdu.release();
        }

        @Override
        public void releaseIndication() {
            association.releaseResponse(true);
        }

        @Override
        public void ended(Ending ending, String detail) {}
    }
}
