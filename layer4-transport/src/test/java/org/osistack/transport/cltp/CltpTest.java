package org.osistack.transport.cltp;

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
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.network.TransportProtocol;
import org.osistack.transport.DatagramUser;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TestLink;
import org.osistack.transport.TestNetwork;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.udp.UdpEntity;

class CltpTest {
    private static final Selector TA = Selector.ofText("TA");
    private static final Selector TB = Selector.ofText("TB");
    /** The example of the fact sheet, which tshark has read. */
    private static final String HELLO = "09 40 C1 02 54 41 C2 02 54 42 68 65 6C 6C 6F";

    private final Simulation simulation = new Simulation(7);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final TestNetwork alicesNetwork = new TestNetwork(alice, "10.0.0.1");
    private final TestNetwork bobsNetwork = new TestNetwork(bob, "10.0.0.2");
    private final UdpEntity alicesUdp = new UdpEntity(alice, alicesNetwork);
    private final UdpEntity bobsUdp = new UdpEntity(bob, bobsNetwork);
    private final CltpEntity calling = new CltpEntity(alice, alicesUdp);
    private final CltpEntity called = new CltpEntity(bob, bobsUdp);
    private final TestLink link = new TestLink(alicesNetwork, bobsNetwork, new SplittableRandom(1));
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void noPduLeaks() {
        simulation.run(Duration.ofMinutes(1));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    private static Pdu unit(Host host, String text) {
        byte[] octets = Octets.ofText(text).toByteArray();
        return host.pool().take(octets.length).append(octets);
    }

    private static Pdu octets(Host host, String hex) {
        Octets octets = Octets.ofHex(hex);
        Pdu pdu = host.pool().takeForReceiving(octets.length());
        octets.appendTo(pdu);
        return pdu;
    }

    private static TransportAddress at(NetworkAddress host, int port, Selector selector) {
        return new TransportAddress(host, port, selector);
    }

    private DatagramUser hearing(String who) {
        return (source, destination, tsdu) -> {
            heard.add(who + " " + source + " → " + destination + " " + new String(tsdu.toByteArray()));
            tsdu.release();
        };
    }

    @Test
    void putsATsduAndBothSelectorsIntoOneTpdu() {
        Pdu tsdu = unit(alice, "hello");
        new UnitDataTpdu(TA, TB).push(tsdu);
        assertThat(Octets.of(tsdu)).isEqualTo(Octets.ofHex(HELLO));

        assertThat(UnitDataTpdu.fault(tsdu)).isNull();
        assertThat(UnitDataTpdu.parse(tsdu)).isEqualTo(new UnitDataTpdu(TA, TB));
        assertThat(Octets.of(tsdu)).isEqualTo(Octets.ofText("hello"));
        tsdu.release();
    }

    @Test
    void leavesAwaySelectorsThatAreEmpty() {
        Pdu tsdu = unit(alice, "A");
        new UnitDataTpdu(Selector.EMPTY, Selector.EMPTY).push(tsdu);
        assertThat(Octets.of(tsdu)).isEqualTo(Octets.ofHex("01 40 41"));
        tsdu.release();
    }

    @ParameterizedTest
    @CsvSource({
        "'', TOO_SHORT",
        "01, TOO_SHORT",
        "00 40 41, BAD_LENGTH",
        "02 40, BAD_LENGTH",
        "FF 40 41, BAD_LENGTH",
        "02 F0 80 41, UNKNOWN_PDU",
        "02 40 C1, MALFORMED",
        "05 40 C1 02 54, BAD_LENGTH",
        "04 40 C1 02 54 41 42, MALFORMED",
        "05 40 C0 01 07 41, MALFORMED",
        "04 40 C3 01 00 41, BAD_FIELD",
        "05 40 C3 02 00 00 41, BAD_CHECKSUM"
    })
    void saysWhatIsWrongWithOctets(String hex, Discard expected) {
        Pdu tpdu = octets(alice, hex);
        assertThat(UnitDataTpdu.fault(tpdu)).isEqualTo(expected);
        tpdu.release();
    }

    @Test
    void takesNoSelectorOf33Octets() {
        Pdu tpdu = octets(alice, "24 40 C2 21 " + "41 ".repeat(33) + "42");
        assertThat(UnitDataTpdu.fault(tpdu)).isEqualTo(Discard.BAD_FIELD);
        tpdu.release();
    }

    @Test
    void takesARightChecksum() {
        Pdu tpdu = octets(alice, "0D 40 C3 02 78 A9 C1 02 54 41 C2 02 54 42 68 65 6C 6C 6F");
        assertThat(UnitDataTpdu.fault(tpdu)).isNull();
        assertThat(UnitDataTpdu.parse(tpdu)).isEqualTo(new UnitDataTpdu(TA, TB));
        tpdu.release();
    }

    @Test
    void carriesUnitsBothWaysBetweenTheUsersOfPort102() {
        TransportAddress bobs = called.attach(at(null, 0, TB), (source, destination, tsdu) -> {
            heard.add("bob " + source + " → " + destination + " " + new String(tsdu.toByteArray()));
            called.unitDataRequest(at(null, 0, TB), source, -1, tsdu); // back in the PDU that it came in
        });
        assertThat(bobs).isEqualTo(at(null, 102, TB));
        TransportAddress alices = calling.attach(at(null, 40_000, TA), hearing("alice"));

        calling.unitDataRequest(alices, at(bobsNetwork.address, 0, TB), -1, unit(alice, "hello"));
        simulation.run(Duration.ofSeconds(1));

        assertThat(heard)
                .containsExactly(
                        "bob 10.0.0.1:40000 \"TA\" → 10.0.0.2:102 \"TB\" hello",
                        "alice 10.0.0.2:102 \"TB\" → 10.0.0.1:40000 \"TA\" hello");
    }

    @Test
    void isOneTpduInOneUserDatagram() {
        List<Octets> datagrams = new ArrayList<>();
        alicesNetwork.link = (source, destination, protocol, sdu) -> {
            datagrams.add(Octets.of(sdu));
            assertThat(protocol).isEqualTo(TransportProtocol.UDP);
            sdu.release();
        };
        calling.unitDataRequest(at(null, 0, TA), at(bobsNetwork.address, 0, TB), -1, unit(alice, "hello"));

        assertThat(datagrams).hasSize(1);
        assertThat(datagrams.get(0).slice(0, 6)).isEqualTo(Octets.ofHex("00 66 00 66 00 17"));
        assertThat(datagrams.get(0).slice(8, 23)).isEqualTo(Octets.ofHex(HELLO));
    }

    @Test
    void countsUnitsForSelectorsThatNobodyHas() {
        called.attach(at(null, 0, TB), hearing("bob"));

        calling.unitDataRequest(at(null, 0, TA), at(bobsNetwork.address, 0, TA), -1, unit(alice, "x"));
        calling.unitDataRequest(at(null, 0, TA), at(bobsNetwork.address, 0, Selector.EMPTY), -1, unit(alice, "y"));
        simulation.run(Duration.ofSeconds(1));

        assertThat(heard).isEmpty();
        assertThat(bob.discards(4, "CLTP").count(Discard.NO_USER)).isEqualTo(2);
    }

    @Test
    void givesThePortBackWithItsLastUser() {
        called.attach(at(null, 0, TA), hearing("a"));
        called.attach(at(null, 0, TB), hearing("b"));
        assertThatThrownBy(() -> called.attach(at(null, 102, TB), hearing("c")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"TB\"");

        called.detach(at(null, 102, TA));
        called.detach(at(null, 102, TA));
        assertThatThrownBy(() -> bobsUdp.attach(at(null, 102, Selector.EMPTY), hearing("udp")))
                .isInstanceOf(IllegalStateException.class);
        called.detach(at(null, 0, TB));
        bobsUdp.attach(at(null, 102, Selector.EMPTY), hearing("udp"));
    }

    @Test
    void refusesAUnitThatIsLongerThanADatagramAndLeavesItWithTheCaller() {
        TransportAddress source = calling.attach(at(null, 0, TA), hearing("alice"));
        Pdu longest = alice.pool().take(65_497).pushTrailer(65_497);
        Pdu tooLong = alice.pool().take(65_498).pushTrailer(65_498);

        calling.unitDataRequest(source, at(bobsNetwork.address, 0, TB), -1, longest);
        assertThatThrownBy(() -> calling.unitDataRequest(source, at(bobsNetwork.address, 0, TB), -1, tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a unit of 65498 octets with a transport header of 10 is longer than the 65507 octets that a"
                                + " user datagram carries");
        tooLong.release();
        simulation.run(Duration.ofSeconds(1));
        assertThat(link.carried()).isEqualTo(1);
    }

    @Test
    void tellsAllUsersOfThePortThatADatagramDidNotArrive() {
        DatagramUser user = new DatagramUser() {
            @Override
            public void unitDataIndication(TransportAddress source, TransportAddress destination, Pdu tsdu) {
                tsdu.release();
            }

            @Override
            public void reportIndication(DisconnectReason reason, TransportAddress destination) {
                heard.add(reason + " " + destination);
            }
        };
        calling.attach(at(null, 0, TA), user);
        calling.attach(at(null, 0, TB), user);
        alicesNetwork.hasRoute = false;

        calling.unitDataRequest(at(null, 0, TA), at(bobsNetwork.address, 0, TB), -1, unit(alice, "x"));
        simulation.run(Duration.ofSeconds(1));

        assertThat(heard).containsExactly("UNREACHABLE 10.0.0.2:102", "UNREACHABLE 10.0.0.2:102");
    }

    @Test
    void neitherRepeatsWhatIsLostNorDropsWhatIsDoubled() {
        called.attach(at(null, 0, TB), hearing("bob"));
        link.loss = 0.2;
        link.duplication = 0.2;
        for (int i = 0; i < 1000; i++) {
            calling.unitDataRequest(at(null, 0, TA), at(bobsNetwork.address, 0, TB), -1, unit(alice, "" + i));
        }
        simulation.run(Duration.ofSeconds(1));

        assertThat(link.carried()).isEqualTo(1000);
        int different = new HashSet<>(heard).size();
        assertThat(different).isBetween(700, 900);
        assertThat(heard.size()).isGreaterThan(different + 50);
    }

    @Test
    void survivesWhateverArrives() {
        called.attach(at(null, 0, TB), hearing("bob"));
        TransportAddress to = at(bobsNetwork.address, 102, Selector.EMPTY);
        SplittableRandom random = new SplittableRandom(8);
        CltpDissector dissector = new CltpDissector();
        byte[] good = Octets.ofHex(HELLO).toByteArray();
        int sent = 50_000;
        for (int i = 0; i < sent; i++) {
            byte[] octets = good.clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            Pdu tpdu = alice.pool().take(length).append(octets, 0, length);
            dissector.dissect(tpdu, to, Direction.UP, new Dissection());
            alicesUdp.unitDataRequest(at(null, 102, Selector.EMPTY), to, -1, tpdu);
            simulation.run(Duration.ofMillis(2));
        }
        assertThat(heard.size() + bob.discards(4, "CLTP").total()).isEqualTo(sent);
        assertThat(heard.size()).isBetween(sent / 10, sent - sent / 10);
    }

    @Test
    void explainsAUnit() {
        Pdu tpdu = octets(alice, HELLO);
        Dissection out = new Dissection();
        new CltpDissector().dissect(tpdu, at(null, 102, Selector.EMPTY), Direction.UP, out);
        tpdu.release();

        assertThat(out.protocol() + " " + out.name() + ": " + out.summary())
                .isEqualTo("CLTP UD: \"TA\" → \"TB\"  one unit, 5 octets");
        assertThat(out.fields().stream().map(f -> f.offset() + "+" + f.length() + " " + f.name() + " " + f.text()))
                .containsExactly(
                        "0+1 LI 9 octets of header",
                        "1+1 code UD",
                        "2+4 source TSAP-ID \"TA\"",
                        "6+4 destination TSAP-ID \"TB\"");
        assertThat(out.sduOffset()).isEqualTo(10);
        assertThat(out.sduLength()).isEqualTo(5);
    }
}
