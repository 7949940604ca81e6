package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissection.Field;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.datalink.NetworkProtocol;
import org.osistack.network.RecordingLink;

class Ipv4DissectorTest {
    private final PduPool pool = new PduPool(64);
    private final Ipv4Dissector dissector = new Ipv4Dissector();

    @AfterEach
    void noPduLeaks() {
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void explainsEveryFieldOfADatagram() {
        Dissection datagram =
                ipv4(Octets.datagram().id(7).dontFragment().typeOfService(0xb8).with("112233"));
        assertThat(datagram.protocol()).isEqualTo("IPv4");
        assertThat(datagram.summary())
                .isEqualTo("10.0.0.2 → 10.0.0.1  ttl 64  id 7  DF  protocol UDP  checksum 2615 ✓");
        assertThat(datagram.fields())
                .extracting(Field::name, Field::offset, Field::length, Field::bits, Field::value)
                .containsExactly(
                        tuple("Version", 0, 1, 4, 4L),
                        tuple("IHL", 0, 1, 4, 5L),
                        tuple("DSCP", 1, 1, 6, 46L),
                        tuple("ECN", 1, 1, 2, 0L),
                        tuple("Total Length", 2, 2, 0, 23L),
                        tuple("Identification", 4, 2, 0, 7L),
                        tuple("reserved", 6, 1, 1, 0L),
                        tuple("DF", 6, 1, 1, 1L),
                        tuple("MF", 6, 1, 1, 0L),
                        tuple("Fragment Offset", 6, 2, 13, 0L),
                        tuple("Time to Live", 8, 1, 0, 64L),
                        tuple("Protocol", 9, 1, 0, 17L),
                        tuple("Header Checksum", 10, 2, 0, 0x2615L),
                        tuple("Source Address", 12, 4, 0, 0x0a000002L),
                        tuple("Destination Address", 16, 4, 0, 0x0a000001L));
        assertThat(datagram.fields())
                .allSatisfy(field -> assertThat(field.clause()).startsWith("RFC "));
        assertThat(datagram.sduOffset()).isEqualTo(20);
        assertThat(datagram.sduLength()).isEqualTo(3);
    }

    @Test
    void marksOptionsFragmentsPaddingAndAWrongChecksum() {
        byte[] octets = Octets.join(
                Octets.datagram()
                        .options("01 94040000 00 0000")
                        .fragment(16, true)
                        .wrongChecksum()
                        .with("11".repeat(8)),
                new byte[5]);
        Dissection fragment = ipv4(octets);
        assertThat(fragment.name()).isEqualTo("fragment");
        assertThat(fragment.summary()).contains("MF  offset 16  protocol UDP").endsWith("✗");
        assertThat(fragment.fields())
                .extracting(Field::name, Field::depth, Field::offset, Field::length)
                .endsWith(
                        tuple("Options", 0, 20, 8),
                        tuple("No Operation", 1, 20, 1),
                        tuple("Router Alert", 1, 21, 4),
                        tuple("End of Option List", 1, 25, 3),
                        tuple("Padding", 0, 36, 5));
        assertThat(fragment.sduOffset()).isEqualTo(28);
        assertThat(fragment.sduLength()).isEqualTo(8);
    }

    @Test
    void explainsAnEcho() {
        Dissection echo = ipv4(Octets.datagram().protocol(1).with(Octets.icmp(8, 0, 0x00010003, new byte[56])));
        assertThat(echo.protocol()).isEqualTo("ICMP");
        assertThat(echo.name()).isEqualTo("Echo");
        assertThat(echo.summary()).startsWith("10.0.0.2 → 10.0.0.1  id 1 seq 3, 56 octets  ttl 64  checksum ");
        assertThat(echo.fields())
                .extracting(Field::name, Field::depth, Field::offset, Field::length)
                .endsWith(
                        tuple("ICMP", 0, 20, 8),
                        tuple("Type", 1, 20, 1),
                        tuple("Code", 1, 21, 1),
                        tuple("Checksum", 1, 22, 2),
                        tuple("Identifier", 1, 24, 2),
                        tuple("Sequence Number", 1, 26, 2));
        assertThat(echo.sduOffset()).isEqualTo(28);
        assertThat(echo.sduLength()).isEqualTo(56);
    }

    @Test
    void explainsErrors() {
        byte[] quoted =
                Octets.datagram().from(Octets.US).to(0x08080808).protocol(6).with(new byte[8]);
        assertThat(icmpSummary(3, 3, 0, quoted)).contains("port unreachable, about 10.0.0.1 → 8.8.8.8 protocol TCP");
        assertThat(icmpSummary(3, 4, 1280, quoted)).contains("fragmentation needed and DF set, MTU 1280, about");
        assertThat(icmpSummary(11, 0, 0, quoted)).contains("in transit, about");
        assertThat(icmpSummary(12, 0, 22 << 24, quoted)).contains("octet 22, about");
    }

    @Test
    void explainsArpPackets() {
        assertThat(arp("0001 020000000001 0a000001 000000000000 0a000002"))
                .isEqualTo("Request: who has 10.0.0.2? tell 10.0.0.1");
        assertThat(arp("0002 020000000002 0a000002 020000000001 0a000001"))
                .isEqualTo("Reply: 10.0.0.2 is at 02:00:00:00:00:02");
        assertThat(arp("0001 020000000001 00000000 000000000000 a9fe0102"))
                .isEqualTo("Probe: does anybody use 169.254.1.2?");
        assertThat(arp("0001 020000000001 a9fe0102 000000000000 a9fe0102"))
                .isEqualTo("Announcement: 169.254.1.2 is mine, at 02:00:00:00:00:01");
    }

    @Test
    void explainsEveryOctetOfAnyOctets() {
        Random random = new Random(8);
        byte[] good = Octets.datagram().protocol(1).with(Octets.icmp(8, 0, 1, new byte[30]));
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            System.arraycopy(good, 0, octets, 0, Math.min(octets.length, random.nextInt(good.length)));
            Object sap = random.nextInt(4) == 0 ? NetworkProtocol.ARP : NetworkProtocol.IPV4;
            Dissection out = dissect(octets, sap);
            boolean[] explained = new boolean[octets.length];
            for (Field field : out.fields()) {
                Arrays.fill(explained, field.offset(), field.offset() + field.length(), true);
            }
            for (int at = 0; at < octets.length; at++) {
                boolean inSdu = out.hasSdu() && at >= out.sduOffset() && at < out.sduOffset() + out.sduLength();
                assertThat(explained[at]).isNotEqualTo(inSdu);
            }
        }
    }

    private String icmpSummary(int type, int code, int rest, byte[] quoted) {
        return ipv4(Octets.datagram().protocol(1).with(Octets.icmp(type, code, rest, quoted)))
                .summary();
    }

    private String arp(String packet) {
        Dissection out = dissect(RecordingLink.octets("0001080006 04" + packet), NetworkProtocol.ARP);
        assertThat(out.fields()).hasSize(9);
        return out.name() + ": " + out.summary();
    }

    private Dissection ipv4(byte[] octets) {
        return dissect(octets, NetworkProtocol.IPV4);
    }

    private Dissection dissect(byte[] octets, Object sap) {
        Pdu pdu = pool.takeForReceiving(octets.length).append(octets);
        Dissection out = new Dissection();
        dissector.dissect(pdu, sap, Direction.UP, out);
        pdu.release();
        return out;
    }
}
