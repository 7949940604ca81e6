package org.osistack.application.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

class OctetStringTest {
    private final PduPool pool = new PduPool(16);

    @AfterEach
    void nothingIsLost() {
        assertThat(pool.outstanding()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_000, 65_536, 1 << 24})
    void isReadAsItWasWritten(int length) {
        byte[] octets = new byte[length];
        new SplittableRandom(length).nextBytes(octets);
        Pdu pdu = OctetString.append(pool.take(length + OctetString.MAX_HEADER), octets, length);

        assertThat(OctetString.contentsLength(pdu)).isEqualTo(length);
        assertThat(new BerReader(pdu).octetString(Tag.OCTET_STRING)).isEqualTo(Octets.of(octets));
        pdu.release();
    }

    @ParameterizedTest
    @CsvSource({
        "04 00, 0",
        "04 02 01 02, 2",
        "04 81 02 01 02, 2",
        "04 84 00 00 00 02 01 02, 2",
        "'', -1",
        "04, -1",
        "04 02 01, -1",
        "04 02 01 02 03, -1",
        "05 02 01 02, -1",
        "04 80 00 00, -1",
        "04 82 00, -1",
        "04 85 00 00 00 00 00, -1",
        "04 84 ff ff ff ff, -1"
    })
    void isOneWholeEncodingOrNothing(String hex, int length) {
        Pdu pdu = pool.take().append(HexFormat.ofDelimiter(" ").parseHex(hex));

        assertThat(OctetString.contentsLength(pdu)).isEqualTo(length);
        pdu.release();
    }

    @Test
    void copesWithAnyOctets() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = new byte[random.nextInt(12)];
            random.nextBytes(octets);
            if (octets.length > 0 && random.nextBoolean()) {
                octets[0] = 4;
            }
            Pdu pdu = pool.take().append(octets);
            assertThat(OctetString.contentsLength(pdu)).isBetween(-1, octets.length - 2 < 0 ? -1 : octets.length - 2);
            pdu.release();
        }
    }
}
