package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.network.TransportProtocol;

/** RFC 9293 §3.1, §3.2, RFC 7323 §2.2 and §3.2, RFC 2018 §2 and §3: the octets. */
class TcpCodecTest {
    /** A SYN of Linux 6, with its pseudo-header's sum: 10.4.0.1 to 10.4.0.2. */
    private static final String LINUX_SYN =
            "e64a 0050 1c0a5f1e 00000000 a0 02 faf0 0000 0000  020405b4 0402 080a2e9a0a2600000000 01 03030a";

    private final PduPool pool = new PduPool(0);

    @AfterEach
    void noPduLeaks() {
        assertThat(pool.outstanding()).isZero();
    }

    private Pdu pdu(String hex) {
        return pool.take().append(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @Test
    void readsALinuxSyn() {
        Segment segment = new Segment();
        segment.read(null, null, pdu(LINUX_SYN));
        assertThat(segment.sourcePort).isEqualTo(58954);
        assertThat(segment.destinationPort).isEqualTo(80);
        assertThat(segment.seq).isEqualTo(0x1c0a5f1e);
        assertThat(segment.control).isEqualTo(TcpHeader.SYN);
        assertThat(segment.wnd).isEqualTo(64240);
        assertThat(segment.len()).isOne();
        assertThat(segment.textLength).isZero();
        assertThat(segment.options.maxSegmentSize).isEqualTo(1460);
        assertThat(segment.options.sackPermitted).isTrue();
        assertThat(segment.options.timestamps).isTrue();
        assertThat(segment.options.tsVal).isEqualTo(0x2e9a0a26);
        assertThat(segment.options.windowScale).isEqualTo(10);
        segment.take().release();
    }

    @Test
    void writesTheSameOptionsAsLinux() {
        int length = TcpHeader.LENGTH + TcpOptions.synLength(true, true, true);
        Pdu segment = pool.take(length).pushTrailer(length);
        for (int i = 0; i < length; i++) {
            segment.putUint8(i, 0xa5);
        }
        new TcpHeader()
                .wrap(segment)
                .ports(58954, 80)
                .sequenceNumber(0x1c0a5f1e)
                .acknowledgmentNumber(0)
                .lengthAndControl(length, TcpHeader.SYN)
                .window(64240);
        segment.putUint16(16, 0);
        TcpOptions.putSyn(segment, 1460, true, true, 0x2e9a0a26, 0, 10);
        assertThat(segment.toString()).isEqualTo(LINUX_SYN.replace(" ", ""));
        segment.release();
    }

    @Test
    void alignsTheOptionsThatRemain() {
        assertThat(options(true, false, 7)).isEqualTo("020405b4 01010402 01030307".replace(" ", ""));
        assertThat(options(false, true, TcpOptions.ABSENT))
                .isEqualTo("020405b4 0101080a 00000001 00000002".replace(" ", ""));
        assertThat(options(false, false, TcpOptions.ABSENT)).isEqualTo("020405b4");
    }

    private String options(boolean sack, boolean timestamps, int windowScale) {
        int length = TcpHeader.LENGTH + TcpOptions.synLength(sack, timestamps, windowScale != TcpOptions.ABSENT);
        Pdu segment = pool.take(length).pushTrailer(length);
        TcpOptions.putSyn(segment, 1460, sack, timestamps, 1, 2, windowScale);
        String octets = segment.toString().substring(2 * TcpHeader.LENGTH);
        segment.release();
        return octets;
    }

    @Test
    void theChecksumIsRightByTheRule() {
        Pdu segment = pdu(LINUX_SYN);
        TcpHeader header = new TcpHeader().wrap(segment);
        int pseudo = 0x0a04 + 0x0001 + 0x0a04 + 0x0002 + 6 + segment.length();
        header.fillChecksum(pseudo);
        assertThat(header.isChecksumValid(pseudo, false)).isTrue();
        segment.putUint8(30, segment.getUint8(30) ^ 1);
        assertThat(header.isChecksumValid(pseudo, true)).isFalse();
        segment.putUint16(16, pseudo); // left to the interface
        assertThat(header.isChecksumValid(pseudo, false)).isFalse();
        assertThat(header.isChecksumValid(pseudo, true)).isTrue();
        segment.release();
    }

    @Test
    void stopsReadingAtALengthThatCannotBe() {
        for (String options : List.of("0200 0000", "0201 0000", "0209 05b4", "ff 01 05b4", "01010102")) {
            assertThat(parsed(options).maxSegmentSize).as(options).isEqualTo(TcpOptions.ABSENT);
        }
        assertThat(parsed("fe06 01020304 0101 0204 05b4 0101").maxSegmentSize)
                .as("skips")
                .isEqualTo(1460);
        assertThat(parsed("0000 0204 05b4 0101").maxSegmentSize).as("ends").isEqualTo(TcpOptions.ABSENT);
        assertThat(parsed("0206 05b4 0000 0101").maxSegmentSize).as("length 6").isEqualTo(TcpOptions.ABSENT);
    }

    @Test
    void readsBlocks() {
        TcpOptions options = parsed("0101 0512 00000001 00000002 ffffffff 00000005");
        assertThat(options.sackBlocks).isEqualTo(2);
        assertThat(options.sackLeft).startsWith(1, -1);
        assertThat(options.sackRight).startsWith(2, 5);
    }

    private TcpOptions parsed(String options) {
        Pdu segment = pdu("0001 0002 00000003 00000004 0010 0005 0000 0000" + options);
        segment.putUint8(12, segment.length() << 2);
        TcpOptions parsed = new TcpOptions();
        parsed.parse(segment, segment.length());
        segment.release();
        return parsed;
    }

    @Test
    void isExplainedFieldByField() {
        TcpDissector dissector = new TcpDissector();
        Dissection syn = dissection(dissector, LINUX_SYN, Direction.UP);
        assertThat(syn.protocol()).isEqualTo("TCP");
        assertThat(syn.name()).isEqualTo("SYN");
        assertThat(syn.summary()).isEqualTo("58954 → 80  seq 0  win 64240  0 octets");
        assertThat(syn.fields().stream().map(f -> f.depth() + " " + f.name() + " " + f.offset() + " " + f.length()))
                .containsExactly(
                        "0 Source Port 0 2",
                        "0 Destination Port 2 2",
                        "0 Sequence Number 4 4",
                        "0 Acknowledgment Number 8 4",
                        "0 Data Offset 12 1",
                        "0 Reserved 12 1",
                        "0 Control Bits 13 1",
                        "1 CWR 13 1",
                        "1 ECE 13 1",
                        "1 URG 13 1",
                        "1 ACK 13 1",
                        "1 PSH 13 1",
                        "1 RST 13 1",
                        "1 SYN 13 1",
                        "1 FIN 13 1",
                        "0 Window 14 2",
                        "0 Checksum 16 2",
                        "0 Urgent Pointer 18 2",
                        "0 Options 20 20",
                        "1 Maximum Segment Size 20 4",
                        "1 SACK Permitted 24 2",
                        "1 Timestamps 26 10",
                        "2 TSval 28 4",
                        "2 TSecr 32 4",
                        "1 No-Operation 36 1",
                        "1 Window Scale 37 3");
        Dissection synAck =
                dissection(dissector, "0050 e64a 00001000 1c0a5f1f 60 12 1000 0000 0000 03030401", Direction.DOWN);
        assertThat(synAck.name()).isEqualTo("SYN ACK");
        assertThat(synAck.summary()).isEqualTo("80 → 58954  seq 0  ack 1  win 4096  0 octets");
        Dissection data = dissection(
                dissector,
                "e64a 0050 1c0a5f1f 00001001 80 18 0002 0000 0000 0101050a 00001003 00001005 6869",
                Direction.UP);
        assertThat(data.name()).isEqualTo("PSH ACK");
        assertThat(data.summary()).isEqualTo("58954 → 80  seq 1  ack 1  win 2048  2 octets");
        assertThat(data.fields())
                .anyMatch(f -> f.name().equals("Block") && f.text().equals("3 to 5"));
        assertThat(data.sduOffset()).isEqualTo(32);
        assertThat(data.sduLength()).isEqualTo(2);
    }

    private Dissection dissection(TcpDissector dissector, String hex, Direction direction) {
        Dissection out = new Dissection();
        Pdu pdu = pdu(hex);
        dissector.dissect(pdu, TransportProtocol.TCP, direction, out);
        pdu.release();
        return out;
    }
}
