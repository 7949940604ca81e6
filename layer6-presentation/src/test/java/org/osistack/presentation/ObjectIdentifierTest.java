package org.osistack.presentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Octets;

class ObjectIdentifierTest {
    @ParameterizedTest
    @CsvSource({
        "0.0, 00",
        "0.39, 27",
        "1.0.9506.2.1, 28 ca 22 02 01",
        "1.39, 4f",
        "2.0, 50",
        "2.1.1, 51 01",
        "2.999.3, 88 37 03",
        "2.25.340282366920938463463374607431768211455, 69 83 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff 7f"
    })
    void isTheSameWithDotsAndInOctets(String dotted, String hex) {
        byte[] octets = Octets.ofHex(hex).toByteArray();

        assertThat(ObjectIdentifier.of(dotted).contents()).isEqualTo(Octets.ofHex(hex));
        assertThat(ObjectIdentifier.ofContents(octets, 0, octets.length))
                .isEqualTo(ObjectIdentifier.of(dotted))
                .hasSameHashCodeAs(ObjectIdentifier.of(dotted))
                .hasToString(dotted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.",
                ".1",
                "3.1",
                "0.40",
                "1.40",
                "1.01",
                "1.-1",
                "1.2 .3",
                "1..2",
                "2.25.340282366920938463463374607431768211456",
                "2.25.1000000000000000000000000000000000000000"
            })
    void isNotAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ObjectIdentifier.of(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64})
    void hasNotMoreThan63Subidentifiers(int count) {
        byte[] octets = new byte[count];

        assertThat(ObjectIdentifier.ofContents(octets, 0, count) == null).isEqualTo(count > 63);
    }
}
