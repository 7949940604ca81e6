package org.osistack.application.rtse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class RtseDissectorTest {
    private final PduPool pool = new PduPool(0);

    @ParameterizedTest
    @CsvSource({
        "04 05 04 03 68 69 00, RTTR, 5 octets of the APDU, 1",
        "02 01 00, RTTP, 'priority 0, to close', 1",
        "02 01 07, RTTP, priority 7, 1",
        "B0 0E 80 01 40 82 01 01 A3 06 A0 04 02 02 10 01, RTORQ, 'open, two-way alternate, 64 KiB, window 3', 3",
        "B1 0E 80 01 01 81 01 03 A2 06 A0 04 02 02 52 1D, RTOAC, 'open, 1 KiB, window 3', 3",
        "B2 00, RTORJ, refused, 0",
        "36 03 80 01 04, RTAB, protocol error, 1",
        "B6 07 80 01 01 81 02 00 20, RTAB, invalid parameter, 2",
        "30 00, unknown, not an APDU of RTSE, 0",
        "04 05 04, RTTR, cut off, 0",
        "02, RTTP, cut off, 0"
    })
    void explainsEveryApdu(String octets, String name, String summary, int fields) {
        Dissection dissection = dissect(Octets.ofHex(octets));

        assertThat(dissection.protocol()).isEqualTo("RTSE");
        assertThat(dissection.name()).isEqualTo(name);
        assertThat(dissection.summary()).isEqualTo(summary);
        assertThat(dissection.fields()).hasSize(fields);
    }

    @Test
    void theSegmentIsTheUsers() {
        Dissection dissection = dissect(Octets.ofHex("04 05 04 03 68 69 00"));

        assertThat(dissection.sduOffset()).isEqualTo(2);
        assertThat(dissection.sduLength()).isEqualTo(5);
    }

    @Test
    void aRecoveryTellsOfWhat() {
        Octets octets = Octets.ofHex(
                "B0 23 82 01 01 A3 1E A1 1C 04 0B 14 09 6c6f63616c686f7374 17 0D 3236313132323032343034375A");

        assertThat(dissect(octets).fields().get(1).text()).isEqualTo("recover 14096c6f63616c686f7374 of 261122024047Z");
    }

    @Test
    void anyOctetsAreExplained() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] valid =
                Octets.ofHex("B0 0E 80 01 40 82 01 01 A3 06 A0 04 02 02 10 01").toByteArray();
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = valid.clone();
            octets[0] = new byte[] {(byte) 0xb0, (byte) 0xb1, (byte) 0xb6, 0x04, 0x02, 0x24}[i % 6];
            for (int n = random.nextInt(5); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            dissect(Octets.of(octets).slice(0, 1 + random.nextInt(octets.length)));
        }
        assertThat(pool.outstanding()).isZero();
    }

    private Dissection dissect(Octets octets) {
        Pdu pdu = pool.take(octets.length());
        octets.appendTo(pdu);
        Dissection dissection = new Dissection();
        new RtseDissector().dissect(pdu, null, Direction.DOWN, dissection);
        pdu.release();
        return dissection;
    }
}
