package org.osistack.network.arp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.management.AddressManagement.State;
import org.osistack.datalink.DataLinkService;
import org.osistack.datalink.DataLinkUser;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;

/**
 * Two hosts that choose the same link-local address, since their simulations begin with the same seed. Each has its own,
 * and both pass in step.
 */
class AddressConflictTest {
    private final List<Station> stations = new ArrayList<>();
    private boolean cut;

    @AfterEach
    void noPduLeaks() {
        for (Station station : stations) {
            station.arp.close();
            assertThat(station.host.pool().outstanding()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void twoThatProbeForTheSameAddressAtTheSameTimeEndWithTwoAddresses(long seed) {
        Station alice = new Station(seed, 1);
        Station bob = new Station(seed, 2);
        bob.host.random().nextInt(); // from here on their luck differs
        run(Duration.ofSeconds(30));
        assertThat(alice.addresses.get(0)).isNotEqualTo(bob.addresses.get(0));
        assertSettledApart(alice, bob);
        assertThat(alice.arp.conflicts() + bob.arp.conflicts()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whoComesLaterTakesAnotherAddress(long seed) {
        Station alice = new Station(seed, 1);
        run(Duration.ofSeconds(10));
        int first = alice.arp.address();
        Station bob = new Station(seed, 2);
        run(Duration.ofSeconds(20));
        assertThat(alice.arp.address()).isEqualTo(first);
        assertThat(alice.addresses).containsExactly(first, first); // announcing, in use
        assertThat(bob.addresses).doesNotContain(first);
        assertSettledApart(alice, bob);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void oneGivesTheAddressUpWhenTwoLinksWithTheSameAddressAreJoined(long seed) {
        cut = true;
        Station alice = new Station(seed, 1);
        Station bob = new Station(seed, 2);
        run(Duration.ofSeconds(10));
        int same = alice.arp.address();
        assertThat(same).isNotZero().isEqualTo(bob.arp.address());
        cut = false;
        run(Duration.ofSeconds(5));
        assertThat(alice.arp.address()).isEqualTo(bob.arp.address()); // nobody has said anything yet
        alice.arp.send(0xa9fe_0909, alice.host.pool().take().append(new byte[1])); // an ARP request with her address
        run(Duration.ofSeconds(20));
        assertSettledApart(alice, bob);
        assertThat(List.of(alice.arp.address(), bob.arp.address())).contains(same);
    }

    private static void assertSettledApart(Station alice, Station bob) {
        assertThat(alice.arp.state()).isEqualTo(State.IN_USE);
        assertThat(bob.arp.state()).isEqualTo(State.IN_USE);
        assertThat(alice.arp.address()).isNotEqualTo(bob.arp.address());
    }

    private void run(Duration duration) {
        for (long millis = duration.toMillis(); millis > 0; millis--) {
            for (Station station : stations) {
                station.time.run(Duration.ofMillis(1));
            }
            for (Station station : stations) {
                station.receive();
            }
        }
    }

    private final class Station implements DataLinkService, ArpUser {
        private final Simulation time;
        private final Host host;
        private final MacAddress mac;
        private final ArpEntity arp;
        private final List<Integer> addresses = new ArrayList<>();
        private final List<byte[]> arrived = new ArrayList<>();
        private DataLinkUser user;

        Station(long seed, int number) {
            time = new Simulation(seed);
            host = time.newHost("host" + number);
            mac = MacAddress.of(0x02_00_00_00_00_00L | number);
            arp = new ArpEntity(host, this, this, 0, true);
            arp.start();
            stations.add(this);
        }

        void receive() {
            for (byte[] packet : List.copyOf(arrived)) {
                user.unitDataIndication(
                        MacAddress.of(0x02_00_00_00_00_ffL),
                        MacAddress.BROADCAST,
                        host.pool().takeForReceiving(packet.length).append(packet));
            }
            arrived.clear();
        }

        @Override
        public void unitDataRequest(MacAddress destination, NetworkProtocol protocol, Pdu sdu) {
            for (Station other : stations) {
                if (other != this && !cut && protocol == NetworkProtocol.ARP) {
                    other.arrived.add(sdu.toByteArray());
                }
            }
            sdu.release();
        }

        @Override
        public MacAddress address() {
            return mac;
        }

        @Override
        public Medium medium() {
            return new Medium("test link", 1500, false, false, 1514);
        }

        @Override
        public int maxSduLength() {
            return 1500;
        }

        @Override
        public void attach(NetworkProtocol protocol, DataLinkUser newUser) {
            user = newUser;
        }

        @Override
        public void joinGroup(MacAddress group) {}

        @Override
        public void leaveGroup(MacAddress group) {}

        @Override
        public boolean isOnLink(int address) {
            return true;
        }

        @Override
        public void addressChanged(State state, int address) {
            if (address != 0) {
                addresses.add(address);
            }
        }

        @Override
        public void unresolved(Pdu datagram) {
            datagram.release();
        }
    }
}
