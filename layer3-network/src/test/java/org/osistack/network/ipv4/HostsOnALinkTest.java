package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.MediumManagement;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;
import org.osistack.core.management.AddressManagement;
import org.osistack.core.management.EchoService;
import org.osistack.core.management.EchoService.Echo;
import org.osistack.core.management.NeighbourManagement;
import org.osistack.core.management.NetworkStatistics;
import org.osistack.core.management.RouteManagement;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkReport;
import org.osistack.network.NetworkService;
import org.osistack.network.NetworkUser;
import org.osistack.network.TransportProtocol;

/** Whole stacks up to layer 3 on a virtual medium. */
class HostsOnALinkTest {
    private final Simulation time = new Simulation(11);
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void noPduLeaks() {
        time.run(Duration.ofMinutes(2));
        for (Node node : nodes) {
            node.stack.close();
            assertThat(node.host.pool().outstanding()).isZero();
        }
    }

    @Test
    void pingAnswersAcrossTheLink() {
        Node alice = open("virtual:lab,delay=1ms", "ipv4:10.0.0.1/24");
        open("virtual:lab,delay=1ms", "ipv4:10.0.0.2/24");
        Echo echo = alice.ping("10.0.0.2", 1, 56);
        time.run(Duration.ofMillis(10));
        echo.request(Ipv4Address.parse("10.0.0.2"), 2, 4000, Echo.DEFAULT_LIFETIME, true);
        echo.request(Ipv4Address.parse("10.0.0.2"), 3, 65_507, Echo.DEFAULT_LIFETIME, true);
        time.run(Duration.ofMillis(10));
        assertThat(alice.heard)
                .containsExactly(
                        "reply 1 from 10.0.0.2: 56 octets, ttl 64, 3 ms", // one of them for the announcement
                        "reply 2 from 10.0.0.2: 4000 octets, ttl 64, 2 ms",
                        "reply 3 from 10.0.0.2: 65507 octets, ttl 64, 2 ms");
        assertThat(alice.management(NeighbourManagement.class).neighbours()).hasSize(1);
        assertThat(alice.management(NetworkStatistics.class).datagramsReassembled())
                .isEqualTo(2);
    }

    @Test
    void datagramsOfAnyLengthArriveWholeOrNotAtAllOnABadLink() {
        String bad = ",loss=3%,duplicate=3%,reorder=20%,corrupt=3%,delay=1ms";
        Node alice = open("virtual:lab" + bad, "ipv4:10.0.0.1/24");
        Node bob = open("virtual:lab" + bad, "ipv4:10.0.0.2/24");
        for (int length = 1; length <= 6000; length += 13) {
            Pdu sdu = alice.host.pool().take(length).append(Octets.counting(length));
            alice.ip.unitDataRequest(Ipv4Address.parse("10.0.0.2"), TransportProtocol.UDP, sdu);
            time.run(Duration.ofMillis(5));
        }
        time.run(Duration.ofMinutes(1));
        assertThat(bob.heard.size()).isBetween(300, 600);
        assertThat(bob.heard).allMatch("intact"::equals);
        assertThat(bob.host.discards(2, "Ethernet").count(Discard.BAD_FCS)).isPositive();
        assertThat(bob.host.discards(3, "IPv4").count(Discard.REASSEMBLY_TIMEOUT))
                .isPositive();
    }

    @Test
    void aHostOnALoopbackReachesItselfByWayOfTheMedium() {
        Node alice = open("loopback,delay=1ms", "ipv4");
        time.run(Duration.ofSeconds(8));
        NetworkAddress address = alice.management(AddressManagement.class).address();
        long frames = alice.management(MediumManagement.class).statistics().framesSent();

        alice.ping(address.toString(), 1, 4000);
        time.run(Duration.ofMillis(3));

        assertThat(alice.heard).containsExactly("reply 1 from " + address + ": 4000 octets, ttl 64, 2 ms");
        assertThat(alice.management(MediumManagement.class).statistics().framesSent())
                .isEqualTo(frames + 6);
    }

    @Test
    void hostsWithoutAddressesFindTheirOwnAndReachEachOther() {
        Node alice = open("virtual:lab", "ipv4");
        Node bob = open("virtual:lab", "ipv4");
        time.run(Duration.ofSeconds(8));
        NetworkAddress address = bob.management(AddressManagement.class).address();
        assertThat(address.toString()).startsWith("169.254.");
        alice.ping(address.toString(), 1, 8);
        time.run(Duration.ofMillis(1));
        assertThat(alice.heard).containsExactly("reply 1 from " + address + ": 8 octets, ttl 64, 0 ms");
    }

    @Test
    void anAddressThatTwoHostsAreGivenIsReportedAndGoesOnWorkingForBoth() {
        Node alice = open("virtual:lab", "ipv4:10.0.0.1/24");
        Node other = open("virtual:lab", "ipv4:10.0.0.1/24");
        time.run(Duration.ofSeconds(5));
        assertThat(alice.management(AddressManagement.class).conflicts()).isPositive();
        assertThat(other.management(AddressManagement.class).conflicts()).isPositive();
        assertThat(alice.management(AddressManagement.class).address()).isEqualTo(Ipv4Address.parse("10.0.0.1"));
    }

    @Test
    void aHostThatProbesDoesNotTakeAnAddressInUse() {
        open("virtual:lab", "ipv4:10.0.0.1/24");
        Node late = open("virtual:lab", "ipv4:10.0.0.1/24,probe=on");
        time.run(Duration.ofSeconds(8));
        assertThat(late.management(AddressManagement.class).state()).isEqualTo(AddressManagement.State.CONFLICT);
        assertThat(late.management(AddressManagement.class).address()).isNull();
    }

    @Test
    void groupsReachTheirMembersAlone() {
        Node alice = open("virtual:lab", "ipv4:10.0.0.1/24");
        Node bob = open("virtual:lab", "ipv4:10.0.0.2/24");
        Node carol = open("virtual:lab", "ipv4:10.0.0.3/24");
        Ipv4Address group = Ipv4Address.parse("224.0.0.251");
        bob.ip.joinGroup(group);
        alice.ip.unitDataRequest(
                group, TransportProtocol.UDP, alice.host.pool().take().append(Octets.counting(9)));
        alice.ip.unitDataRequest(
                Ipv4Address.BROADCAST,
                TransportProtocol.UDP,
                alice.host.pool().take().append(Octets.counting(9)));
        time.run(Duration.ofMillis(1));
        assertThat(bob.heard).containsExactly("intact", "intact");
        assertThat(carol.heard).containsExactly("intact");
    }

    @Test
    void aHostWithoutTheProtocolSaysSo() {
        Node alice = open("virtual:lab", "ipv4:10.0.0.1/24");
        open("virtual:lab", "ipv4:10.0.0.2/24");
        alice.ip.attach(TransportProtocol.TCP, alice);
        alice.ip.unitDataRequest(
                Ipv4Address.parse("10.0.0.2"),
                TransportProtocol.TCP,
                alice.host.pool().take().append(Octets.counting(20)));
        time.run(Duration.ofMillis(1));
        assertThat(alice.heard).containsExactly("PROTOCOL_UNREACHABLE about 10.0.0.2");
    }

    @Test
    void trafficGoesOnWhenTheLinkComesBack() {
        Node alice = open("virtual:lab", "ipv4:10.0.0.1/24");
        Node bob = open("virtual:lab", "ipv4:10.0.0.2/24");
        Echo echo = alice.ping("10.0.0.2", 1, 8);
        time.run(Duration.ofMillis(1));
        bob.management(MediumManagement.class).unplug();
        time.run(Duration.ofSeconds(1));
        echo.request(Ipv4Address.parse("10.0.0.2"), 2, 8, Echo.DEFAULT_LIFETIME, true);
        time.run(Duration.ofSeconds(1));
        bob.management(MediumManagement.class).plugIn();
        time.run(Duration.ofSeconds(1));
        echo.request(Ipv4Address.parse("10.0.0.2"), 3, 8, Echo.DEFAULT_LIFETIME, true);
        time.run(Duration.ofSeconds(1));
        assertThat(alice.heard).extracting(line -> line.substring(0, 7)).containsExactly("reply 1", "reply 3");
    }

    @Test
    void aRouteThatIsAddedTakesDatagramsToItsGateway() {
        Node alice = open("virtual:lab", "ipv4:10.0.0.1/24");
        Node router = open("virtual:lab", "ipv4:10.0.0.254/24");
        alice.ping("8.8.8.8", 1, 8);
        alice.management(RouteManagement.class)
                .addRoute(Ipv4Address.parse("8.0.0.0"), 8, Ipv4Address.parse("10.0.0.254"));
        alice.ping("8.8.8.8", 2, 8);
        time.run(Duration.ofMillis(1));
        assertThat(alice.heard).containsExactly("UNREACHABLE 1 from 10.0.0.1");
        assertThat(router.host.discards(3, "IPv4").count(Discard.NOT_FOR_US)).isOne(); // a host forwards nothing
    }

    @Test
    void everyStepIsExplainedInTheTrace() {
        List<TraceEvent> events = new ArrayList<>();
        Trace trace = new Trace(time, events::add);
        Node alice = open("virtual:lab", "ipv4:10.0.0.1/24", trace);
        open("virtual:lab", "ipv4:10.0.0.2/24", trace);
        time.run(Duration.ofSeconds(3));
        events.clear();
        alice.ping("10.0.0.2", 1, 8);
        time.run(Duration.ofMillis(1));
        assertThat(events)
                .filteredOn(event -> event.host().equals(alice.host.name()) && event.pdu() != null)
                .extracting(event -> event.name() + ": " + event.pdu().protocol() + " "
                        + event.pdu().name())
                .containsExactly(
                        "DL-UNITDATA.request: ARP Request",
                        "PH-DATA.request: Ethernet MAC frame",
                        "PH-DATA.indication: Ethernet MAC frame",
                        "DL-UNITDATA.indication: ARP Reply",
                        "DL-UNITDATA.request: ICMP Echo",
                        "PH-DATA.request: Ethernet MAC frame",
                        "PH-DATA.indication: Ethernet MAC frame",
                        "DL-UNITDATA.indication: ICMP Echo Reply");
    }

    private Node open(String medium, String network) {
        return open(medium, network, null);
    }

    private Node open(String medium, String network, Trace trace) {
        Node node = new Node(time.newHost("host" + nodes.size()), medium, network, trace);
        nodes.add(node);
        return node;
    }

    private static final class Node implements NetworkUser, EchoService.EchoUser {
        private final Host host;
        private final Stack stack;
        private final NetworkService ip;
        private final List<String> heard = new ArrayList<>();
        private Echo echo;

        Node(Host host, String medium, String network, Trace trace) {
            this.host = host;
            StackSpec spec = new StackSpec().set(1, medium).set(2, "ethernet").set(3, network);
            stack = Stack.open(host, spec, trace, () -> Dissector.NONE);
            ip = stack.service(NetworkService.class);
            ip.attach(TransportProtocol.UDP, this);
        }

        <M> M management(Class<M> type) {
            return stack.management(type).orElseThrow();
        }

        Echo ping(String address, int sequence, int length) {
            if (echo == null) {
                echo = management(EchoService.class).openEcho(this);
            }
            echo.request(Ipv4Address.parse(address), sequence, length, Echo.DEFAULT_LIFETIME, true);
            return echo;
        }

        @Override
        public void unitDataIndication(NetworkAddress source, NetworkAddress destination, Pdu sdu) {
            boolean intact = Arrays.equals(sdu.toByteArray(), Octets.counting(sdu.length()));
            heard.add(intact ? "intact" : "spoilt: " + sdu);
            sdu.release();
        }

        @Override
        public void reportIndication(NetworkReport report, NetworkAddress source, NetworkAddress destination, Pdu sdu) {
            heard.add(report + " about " + destination);
        }

        @Override
        public void echoReply(NetworkAddress source, int sequence, int length, int lifetime, long roundTripNanos) {
            heard.add("reply " + sequence + " from " + source + ": " + length + " octets, ttl " + lifetime + ", "
                    + roundTripNanos / 1_000_000 + " ms");
        }

        @Override
        public void echoReport(EchoService.Failure failure, NetworkAddress reporter, int sequence) {
            heard.add(failure + " " + sequence + " from " + reporter);
        }
    }
}
