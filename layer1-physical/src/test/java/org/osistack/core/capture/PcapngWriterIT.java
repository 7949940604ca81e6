package org.osistack.core.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.core.Direction;

/** Captures as Wireshark's own programs read them. */
@Timeout(60)
class PcapngWriterIT {
    /** ARP: who has 10.0.0.2? Tell 10.0.0.1; padded to 60 octets. */
    private static final String REQUEST = "ffffffffffff 020000000001 0806"
            + "0001080006040001 020000000001 0a000001 000000000000 0a000002"
            + "00".repeat(18);

    /** IPv4 and UDP from 10.0.0.1 to 10.0.0.2, port 7, one octet; padded. */
    private static final String DATAGRAM = "020000000002 020000000001 0800"
            + "4500001d00004000401126ce0a0000010a000002" + "c000000700090000" + "41"
            + "00".repeat(17);

    private static final long NEW_YEAR = 1_767_225_600_000_000_000L; // 2026-01-01 00:00:00 UTC

    @TempDir
    private Path folder;

    private Path capture;

    @BeforeEach
    void writeACapture() throws IOException {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "tshark")));
        assumeTrue(there || System.getenv("CI") != null, "tshark is not installed");
        capture = folder.resolve("capture.pcapng");
        try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(capture), false, "osistack 1.0 (test)")) {
            int lab = writer.addInterface("lab", "virtual Ethernet \"lab\"", 4);
            int wire = writer.addInterface("eth1", "Ethernet interface eth1", 0);
            writer.addName(HexFormat.of().parseHex("0a000001"), "alice");
            writer.addName(HexFormat.of().parseHex("0a000002"), "bob");
            writer.packet(lab, NEW_YEAR + 1, Direction.DOWN, withFcs(REQUEST), 4, "alice asks who has 10.0.0.2");
            byte[] wrong = withFcs(REQUEST);
            wrong[wrong.length - 1] ^= 1;
            writer.packet(lab, NEW_YEAR + 2, Direction.UP, wrong, 4, "a bit was inverted");
            writer.packet(wire, NEW_YEAR + 1_000_000_003L, Direction.UP, octets(DATAGRAM), 0, "A → 7");
        }
    }

    @Test
    void capinfosFindsInterfacesResolutionAndApplication() throws Exception {
        String found = run("capinfos", "-M", capture.toString());

        assertThat(found)
                .contains("File type:           pcapng")
                .contains("File encapsulation:  ether")
                .contains("File timestamp precision:  nanoseconds (9)")
                .contains("Number of packets:   3")
                .contains("Capture application: osistack 1.0 (test)")
                .contains("Number of interfaces in file: 2")
                .contains("Name = lab")
                .contains("Description = virtual Ethernet \"lab\"")
                .contains("FCS length = 4")
                .contains("FCS length = 0")
                .contains("Number of resolved IPv4 addresses in file: 2");
    }

    @Test
    void tsharkShowsTheStoryOfEachFrame() throws Exception {
        String found =
                fields("frame.comment", "frame.interface_name", "frame.time_epoch", "frame.packet_flags_direction");

        assertThat(found.lines())
                .containsExactly(
                        "alice asks who has 10.0.0.2|lab|1767225600.000000001|0x00000002",
                        "a bit was inverted|lab|1767225600.000000002|0x00000001",
                        "A → 7|eth1|1767225601.000000003|0x00000001");
    }

    @Test
    void tsharkChecksTheFcsWhereThereIsOne() throws Exception {
        assertThat(fields("eth.fcs.status", "arp.dst.proto_ipv4", "udp.dstport").lines())
                .containsExactly("1|10.0.0.2|", "0|10.0.0.2|", "||7");
    }

    @Test
    void tsharkKnowsTheNames() throws Exception {
        assertThat(run("tshark", "-r", capture.toString(), "-q", "-N", "n", "-z", "hosts"))
                .contains("10.0.0.1\talice")
                .contains("10.0.0.2\tbob");
    }

    private String fields(String... names) throws Exception {
        String[] command = {
            "tshark", "-r", capture.toString(), "-o", "eth.check_fcs:TRUE", "-E", "separator=|", "-T", "fields"
        };
        return run(Stream.concat(Arrays.stream(command), Arrays.stream(names).flatMap(n -> Stream.of("-e", n)))
                .toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] withFcs(String hex) {
        byte[] frame = octets(hex);
        CRC32 crc = new CRC32();
        crc.update(frame);
        byte[] whole = Arrays.copyOf(frame, frame.length + 4);
        for (int i = 0; i < 4; i++) {
            whole[frame.length + i] = (byte) (crc.getValue() >>> 8 * i);
        }
        return whole;
    }
}
