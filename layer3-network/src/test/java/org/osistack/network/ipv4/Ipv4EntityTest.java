package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.network.NetworkService.DEFAULT_LIFETIME;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.management.AddressManagement;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkReport;
import org.osistack.network.NetworkUser;
import org.osistack.network.RecordingLink;
import org.osistack.network.TransportProtocol;

class Ipv4EntityTest {
    private static final Ipv4Address US = Ipv4Address.of(Octets.US);
    private static final Ipv4Address PEER = Ipv4Address.of(Octets.PEER);
    private static final Ipv4Address FAR = Ipv4Address.parse("8.8.8.8");
    private static final String TO_PEER = "02:00:00:00:00:02 IPv4 ";
    private static final String TO_ALL = "ff:ff:ff:ff:ff:ff IPv4 ";
    private static final String ARP_FROM_PEER = "0001 0800 06 04 0001 020000000002 0a000002 000000000000 0a000001";
    private static final String ARP_FROM_ROUTER = "0001 0800 06 04 0001 0200000000fe 0a0000fe 000000000000 0a000001";

    private final Simulation time = new Simulation(1);
    private final Host host = time.newHost("alice");
    private final RecordingLink link = new RecordingLink(host, 1500);
    private final List<String> heard = new ArrayList<>();
    private final Ipv4Entity ip =
            new Ipv4Entity(host, link, new Ipv4Entity.Configuration(Octets.US, 24, 0x0a0000fe, 1500, 64, false));
    private boolean answersPortUnreachable;

    @BeforeEach
    void begin() {
        ip.attach(TransportProtocol.UDP, new NetworkUser() {
            @Override
            public void unitDataIndication(NetworkAddress source, NetworkAddress destination, Pdu sdu) {
                heard.add(source + " > " + destination + " " + sdu);
                if (answersPortUnreachable) {
                    ip.reportPortUnreachable(source, destination, TransportProtocol.UDP, sdu);
                }
                sdu.release();
            }

            @Override
            public void reportIndication(
                    NetworkReport report, NetworkAddress source, NetworkAddress destination, Pdu sdu) {
                heard.add(report + " " + source + " > " + destination + " " + sdu);
            }
        });
        time.run(Duration.ofSeconds(3));
        link.arrives(NetworkProtocol.ARP, ARP_FROM_PEER);
        link.arrives(NetworkProtocol.ARP, ARP_FROM_ROUTER);
        link.sent();
    }

    @AfterEach
    void noPduLeaks() {
        ip.close();
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void sendsAnSduThatMustNotBeSegmentedAsAnAtomicDatagram() {
        send(PEER, false, "112233");
        // checksum: the complement of 4500 + 0017 + 0000 + 4000 + 4011 + 0a00 + 0001 + 0a00 + 0002 = d92b
        link.expect(TO_PEER + "45 00 0017 0000 4000 40 11 26d4 0a000001 0a000002 112233");
    }

    @Test
    void sendsAnSduThatMayBeSegmentedWithAnIdentification() {
        send(PEER, true, "11");
        send(PEER, true, "11");
        List<byte[]> sent = sentDatagrams();
        int first = id(sent.get(0));
        assertThat(sent.get(0))
                .isEqualTo(Octets.datagram()
                        .from(Octets.US)
                        .to(Octets.PEER)
                        .id(first)
                        .with("11"));
        assertThat(id(sent.get(1))).isNotEqualTo(first);
    }

    @Test
    void sendsThroughTheGatewayWhatIsNotOnTheLink() {
        send(FAR, false, "11");
        assertThat(link.sent()).singleElement().asString().startsWith("02:00:00:00:00:fe IPv4 45");
        assertThat(ip.removeRoute(Ipv4Address.ANY, 0)).isTrue();
        send(FAR, false, "22");
        link.expectNothing();
        assertThat(heard).containsExactly("DESTINATION_UNREACHABLE 0.0.0.0 > 8.8.8.8 22");
        assertThat(discarded(Discard.NO_ROUTE)).isOne();
        assertThat(ip.sourceFor(FAR)).isNull();
        assertThat(ip.sourceFor(PEER)).isEqualTo(US);
    }

    @Test
    void fragmentsWhatTheLinkCannotTakeWhole() {
        byte[] data = Octets.counting(4000);
        ip.unitDataRequest(PEER, TransportProtocol.UDP, pdu(data));
        List<byte[]> sent = sentDatagrams();
        int id = id(sent.get(0));
        assertThat(sent).hasSize(3);
        for (int i = 0; i < 3; i++) {
            byte[] part = Arrays.copyOfRange(data, 1480 * i, Math.min(4000, 1480 * (i + 1)));
            assertThat(sent.get(i))
                    .isEqualTo(Octets.datagram()
                            .from(Octets.US)
                            .to(Octets.PEER)
                            .id(id)
                            .fragment(1480 * i, i < 2)
                            .with(part));
        }
        assertThat(ip.fragmentsSent()).isEqualTo(3);
    }

    @Test
    void reportsAnSduThatIsTooLongAndMustNotBeSegmented() {
        send(PEER, false, "11".repeat(1480));
        assertThat(link.sent()).hasSize(1);
        send(PEER, false, "11".repeat(1481));
        link.expectNothing();
        assertThat(heard).containsExactly("TOO_LONG 10.0.0.1 > 10.0.0.2 " + "11".repeat(1481));
        assertThat(ip.maxSduLength(PEER)).isEqualTo(1480);
        ip.unitDataRequest(PEER, TransportProtocol.UDP, pdu(new byte[65_516]));
        assertThat(discarded(Discard.TOO_LONG)).isEqualTo(2);
        ip.unitDataRequest(PEER, TransportProtocol.UDP, pdu(new byte[65_515]));
        assertThat(sentDatagrams()).hasSize(45);
    }

    @Test
    void deliversADatagramToItselfInTheNextTurnWithoutAFrame() {
        send(US, false, "11");
        send(Ipv4Address.parse("127.0.0.1"), false, "22");
        send(US, true, "33".repeat(60_000));
        assertThat(heard).isEmpty();
        time.run(Duration.ZERO);
        assertThat(heard)
                .containsExactly(
                        "10.0.0.1 > 10.0.0.1 11",
                        "127.0.0.1 > 127.0.0.1 22",
                        "10.0.0.1 > 10.0.0.1 " + "33".repeat(60_000));
        link.expectNothing();
        assertThat(ip.isLocal(US)).isTrue();
        assertThat(ip.isLocal(PEER)).isFalse();
        assertThat(ip.maxSduLength(US)).isEqualTo(65_515);
    }

    @Test
    void sendsFromNoAddressThatIsNotItsOwn() {
        ip.unitDataRequest(PEER, PEER, TransportProtocol.UDP, DEFAULT_LIFETIME, true, pdu(new byte[1]));
        ip.unitDataRequest(
                Ipv4Address.parse("127.0.0.1"), PEER, TransportProtocol.UDP, DEFAULT_LIFETIME, true, pdu(new byte[1]));
        link.expectNothing();
        assertThat(discarded(Discard.NO_ROUTE)).isEqualTo(2);
    }

    @Test
    void broadcastsToAllHostsOfTheLink() {
        send(Ipv4Address.BROADCAST, true, "11");
        send(Ipv4Address.parse("10.0.0.255"), true, "22");
        assertThat(link.sent()).hasSize(2).allSatisfy(frame -> assertThat(frame).startsWith(TO_ALL));
        assertThat(ip.isGroup(Ipv4Address.parse("10.0.0.255"))).isTrue();
        assertThat(ip.isGroup(Ipv4Address.parse("10.0.1.255"))).isFalse();
    }

    @Test
    void sendsToAGroupWithOneHopUnlessTold() {
        Ipv4Address group = Ipv4Address.parse("224.128.0.251");
        send(group, true, "11");
        ip.unitDataRequest(null, group, TransportProtocol.UDP, 255, true, pdu(new byte[1]));
        List<String> sent = link.sent();
        assertThat(sent.get(0)).startsWith("01:00:5e:00:00:fb IPv4 45000015");
        assertThat(RecordingLink.octets(sent.get(0).split(" ")[2])[8]).isEqualTo((byte) 1);
        assertThat(RecordingLink.octets(sent.get(1).split(" ")[2])[8]).isEqualTo((byte) 255);
    }

    @Test
    void hearsAGroupFromTheFirstJoinToTheLastLeave() {
        Ipv4Address group = Ipv4Address.parse("224.0.0.251");
        byte[] datagram = Octets.datagram().to(group.bits()).with("11");
        MacAddress station = MacAddress.parse("01:00:5e:00:00:fb");
        assertThat(link.groups()).containsExactly("01:00:5e:00:00:01"); // 224.0.0.1
        link.arrives(NetworkProtocol.IPV4, station, datagram);
        ip.joinGroup(group);
        ip.joinGroup(group);
        assertThat(link.groups()).containsExactly("01:00:5e:00:00:01", "01:00:5e:00:00:fb");
        link.arrives(NetworkProtocol.IPV4, station, datagram);
        link.arrives(
                NetworkProtocol.IPV4, station, Octets.datagram().to(0xe08000fb).with("22")); // the same station
        ip.leaveGroup(group);
        link.arrives(NetworkProtocol.IPV4, station, datagram);
        ip.leaveGroup(group);
        link.arrives(NetworkProtocol.IPV4, station, datagram);
        assertThat(link.groups()).containsExactly("01:00:5e:00:00:01");
        assertThat(heard).containsExactly("10.0.0.2 > 224.0.0.251 11", "10.0.0.2 > 224.0.0.251 11");
        assertThat(discarded(Discard.NOT_FOR_US)).isEqualTo(3);
        assertThatThrownBy(() -> ip.joinGroup(PEER)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void handsUpTheDataAndCutsThePadding() {
        link.arrives(
                NetworkProtocol.IPV4,
                RecordingLink.US,
                Octets.join(Octets.datagram().with("112233"), new byte[23]));
        link.arrives(
                NetworkProtocol.IPV4,
                RecordingLink.US,
                Octets.datagram().options("94040000").with("44"));
        link.arrives(
                NetworkProtocol.IPV4,
                MacAddress.BROADCAST,
                Octets.datagram().to(0x0a0000ff).with("55"));
        link.arrives(
                NetworkProtocol.IPV4,
                MacAddress.BROADCAST,
                Octets.datagram().to(-1).with("66"));
        link.arrives(NetworkProtocol.IPV4, RecordingLink.US, Octets.datagram().with(new byte[40_000])); // a super-frame
        assertThat(heard)
                .containsExactly(
                        "10.0.0.2 > 10.0.0.1 112233",
                        "10.0.0.2 > 10.0.0.1 44",
                        "10.0.0.2 > 10.0.0.255 55",
                        "10.0.0.2 > 255.255.255.255 66",
                        "10.0.0.2 > 10.0.0.1 " + "00".repeat(40_000));
        assertThat(ip.datagramsDelivered()).isEqualTo(5);
    }

    @Test
    void putsFragmentsTogether() {
        arrives(Octets.datagram().fragment(8, false).with("4444"));
        arrives(Octets.datagram().fragment(0, true).with("1111222233334444"));
        assertThat(heard).containsExactly("10.0.0.2 > 10.0.0.1 11112222333344444444");
        assertThat(ip.datagramsReassembled()).isOne();
    }

    @Test
    void discardsWhatIsDamagedOrNotForItSilently() {
        arrives(Octets.datagram().wrongChecksum().with("11"));
        arrives(Octets.datagram().totalLengthOffBy(1).with("11"));
        arrives(new byte[19]);
        arrives(Octets.datagram().to(0x0a000003).with("11"));
        arrives(Octets.datagram().to(0x7f000001).with("11"));
        link.arrives(
                NetworkProtocol.IPV4, MacAddress.BROADCAST, Octets.datagram().with("11"));
        arrives(Octets.datagram().options("8307040a000001 00").with("11")); // loose source route
        assertThat(heard).isEmpty();
        link.expectNothing();
        assertThat(discarded(Discard.BAD_CHECKSUM)).isOne();
        assertThat(discarded(Discard.BAD_LENGTH)).isOne();
        assertThat(discarded(Discard.TOO_SHORT)).isOne();
        assertThat(discarded(Discard.NOT_FOR_US)).isEqualTo(2);
        assertThat(discarded(Discard.UNEXPECTED)).isOne();
        assertThat(discarded(Discard.BAD_FIELD)).isOne();
    }

    @Test
    void discardsSourcesThatNobodyMayUse() {
        for (String source : List.of(
                "0.0.0.0",
                "0.1.2.3",
                "127.0.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "10.0.0.255",
                "10.0.0.1")) {
            arrives(Octets.datagram().from(Ipv4Address.parse(source).bits()).with("11"));
        }
        assertThat(heard).isEmpty();
        link.expectNothing();
        assertThat(discarded(Discard.BAD_SOURCE)).isEqualTo(8);
    }

    @Test
    void reportsANeighbourThatDoesNotAnswer() {
        send(Ipv4Address.parse("10.0.0.77"), true, "112233");
        time.run(Duration.ofSeconds(3));
        assertThat(heard).containsExactly("DESTINATION_UNREACHABLE 10.0.0.1 > 10.0.0.77 112233");
        assertThat(discarded(Discard.UNRESOLVED)).isOne();
    }

    @Test
    void tellsTheSenderThatNobodyUsesThePort() {
        answersPortUnreachable = true;
        byte[] datagram = Octets.datagram().options("94040000").ttl(7).with("0007 0009 000a 0000 5566");
        arrives(datagram);
        assertThat(sentDatagrams())
                .singleElement()
                .satisfies(sent -> assertThat(Arrays.copyOfRange(sent, 20, sent.length))
                        .isEqualTo(Octets.icmp(3, 3, 0, datagram)));
    }

    @Test
    void tellsTheSenderOfAReassembledDatagramToo() {
        answersPortUnreachable = true;
        arrives(Octets.datagram().fragment(0, true).with("0007 0009 0012 0000 11112222 33334444"));
        arrives(Octets.datagram().fragment(16, false).with("5566"));
        assertThat(sentDatagrams())
                .singleElement()
                .satisfies(sent -> assertThat(Arrays.copyOfRange(sent, 20, sent.length))
                        .isEqualTo(Octets.icmp(
                                3, 3, 0, Octets.datagram().with("0007 0009 0012 0000 11112222 33334444 5566"))));
    }

    @Test
    void writesTheHeaderAgainWhenTheUserReportsThePortLate() {
        Pdu late = pdu(RecordingLink.octets("0007 0009 000a 0000 5566"));
        ip.reportPortUnreachable(PEER, US, TransportProtocol.UDP, late);
        late.release();
        assertThat(sentDatagrams())
                .singleElement()
                .satisfies(sent -> assertThat(Arrays.copyOfRange(sent, 20, sent.length))
                        .isEqualTo(Octets.icmp(
                                3, 3, 0, Octets.datagram().id(0).ttl(1).with("0007 0009 000a 0000 5566"))));
    }

    @Test
    void sumsThePseudoHeader() {
        assertThat(ip.pseudoHeaderSum(US, PEER, TransportProtocol.TCP, 1000))
                .isEqualTo(0x0a00 + 0x0001 + 0x0a00 + 0x0002 + 6 + 1000);
    }

    @Test
    void refusesWhatACallerMustNotAsk() {
        assertThatThrownBy(() -> ip.parseAddress("alice")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ip.attach(TransportProtocol.UDP, (source, destination, sdu) -> sdu.release()))
                .isInstanceOf(IllegalStateException.class);
        Pdu sdu = pdu(new byte[1]);
        assertThatThrownBy(() -> ip.unitDataRequest(null, PEER, TransportProtocol.UDP, 256, true, sdu))
                .isInstanceOf(IllegalArgumentException.class);
        sdu.release();
    }

    @Test
    void hasNoAddressUntilALinkLocalOneIsSettled() {
        RecordingLink other = new RecordingLink(host, 1500);
        Ipv4Entity linkLocal = new Ipv4Entity(host, other, new Ipv4Entity.Configuration(0, 16, 0, 1500, 64, true));
        List<String> changes = new ArrayList<>();
        linkLocal.watch((state, address) -> changes.add(state + " " + address));
        assertThat(linkLocal.sourceFor(PEER)).isNull();
        linkLocal.unitDataRequest(PEER, TransportProtocol.UDP, pdu(new byte[1]));
        assertThat(discarded(Discard.NO_ROUTE)).isOne();
        time.run(Duration.ofSeconds(10));
        NetworkAddress address = linkLocal.address();
        assertThat(changes).containsExactly("PROBING null", "ANNOUNCING " + address, "IN_USE " + address);
        assertThat(linkLocal.state()).isEqualTo(AddressManagement.State.IN_USE);
        assertThat(linkLocal.prefixLength()).isEqualTo(16);
        assertThat(linkLocal.sourceFor(PEER)).isEqualTo(address); // RFC 3927 §2.6.2: ARP for everything
        assertThat(linkLocal.isGroup(Ipv4Address.parse("169.254.255.255"))).isTrue();
        linkLocal.close();
    }

    @Test
    void findsLinkLocalNeighboursDirectlyThoughItHasAGateway() {
        send(Ipv4Address.parse("169.254.7.7"), true, "11");
        link.expect("ff:ff:ff:ff:ff:ff ARP 0001 0800 06 04 0001 020000000001 0a000001 000000000000 a9fe0707");
    }

    private void send(Ipv4Address destination, boolean maySegment, String hex) {
        ip.unitDataRequest(
                null, destination, TransportProtocol.UDP, DEFAULT_LIFETIME, maySegment, pdu(RecordingLink.octets(hex)));
    }

    private Pdu pdu(byte[] octets) {
        return host.pool().take(octets.length).append(octets);
    }

    private void arrives(byte[] datagram) {
        link.arrives(NetworkProtocol.IPV4, RecordingLink.US, datagram);
    }

    private List<byte[]> sentDatagrams() {
        List<byte[]> datagrams = new ArrayList<>();
        for (String frame : link.sent()) {
            assertThat(frame).startsWith(TO_PEER);
            datagrams.add(HexFormat.of().parseHex(frame.substring(TO_PEER.length())));
        }
        return datagrams;
    }

    private static int id(byte[] datagram) {
        return (datagram[4] & 0xff) << 8 | datagram[5] & 0xff;
    }

    private long discarded(Discard reason) {
        return host.discards(3, "IPv4").count(reason);
    }
}
