package org.osistack.transport.tpkt;

import static org.assertj.core.api.Assertions.assertThat;

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
        byte[] sample = Octets.ofHex("03000016 11e00000 0001 00 c0010b c1020001 c2020002 0300000902f0800100")
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
