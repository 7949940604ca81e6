package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class X225DissectorTest {
    private final PduPool pool = new PduPool(0);
    private final X225Dissector dissector = new X225Dissector();

    @AfterEach
    void nothingIsLeftOver() {
        assertThat(pool.outstanding()).isZero();
    }

    private Dissection dissect(Octets octets) {
        Pdu pdu = Samples.pdu(pool, octets);
        Dissection out = new Dissection();
        dissector.dissect(pdu, null, Direction.UP, out);
        pdu.release();
        return out;
    }

    private Dissection dissect(String hex) {
        return dissect(Samples.hex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "01 00 01 00 41 42 43,          GT·DT,  'give no token, data transfer',  4, 3",
        "01 00 01 03 19 01 01 41 42 43, GT·DT,  'give no token, data transfer: beginning of SSDU', 7, 3",
        "01 03 10 01 01,                GT,     give tokens: data, -1, 0",
        "02 03 10 01 05,                PT,     'please tokens: data, synchronize-minor', -1, 0",
        "21 00 41,                      TD,     typed data, 2, 1",
        "0a 00,                         DN,     disconnect, -1, 0",
        "19 08 11 01 03 c1 03 62 79 65, AB,     'abort: transport connection released, user abort', 7, 3",
        "0c 08 11 01 01 32 03 02 41 42, RF,     "
                + "'refuse: transport connection released, the called user refused', 8, 2",
        "01 00 31 03 2a 01 37,          GT·MIP, 'give no token, minor sync point: point 7', -1, 0",
        "01 00 31 06 0f 01 01 2a 01 37, GT·MIP, "
                + "'give no token, minor sync point: point 7, explicit confirmation not required', -1, 0",
        "01 00 29 06 0f 01 01 2a 01 35, GT·MAP, 'give no token, major sync point: point 5', -1, 0",
        "02 00 32 07 2a 01 37 2e 02 6f 6b, PT·MIA, 'ask for no token, minor sync ack: point 7', 9, 2",
        "01 00 35 09 1a 01 00 1b 01 00 2a 01 33, GT·RS, "
                + "'give no token, resynchronize: restart, point 3, tokens to the initiator', -1, 0",
        "01 00 35 0f 1a 01 00 1b 01 00 2a 01 32 35 01 01 36 01 33, GT·RS, "
                + "'give no token, resynchronize: restart, point 2, other flow: abandon, point 3, tokens to the initiator', -1, 0",
        "02 00 2a 06 2a 01 32 36 01 33, PT·MAA, "
                + "'ask for no token, major sync ack: point 2, other flow: point 3', -1, 0",
        "02 00 22 06 1a 01 54 2a 01 33, PT·RA,  "
                + "'ask for no token, resynchronize ack: point 3, tokens to the responder but data to the initiator', -1, 0",
        "07 03 18 01 04,                PR,     prepare: AB comes, -1, 0",
        "01 00 2d 04 29 02 30 31,       GT·AS,  'give no token, activity start: \"01\"', -1, 0",
        "01 00 1d 0c 21 06 29 01 30 2a 01 35 29 02 30 32, GT·AR, "
                + "'give no token, activity resume: once \"0\", after point 5, \"02\"', -1, 0",
        "01 00 19 03 32 01 03,          GT·AI,  'give no token, activity interrupt: user sequence error', -1, 0",
        "02 00 30 03 32 01 80,          PT·ED,  'ask for no token, exception data: demand data token', -1, 0",
        "02 00 00 06 31 04 01 00 01 00, PT·ER,  'ask for no token, exception report: because of 0x01000100', -1, 0",
        "05 00 41,                      EX,     expedited, 2, 1",
        "15 00,                         GTC,    give tokens confirm, -1, 0",
        "01 00 31 03 2a 01 31 01 00 41, GT·MIP·DT, "
                + "'give no token, minor sync point: point 1, data transfer', 9, 1",
        "63 00,                         ?,      no SPDU with identifier 99, -1, 0",
        "0d 20 14,                      ?,      cut off, -1, 0"
    })
    void saysInAFewWordsWhatItIs(String hex, String name, String summary, int sduOffset, int sduLength) {
        Dissection out = dissect(hex);
        assertThat(out.protocol()).isEqualTo("X.225");
        assertThat(out.name()).isEqualTo(name);
        assertThat(out.summary()).isEqualTo(summary);
        assertThat(out.sduOffset()).isEqualTo(sduOffset);
        assertThat(out.sduLength()).isEqualTo(sduLength);
    }

    @Test
    void nestsParametersInTheirGroups() {
        Dissection out = dissect("0d 19 05 06 13 01 00 16 01 02 14 02 00 02 33 02 00 01 34 02 00 02 c1 03 41 42 43");
        assertThat(out.fields())
                .extracting(field -> field.depth() + " " + field.name() + " @" + field.offset() + "+" + field.length()
                        + " " + field.text())
                .containsExactly(
                        "0 CN @0+27 CONNECT",
                        "1 SI @0+1 CONNECT",
                        "1 LI @1+1 25 octets of parameters",
                        "1 Connect/Accept Item @2+8 PGI 5",
                        "2 Protocol Options @4+3 basic concatenation only",
                        "2 Version Number @7+3 2",
                        "1 Session User Requirements @10+4 kernel, duplex",
                        "1 Calling Session Selector @14+4 0x0001",
                        "1 Called/Responding Session Selector @18+4 0x0002",
                        "1 User Data @22+2 3 octets");
        assertThat(out.fields().get(4).clause()).isEqualTo("X.225 §8.3.1");
        assertThat(out.sduOffset()).isEqualTo(24);
    }

    @Test
    void tellsTheAcknowledgementOfAnActivityEndFromThatOfAMajorSynchronizationPoint() {
        dissect("01 00 29 06 0f 01 01 2a 01 35");
        assertThat(dissect("02 00 2a 03 2a 01 35").name()).isEqualTo("PT·MAA");
        dissect("01 00 29 03 2a 01 35");
        assertThat(dissect("02 00 2a 03 2a 01 35").name()).isEqualTo("PT·AEA");
    }

    @Test
    void explainsEveryExampleAndEveryRecordedTsduWhole() {
        List<Octets> all = new ArrayList<>();
        Samples.examples().forEach(example -> all.add(example.tsdu()));
        Samples.conversations().forEach(c -> c.tsdus().forEach(t -> all.add(t.tsdu())));
        for (Octets tsdu : all) {
            Dissection out = dissect(tsdu);
            if (out.name().contains("?")) {
                assertThat(tsdu).hasToString("6300");
                continue;
            }
            int explained = 0;
            for (Dissection.Field field : out.fields()) {
                if (field.depth() == 0) {
                    explained += field.length();
                }
            }
            boolean inParameter = out.hasSdu() && out.sduOffset() + out.sduLength() <= explained;
            assertThat(explained + (out.hasSdu() && !inParameter ? out.sduLength() : 0))
                    .as(tsdu.toString())
                    .isEqualTo(tsdu.length());
        }
    }

    @Test
    void copesWithAnyOctets() {
        SplittableRandom random = new SplittableRandom(5);
        List<Samples.Example> examples = Samples.examples();
        for (int i = 0; i < 60_000; i++) {
            byte[] octets = examples.get(i % examples.size()).tsdu().toByteArray();
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(Math.min(30, octets.length))] = (byte) random.nextInt();
            }
            Dissection out = dissect(Octets.of(octets).slice(0, random.nextInt(octets.length + 1)));
            assertThat(out.sduOffset() + out.sduLength()).isLessThanOrEqualTo(octets.length);
        }
    }
}
