package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Direction;
import org.osistack.core.Discard;
import org.osistack.core.Dissection;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationContext;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.SessionAddress;

/** X.236. */
class UnitDataTest {
    private static final ObjectIdentifier MMS = ObjectIdentifier.of("1.0.9506.2.1");
    private static final ObjectIdentifier PER = ObjectIdentifier.of("2.1.3.0.0");
    private static final List<PresentationContext> CONTEXTS = List.of(
            new PresentationContext(1, ObjectIdentifier.ACSE, List.of(ObjectIdentifier.BER)),
            new PresentationContext(3, MMS, List.of(ObjectIdentifier.BER)));
    private static final Octets VALUE = Octets.ofHex("02 01 05");
    private static final String DEFINITIONS = "A4 23 30 0F 02 01 01 06 04 52 01 00 01 30 04 06 02 51 01"
            + " 30 10 02 01 03 06 05 28 CA 22 02 01 30 04 06 02 51 01";
    /** The definition list is that of the fact sheet's CP, the user data that of its TD. */
    private static final String EXAMPLE =
            "30 39 81 01 0A 82 01 0B " + DEFINITIONS + " 61 0C 30 0A 02 01 03 A0 05 A1 03 02 01 05";

    private static final PresentationAddress ALICE = address("0x0A", 1);
    private static final PresentationAddress BOB = address("0x0B", 2);

    private final Simulation simulation = new Simulation(3);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final UnitNetwork network = new UnitNetwork();
    private final ConnectionlessSession alicesSession = network.of(alice);
    private final UnitDataEntity calling = new UnitDataEntity(alice, alicesSession, Profile.ISO, 8);
    private final UnitDataEntity called = new UnitDataEntity(bob, network.of(bob), Profile.ISO, 8);
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void noPduLeaks() {
        simulation.run(Duration.ofMinutes(1));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    private static PresentationAddress address(String selector, int port) {
        return new PresentationAddress(Selector.parse(selector), Selector.EMPTY, Selector.EMPTY, port, null);
    }

    private static Pdu pdu(Host host, Octets octets) {
        Pdu pdu = host.pool().take(octets.length());
        octets.appendTo(pdu);
        return pdu;
    }

    private final class Hearing implements ConnectionlessPresentation.User {
        private final boolean understands;

        Hearing(boolean understands) {
            this.understands = understands;
        }

        @Override
        public void unitDataIndication(PresentationAddress source, PresentationAddress destination, Pdu value) {
            heard.add(source + " → " + destination + " default " + value);
            value.release();
        }

        @Override
        public boolean unitDataIndication(
                PresentationAddress source,
                PresentationAddress destination,
                List<PresentationContext> contexts,
                List<Pdv> values) {
            StringBuilder text = new StringBuilder(source + " → " + destination);
            values.forEach(value ->
                    text.append(' ').append(value.context()).append('=').append(value.value()));
            heard.add(text.toString());
            return understands;
        }
    }

    private void arrives(Octets octets) {
        alicesSession.unitDataRequest(
                X226Entity.sessionAddress(ALICE), X226Entity.sessionAddress(BOB), -1, pdu(alice, octets));
        simulation.run(Duration.ofMillis(2));
    }

    @Test
    void sendsTheContextsWithEachUnit() {
        Octets value = Octets.ofHex("A1 03 02 01 05");
        calling.unitDataRequest(ALICE, BOB, -1, CONTEXTS, List.of(new Pdv(3, value)));
        assertThat(network.last).isEqualTo(Octets.ofHex(EXAMPLE));

        called.attach(BOB, new Hearing(true));
        arrives(network.last);
        assertThat(heard)
                .containsExactly("*:1 P=0x0a S=(empty) T=(empty) → *:2 P=0x0b S=(empty) T=(empty) 3=a103020105");
        assertThat(bob.discards(6, "X.236").total()).isZero();
    }

    @Test
    void readsWhatItHasWritten() {
        UdPpdu unit = UdPpdu.parse(Octets.ofHex(EXAMPLE));
        assertThat(unit.contexts()).isEqualTo(CONTEXTS);
        assertThat(unit.emit().toOctets()).isEqualTo(Octets.ofHex(EXAMPLE));
    }

    @Test
    void encodesSimplyWhereThereIsOneContextAtMost() {
        PresentationAddress plain = new PresentationAddress(null, 2);
        called.attach(plain, new Hearing(true));

        calling.unitDataRequest(ALICE, plain, -1, CONTEXTS.subList(0, 1), List.of(new Pdv(1, VALUE)));
        assertThat(network.last)
                .isEqualTo(Octets.ofHex(
                        "30 1B 81 01 0A A4 11 30 0F 02 01 01 06 04 52 01 00 01 30 04 06 02 51 01" + " 40 03 02 01 05"));
        Pdu value = pdu(alice, VALUE);
        calling.unitDataRequest(ALICE, plain, -1, value);
        assertThat(network.last).isEqualTo(Octets.ofHex("30 08 81 01 0A 40 03 02 01 05"));
        simulation.run(Duration.ofMillis(2));

        String addresses = "*:1 P=0x0a S=(empty) T=(empty) → *:2";
        assertThat(heard).containsExactly(addresses + " 1=020105", addresses + " default 020105");
    }

    @Test
    void alwaysEncodesFullyInTheMinimalProfile() {
        new UnitDataEntity(alice, alicesSession, Profile.MINIMAL, 8)
                .unitDataRequest(ALICE, BOB, -1, CONTEXTS.subList(0, 1), List.of(new Pdv(1, VALUE)));
        assertThat(network.last.toString()).endsWith("610a3008020101a003020105");
    }

    @ParameterizedTest
    @CsvSource({
        "A0 08 81 01 0A 40 03 02 01 05, MALFORMED", // no SEQUENCE
        "30 08 81 01 0A 40 03 02 01, MALFORMED", // cut off
        "30 06 81 01 0A 82 01 0B, MALFORMED", // no user data
        "30 0C 80 02 06 40 82 01 0B 40 03 02 01 05, BAD_VERSION",
        "30 08 82 01 0C 40 03 02 01 05, NO_USER",
        "30 05 40 03 02 01 05, NO_USER",
        "30 0A 82 01 0B 61 05 30 03 02 01 03, MALFORMED", // a PDV-list without values
        "30 0F 82 01 0B 61 0A 30 08 02 01 03 A0 03 02 01 05, BAD_FIELD", // of no context
        "30 08 82 01 0B 40 03 02 02 05, BAD_FIELD", // no whole value
        "30 08 82 01 0B 40 03 02 01 05 00, MALFORMED" // no UDC
    })
    void countsWhatItCannotRead(String hex, Discard expected) {
        called.attach(BOB, new Hearing(true));
        arrives(Octets.ofHex(hex));
        assertThat(heard).isEmpty();
        assertThat(bob.discards(6, "X.236").counts()).containsOnlyKeys(expected);
    }

    @Test
    void countsUnitsWhoseContextsTheUserDoesNotKnow() {
        called.attach(BOB, new Hearing(false));
        arrives(Octets.ofHex(EXAMPLE));
        assertThat(bob.discards(6, "X.236").count(Discard.NO_USER)).isEqualTo(1);
    }

    @Test
    void countsUnitsWithMoreContextsThanItAllows() {
        List<PresentationContext> many = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            many.add(new PresentationContext(2 * i + 1, MMS, List.of(ObjectIdentifier.BER)));
        }
        called.attach(BOB, new Hearing(true));
        calling.unitDataRequest(ALICE, BOB, -1, many, List.of(new Pdv(1, VALUE)));
        simulation.run(Duration.ofMillis(2));
        assertThat(bob.discards(6, "X.236").count(Discard.OVER_LIMIT)).isEqualTo(1);
    }

    /** X.236 lets a sender repeat the values in other transfer syntaxes, as UDC PPDUs behind the UD PPDU. */
    @Test
    void takesTheEncodingThatItCanRead() {
        List<PresentationContext> both = List.of(new PresentationContext(1, MMS, List.of(PER, ObjectIdentifier.BER)));
        UserData inPer =
                UserData.fully(List.of(new UserData.PdvList(PER, 1, UserData.OCTET_ALIGNED, Octets.ofHex("05"), 0)));
        UserData inBer = UserData.fully(
                List.of(new UserData.PdvList(ObjectIdentifier.BER, 1, UserData.SINGLE_ASN1_TYPE, VALUE, 0)));
        Octets calledSelector = Octets.ofHex("0B");
        called.attach(BOB, new Hearing(true));

        arrives(new UdPpdu(null, null, calledSelector, both, List.of(inPer, inBer))
                .emit()
                .toOctets());
        assertThat(heard).hasSize(1).allMatch(text -> text.endsWith(" 1=020105"));
        arrives(new UdPpdu(null, null, calledSelector, both, List.of(inPer))
                .emit()
                .toOctets());
        arrives(new UdPpdu(
                        null,
                        null,
                        calledSelector,
                        List.of(new PresentationContext(1, MMS, List.of(PER))),
                        List.of(UserData.simply(VALUE)))
                .emit()
                .toOctets());
        assertThat(heard).hasSize(1);
        assertThat(bob.discards(6, "X.236").count(Discard.BAD_FIELD)).isEqualTo(2);
    }

    @Test
    void refusesWhatIsNoUnit() {
        assertThatThrownBy(() -> calling.unitDataRequest(ALICE, BOB, -1, CONTEXTS, List.of(new Pdv(5, VALUE))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5");
        assertThatThrownBy(() -> calling.unitDataRequest(ALICE, BOB, -1, CONTEXTS, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        List<PresentationContext> twins = List.of(CONTEXTS.get(0), CONTEXTS.get(0));
        assertThatThrownBy(() -> calling.unitDataRequest(ALICE, BOB, -1, twins, List.of(new Pdv(1, VALUE))))
                .isInstanceOf(IllegalArgumentException.class);
        Octets tooLong = Octets.of(new byte[UnitNetwork.MAX_SSDU]);
        assertThatThrownBy(() -> calling.unitDataRequest(ALICE, BOB, -1, CONTEXTS, List.of(new Pdv(1, tooLong))))
                .isInstanceOf(IllegalArgumentException.class);
        Pdu pdu = pdu(alice, tooLong);
        assertThatThrownBy(() -> calling.unitDataRequest(ALICE, BOB, -1, pdu))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Octets.of(pdu)).isEqualTo(tooLong);
        pdu.release();
    }

    @Test
    void sharesASessionAddressBetweenSelectorsAndGivesItBackWithTheLast() {
        PresentationAddress given = called.attach(address("0x0A", 0), new Hearing(true));
        assertThat(given).isEqualTo(address("0x0A", 102));
        called.attach(address("0x0B", 0), new Hearing(true));
        assertThat(network.attached()).isEqualTo(1);
        assertThatThrownBy(() -> called.attach(given, new Hearing(true))).isInstanceOf(IllegalStateException.class);

        called.detach(given);
        assertThat(network.attached()).isEqualTo(1);
        called.detach(address("0x0B", 0));
        assertThat(network.attached()).isZero();
    }

    @Test
    void neitherRepeatsWhatIsLostNorDropsWhatIsDoubled() {
        called.attach(BOB, new Hearing(true));
        network.loss = 0.2;
        network.duplication = 0.2;
        for (int i = 0; i < 1000; i++) {
            Octets value = Octets.of((byte) 2, (byte) 2, (byte) (i >> 8), (byte) i);
            calling.unitDataRequest(ALICE, BOB, -1, CONTEXTS, List.of(new Pdv(3, value)));
        }
        simulation.run(Duration.ofSeconds(1));

        int different = new HashSet<>(heard).size();
        assertThat(different).isBetween(700, 900);
        assertThat(heard.size()).isGreaterThan(different + 50);
    }

    @Test
    void survivesWhateverArrives() {
        called.attach(BOB, new Hearing(true));
        SplittableRandom random = new SplittableRandom(9);
        UnitDataDissector dissector = new UnitDataDissector();
        SessionAddress from = X226Entity.sessionAddress(ALICE);
        SessionAddress to = X226Entity.sessionAddress(BOB);
        byte[] good = Octets.ofHex(EXAMPLE).toByteArray();
        int sent = 100_000;
        for (int i = 0; i < sent; i++) {
            byte[] octets = good.clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            Pdu ssdu = alice.pool().take(length).append(octets, 0, length);
            dissector.dissect(ssdu, to, Direction.UP, new Dissection());
            alicesSession.unitDataRequest(from, to, -1, ssdu);
            if (i % 100 == 0) {
                simulation.run(Duration.ofMillis(2));
            }
        }
        simulation.run(Duration.ofMillis(2));
        assertThat(heard.size() + bob.discards(6, "X.236").total()).isEqualTo(sent);
        assertThat(heard.size()).isBetween(sent / 10, sent - sent / 10);
    }

    @Test
    void explainsAUnit() {
        Pdu ssdu = pdu(bob, Octets.ofHex(EXAMPLE));
        Dissection out = new Dissection();
        new X226Dissector().dissect(ssdu, X226Entity.sessionAddress(BOB), Direction.UP, out);
        ssdu.release();

        assertThat(out.protocol() + " " + out.name() + ": " + out.summary())
                .isEqualTo("X.236 UD: context 3 = 1.0.9506.2.1");
        assertThat(out.fields().stream().map(f -> f.offset() + "+" + f.length() + " " + f.name() + " " + f.text()))
                .containsExactly(
                        "2+3 calling-presentation-selector 0x0a",
                        "5+3 called-presentation-selector 0x0b",
                        "8+37 presentation-context-definition-list ",
                        "10+17 context 1 = ACSE in BER",
                        "27+18 context 3 = 1.0.9506.2.1 in BER",
                        "45+14 fully-encoded-data ",
                        "47+12 PDV-list ",
                        "49+3 presentation-context-identifier 3 = 1.0.9506.2.1",
                        "52+7 single-ASN1-type 5 octets");
        assertThat(out.sduOffset()).isEqualTo(54);
        assertThat(out.sduLength()).isEqualTo(5);
    }
}
