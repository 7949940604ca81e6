package org.osistack.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;
import org.osistack.core.Discard;
import org.osistack.core.Dissection;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkReport;
import org.osistack.network.TransportProtocol;
import org.osistack.transport.DatagramUser;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TestNetwork;
import org.osistack.transport.TransportAddress;

/** RFC 768, RFC 1122 §4.1. */
class UdpEntityTest {
    private static final Ipv4Address PEER = Ipv4Address.parse("10.0.0.2");
    private static final Ipv4Address GROUP = Ipv4Address.parse("224.0.0.251");

    private final Simulation time = new Simulation(1);
    private final Host host = time.newHost("host");
    private final TestNetwork network = new TestNetwork(host, "10.0.0.1");
    private final List<String> sent = new ArrayList<>();
    private final User user = new User();
    private UdpEntity udp = new UdpEntity(host, network);

    UdpEntityTest() {
        network.link = (source, destination, protocol, sdu) -> {
            sent.add(source + " " + destination + " " + protocol + " " + sdu);
            sdu.release();
        };
    }

    @AfterEach
    void noPduLeaks() {
        assertThat(host.pool().outstanding()).isZero();
    }

    private static final class User implements DatagramUser {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void unitDataIndication(TransportAddress source, TransportAddress destination, Pdu tsdu) {
            heard.add(source + " " + destination + " " + tsdu);
            tsdu.release();
        }

        @Override
        public void reportIndication(DisconnectReason reason, TransportAddress destination) {
            heard.add(reason + " " + destination);
        }
    }

    private Pdu pdu(String hex) {
        return host.pool().take().append(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private void arrives(Ipv4Address source, Ipv4Address destination, String hex) {
        network.arrives(source, destination, TransportProtocol.UDP, pdu(hex));
    }

    private void sends(TransportAddress source, String hex) {
        udp.unitDataRequest(source, new TransportAddress(PEER, 7), -1, pdu(hex));
    }

    @Test
    void sendsADatagramWithItsChecksum() {
        TransportAddress source = udp.attach(new TransportAddress(null, 1000), user);
        sends(source, "68 69 21");
        assertThat(sent).containsExactly("10.0.0.1 10.0.0.2 UDP " + "03e8" + "0007" + "000b" + "5e7d" + "686921");
    }

    @Test
    void sendsAllOnesForAChecksumOfZero() { // RFC 768
        TransportAddress source = udp.attach(new TransportAddress(null, 1000), user);
        for (int octets = 0; octets < 0x10000; octets++) {
            sends(source, String.format("%04x", octets));
        }
        assertThat(sent.stream().filter(datagram -> datagram.contains("000affff")))
                .as("one of all the pairs of octets makes the sum all ones")
                .hasSize(1);
        assertThat(sent).noneMatch(datagram -> datagram.contains("000a0000"));
    }

    @Test
    void indicatesADatagram() {
        udp.attach(new TransportAddress(null, 7), user);
        arrives(PEER, network.address, "03e8 0007 000b 0000 686921");
        assertThat(user.heard).containsExactly("10.0.0.2:1000 10.0.0.1:7 686921");
    }

    @Test
    void cutsWhatTheNetworkHasPadded() {
        udp.attach(new TransportAddress(null, 7), user);
        arrives(PEER, network.address, "03e8 0007 0009 0000 68 0000");
        assertThat(user.heard).containsExactly("10.0.0.2:1000 10.0.0.1:7 68");
    }

    @Test
    void answersWhatItSends() {
        TransportAddress source = udp.attach(new TransportAddress(null, 7), user);
        network.link = (from, to, protocol, sdu) -> network.arrives(to, from, protocol, sdu);
        udp.unitDataRequest(source, new TransportAddress(PEER, 7), -1, pdu("01 02 03"));
        assertThat(user.heard).containsExactly("10.0.0.2:7 10.0.0.1:7 010203");
    }

    @Test
    void countsWhatIsBroken() {
        udp.attach(new TransportAddress(null, 7), user);
        arrives(PEER, network.address, "03e8 0007 000b");
        arrives(PEER, network.address, "03e8 0007 000c 0000 686921");
        arrives(PEER, network.address, "03e8 0007 0007 0000 686921");
        arrives(PEER, network.address, "03e8 0007 000b 1234 686921");
        arrives(Ipv4Address.BROADCAST, network.address, "03e8 0007 000b 0000 686921");
        assertThat(user.heard).isEmpty();
        assertThat(host.discards(4, "UDP").count(Discard.TOO_SHORT)).isOne();
        assertThat(host.discards(4, "UDP").count(Discard.BAD_LENGTH)).isEqualTo(2);
        assertThat(host.discards(4, "UDP").count(Discard.BAD_CHECKSUM)).isOne();
        assertThat(host.discards(4, "UDP").count(Discard.BAD_SOURCE)).isOne();
        assertThat(network.portUnreachables).isZero();
    }

    @Test
    void takesPartialChecksumsWhereTheMediumHasThem() {
        String partial = String.format(
                "03e8 0007 000b %04x 686921",
                network.pseudoHeaderSum(PEER, network.address, TransportProtocol.UDP, 11));
        udp.attach(new TransportAddress(null, 7), user);
        arrives(PEER, network.address, partial);
        assertThat(user.heard).isEmpty();
        network.partialChecksums = true;
        udp = new UdpEntity(host, network);
        udp.attach(new TransportAddress(null, 7), user);
        arrives(PEER, network.address, partial);
        assertThat(user.heard).hasSize(1);
    }

    @Test
    void reportsAPortThatNobodyUses() { // RFC 1122 §4.1.3.1
        arrives(PEER, network.address, "03e8 0007 000b 0000 686921");
        assertThat(network.portUnreachables).isOne();
        arrives(PEER, GROUP, "03e8 0007 000b 0000 686921");
        assertThat(network.portUnreachables).as("not for a group").isOne();
        assertThat(host.discards(4, "UDP").count(Discard.NO_USER)).isEqualTo(2);
    }

    @Test
    void tellsTheUserOfReports() {
        TransportAddress source = udp.attach(new TransportAddress(null, 1000), user);
        Pdu first = pdu("03e8 0007 000b 0000");
        network.report(NetworkReport.PORT_UNREACHABLE, network.address, PEER, TransportProtocol.UDP, first);
        network.report(NetworkReport.LIFETIME_EXPIRED, network.address, PEER, TransportProtocol.UDP, first);
        first.release();
        Pdu shorter = pdu("03e8 0007");
        network.report(NetworkReport.PORT_UNREACHABLE, network.address, PEER, TransportProtocol.UDP, shorter);
        shorter.release();
        assertThat(user.heard).containsExactly("REFUSED 10.0.0.2:7", "UNREACHABLE 10.0.0.2:7");
        user.heard.clear();
        network.hasRoute = false;
        sends(source, "01");
        time.runUntil(() -> !user.heard.isEmpty(), Duration.ofSeconds(1));
        assertThat(user.heard).containsExactly("UNREACHABLE 10.0.0.2:7");
    }

    @Test
    void choosesFreePortsAtRandom() {
        TransportAddress one = udp.attach(new TransportAddress(null, 0), user);
        TransportAddress other = udp.attach(new TransportAddress(null, 0), user);
        assertThat(one.port()).isBetween(49152, 65535).isNotEqualTo(other.port());
        assertThatThrownBy(() -> udp.attach(one, user)).isInstanceOf(IllegalStateException.class);
        udp.detach(one);
        assertThat(udp.attach(one, user)).isEqualTo(one);
        assertThat(udp.endpoints()).hasSize(2);
    }

    @Test
    void theUserOfAnAddressComesBeforeTheUserOfAll() {
        User all = new User();
        udp.attach(new TransportAddress(null, 7), all);
        udp.attach(new TransportAddress(network.address, 7), user);
        arrives(PEER, network.address, "03e8 0007 0009 0000 68");
        assertThat(user.heard).hasSize(1);
        assertThat(all.heard).isEmpty();
    }

    @Test
    void allUsersHearAGroup() {
        User other = new User();
        udp.attach(new TransportAddress(null, 7), user);
        udp.attach(new TransportAddress(network.address, 7), other);
        udp.attach(new TransportAddress(PEER, 7), new User());
        arrives(PEER, GROUP, "03e8 0007 0009 0000 68");
        assertThat(user.heard).containsExactly("10.0.0.2:1000 224.0.0.251:7 68");
        assertThat(other.heard).hasSize(1);
    }

    @Test
    void refusesADatagramThatItsHeaderCannotDescribe() {
        TransportAddress source = udp.attach(new TransportAddress(null, 1000), user);
        Pdu tooLong = host.pool().take(65528).pushTrailer(65528);
        assertThatThrownBy(() -> udp.unitDataRequest(source, new TransportAddress(PEER, 7), -1, tooLong))
                .isInstanceOf(IllegalArgumentException.class);
        tooLong.release();
    }

    @Test
    void copesWithAnyOctets() {
        udp.attach(new TransportAddress(null, 7), user);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000_000; i++) {
            int length = random.nextInt(16);
            Pdu pdu = host.pool().takeForReceiving(length);
            for (int k = 0; k < length; k++) {
                pdu.appendUint8(random.nextBoolean() ? random.nextInt(256) : random.nextInt(12));
            }
            network.arrives(PEER, network.address, TransportProtocol.UDP, pdu);
        }
        assertThat(host.discards(4, "UDP").total() + user.heard.size()).isEqualTo(1_000_000);
    }

    @Test
    void isExplainedFieldByField() {
        Dissection out = new Dissection();
        Pdu pdu = pdu("03e8 0007 000b abcd 686921");
        new UdpDissector().dissect(pdu, TransportProtocol.UDP, Direction.UP, out);
        pdu.release();
        assertThat(out.summary()).isEqualTo("1000 → 7  3 octets");
        assertThat(out.fields().stream().map(f -> f.name() + " " + f.offset() + " " + f.length() + " " + f.value()))
                .containsExactly(
                        "Source Port 0 2 1000", "Destination Port 2 2 7", "Length 4 2 11", "Checksum 6 2 43981");
        assertThat(out.sduOffset()).isEqualTo(8);
        assertThat(out.sduLength()).isEqualTo(3);
    }
}
