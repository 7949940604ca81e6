package org.osistack.application.rose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;

class RoseApduTest {
    private static final Octets HI = Octets.ofHex("04026869");

    @Test
    void theOctetsThatIsodeSendsAndTakes() {
        assertOctets(new RoseApdu.Roiv(1, null, Code.of(0), Octets.EMPTY), "A1 06 02 01 01 02 01 00");
        assertOctets(new RoseApdu.Roiv(1, null, Code.of(0), HI), "A1 0A 02 01 01 02 01 00 04 02 68 69");
        assertOctets(new RoseApdu.Rors(1, Code.of(0), HI), "A2 0C 02 01 01 30 07 02 01 00 04 02 68 69");
        assertOctets(new RoseApdu.Rors(3, null, Octets.EMPTY), "A2 03 02 01 03");
        assertOctets(new RoseApdu.Roer(2, Code.of(2), HI), "A3 0A 02 01 02 02 01 02 04 02 68 69");
        assertOctets(new RoseApdu.Roiv(4, 1L, Code.of(0), HI), "A1 0D 02 01 04 80 01 01 02 01 00 04 02 68 69");
        assertOctets(new RoseApdu.Rorj(2L, Problem.UNRECOGNIZED_OPERATION), "A4 06 02 01 02 81 01 01");
        assertOctets(new RoseApdu.Rorj(null, Problem.UNRECOGNIZED_APDU), "A4 05 05 00 80 01 00");
        assertOctets(new RoseApdu.Rorj(9L, Problem.ERROR_FOR_UNRECOGNIZED_INVOCATION), "A4 06 02 01 09 83 01 00");
    }

    @Test
    void codesAndInvokeIdsOfAllKinds() {
        assertOctets(
                new RoseApdu.Roiv(-129, null, Code.of(ObjectIdentifier.of("2.4.3")), Octets.EMPTY),
                "A1 08 02 02 FF 7F 06 02 54 03");
        assertOctets(
                new RoseApdu.Roiv(1L << 40, -1L, Code.of(-5), Octets.EMPTY),
                "A1 0E 02 06 01 00 00 00 00 00 80 01 FF 02 01 FB");
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void everyProblemIsReadAsItWasWritten(Problem problem) {
        RoseApdu.Rorj rorj = new RoseApdu.Rorj(7L, problem);

        assertThat(RoseApdu.parse(rorj.emit()).apdu()).isEqualTo(rorj);
    }

    @ParameterizedTest
    @CsvSource({
        "A5 00, UNRECOGNIZED_APDU, , false",
        "'', UNRECOGNIZED_APDU, , false",
        "A1 03 02 01 05, MISTYPED_APDU, 5, false",
        "A1 02 05 00, MISTYPED_APDU, , false",
        "A1 07 02 01 05 02 01 00 05, BADLY_STRUCTURED_APDU, 5, false",
        "A1 06 02 01 05 02 05 00, BADLY_STRUCTURED_APDU, 5, false",
        "A2 08 02 01 05 30 03 02 01 00, MISTYPED_APDU, 5, false",
        "A2 06 02 01 05 02 01 00, MISTYPED_APDU, 5, false",
        "A4 06 02 01 05 80 01 03, MISTYPED_APDU, 5, true",
        "A4 03 02 01 05, MISTYPED_APDU, 5, true",
        "A1 10 02 01 05, BADLY_STRUCTURED_APDU, , false"
    })
    void whatIsWrongIsTold(String octets, Problem problem, Long invokeId, boolean isReject) {
        assertThat(RoseApdu.parse(Octets.ofHex(octets)))
                .isEqualTo(new RoseApdu.Parsed(null, problem, invokeId, isReject));
    }

    @Test
    void anyOctetsAreRead() {
        SplittableRandom random = new SplittableRandom(3);
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] octets =
                    Octets.ofHex("A1 0D 02 01 04 80 01 01 02 01 00 04 02 68 69").toByteArray();
            octets[0] = (byte) (0xa1 + i % 4);
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            RoseApdu.Parsed parsed = RoseApdu.parse(Octets.of(octets));
            if ((parsed.apdu() == null) == (parsed.problem() == null)) {
                throw new AssertionError(parsed);
            } else if (parsed.apdu() != null) {
                read++;
                if (!RoseApdu.parse(parsed.apdu().emit()).apdu().equals(parsed.apdu())) {
                    throw new AssertionError(parsed);
                }
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }

    private static void assertOctets(RoseApdu apdu, String hex) {
        assertThat(apdu.emit()).isEqualTo(Octets.ofHex(hex));
        assertThat(RoseApdu.parse(Octets.ofHex(hex)).apdu()).isEqualTo(apdu);
    }
}
