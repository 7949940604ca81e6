package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/** The coding of SPDUs and their concatenation. */
class SpduTest {
    private final PduPool pool = new PduPool(16);

    @AfterEach
    void nothingIsLeftOver() {
        assertThat(pool.outstanding()).isZero();
    }

    private Tsdu read(Octets octets) {
        Pdu pdu = Samples.pdu(pool, octets);
        Tsdu tsdu = Tsdu.read(pdu, false);
        pdu.release();
        return tsdu;
    }

    private Tsdu read(String hex) {
        return read(Samples.hex(hex));
    }

    static List<Samples.Example> examples() {
        return Samples.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsEachExampleAndWritesTheSameOctets(Samples.Example example) {
        Pdu pdu = Samples.pdu(pool, example.tsdu());
        Tsdu tsdu = Tsdu.read(pdu, false);
        assertThat(tsdu.fault()).isNull();
        assertThat(tsdu.spdus().stream().map(spdu -> spdu.type().name()).collect(Collectors.joining(" ")))
                .isEqualTo(example.kinds());
        assertThat(Samples.again(pool, tsdu, pdu)).isEqualTo(example.tsdu());
        pdu.release();
    }

    @Test
    void theExamplesHaveEveryKindOfSpdu() {
        Set<SpduType> seen = EnumSet.of(SpduType.AEA, SpduType.CDA); // coded as MAA, and as CD but for the identifier
        for (Samples.Example example : examples()) {
            read(example.tsdu()).spdus().forEach(spdu -> seen.add(spdu.type()));
        }
        assertThat(seen).containsExactlyInAnyOrder(SpduType.values());
    }

    @Test
    void readsWhatOthersSentAndWritesTheSameOctets() {
        int tsdus = 0;
        int spdus = 0;
        for (Samples.Conversation conversation : Samples.conversations()) {
            for (Samples.Recorded recorded : conversation.tsdus()) {
                Pdu pdu = Samples.pdu(pool, recorded.tsdu());
                Tsdu tsdu = Tsdu.read(pdu, false);
                if (!tsdu.isWellFormed()) { // ISODE takes offence at these two as well: see ReplayTest
                    assertThat(recorded.tsdu().toString()).matches("6300|0dff0017.*");
                } else {
                    assertThat(Samples.again(pool, tsdu, pdu))
                            .as(conversation.name())
                            .isEqualTo(recorded.tsdu());
                    tsdus++;
                    spdus += tsdu.spdus().size();
                }
                pdu.release();
            }
        }
        assertThat(tsdus).isEqualTo(375);
        assertThat(spdus).isGreaterThan(500);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                | a TSDU of no octets
            0d                                | the octets end before a length indicator
            0d ff 01                          | the octets end inside a length indicator
            0d ff 00 05 14 02 00 02 c1        | a length indicator of three octets for 5 octets
            0d 05 14 02 00                    | a length indicator of 5 where 3 octets are left
            0d 04 14 03 00 02                 | a length indicator of 3 where 2 octets are left
            0d 03 14 01 02                    | Session User Requirements of 1 octets
            0d 03 2a 01 31                    | CN has no Serial Number
            0d 08 14 02 00 02 14 02 00 02     | Session User Requirements twice in CN
            19 00                             | AB without Transport Disconnect
            63 00                             | no SPDU with identifier 99 may stand there
            21 00 41 42                       | OK
            0d 04 14 02 00 02 41              | CN is followed by other octets
            03 00                             | no SPDU with identifier 3 may stand there
            31 03 2a 01 31                    | no SPDU with identifier 49 may stand there
            01 00                             | GT alone names no token
            01 00 01 00                       | OK
            01 00 0d 04 14 02 00 02           | no SPDU with identifier 13 may stand there
            01 00 02 00                       | no SPDU with identifier 2 may stand there
            01 00 31 03 2a 01 31 01 00 41     | extended concatenation was not agreed
            01 00 31 03 2a 01 3a              | Serial Number that is no decimal number
            0d 07 99 01 00 14 02 00 02        | OK
            0d 06 14 02 00 02 33 00           | OK
            """)
    void tellsWhatIsWrong(String hex, String fault) {
        Tsdu tsdu = hex == null || hex.isEmpty() ? read(Octets.EMPTY) : read(hex);
        assertThat(tsdu.isWellFormed() ? "OK" : tsdu.fault()).isEqualTo(fault);
    }

    @Test
    void takesWhatOldSendersLeaveOutsideItsGroup() {
        Spdu connect = read("0d 0a 0a 02 61 62 14 02 00 02 c1 00").spdus().get(0);
        assertThat(connect.octets(Parameter.CALLING_REFERENCE)).isEqualTo(Octets.ofText("ab"));
        assertThat(connect.userData()).isEqualTo(Octets.EMPTY);
        assertThat(connect.has(Parameter.USER_DATA)).isFalse();
    }

    @Test
    void theSyncTypeItemTellsMajorSyncFromActivityEnd() {
        assertThat(read("01 00 29 06 0f 01 01 2a 01 35").spdus().get(1).type()).isEqualTo(SpduType.MAP);
        assertThat(read("01 00 29 06 0f 01 00 2a 01 35").spdus().get(1).type()).isEqualTo(SpduType.AE);
    }

    @Test
    void lengthIndicatorsGrowAtEachLevel() {
        for (int length : new int[] {0, 1, 250, 251, 252, 253, 254, 255, 256, 65_000}) {
            Spdu spdu = Spdu.of(SpduType.FN)
                    .with(Parameter.TRANSPORT_DISCONNECT, 1)
                    .userData(Octets.of(new byte[length]))
                    .build();
            Pdu pdu = spdu.toTsdu(pool);
            assertThat(pdu.length()).isEqualTo(spdu.length());
            Tsdu again = Tsdu.read(pdu, false);
            assertThat(again.spdus()).containsExactly(spdu);
            pdu.release();
        }
    }

    @Test
    void aBuilderKeepsToTheOrderOfTheStandard() {
        Spdu spdu = Spdu.of(SpduType.CN)
                .userData(Octets.ofText("A"))
                .with(Parameter.SESSION_USER_REQUIREMENTS, Octets.ofHex("0002"))
                .with(Parameter.VERSION_NUMBER, 2)
                .with(Parameter.CALLING_REFERENCE, Octets.ofText("r"))
                .with(Parameter.PROTOCOL_OPTIONS, 0)
                .build();
        Pdu pdu = spdu.toTsdu(pool);
        assertThat(pdu.toString()).isEqualTo("0d14" + "01030a0172" + "0506130100160102" + "14020002" + "c10141");
        pdu.release();
        assertThatThrownBy(() -> Spdu.of(SpduType.FN).with(Parameter.SERIAL_NUMBER, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("FN has no Serial Number");
    }

    @Test
    void mutatedTsdusNeitherThrowNorChangeWhenWrittenAgain() {
        SplittableRandom random = new SplittableRandom(225);
        List<Samples.Example> examples = examples();
        int wellFormed = 0;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] octets = examples.get(random.nextInt(examples.size())).tsdu().toByteArray();
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(Math.min(40, octets.length))] = (byte) random.nextInt();
            }
            int length = random.nextInt(8) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            Pdu pdu = pool.take(octets.length).append(octets, 0, length);
            Tsdu tsdu = Tsdu.read(pdu, random.nextBoolean());
            if (tsdu.isWellFormed()) {
                wellFormed++;
                Pdu again = pool.take(pdu.length() + 100);
                tsdu.spdus().forEach(spdu -> spdu.emit(again));
                again.append(pdu, tsdu.headerLength(), pdu.length() - tsdu.headerLength());
                assertThat(Tsdu.read(again, true))
                        .isEqualTo(new Tsdu(tsdu.spdus(), again.length() - (pdu.length() - tsdu.headerLength()), null));
                again.release();
            }
            pdu.release();
        }
        assertThat(wellFormed).isBetween(150_000, 950_000);
    }
}
