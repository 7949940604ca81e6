package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Commands;
import org.osistack.application.net.Needs;
import org.osistack.application.net.Verdict;
import org.osistack.core.capture.PcapngWriter;

/**
 * tshark reads A-UNIT-DATA. It does not know that UDP port 102 carries CLTP (RFC 1240), and its dissector cannot be
 * chosen for a UDP port; but it knows CLTP as IP protocol 29, so the octets of our datagrams are put there for it. The
 * AUDT it names, and does not read: its presentation dissector calls that of ACSE without what that wants to know.
 */
class UnitDataCaptureIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int UNITS = 3;
    private static final int LINKTYPE_RAW = 101;
    private static final int ISO_TP = 29;

    @TempDir
    private Path folder;

    @BeforeAll
    static void tshark() {
        Needs.command("tshark", "tshark");
    }

    private Path capture() throws IOException {
        Path file = folder.resolve("units.pcapng");
        CaptureTrace capture = new CaptureTrace(new PcapngWriter(Files.newOutputStream(file), false, "test"), 0);
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", capture)) {
            UnitDataLab.exchange(lab, UNITS);
        }
        return file;
    }

    private static List<String> read(Path file, String... arguments) {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString()));
        command.addAll(List.of(arguments));
        return Commands.attempt(LIMIT, command).orFail().lines();
    }

    @Test
    void theFramesAreUserDatagramsWithoutFault() throws IOException {
        Verdict verdict = Verdict.of(capture());
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.count("udp")).isEqualTo(2 * UNITS);
    }

    @Test
    void theOctetsInThemAreThoseOfFourConnectionlessProtocols() throws IOException {
        List<String> payloads = read(capture(), "-Y", "udp.port == 102", "-T", "fields", "-e", "udp.payload");
        assertThat(payloads).hasSize(2 * UNITS);
        Path file = folder.resolve("cltp.pcap");
        Files.write(file, asIpProtocol29(payloads));

        Verdict verdict = Verdict.of(file);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.count("ip:cotp:clsp:pres")).isEqualTo(2 * UNITS);
        String first = String.join("\n", read(file, "-V", "-c", "1"));
        assertThat(first)
                .contains("ISO 8602/X.234 CLTP", "PDU Type: UD (0x04)", "Source TSAP: T", "Destination TSAP: T")
                .contains("ISO 9548-1 OSI Connectionless Session Protocol", "SPDU Type: UNIT DATA (UD) SPDU (64)")
                .contains("Calling Session Selector: 53", "Called Session Selector: 53")
                .contains("ISO 9576-1 OSI Connectionless Presentation Protocol", "UD-type")
                .contains("called-presentation-selector: 50")
                .contains("abstract-syntax-name: 2.2.1.0.1 (id-as-acse)", "abstract-syntax-name: 1.3.9999.2")
                .contains("presentation-context-identifier: 1 (id-as-acse)");
    }

    private static byte[] asIpProtocol29(List<String> payloads) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.writeInt(0xa1b2c3d4);
        out.writeInt(0x00020004);
        out.writeLong(0);
        out.writeInt(0xffff);
        out.writeInt(LINKTYPE_RAW);
        for (String payload : payloads) {
            byte[] tpdu = HexFormat.of().parseHex(payload);
            out.writeLong(0);
            out.writeInt(20 + tpdu.length);
            out.writeInt(20 + tpdu.length);
            int[] header = {0x4500, 20 + tpdu.length, 1, 0, 64 << 8 | ISO_TP, 0, 0x0a00, 1, 0x0a00, 2};
            int sum = 0;
            for (int word : header) {
                sum += word;
            }
            header[5] = 0xffff - (sum + (sum >> 16) & 0xffff);
            for (int word : header) {
                out.writeShort(word);
            }
            out.write(tpdu);
        }
        return octets.toByteArray();
    }
}
