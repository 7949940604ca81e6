package org.osistack.session.x225;

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
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.SessionAddress;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.TransportAddress;

/** X.235. */
class UnitDataTest {
    /** The example of the fact sheet. */
    private static final String EXAMPLE = "40 0B 16 01 01 33 02 00 01 34 02 00 02 41 42 43";

    private static final Selector ONE = Selector.parse("0x0001");
    private static final Selector TWO = Selector.parse("0x0002");
    private static final TransportAddress ALICE = new TransportAddress(null, 1, Selector.ofText("A"));
    private static final TransportAddress BOB = new TransportAddress(null, 2, Selector.ofText("B"));

    private final Simulation simulation = new Simulation(3);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final DatagramNetwork network = new DatagramNetwork();
    private final DatagramTransport alicesTransport = network.of(alice);
    private final UnitDataEntity calling = new UnitDataEntity(alice, alicesTransport);
    private final UnitDataEntity called = new UnitDataEntity(bob, network.of(bob));
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void noPduLeaks() {
        simulation.run(Duration.ofMinutes(1));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    private static Pdu pdu(Host host, Octets octets) {
        Pdu pdu = host.pool().take(octets.length());
        octets.appendTo(pdu);
        return pdu;
    }

    private static Pdu received(Host host, String hex) {
        Octets octets = Octets.ofHex(hex);
        Pdu pdu = host.pool().takeForReceiving(octets.length());
        octets.appendTo(pdu);
        return pdu;
    }

    private ConnectionlessSession.User hearing(String who) {
        return (source, destination, ssdu) -> {
            heard.add(who + " " + source + " → " + destination + " " + new String(ssdu.toByteArray()));
            ssdu.release();
        };
    }

    @Test
    void writesTheOctetsOfTheExample() {
        Pdu ssdu = pdu(alice, Octets.ofText("ABC"));
        new UnitData(ONE, TWO).push(ssdu);
        assertThat(Octets.of(ssdu)).isEqualTo(Octets.ofHex(EXAMPLE));
        ssdu.release();
    }

    @ParameterizedTest
    @CsvSource({
        EXAMPLE + ", 0x0001, 0x0002, ABC",
        "40 03 16 01 01 41 42 43, '', '', ABC", // no selectors
        "40 00 41, '', '', A", // no version: there is only one
        "40 0C 16 01 01 34 02 00 02 C1 03 41 42 43, '', 0x0002, ABC", // User Data as a parameter
        "40 0E 16 01 01 34 02 00 02 C1 FF 00 03 41 42 43, '', 0x0002, ABC", // and with a long length
        "40 FF 00 07 34 02 00 02 16 01 03 41, '', 0x0002, A", // another order, and version 2 offered as well
        "40 07 16 01 01 C8 02 00 00 41, '', '', A" // a parameter of a later edition
    })
    void readsWhatMeansAUnit(String hex, String expectedCalling, String expectedCalled, String expected) {
        Pdu tsdu = received(bob, hex);
        assertThat(UnitData.fault(tsdu)).isNull();
        assertThat(UnitData.parse(tsdu))
                .isEqualTo(new UnitData(Selector.parse(expectedCalling), Selector.parse(expectedCalled)));
        assertThat(Octets.of(tsdu)).isEqualTo(Octets.ofText(expected));
        tsdu.release();
    }

    @ParameterizedTest
    @CsvSource({
        "40, TOO_SHORT",
        "01 00 01 00 41, UNKNOWN_PDU",
        "40 05 16 01 01, BAD_LENGTH",
        "40 FF 00, BAD_LENGTH",
        "40 02 16 01 41, MALFORMED",
        "40 01 16, MALFORMED",
        "40 03 16 01 02 41, BAD_VERSION",
        "40 02 16 00 41, BAD_VERSION",
        "40 13 34 11 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00, BAD_FIELD", // 17 octets of selector
        "40 03 14 01 00 41, BAD_FIELD", // Session User Requirements
        "40 03 C1 01 41 42, MALFORMED", // user data in both places
        "40 06 C1 01 41 C1 01 42, MALFORMED"
    })
    void saysWhatIsWrongWithATsdu(String hex, Discard expected) {
        Pdu tsdu = received(bob, hex);
        assertThat(UnitData.fault(tsdu)).isEqualTo(expected);
        tsdu.release();
    }

    @Test
    void carriesUnitsBothWays() {
        SessionAddress bobs = new SessionAddress(TWO, BOB);
        called.attach(bobs, (source, destination, ssdu) -> {
            heard.add("bob " + source + " → " + destination + " " + new String(ssdu.toByteArray()));
            called.unitDataRequest(bobs, source, -1, ssdu); // back in the PDU that it came in
        });
        SessionAddress alices = calling.attach(new SessionAddress(ONE, ALICE), hearing("alice"));

        calling.unitDataRequest(alices, bobs, -1, pdu(alice, Octets.ofText("hello")));
        simulation.run(Duration.ofSeconds(1));

        assertThat(heard)
                .containsExactly(
                        "bob *:1 \"A\" / 0x0001 → *:2 \"B\" / 0x0002 hello",
                        "alice *:2 \"B\" / 0x0002 → *:1 \"A\" / 0x0001 hello");
    }

    @Test
    void sharesATransportAddressBetweenSelectorsAndGivesItBackWithTheLast() {
        TransportAddress anyPort = new TransportAddress(null, 0, Selector.EMPTY);
        SessionAddress given = called.attach(new SessionAddress(ONE, anyPort), hearing("one"));
        assertThat(given).isEqualTo(new SessionAddress(ONE, new TransportAddress(null, 102)));
        called.attach(new SessionAddress(TWO, anyPort), hearing("two"));
        assertThat(network.attached()).isEqualTo(1);
        assertThatThrownBy(() -> called.attach(given, hearing("three"))).isInstanceOf(IllegalStateException.class);

        called.detach(given);
        assertThat(network.attached()).isEqualTo(1);
        called.detach(new SessionAddress(TWO, anyPort));
        assertThat(network.attached()).isZero();
    }

    @Test
    void givesAllAddressesBackWhenItIsClosed() {
        called.attach(new SessionAddress(ONE, ALICE), hearing("one"));
        called.attach(new SessionAddress(ONE, BOB), hearing("two"));
        called.close();
        assertThat(network.attached()).isZero();
    }

    @Test
    void countsUnitsForSelectorsThatNobodyHas() {
        called.attach(new SessionAddress(TWO, BOB), hearing("bob"));
        calling.unitDataRequest(
                new SessionAddress(ONE, ALICE), new SessionAddress(ONE, BOB), -1, pdu(alice, Octets.ofText("x")));
        simulation.run(Duration.ofSeconds(1));

        assertThat(heard).isEmpty();
        assertThat(bob.discards(5, "X.235").count(Discard.NO_USER)).isEqualTo(1);
    }

    @Test
    void leavesAUnitThatIsTooLongAsItWas() {
        Octets octets = Octets.of(new byte[DatagramNetwork.MAX_TSDU]);
        SessionAddress from = new SessionAddress(ONE, ALICE);
        SessionAddress to = new SessionAddress(TWO, BOB);
        Pdu fresh = pdu(alice, octets);
        Pdu withoutHeadroom = alice.pool().takeForReceiving(octets.length()).append(octets.toByteArray());

        for (Pdu ssdu : List.of(fresh, withoutHeadroom)) {
            assertThatThrownBy(() -> calling.unitDataRequest(from, to, -1, ssdu))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(Octets.of(ssdu)).isEqualTo(octets);
            ssdu.release();
        }
    }

    @Test
    void neitherRepeatsWhatIsLostNorDropsWhatIsDoubled() {
        called.attach(new SessionAddress(TWO, BOB), hearing("bob"));
        network.loss = 0.2;
        network.duplication = 0.2;
        for (int i = 0; i < 1000; i++) {
            calling.unitDataRequest(
                    new SessionAddress(ONE, ALICE),
                    new SessionAddress(TWO, BOB),
                    -1,
                    pdu(alice, Octets.ofText("" + i)));
        }
        simulation.run(Duration.ofSeconds(1));

        int different = new HashSet<>(heard).size();
        assertThat(different).isBetween(700, 900);
        assertThat(heard.size()).isGreaterThan(different + 50);
    }

    @Test
    void survivesWhateverArrives() {
        called.attach(new SessionAddress(TWO, BOB), hearing("bob"));
        SplittableRandom random = new SplittableRandom(9);
        UnitDataDissector dissector = new UnitDataDissector();
        byte[] good = Octets.ofHex(EXAMPLE).toByteArray();
        int sent = 100_000;
        for (int i = 0; i < sent; i++) {
            byte[] octets = good.clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            Pdu tsdu = alice.pool().take(length).append(octets, 0, length);
            dissector.dissect(tsdu, BOB, Direction.UP, new Dissection());
            alicesTransport.unitDataRequest(ALICE, BOB, -1, tsdu);
            if (i % 100 == 0) {
                simulation.run(Duration.ofMillis(2));
            }
        }
        simulation.run(Duration.ofMillis(2));
        assertThat(heard.size() + bob.discards(5, "X.235").total()).isEqualTo(sent);
        assertThat(heard.size()).isBetween(sent / 10, sent - sent / 10);
    }

    @Test
    void explainsAUnit() {
        Pdu tsdu = received(bob, EXAMPLE);
        Dissection out = new Dissection();
        new X225Dissector().dissect(tsdu, BOB, Direction.UP, out);
        tsdu.release();

        assertThat(out.protocol() + " " + out.name() + ": " + out.summary())
                .isEqualTo("X.235 UD: one unit, 0x0001 → 0x0002");
        assertThat(out.fields().stream().map(f -> f.offset() + "+" + f.length() + " " + f.name() + " " + f.text()))
                .containsExactly(
                        "0+1 SI UNIT DATA",
                        "1+1 LI 11 octets of parameters",
                        "2+3 Version Number version 1",
                        "5+4 Calling Session Selector 0x0001",
                        "9+4 Called Session Selector 0x0002");
        assertThat(out.sduOffset()).isEqualTo(13);
        assertThat(out.sduLength()).isEqualTo(3);
    }
}
