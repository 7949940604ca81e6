package org.osistack.network.arp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.management.AddressManagement.State;
import org.osistack.datalink.NetworkProtocol;
import org.osistack.network.RecordingLink;

class AddressClaimTest {
    private static final String US = "020000000001";
    private static final String OTHER = "020000000002";

    private final Simulation time = new Simulation(7);
    private final Host host = time.newHost("alice");
    private final RecordingLink link = new RecordingLink(host, 1500);
    private final List<String> changes = new ArrayList<>();
    private ArpEntity arp;

    @AfterEach
    void noPduLeaks() {
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void usesAConfiguredAddressAtOnceAndAnnouncesItTwice() {
        open(0x0a000001, false);
        assertThat(arp.address()).isEqualTo(0x0a000001);
        time.run(Duration.ZERO);
        link.expect(announcement("0a000001"));
        time.run(Duration.ofMillis(1999));
        link.expectNothing();
        time.run(Duration.ofMillis(1));
        link.expect(announcement("0a000001"));
        time.run(Duration.ofMinutes(1));
        link.expectNothing();
        assertThat(changes).containsExactly("IN_USE 0a000001");
    }

    @Test
    void probesThreeTimesBeforeItUsesALinkLocalAddress() {
        open(0, true);
        List<Long> times = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        long begin = time.now();
        while (arp.state() != State.IN_USE) {
            time.run(Duration.ofMillis(1));
            for (String frame : link.sent()) {
                sent.add(frame);
                times.add((time.now() - begin) / 1_000_000);
            }
            assertThat(arp.address() != 0).isEqualTo(sent.size() >= 4); // usable after the first announcement
        }
        String ip = String.format("%08x", arp.address());
        assertThat(arp.address()).isBetween(0xa9fe0100, 0xa9fefeff); // both negative: the order holds
        assertThat(sent).containsExactly(probe(ip), probe(ip), probe(ip), announcement(ip), announcement(ip));
        assertThat(times.get(0)).isBetween(0L, 1000L); // PROBE_WAIT
        assertThat(times.get(1) - times.get(0)).isBetween(1000L, 2001L); // PROBE_MIN to PROBE_MAX
        assertThat(times.get(2) - times.get(1)).isBetween(1000L, 2001L);
        assertThat(times.get(3) - times.get(2)).isBetween(1999L, 2001L); // ANNOUNCE_WAIT
        assertThat(times.get(4) - times.get(3)).isBetween(1999L, 2001L); // ANNOUNCE_INTERVAL
        assertThat(changes).containsExactly("ANNOUNCING " + ip, "IN_USE " + ip);
    }

    @Test
    void takesAnotherLinkLocalAddressWhenSomebodyUsesTheOneThatItProbes() {
        open(0, true);
        String first = probedAddress();
        link.arrives(NetworkProtocol.ARP, packet(2, OTHER, first, US, "00000000"));
        String second = probedAddress();
        assertThat(second).isNotEqualTo(first);
        time.run(Duration.ofSeconds(10));
        assertThat(arp.address()).isEqualTo(Integer.parseUnsignedInt(second, 16));
        assertThat(arp.conflicts()).isOne();
    }

    @Test
    void takesAnotherLinkLocalAddressWhenSomebodyProbesForTheSame() {
        open(0, true);
        String first = probedAddress();
        link.arrives(NetworkProtocol.ARP, packet(1, OTHER, "00000000", "000000000000", first));
        assertThat(probedAddress()).isNotEqualTo(first);
        assertThat(arp.conflicts()).isOne();
    }

    @Test
    void isNotDisturbedByItsOwnProbeThatComesBack() {
        open(0, true);
        String first = probedAddress();
        link.arrives(NetworkProtocol.ARP, packet(1, US, "00000000", "000000000000", first));
        assertThat(probedAddress()).isEqualTo(first);
        assertThat(arp.conflicts()).isZero();
    }

    @Test
    void doesNotAnswerForAnAddressThatItOnlyProbes() {
        open(0, true);
        String first = probedAddress();
        link.arrives(NetworkProtocol.ARP, packet(1, OTHER, "a9fe0505", "000000000000", first));
        link.expectNothing();
    }

    @Test
    void triesOneAddressAMinuteAfterTenConflicts() {
        open(0, true);
        for (int i = 0; i <= AddressClaim.MAX_CONFLICTS; i++) {
            long before = time.now();
            String address = probedAddress();
            assertThat(time.now() - before).isLessThanOrEqualTo(AddressClaim.PROBE_WAIT);
            link.arrives(NetworkProtocol.ARP, packet(2, OTHER, address, US, "00000000"));
        }
        long before = time.now();
        String address = probedAddress();
        assertThat(time.now() - before).isGreaterThanOrEqualTo(AddressClaim.RATE_LIMIT_INTERVAL);
        time.run(Duration.ofSeconds(10));
        assertThat(arp.address()).isEqualTo(Integer.parseUnsignedInt(address, 16));
    }

    @Test
    void defendsALinkLocalAddressOnceInTenSecondsThenGivesItUp() {
        open(0, true);
        settle();
        String ours = String.format("%08x", arp.address());
        String conflicting = packet(1, OTHER, ours, "000000000000", "a9fe0505");
        link.arrives(NetworkProtocol.ARP, conflicting);
        link.expect(announcement(ours));
        time.run(Duration.ofMillis(10_001));
        link.arrives(NetworkProtocol.ARP, conflicting);
        link.expect(announcement(ours));
        assertThat(arp.address()).isNotZero();
        time.run(Duration.ofMillis(9_999));
        link.arrives(NetworkProtocol.ARP, conflicting);
        link.expectNothing();
        assertThat(arp.address()).isZero();
        assertThat(changes).endsWith("PROBING 00000000");
        settle();
        assertThat(String.format("%08x", arp.address())).startsWith("a9fe").isNotEqualTo(ours);
    }

    @Test
    void neverGivesAConfiguredAddressUpAndDefendsItOnceInTenSeconds() {
        open(0x0a000001, false);
        settle();
        String conflicting = packet(2, OTHER, "0a000001", "020000000003", "0a000003");
        for (int i = 0; i < 21; i++) {
            link.arrives(NetworkProtocol.ARP, conflicting);
            time.run(Duration.ofSeconds(1));
        }
        link.expect(announcement("0a000001"), announcement("0a000001"), announcement("0a000001"));
        assertThat(arp.address()).isEqualTo(0x0a000001);
        assertThat(arp.conflicts()).isEqualTo(21);
    }

    @Test
    void doesNotUseAConfiguredAddressThatItWasToldToProbeAndFindsInUse() {
        open(0x0a000001, true);
        assertThat(arp.address()).isZero();
        assertThat(probedAddress()).isEqualTo("0a000001");
        link.arrives(NetworkProtocol.ARP, packet(2, OTHER, "0a000001", US, "00000000"));
        time.run(Duration.ofMinutes(5));
        link.expectNothing();
        assertThat(changes).containsExactly("CONFLICT 00000000");
    }

    @Test
    void broadcastsEvenTheRepliesForALinkLocalAddress() {
        open(0, true);
        settle();
        String ours = String.format("%08x", arp.address());
        link.arrives(NetworkProtocol.ARP, packet(1, OTHER, "a9fe0505", "000000000000", ours));
        link.expect("ff:ff:ff:ff:ff:ff ARP " + packet(2, US, ours, OTHER, "a9fe0505"));
    }

    @Test
    void probesTheSameLinkLocalAddressAgainWhenTheLinkComesUp() {
        open(0, true);
        settle();
        String ours = String.format("%08x", arp.address());
        arp.statusIndication(false);
        assertThat(arp.address()).isNotZero();
        time.run(Duration.ofMinutes(1));
        arp.statusIndication(true);
        assertThat(arp.address()).isZero();
        assertThat(probedAddress()).isEqualTo(ours);
        settle();
        assertThat(String.format("%08x", arp.address())).isEqualTo(ours);
    }

    @Test
    void announcesAConfiguredAddressAgainWhenTheLinkComesUp() {
        open(0x0a000001, false);
        settle();
        arp.statusIndication(false);
        arp.statusIndication(true);
        time.run(Duration.ofSeconds(10));
        link.expect(announcement("0a000001"), announcement("0a000001"));
        assertThat(arp.address()).isEqualTo(0x0a000001);
    }

    private void open(int address, boolean probes) {
        arp = new ArpEntity(
                host,
                link,
                new ArpUser() {
                    @Override
                    public boolean isOnLink(int candidate) {
                        return true;
                    }

                    @Override
                    public void addressChanged(State state, int newAddress) {
                        changes.add(state + " " + String.format("%08x", newAddress));
                    }

                    @Override
                    public void unresolved(Pdu datagram) {
                        datagram.release();
                    }
                },
                address,
                probes);
        arp.start();
    }

    /** Let time pass until the address is settled, and forget what was sent. */
    private void settle() {
        time.runUntil(() -> arp.state() == State.IN_USE, Duration.ofMinutes(2));
        assertThat(arp.state()).isEqualTo(State.IN_USE);
        link.sent();
    }

    /** Wait for the next probe, and say for which address it was. */
    private String probedAddress() {
        List<String> sent = new ArrayList<>();
        time.runUntil(() -> sent.addAll(link.sent()) || !sent.isEmpty(), Duration.ofMinutes(2));
        assertThat(sent).hasSize(1);
        String address = sent.get(0).substring(sent.get(0).length() - 8);
        assertThat(sent.get(0)).isEqualTo(probe(address));
        return address;
    }

    private static String probe(String ip) {
        return "ff:ff:ff:ff:ff:ff ARP " + packet(1, US, "00000000", "000000000000", ip);
    }

    private static String announcement(String ip) {
        return "ff:ff:ff:ff:ff:ff ARP " + packet(1, US, ip, "000000000000", ip);
    }

    private static String packet(int operation, String senderMac, String senderIp, String targetMac, String targetIp) {
        return "000108000604000" + operation + senderMac + senderIp + targetMac + targetIp;
    }
}
