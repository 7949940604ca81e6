package org.osistack.network.arp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.management.AddressManagement;
import org.osistack.core.management.NeighbourManagement.Neighbour;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;
import org.osistack.network.Ipv4Address;
import org.osistack.network.RecordingLink;

class ArpEntityTest {
    private static final int US = 0x0a000001;
    private static final int PEER = 0x0a000002;
    private static final String ALL = "ff:ff:ff:ff:ff:ff";
    private static final String REQUEST = ALL + " ARP 0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002";
    private static final String POLL =
            "02:00:00:00:00:02 ARP 0001 0800 06 04 0001 020000000001 0a000001 020000000002 0a000002";
    private static final String PEER_REPLIES = "0001 0800 06 04 0002 020000000002 0a000002 020000000001 0a000001";
    private static final String PEER_ASKS = "0001 0800 06 04 0001 020000000002 0a000002 000000000000 0a000001";
    private static final String WE_REPLY =
            "02:00:00:00:00:02 ARP 0001 0800 06 04 0002 020000000001 0a000001 020000000002 0a000002";

    private final Simulation time = new Simulation(1);
    private final Host host = time.newHost("alice");
    private final RecordingLink link = new RecordingLink(host, 1500);
    private final List<String> unresolved = new ArrayList<>();
    private final ArpUser user = new ArpUser() {
        @Override
        public boolean isOnLink(int address) {
            return address >>> 24 == 10;
        }

        @Override
        public void addressChanged(AddressManagement.State state, int address) {}

        @Override
        public void unresolved(Pdu datagram) {
            unresolved.add(datagram.toString());
            datagram.release();
        }
    };
    private final ArpEntity arp = new ArpEntity(host, link, user, US, false);

    @BeforeEach
    void announceAddress() {
        arp.start();
        run(3);
        link.sent();
    }

    @AfterEach
    void noPduLeaks() {
        arp.close();
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void asksForAnUnknownNeighbourAndSendsWhenItAnswers() {
        send("11");
        link.expect(REQUEST);
        link.arrives(NetworkProtocol.ARP, PEER_REPLIES);
        link.expect("02:00:00:00:00:02 IPv4 11");
        send("22");
        link.expect("02:00:00:00:00:02 IPv4 22");
    }

    @Test
    void asksThreeTimesOneSecondApartThenGivesUp() {
        send("11");
        link.expect(REQUEST);
        time.run(Duration.ofMillis(999));
        link.expectNothing();
        time.run(Duration.ofMillis(1));
        link.expect(REQUEST);
        run(1);
        link.expect(REQUEST);
        time.run(Duration.ofMillis(999));
        assertThat(unresolved).isEmpty();
        time.run(Duration.ofMillis(1));
        link.expectNothing();
        assertThat(unresolved).containsExactly("11");
        assertThat(arp.neighbours()).isEmpty();
    }

    @Test
    void holdsTheLatestDatagramsInOrder() {
        for (int i = 0; i < NeighbourCache.MAX_HELD_EACH + 2; i++) {
            send(String.format("%02x", i));
        }
        link.expect(REQUEST);
        link.arrives(NetworkProtocol.ARP, PEER_REPLIES);
        List<String> sent = link.sent();
        assertThat(sent).hasSize(NeighbourCache.MAX_HELD_EACH);
        assertThat(sent.get(0)).isEqualTo("02:00:00:00:00:02 IPv4 02");
        assertThat(sent.get(15)).isEqualTo("02:00:00:00:00:02 IPv4 11");
        assertThat(discarded(Discard.QUEUE_FULL)).isEqualTo(2);
    }

    @Test
    void holdsNoMoreThanItsLimitForAllNeighboursTogether() {
        for (int i = 0; i < 100; i++) {
            arp.send(0x0a000100 + i, pdu("11"));
        }
        assertThat(host.pool().outstanding()).isEqualTo(NeighbourCache.MAX_HELD);
        assertThat(discarded(Discard.OVER_LIMIT)).isEqualTo(100 - NeighbourCache.MAX_HELD);
        run(10);
        assertThat(host.pool().outstanding()).isZero();
        assertThat(unresolved).hasSize(NeighbourCache.MAX_HELD);
    }

    @Test
    void forgetsANeighbourThatItDoesNotUseAfterAMinute() {
        link.arrives(NetworkProtocol.ARP, PEER_ASKS);
        link.expect(WE_REPLY);
        run(59);
        assertThat(arp.neighbours()).hasSize(1);
        run(1);
        assertThat(arp.neighbours()).isEmpty();
        link.expectNothing();
    }

    @Test
    void pollsANeighbourThatItUsesAfterAMinuteAndGoesOnSending() {
        learnPeer();
        send("11");
        link.sent();
        run(60);
        link.expect(POLL);
        assertThat(arp.neighbours()).extracting(Neighbour::state).containsExactly(Neighbour.State.POLLED);
        send("22");
        link.expect("02:00:00:00:00:02 IPv4 22");
        link.arrives(NetworkProtocol.ARP, PEER_REPLIES);
        run(59);
        link.expectNothing();
        assertThat(arp.neighbours())
                .containsExactly(new Neighbour(
                        Ipv4Address.of(PEER), "02:00:00:00:00:02", Neighbour.State.REACHABLE, 59_000_000_000L));
    }

    @Test
    void forgetsANeighbourThatDoesNotAnswerTwoPolls() {
        learnPeer();
        send("11");
        link.sent();
        run(60);
        link.expect(POLL);
        run(1);
        link.expect(POLL);
        run(1);
        link.expectNothing();
        assertThat(arp.neighbours()).isEmpty();
        send("22");
        link.expect(REQUEST);
    }

    @Test
    void answersARequestForItsAddressAndLearnsWhoAsked() {
        link.arrives(NetworkProtocol.ARP, MacAddress.BROADCAST, PEER_ASKS);
        link.expect(WE_REPLY);
        send("11");
        link.expect("02:00:00:00:00:02 IPv4 11");
    }

    @Test
    void defendsItsAddressAgainstAProbe() {
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0001 020000000002 00000000 000000000000 0a000001");
        link.expect("02:00:00:00:00:02 ARP 0001 0800 06 04 0002 020000000001 0a000001 020000000002 00000000");
        assertThat(arp.neighbours()).isEmpty();
    }

    @Test
    void neverAnswersForOthersAndLearnsNothingThatNobodyAsked() {
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0001 020000000002 0a000002 000000000000 0a000003");
        link.arrives(NetworkProtocol.ARP, PEER_REPLIES);
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0001 020000000002 0a000002 000000000000 0a000002");
        link.expectNothing();
        assertThat(arp.neighbours()).isEmpty();
    }

    @Test
    void learnsNothingOfAHostThatIsNotOnTheLink() {
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0001 020000000002 c0a80002 000000000000 0a000001");
        link.expect("02:00:00:00:00:02 ARP 0001 0800 06 04 0002 020000000001 0a000001 020000000002 c0a80002");
        assertThat(arp.neighbours()).isEmpty();
    }

    @Test
    void followsAKnownNeighbourThatMovesButNotTwiceInASecond() {
        learnPeer();
        String moved = "0001 0800 06 04 0001 020000000009 0a000002 000000000000 0a000002"; // an announcement
        link.arrives(NetworkProtocol.ARP, moved);
        send("11");
        link.expect("02:00:00:00:00:02 IPv4 11");
        run(1);
        link.arrives(NetworkProtocol.ARP, moved);
        send("22");
        link.expect("02:00:00:00:00:09 IPv4 22");
    }

    @Test
    void discardsPacketsThatAreNotWellFormed() {
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0001 020000000002 0a000002 000000000000 0a0000");
        link.arrives(NetworkProtocol.ARP, "0006 0800 06 04 0001 020000000002 0a000002 000000000000 0a000001");
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0003 020000000002 0a000002 000000000000 0a000001");
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0001 030000000002 0a000002 000000000000 0a000001");
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0001 020000000002 e0000001 000000000000 0a000001");
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0001 020000000002 7f000001 000000000000 0a000001");
        link.expectNothing();
        assertThat(discarded(Discard.TOO_SHORT)).isOne();
        assertThat(discarded(Discard.BAD_FIELD)).isOne();
        assertThat(discarded(Discard.UNKNOWN_PDU)).isOne();
        assertThat(discarded(Discard.BAD_SOURCE)).isEqualTo(3);
    }

    @Test
    void keepsItsTableWithinItsLimitAndTheNeighboursThatItUsesInIt() {
        learnPeer();
        send("11");
        for (int i = 0; i < 5000; i++) {
            link.arrives(
                    NetworkProtocol.ARP,
                    String.format("0001 0800 06 04 0001 02000000%04x 0a01%04x 000000000000 0a000001", i, i));
        }
        assertThat(arp.neighbours()).hasSize(NeighbourCache.MAX_NEIGHBOURS);
        assertThat(arp.neighbours().get(0).address()).isEqualTo(Ipv4Address.of(PEER));
        run(100);
        assertThat(arp.neighbours()).isEmpty();
    }

    @Test
    void throwsAwayWhatItHoldsWhenTheLinkGoesDown() {
        send("11");
        arp.statusIndication(false);
        assertThat(discarded(Discard.LINK_DOWN)).isOne();
        assertThat(arp.neighbours()).isEmpty();
    }

    @Test
    void survivesAnyPacketsAndStaysWithinItsLimits() {
        Random random = new Random(4);
        byte[] good = RecordingLink.octets(PEER_ASKS);
        for (int i = 0; i < 1_000_000; i++) {
            byte[] packet = new byte[random.nextInt(48)];
            random.nextBytes(packet);
            System.arraycopy(good, 0, packet, 0, Math.min(packet.length, random.nextInt(29)));
            link.arrives(NetworkProtocol.ARP, MacAddress.BROADCAST, packet);
            if (i % 10_000 == 0) {
                arp.send(random.nextInt(), pdu("11"));
                link.sent();
                time.run(Duration.ofMillis(500));
            }
        }
        assertThat(arp.neighbours().size()).isBetween(1, NeighbourCache.MAX_NEIGHBOURS);
    }

    private void learnPeer() {
        link.arrives(NetworkProtocol.ARP, PEER_ASKS);
        link.sent();
    }

    private void send(String hex) {
        arp.send(PEER, pdu(hex));
    }

    private Pdu pdu(String hex) {
        return host.pool().take().append(RecordingLink.octets(hex));
    }

    private void run(int seconds) {
        time.run(Duration.ofSeconds(seconds));
    }

    private long discarded(Discard reason) {
        return host.discards(3, "ARP").count(reason);
    }
}
