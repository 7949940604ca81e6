package org.osistack.physical.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.core.ConfigurationException;
import org.osistack.core.MediumStatistics;
import org.osistack.core.Options;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;

@Timeout(60)
class SegmentTest {
    private final List<Member> members = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void noPduLeaks() throws Exception {
        for (Member member : members) {
            member.close();
        }
    }

    @Test
    void everyMemberButTheSenderHearsAFrame() throws Exception {
        Member alice = member("alice");
        Member bob = member("bob");
        Member carol = member("carol");

        alice.send("0a0b", "0c");
        bob.expect("0a0b", "0c");
        carol.expect("0a0b", "0c");
        bob.send("0d");
        alice.expect("0d");
        carol.expect("0d");

        alice.expectNothing();
        bob.expectNothing();
    }

    @Test
    void segmentsOfDifferentNamesAreApart() throws Exception {
        Member alice = member("alice");
        Member stranger = enter(new Member("stranger", folder.resolve("s"), "other"));
        Member friend = enter(new Member("friend", folder.resolve("s"), "other"));

        alice.send("01");
        stranger.send("02");

        friend.expect("02");
        alice.expectNothing();
    }

    @Test
    void describesItself() throws Exception {
        Member alice = member("alice", "mtu", "9000");
        Member plain = member("plain", "fcs", "off");

        assertThat(alice.service().medium().name()).isEqualTo("segment \"lab\"");
        assertThat(alice.service().medium().mtu()).isEqualTo(9000);
        assertThat(alice.service().medium().stationMakesFcs()).isTrue();
        assertThat(alice.service().medium().maxReceiveLength()).isEqualTo(9022);
        assertThat(plain.service().medium().stationMakesFcs()).isFalse();
        assertThat(plain.service().medium().maxReceiveLength()).isEqualTo(1518);
    }

    @Test
    void keepsOctetsAndOrderOfFramesOfAllLengths() throws Exception {
        Member alice = member("alice", "mtu", "9000");
        Member bob = member("bob", "mtu", "9000");
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 40; round++) {
            String[] frames = new String[30];
            for (int i = 0; i < frames.length; i++) {
                byte[] octets = new byte[1 + random.nextInt(9022)];
                random.nextBytes(octets);
                frames[i] = HexFormat.of().formatHex(octets);
            }
            alice.send(frames);
            bob.expect(frames);
        }

        MediumStatistics sent = alice.on(() -> alice.management().statistics());
        MediumStatistics received = bob.on(() -> bob.management().statistics());
        assertThat(sent.framesSent()).isEqualTo(1200);
        assertThat(received.framesReceived()).isEqualTo(1200);
        assertThat(received.octetsReceived()).isEqualTo(sent.octetsSent());
    }

    @Test
    void refusesAFrameThatIsTooLongWithAMessage() throws Exception {
        Member alice = member("alice");
        Member bob = member("bob");

        alice.send("00".repeat(1523), "01");

        bob.expect("01");
        assertThat(alice.notes().poll(10, TimeUnit.SECONDS))
                .isEqualTo("a frame of 1523 octets is too long for segment \"lab\", which carries 1522 at most");
        assertThat(alice.on(() -> alice.management().statistics()).refused()).isOne();
    }

    @Test
    void discardsAFrameThatIsTooLongForItsReceiver() throws Exception {
        Member alice = member("alice", "mtu", "9000");
        Member bob = member("bob");

        alice.send("00".repeat(1523), "01");

        bob.expect("01");
    }

    @Test
    void membersWithoutFcsAndMembersWithFcsUnderstandEachOther() throws Exception {
        Member alice = member("alice");
        Member plain = member("plain", "fcs", "off");
        Member other = member("other", "fcs", "off");
        String frame = "a5".repeat(60);

        plain.send(frame);
        alice.expect(withFcs(frame));
        other.expect(frame);
        alice.send(withFcs(frame));
        plain.expect(frame);
        plain.send("5a".repeat(20));
        alice.expect(withFcs("5a".repeat(20) + "00".repeat(40)));

        alice.send(frame + "00000000", "010203", withFcs("ee".repeat(70)));
        plain.expect("ee".repeat(70));
    }

    @Test
    void aGuestOfQemuCanBePluggedIn() throws Exception {
        Member alice = member("alice");
        SegmentPlace place = SegmentPlace.in(folder.resolve("s"), "lab");
        try (SocketChannel guest = SocketChannel.open(place.address(false))) {
            String frame = "02".repeat(64);
            byte[] octets = HexFormat.of().parseHex("00000040" + frame + "00000040" + frame);
            guest.write(ByteBuffer.wrap(octets, 0, 3));
            guest.write(ByteBuffer.wrap(octets, 3, 50));
            guest.write(ByteBuffer.wrap(octets, 53, octets.length - 53));
            alice.expect(withFcs(frame), withFcs(frame));

            alice.send(withFcs(frame));
            ByteBuffer answer = ByteBuffer.allocate(4 + 64);
            while (answer.hasRemaining()) {
                assertThat(guest.read(answer)).isPositive();
            }
            assertThat(HexFormat.of().formatHex(answer.array())).isEqualTo("00000040" + frame);
        }
    }

    @Test
    void disconnectsAMemberThatSendsALengthThatNoFrameHas() throws Exception {
        Member alice = member("alice");
        Member bob = member("bob");
        SegmentPlace place = SegmentPlace.in(folder.resolve("s"), "lab");
        for (String garbage : new String[] {"00000000", "ffffffff", "0000233f", "80000001"}) {
            try (SocketChannel intruder = SocketChannel.open(place.address(true))) {
                intruder.write(ByteBuffer.wrap(HexFormat.of().parseHex("00000001" + "77" + garbage + "010203")));
                assertThat(intruder.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
            alice.expect("77");
            bob.expect("77");
        }

        alice.send("01");
        bob.expect("01");
    }

    @Test
    void survivesMembersThatSendAnything() throws Exception {
        Member alice = member("alice");
        Member bob = member("bob");
        SegmentPlace place = SegmentPlace.in(folder.resolve("s"), "lab");
        SplittableRandom random = new SplittableRandom(99);
        for (int i = 0; i < 300; i++) {
            try (SocketChannel intruder = SocketChannel.open(place.address(random.nextBoolean()))) {
                byte[] octets = new byte[random.nextInt(3000)];
                random.nextBytes(octets);
                if (octets.length > 3 && random.nextBoolean()) {
                    ByteBuffer.wrap(octets).putInt(random.nextInt(2000)); // a length that a frame can have
                }
                intruder.write(ByteBuffer.wrap(octets));
            }
        }

        alice.send("5555555501");
        String frame = bob.next(10_000);
        while (!"5555555501".equals(frame)) {
            assertThat(frame).isNotNull();
            frame = bob.next(10_000);
        }
    }

    @Test
    void aMemberThatDoesNotReadHoldsUpNobody() throws Exception {
        Member alice = member("alice");
        Member bob = member("bob");
        SegmentPlace place = SegmentPlace.in(folder.resolve("s"), "lab");
        try (SocketChannel idle = SocketChannel.open(place.address(true))) {
            idle.write(ByteBuffer.wrap(HexFormat.of().parseHex("0000000177")));
            alice.expect("77");
            bob.expect("77");
            String[] frames = new String[100];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = HexFormat.of().toHexDigits((byte) i) + "00".repeat(1500);
            }
            for (int round = 0; round < 30; round++) {
                alice.send(frames);
                bob.expect(frames);
            }
        }
        bob.send("01");
        alice.expect("01");

        // this process is the hub, so one of its stations counts what the hub had no room for
        long lost = alice.on(() -> alice.management().statistics()).queueFull()
                + bob.on(() -> bob.management().statistics()).queueFull();
        assertThat(lost).isBetween(1000L, 3000L);
    }

    @Test
    void doesNotSendFasterThanTheHubTakes() throws Exception {
        Member alice = member("alice");
        member("bob");
        String[] frames = new String[1000];
        Arrays.fill(frames, "00".repeat(1500));

        alice.send(frames);

        MediumStatistics statistics = alice.on(() -> alice.management().statistics());
        assertThat(statistics.framesSent()).isEqualTo(1000);
        assertThat(statistics.queueFull()).isBetween(300L, 999L);
    }

    @Test
    void whatWasSentBeforeTheStationLeavesStillArrives() throws Exception {
        for (int round = 0; round < 20; round++) {
            Member alice = enter(new Member("alice", folder.resolve("s"), "lab"));
            Member bob = enter(new Member("bob", folder.resolve("s"), "lab"));
            alice.on(() -> {
                alice.service().dataRequest(alice.newPdu().appendUint8(1));
                alice.service().dataRequest(alice.newPdu().appendUint8(2));
                ((Stack.Closeable) alice.service()).close();
                return null;
            });

            bob.expect("01", "02");
            bob.close();
        }
    }

    @Test
    void moreThanASocketHoldsStillArrivesAfterTheStationHasLeft() throws Exception {
        Member bob = member("bob");
        Member alice = member("alice");
        String[] frames = new String[330]; // 495,000 octets, near what a station may have waiting
        for (int i = 0; i < frames.length; i++) {
            frames[i] = HexFormat.of().toHexDigits((short) i) + "00".repeat(1498);
        }
        alice.on(() -> {
            for (String frame : frames) {
                alice.service().dataRequest(alice.newPdu().append(HexFormat.of().parseHex(frame)));
            }
            ((Stack.Closeable) alice.service()).close();
            return null;
        });

        bob.expect(frames);
    }

    @Test
    void whoHasConnectedBeforeAFrameIsSentHearsIt() throws Exception {
        Member alice = member("alice");
        SegmentPlace place = SegmentPlace.in(folder.resolve("s"), "lab");
        for (int round = 0; round < 200; round++) {
            try (SocketChannel guest = SocketChannel.open(place.address(true))) {
                alice.send("01");
                ByteBuffer heard = ByteBuffer.allocate(4 + 1);
                while (heard.hasRemaining()) {
                    assertThat(guest.read(heard)).isPositive();
                }
                assertThat(HexFormat.of().formatHex(heard.array())).isEqualTo("0000000101");
            }
        }
    }

    @Test
    void hearsTheLastFrameOfAMemberThatLeftWithoutListening() throws Exception {
        Member alice = member("alice");
        Member bob = member("bob");
        SegmentPlace place = SegmentPlace.in(folder.resolve("s"), "lab");
        String[] noise = new String[20];
        Arrays.fill(noise, "00".repeat(60));
        for (int round = 0; round < 200; round++) {
            bob.send(noise); // the hub finds that the guest takes nothing before it has read what the guest sent
            try (SocketChannel guest = SocketChannel.open(place.address(true))) {
                bob.send(noise);
                guest.write(ByteBuffer.wrap(HexFormat.of().parseHex("0000000177")));
            }
            bob.send(noise);
            String frame = alice.next(10_000);
            while (!"77".equals(frame)) {
                assertThat(frame).isNotNull();
                frame = alice.next(10_000);
            }
        }
    }

    @Test
    void theSegmentIsEmptyWhenAllHaveLeft() throws Exception {
        Member alice = member("alice");
        SegmentPlace place = SegmentPlace.in(folder.resolve("s"), "lab");
        assertThat(place.socket()).exists();
        alice.close();

        Member bob = member("bob");
        Member carol = member("carol");
        bob.send("01");
        carol.expect("01");
    }

    @Test
    void removesTheSocketOfADeadHub() throws Exception {
        SegmentPlace place = SegmentPlace.in(folder.resolve("s"), "lab");
        for (boolean fcs : new boolean[] {true, false}) {
            ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            dead.bind(place.address(fcs));
            dead.close();
            assertThat(place.address(fcs).getPath()).exists();
        }

        Member alice = member("alice");
        Member bob = member("bob");
        alice.send("01");
        bob.expect("01");
    }

    @Test
    void saysWhenThePlugIsPulled() throws Exception {
        Member alice = member("alice");
        Member bob = member("bob");

        bob.on(() -> {
            bob.management().unplug();
            return null;
        });
        bob.expect("down");
        bob.send("01");
        bob.on(() -> {
            bob.management().plugIn();
            return null;
        });
        bob.expect("up");
        bob.send("02");

        alice.expect("02");
        assertThat(bob.on(() -> bob.management().statistics()).linkDown()).isOne();
    }

    @Test
    void isAsBadAsItIsToldToBe() throws Exception {
        Member alice = member("alice", "loss", "50%", "duplicate", "100%", "delay", "1ms", "seed", "1");
        Member bob = member("bob");
        String[] frames = new String[400];
        Arrays.fill(frames, "00".repeat(60));

        alice.send(frames);
        bob.send("01");
        alice.expect("01");

        MediumStatistics statistics = alice.on(() -> alice.management().statistics());
        assertThat(statistics.lost()).isBetween(150L, 250L);
        assertThat(statistics.duplicated()).isEqualTo(400 - statistics.lost());
        String[] expected = new String[2 * (int) statistics.duplicated()];
        Arrays.fill(expected, "00".repeat(60));
        bob.expect(expected);
    }

    @Test
    void refusesWhatIsNoNameOrNoPlace() throws Exception {
        for (String name : new String[] {"", "a/b", "..", "x".repeat(33), ".hidden"}) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> SegmentPlace.in(folder, name))
                    .withMessage("segment: " + name
                            + " is no name for a segment: 1 to 32 letters, digits, hyphens and underscores");
        }
        Path deep = folder.resolve("x".repeat(100));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> SegmentPlace.in(deep, "lab"))
                .withMessage("segment: the path " + deep.resolve("lab.plain")
                        + " is longer than the 107 octets that a socket's may have");
        Path file = Files.createFile(folder.resolve("file"));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> SegmentPlace.in(file, "lab"))
                .withMessage("segment: " + file + " is in the way: it is no folder");
        Path missing = folder.resolve("not").resolve("there");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> SegmentPlace.in(missing, "lab"))
                .withMessageStartingWith("segment: cannot use the folder " + missing);
    }

    @Test
    void refusesAFolderThatIsOpenToOthers() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> SegmentPlace.in(open, "lab"))
                .withMessage("segment: the folder " + open + " is open to others; close it with: chmod 700 " + open);

        Path made = folder.resolve("made");
        SegmentPlace.in(made, "lab");
        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void saysWhyItCannotBeOpened() throws Exception {
        Path place = Files.createDirectory(
                folder.resolve("s"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectories(place.resolve("lab.lock"));

        assertThatThrownBy(() -> member("alice"))
                .hasCauseInstanceOf(ConfigurationException.class)
                .hasMessageContaining("segment: cannot open \"lab\" in " + place + ": ");
    }

    @Test
    void cannotBeUsedInASimulation() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        new SegmentProvider().open(new Simulation(1).newHost("alice"), null, Options.none("segment")))
                .withMessage("segment cannot be used in a simulation: other processes keep real time; virtual can");
    }

    private Member member(String name, String... options) throws Exception {
        return enter(new Member(name, folder.resolve("s"), "lab", options));
    }

    private Member enter(Member member) {
        members.add(member);
        return member;
    }

    private static String withFcs(String frame) {
        CRC32 crc = new CRC32();
        crc.update(HexFormat.of().parseHex(frame));
        return frame + HexFormat.of().toHexDigits(Integer.reverseBytes((int) crc.getValue()));
    }
}
