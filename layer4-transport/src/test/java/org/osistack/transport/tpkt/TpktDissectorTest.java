package org.osistack.transport.tpkt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class TpktDissectorTest {
    private final PduPool pool = new PduPool(0);
    private final TpktDissector dissector = new TpktDissector();

    @AfterEach
    void nothingIsLeftOver() {
        assertThat(pool.outstanding()).isZero();
    }

    private Dissection dissect(String hex) {
        Pdu pdu = pool.take();
        Octets.ofHex(hex).appendTo(pdu);
        Dissection out = new Dissection();
        dissector.dissect(pdu, null, Direction.UP, out);
        pdu.release();
        return out;
    }

    @Test
    void tellsADataPacketFromItsUserData() {
        Dissection dt = dissect("03000009 02f080 0100");
        assertThat(dt.protocol() + " " + dt.name()).isEqualTo("TPKT DT");
        assertThat(dt.summary()).isEqualTo("end of TSDU");
        assertThat(dt.sduOffset()).isEqualTo(7);
        assertThat(dt.sduLength()).isEqualTo(2);
        assertThat(dt.fields())
                .extracting(Dissection.Field::name)
                .containsExactly("TPKT", "version", "reserved", "packet length", "DT", "LI", "code", "EOT", "TPDU-NR");
    }

    @Test
    void explainsAConnectionRequest() {
        Dissection cr = dissect("03000016 11e00000 0001 00 c0010b c1020001 c2020002");
        assertThat(cr.name()).isEqualTo("CR");
        assertThat(cr.hasSdu()).isFalse();
        assertThat(cr.fields())
                .extracting(field -> field.name() + "=" + field.text())
                .contains("TPDU size=2048 octets", "called TSAP-ID=0x0002", "class=class 0");
    }

    private static List<String> explained(Dissection dissection) {
        return dissection.fields().stream()
                .map(field -> field.name() + "=" + field.text())
                .toList();
    }

    @Test
    void explainsExpeditedData() {
        Dissection ed = dissect("0300000b 021080 05004142");
        assertThat(ed.protocol() + " " + ed.name()).isEqualTo("TPKT ED");
        assertThat(ed.summary()).isEqualTo("expedited");
        assertThat(ed.sduOffset()).isEqualTo(7);
        assertThat(ed.sduLength()).isEqualTo(4);
        assertThat(explained(ed))
                .contains("ED=expedited data, 4 octets", "code=ED", "EOT=end of TSDU", "EDTPDU-NR=0 in class 0");
        assertThat(explained(dissect("03000008 021000 41"))).contains("EOT=should be 1; ignored");
        assertThat(dissect("0300000d 021080 41").summary()).isEqualTo("expedited"); // cut by the stream
    }

    @Test
    void saysWhatIsWrongWithExpeditedDataOfAnotherLength() {
        assertThat(dissect("03000007 021080").summary()).contains("0 octets where 1 to 16 are allowed");
        assertThat(dissect("03000018 021080" + "00".repeat(17)).summary()).contains("17 octets");
    }

    @Test
    void tellsExpeditedDataFromTheDataAfterIt() {
        Dissection both = dissect("03000008 021080 41 03000008 02f080 42");
        assertThat(both.name()).isEqualTo("ED, DT");
        assertThat(both.sduOffset()).isEqualTo(7);
        assertThat(both.sduLength()).isEqualTo(1);
        assertThat(explained(both)).contains("user data=1 octets");
    }

    @Test
    void explainsTheOptions() {
        assertThat(explained(dissect("03000011 0ce00000 0001 00 c0010b c60101")))
                .contains("additional option selection=use of transport expedited data");
        assertThat(explained(dissect("03000011 0cd00001 0002 00 c0010b c60100")))
                .contains("additional option selection=no transport expedited data");
        assertThat(explained(dissect("03000011 0cd00001 0002 00 c0010b c60106")))
                .contains("additional option selection=no transport expedited data, no checksum in class 4,"
                        + " receipt confirmation in class 1");
    }

    @Test
    void followsAPacketThatTheStreamHasCut() {
        assertThat(dissect("0300000c 02f080 0102").sduLength()).isEqualTo(2);
        Dissection rest = dissect("030405 03000008 02f000 06");
        assertThat(rest.name()).isEqualTo("…, DT");
        assertThat(rest.sduOffset()).isZero();
        assertThat(rest.sduLength()).isEqualTo(3);
    }

    @Test
    void copesWithAnyOctets() {
        SplittableRandom random = new SplittableRandom(3);
        byte[] sample = Octets.ofHex(
                        "03000019 14e00000 0001 00 c0010b c1020001 c2020002 c60101 0300000902f0800100 0300000b02108005004142")
                .toByteArray();
        for (int i = 0; i < 60_000; i++) {
            byte[] octets = sample.clone();
            for (int n = random.nextInt(5); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            Pdu pdu = pool.take().append(octets, 0, random.nextInt(octets.length + 1));
            Dissection out = new Dissection();
            dissector.dissect(pdu, null, Direction.UP, out);
            assertThat(out.sduOffset() + out.sduLength()).isLessThanOrEqualTo(pdu.length());
            pdu.release();
        }
    }
}
