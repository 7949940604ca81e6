package org.osistack.application.rose;

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

class RoseDissectorTest {
    private final PduPool pool = new PduPool(0);

    @ParameterizedTest
    @CsvSource({
        "A1 0A 02 01 01 02 01 00 04 02 68 69, ROIV, invocation 1: operation 0, 2, 8",
        "A1 0D 02 01 04 80 01 01 02 01 00 04 02 68 69, ROIV, invocation 4: operation 0 for invocation 1, 3, 11",
        "A2 0C 02 01 01 30 07 02 01 00 04 02 68 69, RORS, result of invocation 1, 2, 10",
        "A2 03 02 01 03, RORS, result of invocation 3, 1, -1",
        "A3 0A 02 01 02 02 01 02 04 02 68 69, ROER, error 2 of invocation 2, 2, 8",
        "A4 06 02 01 02 81 01 01, RORJ, invocation 2: unrecognized operation, 2, -1",
        "A4 05 05 00 80 01 00, RORJ, unrecognized APDU, 2, -1",
        "A5 00, unknown, unrecognized APDU, 0, -1",
        "A1 03 02 01, ROIV, badly structured APDU, 0, -1"
    })
    void explainsEveryApdu(String octets, String name, String summary, int fields, int sdu) {
        Dissection dissection = dissect(Octets.ofHex(octets));

        assertThat(dissection.protocol()).isEqualTo("ROSE");
        assertThat(dissection.name()).isEqualTo(name);
        assertThat(dissection.summary()).isEqualTo(summary);
        assertThat(dissection.fields()).hasSize(fields);
        assertThat(dissection.sduOffset()).isEqualTo(sdu);
    }

    @Test
    void anyOctetsAreExplained() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] valid =
                Octets.ofHex("A1 0D 02 01 04 80 01 01 02 01 00 04 02 68 69").toByteArray();
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = valid.clone();
            octets[0] = (byte) (0xa1 + i % 4);
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
        new RoseDissector().dissect(pdu, null, Direction.DOWN, dissection);
        pdu.release();
        return dissection;
    }
}
