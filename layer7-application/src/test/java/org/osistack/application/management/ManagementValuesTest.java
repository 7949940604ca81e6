package org.osistack.application.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.osistack.application.facade.OpenSession;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.SessionStatus;

class ManagementValuesTest {
    /** A session with everything that one can have. */
    static OpenSession session(int number) {
        return session(
                number, "alice", "10.0.0.1", Duration.ofMillis(250), new ActivityIdentifier(Octets.of((byte) 7)));
    }

    private static OpenSession session(
            int number, String user, String peer, Duration idle, ActivityIdentifier activity) {
        SessionStatus status = new SessionStatus(
                number,
                "STA713",
                true,
                peer,
                FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE),
                Tokens.of(Token.DATA),
                Tokens.of(Token.SYNCHRONIZE_MINOR),
                new SerialNumbers(3, 2, 1),
                activity,
                SessionStatus.UNKNOWN,
                SessionStatus.UNKNOWN);
        return new OpenSession(status, user, peer, Duration.ofSeconds(5), idle);
    }

    static List<OpenSession> sessions(int count) {
        List<OpenSession> sessions = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            sessions.add(session(2 * number));
        }
        return sessions;
    }

    @Test
    void hasTheEncodingThatItsAsn1Says() {
        assertThat(new SessionQuery(300, 200).emit()).isEqualTo(Octets.ofHex("30 08 02 02 01 2c 02 02 00 c8"));
        assertThat(new EndOrder(7, true).emit()).isEqualTo(Octets.ofHex("30 06 02 01 07 01 01 ff"));
        assertThat(new SessionPage("bob", false, List.of(session(2))).emit())
                .isEqualTo(Octets.ofHex("30 48 0c 03 62 6f 62 01 01 00 30 3e 30 3c 02 01 02 0c 06 53 54 41 37 31 33"
                        + "01 01 ff 0c 05 61 6c 69 63 65 0c 08 31 30 2e 30 2e 30 2e 31 02 01 09 02 01 01 02 01 04"
                        + "02 01 03 02 01 02 02 01 01 02 02 13 88 80 02 00 fa 81 01 07"));
    }

    @Test
    void readsWhatItWrites() {
        assertThat(SessionQuery.parse(new SessionQuery(0, 1).emit())).isEqualTo(new SessionQuery(0, 1));
        assertThat(SessionQuery.parse(new SessionQuery(-1, 1).emit())).isNull();
        assertThat(SessionQuery.parse(new SessionQuery(0, 0).emit())).isNull();
        assertThat(SessionQuery.parse(new SessionQuery(0, 201).emit())).isNull();
        assertThat(EndOrder.parse(new EndOrder(1, false).emit())).isEqualTo(new EndOrder(1, false));
        assertThat(EndOrder.parse(new EndOrder(-1, false).emit())).isNull();
        SessionPage page = new SessionPage("bob", true, List.of(session(3), session(5, "", "?", null, null)));
        assertThat(SessionPage.parse(page.emit())).isEqualTo(page);
    }

    @Test
    void refusesPagesThatNoServerOfOursSends() {
        assertThat(SessionPage.parse(new SessionPage("bob", false, List.of(session(5), session(5))).emit()))
                .isNull();
        assertThat(SessionPage.parse(new SessionPage("bob", false, List.of(session(0))).emit()))
                .isNull();
        assertThat(SessionPage.parse(new SessionPage("bob", false, sessions(201)).emit()))
                .isNull();
        OpenSession tooLong = session(1, "", "", null, new ActivityIdentifier(Octets.ofHex("010203040506")));
        byte[] octets = new SessionPage("bob", false, List.of(tooLong)).emit().toByteArray();
        int activity = octets.length - 7;
        assertThat(octets[activity]).isEqualTo((byte) 6);
        assertThat(SessionPage.parse(Octets.of(octets)).sessions()).containsExactly(tooLong);
        octets[activity] = 5;
        assertThat(SessionPage.parse(Octets.of(octets))).isNull();
    }

    @Test
    void cutsTextsThatAreTooLong() {
        OpenSession session = session(1, "a".repeat(1000), "b", null, null);
        SessionPage read = SessionPage.parse(new SessionPage("c".repeat(1000), false, List.of(session)).emit());
        assertThat(read.server()).isEqualTo("c".repeat(399) + "…");
        assertThat(read.sessions().get(0).user()).isEqualTo("a".repeat(399) + "…");
    }

    @Test
    void takesAnyOctetsWithoutAnException() {
        SplittableRandom random = new SplittableRandom(17);
        PduPool pool = new PduPool(256);
        ManagementDissector dissector = new ManagementDissector();
        List<Octets> valid = List.of(
                new SessionPage("bob", true, sessions(2)).emit(),
                new SessionQuery(5, 6).emit(),
                new EndOrder(5, true).emit(),
                Octets.ofHex("a1 0e 02 01 01 02 01 01 30 06 02 01 00 02 01 05"),
                Octets.ofHex("a3 0b 02 01 01 02 01 01 0c 03 62 61 64"));
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = valid.get(i % valid.size()).toByteArray();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            Octets broken = Octets.of(octets)
                    .slice(0, random.nextBoolean() ? octets.length : random.nextInt(octets.length + 1));
            read += SessionPage.parse(broken) != null ? 1 : 0;
            SessionQuery.parse(broken);
            EndOrder.parse(broken);
            Pdu pdu = pool.take();
            broken.appendTo(pdu);
            dissector.dissect(pdu, null, Direction.DOWN, new Dissection());
            pdu.release();
        }
        assertThat(read).isPositive();
        assertThat(pool.outstanding()).isZero();
    }
}
