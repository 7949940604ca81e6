package org.osistack.datalink.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.osistack.datalink.ethernet.RecordingPhysical.octets;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class EthernetDissectorTest {
    private static final String ARP_FRAME = "ffffffffffff 020000000001 0806 0001080006040001 020000000001 0a000001"
            + " 000000000000 0a000002" + "00".repeat(18);
    private static final String ARP_FCS = "e86f4df8"; // computed with another implementation

    private final PduPool pool = new PduPool(64);
    private final EthernetDissector dissector = new EthernetDissector();

    @AfterEach
    void noPduLeaks() {
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void tellsHeaderPadAndCheckSequenceFromTheSdu() {
        Dissection frame = dissect(ARP_FRAME + ARP_FCS);
        assertThat(frame.summary())
                .isEqualTo("02:00:00:00:00:01 → ff:ff:ff:ff:ff:ff  type 0806  pad 18  FCS f84d6fe8 ✓");
        assertThat(frame.fields())
                .extracting(Dissection.Field::name, Dissection.Field::offset, Dissection.Field::length)
                .containsExactly(
                        tuple("Destination Address", 0, 6),
                        tuple("Source Address", 6, 6),
                        tuple("Length/Type", 12, 2),
                        tuple("Pad", 42, 18),
                        tuple("Frame Check Sequence", 60, 4));
        assertThat(frame.sduOffset()).isEqualTo(14);
        assertThat(frame.sduLength()).isEqualTo(28);
    }

    @Test
    void knowsAWrongCheckSequenceOnceItHasSeenARightOne() {
        dissect(ARP_FRAME + ARP_FCS);
        Dissection damaged = dissect(ARP_FRAME + "e86f4df9");
        assertThat(damaged.summary()).endsWith("FCS f94d6fe8 ✗");
        assertThat(damaged.sduLength()).isEqualTo(28);
    }

    @Test
    void findsNoCheckSequenceWhereTheInterfaceMakesIt() {
        Dissection frame = dissect(ARP_FRAME);
        assertThat(frame.summary()).isEqualTo("02:00:00:00:00:01 → ff:ff:ff:ff:ff:ff  type 0806  pad 18");
    }

    @Test
    void explainsAnyOctets() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(70)];
            random.nextBytes(octets);
            Pdu pdu = pool.takeForReceiving(octets.length).append(octets);
            Dissection out = new Dissection();
            dissector.dissect(pdu, null, Direction.UP, out);
            int explained =
                    out.fields().stream().mapToInt(Dissection.Field::length).sum();
            assertThat(explained + out.sduLength()).isEqualTo(octets.length);
            pdu.release();
        }
    }

    private Dissection dissect(String hex) {
        Pdu pdu = pool.takeForReceiving(100).append(octets(hex));
        Dissection out = new Dissection();
        dissector.dissect(pdu, null, Direction.UP, out);
        pdu.release();
        return out;
    }
}
