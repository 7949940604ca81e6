package org.osistack.application.rose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;

class CodedValueTest {
    private static CodedValue parse(Octets apdu) {
        return CodedValue.parse(new BerReader(apdu));
    }

    @ParameterizedTest
    @CsvSource({
        "A1 0A 02 01 01 02 01 07 04 02 68 69, ROIV, 1, 7",
        "A2 0C 02 01 03 30 07 02 01 08 04 02 68 69, RORS, 3, 8",
        "A3 0A 02 01 02 02 01 09 04 02 68 69, ROER, 2, 9"
    })
    void findsTheValueAndWhatItBelongsTo(String apdu, CodedValue.Kind kind, long invokeId, long code) {
        assertThat(parse(Octets.ofHex(apdu)))
                .isEqualTo(new CodedValue(kind, invokeId, Code.of(code), Octets.ofHex("04026869")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "A4 06 02 01 02 81 01 01", // RORJ
                "A1 0D 02 01 04 80 01 01 02 01 00 04 02 68 69", // linked
                "A1 0A 02 01 01 06 01 2A 04 02 68 69", // an object identifier
                "A1 0A 02 01 01 02 01 07 04 02 68", // cut off
                "A2 03 02 01 03" // no result
            })
    void leavesTheOthersAlone(String apdu) {
        assertThat(parse(Octets.ofHex(apdu))).isNull();
    }

    @Test
    void takesAnyOctets() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] sample = Octets.ofHex("A20C020103300702010804026869").toByteArray();
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] octets = sample.clone();
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            read += parse(Octets.of(octets)) == null ? 0 : 1;
        }
        assertThat(read).isBetween(10_000, 90_000);
    }
}
