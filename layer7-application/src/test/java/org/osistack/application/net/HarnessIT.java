package org.osistack.application.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the tools of the other integration tests do what those take for granted: see, tell and clean up. */
class HarnessIT {
    @Test
    void joinsTwoKernelsAndFindsNothingWrongWithThem() {
        try (VethPair wire = VethPair.create("alice", "bob").withoutOffload();
                Capture capture = wire.capture()) {
            wire.left().address(VethPair.DEVICE, "10.4.0.1/24");
            wire.right().address(VethPair.DEVICE, "10.4.0.2/24");
            Program echo = OsiProcess.start(wire.right(), EchoOnce.class.getName(), "7007");
            echo.await("ready");

            wire.left().run("ping", "-c", "2", "-i", "0.2", "10.4.0.2");
            Program client = OsiProcess.start(wire.left(), EchoOnce.class.getName(), "7007", "10.4.0.2");
            client.await("echoed hello");
            assertThat(client.awaitEnd(Commands.TIME_LIMIT)).isZero();

            Verdict verdict = capture.stopAndJudge();
            assertThat(verdict.findings()).isEmpty();
            assertThat(verdict.count("icmp")).isEqualTo(4);
            assertThat(verdict.count("ip:tcp")).isGreaterThanOrEqualTo(8);
            assertThat(verdict.count("arp")).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void seesTheCableRemovedAndLaidAgain() {
        try (VethPair wire = VethPair.create("alice", "bob")) {
            assertThat(wire.left().run("cat", "/sys/class/net/eth1/address").text())
                    .isEqualTo(VethPair.LEFT_MAC);
            wire.remove();
            assertThat(wire.right().ip("-br", "link").output()).doesNotContain(VethPair.DEVICE);

            wire.plugIn();

            assertThat(wire.right().run("cat", "/sys/class/net/eth1/carrier").text())
                    .isEqualTo("1");
        }
    }

    @Test
    void endsWhatStillRunsAndRemovesTheNamespaces() {
        Program sleeper;
        String name;
        try (VethPair wire = VethPair.create("alice", "bob")) {
            name = wire.left().name();
            sleeper = wire.left().start("sleep", "1000");
            assertThat(Files.exists(Path.of("/run/netns", name))).isTrue();
        }

        assertThat(sleeper.awaitEnd(Duration.ofSeconds(5))).isNotZero();
        assertThat(Files.exists(Path.of("/run/netns", name))).isFalse();
    }

    @Test
    void findsAllModulesForAProgramOfOurs() {
        try (Program program = OsiProcess.start("org.osistack.application/org.osistack.NoSuchProgram")) {
            assertThat(program.awaitEnd(Commands.TIME_LIMIT)).isOne();
            assertThat(program.errors()) // it comes to look for the class when it has all modules
                    .contains("NoSuchProgram in module org.osistack.application")
                    .doesNotContain("FindException");
        }
    }

    @Test
    void showsWhatAProgramSaidWhenItDoesNotSayWhatWasAwaited() {
        try (Program program = Program.start(List.of("sh", "-c", "echo something else; echo trouble >&2"))) {
            assertThatThrownBy(() -> program.await("ready"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("\"ready\" did not come", "something else", "trouble");
        }
    }

    @Test
    void endsACommandThatTakesTooLong() {
        assertThatThrownBy(() -> Commands.attempt(Duration.ofMillis(200), List.of("sleep", "1000")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not ended");
    }

    @Test
    void findsAWrongChecksumInTheInternetHeader(@TempDir Path folder) throws Exception {
        String good = "02 bb 00 00 00 02 02 aa 00 00 00 01 08 00"
                + " 45 00 00 1c 00 00 40 00 40 11 26 c7 0a 04 00 01 0a 04 00 02"
                + " 30 39 00 09 00 08 00 00";

        assertThat(judge(folder, good).findings()).isEmpty();
        assertThat(judge(folder, good.replace("26 c7", "26 c8")).findings())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("frame 1: Bad checksum");
    }

    @Test
    void findsAMalformedFrame(@TempDir Path folder) throws Exception {
        String cutOffArp = "ff ff ff ff ff ff 02 aa 00 00 00 01 08 06 00 01 08 00 06 04 00";

        Verdict verdict = judge(folder, cutOffArp);

        assertThat(verdict.findings()).isNotEmpty().first().asString().contains("alformed");
        assertThat(verdict.excuse("alformed", "this test made it so").findings())
                .isEmpty();
    }

    @Test
    void findsOctetsThatNoDissectorKnowsAboveTpkt(@TempDir Path folder) throws Exception {
        String unknownSpdu = "02 bb 00 00 00 02 02 aa 00 00 00 01 08 00"
                + " 45 00 00 35 00 00 40 00 40 06 26 b9 0a 04 00 01 0a 04 00 02"
                + " 30 39 00 66 00 00 00 01 00 00 00 01 50 10 ff ff ae 08 00 00"
                + " 03 00 00 0d 02 f0 80 ee 04 00 00 00 00";

        assertThat(judge(folder, unknownSpdu, "-o", "tcp.check_checksum:FALSE").findings())
                .anyMatch(finding -> finding.contains("no dissector knows"));
    }

    /** Judge a capture of one frame. */
    private static Verdict judge(Path folder, String hex, String... options) throws Exception {
        Needs.command("tshark", "tshark");
        byte[] frame = HexFormat.ofDelimiter(" ").parseHex(hex);
        String length = "%02x %02x 00 00".formatted(frame.length & 0xff, frame.length >> 8);
        String header = "d4 c3 b2 a1 02 00 04 00 00 00 00 00 00 00 00 00 00 00 04 00 01 00 00 00" // little-endian pcap
                + " 00 00 00 00 00 00 00 00 " + length + " " + length;
        Path file = folder.resolve("frame.pcap");
        Files.write(file, HexFormat.ofDelimiter(" ").parseHex(header + " " + hex));
        return Verdict.of(file, options);
    }
}
