package org.osistack.application.acse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.security.AuthenticationValue;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ObjectIdentifier;

class AcseApduTest {
    private static final String AARQ_WITH_PASSWORD = "60 2B 80 02 07 80 A1 07 06 05 28 CA 22 02 03 8A 02 07 80"
            + " 8B 03 52 03 01 AC 08 80 06 73 65 63 72 65 74 BE 09 28 07 02 01 03 A0 02 A8 00";
    private static final String AARE_REJECTED = "61 15 A1 07 06 05 28 CA 22 02 03 A2 03 02 01 01 A3 05 A1 03 02 01 02";

    record Vector(String source, String name, Octets octets) {
        @Override
        public String toString() {
            return source + " " + name;
        }
    }

    static List<Vector> vectors() {
        List<Vector> vectors = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                AcseApduTest.class.getResourceAsStream("apdus.txt"), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ");
                    vectors.add(new Vector(words[0], words[1], Octets.ofHex(words[2])));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return vectors;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsWhatRealPeersSendAndWritesItTheSame(Vector vector) {
        AcseApdu apdu = AcseApdu.parse(vector.octets());

        assertThat(apdu).isNotNull();
        assertThat(apdu.emit()).isEqualTo(vector.octets());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                AARQ_WITH_PASSWORD,
                AARE_REJECTED,
                "60 21 A1 07 06 05 28 CA 22 02 03 A2 06 06 04 29 01 01 01 A3 03 02 01 0C"
                        + " BE 09 28 07 02 01 03 A0 02 A8 00",
                "61 20 A1 07 06 05 28 CA 22 02 03 A2 03 02 01 00 A3 05 A1 03 02 01 00 BE 09 28 07 02 01 03 A0 02 A9 00",
                "60 15 A1 07 06 05 28 CA 22 02 03 A4 03 02 01 05 A9 05 02 03 01 00 00",
                "62 03 80 01 00",
                "62 00",
                "63 03 80 01 1E",
                "64 03 80 01 00",
                "64 06 80 01 01 81 01 02"
            })
    void readsAndWritesTheFactSheetsApdus(String hex) {
        assertThat(AcseApdu.parse(Octets.ofHex(hex)).emit()).isEqualTo(Octets.ofHex(hex));
    }

    @Test
    void readsTitlesAndAuthentication() {
        AcseApdu.Aarq aarq = (AcseApdu.Aarq) AcseApdu.parse(vectors().stream()
                .filter(vector -> vector.toString().equals("libiec61850-auth-ok AARQ"))
                .findFirst()
                .orElseThrow()
                .octets());
        assertThat(aarq.applicationContext()).isEqualTo(ObjectIdentifier.of("1.0.9506.2.3"));
        assertThat(aarq.called()).hasToString("1.1.1.999.1, 12");
        assertThat(aarq.calling()).hasToString("1.1.1.999, 12");
        assertThat(aarq.authentication().requirements().has(Authentication.FUNCTIONAL_UNIT))
                .isTrue();
        assertThat(aarq.authentication())
                .isEqualTo(Authentication.of(new AuthenticationValue(ObjectIdentifier.of("2.2.3.1"), "user1@testpw")));

        AcseApdu.Aarq password = (AcseApdu.Aarq) AcseApdu.parse(Octets.ofHex(AARQ_WITH_PASSWORD));
        assertThat(password.authentication().claimed())
                .isEqualTo(new AuthenticationValue(ObjectIdentifier.of("2.2.3.1"), "secret"));
        assertThat(AeTitle.of(ObjectIdentifier.of("1.1.999"), 12)).hasToString("1.1.999, 12");
    }

    @Test
    void acceptsUserInformationThatIsOneExternal() {
        String list = "62 09 BE 07 28 05 81 03 01 02 03";
        AcseApdu.Release release = (AcseApdu.Release) AcseApdu.parse(Octets.ofHex(list));

        assertThat(release.userInformation()).containsExactly(new External(null, 0, 0x81, Octets.ofHex("01 02 03")));
        assertThat(release.reason()).isEqualTo(-1);
    }

    @Test
    void skipsParametersThatItDoesNotKnow() {
        AcseApdu apdu = AcseApdu.parse(Octets.ofHex("60 80 A1 03 06 01 2A AD 00 9F 55 01 07 00 00"));

        assertThat(((AcseApdu.Aarq) apdu).applicationContext()).isEqualTo(ObjectIdentifier.of("1.2"));
    }

    @Test
    void refusesApdusWithoutTheirMandatoryParameters() {
        for (String hex : List.of(
                "",
                "60 00",
                "61 00",
                "64 00",
                "61 09 A1 07 06 05 28 CA 22 02 03",
                "65 00",
                "62 03 80 01",
                "62 00 00")) {
            assertThat(AcseApdu.parse(Octets.ofHex(hex))).as(hex).isNull();
        }
    }

    @Test
    void explainsItsApdus() {
        Dissection aarq = dissect(Octets.ofHex(AARQ_WITH_PASSWORD));
        assertThat(aarq.name()).isEqualTo("AARQ");
        assertThat(aarq.summary()).isEqualTo("application context 1.0.9506.2.3, authentication by password");
        assertThat(aarq.fields().get(3).text()).isEqualTo("password");
        assertThat(aarq.fields().stream().map(Dissection.Field::name).toList())
                .containsExactly(
                        "protocol-version",
                        "application-context-name",
                        "sender-acse-requirements",
                        "mechanism-name",
                        "calling-authentication-value",
                        "user-information");
        Dissection aare = dissect(Octets.ofHex(AARE_REJECTED));
        assertThat(aare.summary()).isEqualTo("rejected, permanent: the application context is not supported there");
        assertThat(dissect(Octets.ofHex("64 03 80 01 01")).summary()).isEqualTo("by the service provider");
        assertThat(dissect(Octets.ofHex("64 06 80 01 00 81 01 05")).summary())
                .isEqualTo("by the service user: authentication failure");
        assertThat(dissect(Octets.ofHex("63 03 80 01 01")).summary()).isEqualTo("not finished");
    }

    @Test
    void copesWithMutatedApdus() {
        SplittableRandom random = new SplittableRandom(227);
        List<Vector> vectors = vectors();
        int read = 0;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] octets = vectors.get(random.nextInt(vectors.size())).octets().toByteArray();
            for (int n = random.nextInt(4); n >= 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            Octets mutated =
                    Octets.of(octets).slice(0, random.nextInt(3) == 0 ? random.nextInt(octets.length) : octets.length);
            AcseApdu apdu = AcseApdu.parse(mutated);
            if (apdu != null) {
                read++;
                assertThat(apdu.emit()).isNotNull();
            }
            if (i % 20 == 0) {
                dissect(mutated);
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }

    private static Dissection dissect(Octets octets) {
        PduPool pool = new PduPool(0);
        Pdu pdu = pool.takeForReceiving(octets.length());
        octets.appendTo(pdu);
        Dissection out = new Dissection();
        new ApplicationDissector(Dissector.NONE).dissect(pdu, ObjectIdentifier.ACSE, Direction.UP, out);
        for (Dissection.Field field : out.fields()) {
            assertThat(field.offset() + field.length()).isLessThanOrEqualTo(octets.length());
        }
        pdu.release();
        return out;
    }
}
