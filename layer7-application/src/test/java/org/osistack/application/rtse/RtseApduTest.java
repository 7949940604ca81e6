package org.osistack.application.rtse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.OldConnection;

class RtseApduTest {
    private static final SessionConnectionIdentifier LOCALHOST = new SessionConnectionIdentifier(
            Octets.ofHex("1409 6c6f63616c686f7374"), Octets.ofText("261122024047Z"), Octets.EMPTY);

    private final PduPool pool = new PduPool(64);

    // ---- octets that a real ISODE has sent or accepted ----

    @Test
    void openRequestWithAnInteger() {
        RtseApdu.Rtorq rtorq = new RtseApdu.Rtorq(0, 3, DialogueMode.MONOLOGUE, null, Octets.ofHex("02021001"));

        assertThat(rtorq.emit()).isEqualTo(Octets.ofHex("B0 08 A3 06 A0 04 02 02 10 01"));
        assertThat(RtseApdu.parse(Octets.ofHex("B0 0B 82 01 01 A3 06 A0 04 02 02 10 01")))
                .isEqualTo(new RtseApdu.Rtorq(0, 3, DialogueMode.TWO_WAY_ALTERNATE, null, Octets.ofHex("02021001")));
        assertRoundTrip("B0 0B 82 01 01 A3 06 A0 04 02 02 10 01");
    }

    @Test
    void openAcceptance() {
        assertThat(RtseApdu.parse(Octets.ofHex("B1 0E 80 01 01 81 01 03 A2 06 A0 04 02 02 52 1D")))
                .isEqualTo(new RtseApdu.Rtoac(1, 3, null, Octets.ofHex("0202521d")));
        assertRoundTrip("B1 0B 80 01 01 A2 06 A0 04 02 02 52 1D");
    }

    @Test
    void recovery() {
        String octets = "B0 23 82 01 01 A3 1E A1 1C 04 0B 14 09 6c6f63616c686f7374 17 0D 3236313132323032343034375A";

        assertThat(RtseApdu.parse(Octets.ofHex(octets)))
                .isEqualTo(new RtseApdu.Rtorq(0, 3, DialogueMode.TWO_WAY_ALTERNATE, LOCALHOST, Octets.EMPTY));
        assertRoundTrip(octets);
    }

    @Test
    void aborts() {
        assertThat(RtseApdu.parse(Octets.ofHex("B6 03 80 01 06"))).isEqualTo(RtseApdu.Rtab.of(AbortReason.USER_ERROR));
        assertThat(RtseApdu.parse(Octets.ofHex("36 03 80 01 04")))
                .as("as ISODE sends it")
                .isEqualTo(RtseApdu.Rtab.of(AbortReason.PROTOCOL_ERROR));
        assertRoundTrip("B6 08 80 01 06 A2 03 0C 01 78");
        assertRoundTrip("B6 07 80 01 01 81 02 00 20");
        assertThat(((RtseApdu.Rtab) RtseApdu.parse(Octets.ofHex("B6 07 80 01 01 81 02 00 20"))).reflected())
                .as("dialogueMode")
                .isEqualTo(2);
    }

    @Test
    void turnPlease() {
        assertThat(new RtseApdu.Rttp(1).emit()).isEqualTo(Octets.ofHex("02 01 01"));
        assertThat(RtseApdu.Rttp.parse(Octets.ofHex("02 01 07"))).isEqualTo(new RtseApdu.Rttp(7));
        assertThat(RtseApdu.Rttp.parse(Octets.EMPTY)).isEqualTo(new RtseApdu.Rttp(0));
        assertThat(RtseApdu.Rttp.parse(Octets.ofHex("04 01 07"))).isNull();
        assertThat(RtseApdu.Rttp.parse(Octets.ofHex("02 01 FF"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04 05 04 03 68 69 00",
                "04 81 05 04 03 68 69 00",
                "24 80 04 02 04 03 04 03 68 69 00 00 00",
                "24 09 04 02 04 03 04 03 68 69 00"
            })
    void segment(String rttr) {
        Pdu pdu = pool.take(100).append(Octets.ofHex(rttr).toByteArray());

        assertThat(Rttr.pull(pdu)).isTrue();
        assertThat(pdu).hasToString("0403686900");
        Rttr.push(pdu);
        assertThat(pdu).hasToString("04050403686900");
        pdu.release();
        assertThat(pool.outstanding()).isZero();
    }

    // ---- what the standard allows beside it ----

    @ParameterizedTest
    @ValueSource(strings = {"B0 04 A3 02 80 00", "B0 06 A3 04 A0 02 05 00", "B0 04 A3 02 A0 00"})
    void thereAreThreeWaysToSayThatThereIsNoUserData(String octets) {
        assertThat(RtseApdu.parse(Octets.ofHex(octets)))
                .isEqualTo(new RtseApdu.Rtorq(0, 3, DialogueMode.MONOLOGUE, null, Octets.EMPTY));
    }

    @Test
    void noUserDataIsTheTaggedNull() {
        assertThat(new RtseApdu.Rtorq(64, 5, DialogueMode.TWO_WAY_ALTERNATE, null, Octets.EMPTY).emit())
                .isEqualTo(Octets.ofHex("B0 0D 80 01 40 81 01 05 82 01 01 A3 02 80 00"));
        assertThat(new RtseApdu.Rtoac(0, 3, LOCALHOST, Octets.EMPTY).emit())
                .isEqualTo(Octets.ofHex(
                        "B1 20 A2 1E A1 1C 04 0B 14 09 6c6f63616c686f7374 17 0D" + "3236313132323032343034375A"));
    }

    @Test
    void refusals() {
        assertRoundTrip("B2 00");
        assertRoundTrip("B2 06 A1 04 0C 02 6E 6F");
        assertThat(RtseApdu.parse(Octets.ofHex("B2 03 80 01 01"))).isEqualTo(new RtseApdu.Rtorj(Octets.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "B0 00",
                "B0 03 80 01 01",
                "B0 07 82 01 02 A3 02 80 00",
                "B0 07 81 01 00 A3 02 80 00",
                "B0 07 80 01 FF A3 02 80 00",
                "B0 05 A3 03 80 00 00",
                "B1 04 A3 02 80 00",
                "B6 03 80 01 08",
                "B5 00",
                "B0 08 A3 06 A1 04 04 00 17 00"
            })
    void whatIsNoApduIsNone(String octets) {
        assertThat(RtseApdu.parse(Octets.ofHex(octets))).isNull();
    }

    // ---- names ----

    @Test
    void aConnectionIsCalledTheSameInEveryPdu() {
        ConnectionIdentifier ofIsode = new ConnectionIdentifier(
                Octets.ofHex("1409 6c6f63616c686f7374"), Octets.ofHex("170D 3236313132323032343034375A"), Octets.EMPTY);
        assertThat(SessionConnectionIdentifier.of(ofIsode)).isEqualTo(LOCALHOST);
        assertThat(LOCALHOST.identifier()).isEqualTo(ofIsode);

        SessionConnectionIdentifier ours = new SessionConnectionIdentifier(
                Octets.ofHex("00112233445566778899aabbccddeeff"), Octets.ofText("261122024047Z"), Octets.ofHex("3031"));
        assertThat(ours.identifier().userReference()).isEqualTo(Octets.ofHex("0410 00112233445566778899aabbccddeeff"));
        assertThat(SessionConnectionIdentifier.of(ours.identifier())).isEqualTo(ours);
        assertThat(SessionConnectionIdentifier.of(ours.oldConnection())).isEqualTo(ours);
        RtseApdu.Rtoac rtoac = new RtseApdu.Rtoac(1, 3, ours, Octets.EMPTY);
        assertThat(RtseApdu.parse(rtoac.emit())).isEqualTo(rtoac);
    }

    @Test
    void aNameThatCannotBeSaidAgainIsNone() {
        Octets longest = Octets.of(new byte[64]);
        assertThat(SessionConnectionIdentifier.of(ConnectionIdentifier.NONE)).isNull();
        assertThat(SessionConnectionIdentifier.of(new ConnectionIdentifier(longest, longest, Octets.EMPTY)))
                .isNull();
        assertThat(SessionConnectionIdentifier.of(new OldConnection(Octets.EMPTY, Octets.EMPTY, longest, Octets.EMPTY)))
                .isNull();
    }

    // ---- any octets ----

    @Test
    void anyOctetsAreRead() {
        SplittableRandom random = new SplittableRandom(7);
        byte[][] seeds = {
            Octets.ofHex("B0 0B 82 01 01 A3 06 A0 04 02 02 10 01").toByteArray(),
            new RtseApdu.Rtoac(64, 5, LOCALHOST, Octets.EMPTY).emit().toByteArray(),
            Octets.ofHex("B6 07 80 01 01 81 02 00 20").toByteArray(),
            Octets.ofHex("24 80 04 02 04 03 04 03 68 69 00 00 00").toByteArray()
        };
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = seeds[i % seeds.length].clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            RtseApdu apdu = RtseApdu.parse(Octets.of(octets));
            if (apdu != null) {
                if (!apdu.equals(RtseApdu.parse(apdu.emit()))) {
                    throw new AssertionError(apdu);
                }
                read++;
            }
            RtseApdu.Rttp.parse(Octets.of(octets));
            TransferState.parse(Octets.of(octets));
            Pdu pdu = pool.take(octets.length).append(octets);
            Rttr.pull(pdu);
            pdu.release();
        }
        assertThat(read).isGreaterThan(1000);
        assertThat(pool.outstanding()).isZero();
    }

    private static void assertRoundTrip(String hex) {
        assertThat(RtseApdu.parse(Octets.ofHex(hex)).emit()).isEqualTo(Octets.ofHex(hex));
    }
}
