package org.osistack.application.naming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.osistack.application.FakePresentation.Address;
import org.osistack.application.naming.dns.DnsMessage;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.PresentationAddress;

/** A link between the hosts of a simulation that carries datagrams in a millisecond, and remembers them. */
final class Link {
    private static final long DELAY = Duration.ofMillis(1).toNanos();

    /** A datagram as it passed. */
    record Passed(long time, String source, PresentationAddress destination, int lifetime, DnsMessage message) {}

    final List<Passed> passed = new ArrayList<>();
    private final List<Station> stations = new ArrayList<>();
    /** Whether what the first host sends reaches the second. */
    BiPredicate<String, String> reaches = (from, to) -> true;

    Station station(Host host, String address) {
        Station station = new Station(host, address);
        stations.add(station);
        return station;
    }

    /** One host's place at the link. */
    final class Station implements ConnectionlessPresentation {
        private final Host host;
        String address;
        private int port;
        private User user;

        Station(Host host, String address) {
            this.host = host;
            this.address = address;
        }

        @Override
        public PresentationAddress attach(PresentationAddress local, User newUser) {
            port = local.port();
            user = newUser;
            return local;
        }

        @Override
        public void detach(PresentationAddress local) {
            user = null;
        }

        @Override
        public void unitDataRequest(
                PresentationAddress source, PresentationAddress destination, int lifetime, Pdu value) {
            byte[] octets = value.toByteArray();
            passed.add(new Passed(host.now(), host.name(), destination, lifetime, DnsMessage.parse(value)));
            value.release();
            PresentationAddress from = new PresentationAddress(new Address(address), source.port());
            for (Station station : stations) {
                boolean isFor = destination.host().toString().equals(MulticastDns.GROUP)
                        ? station != this
                        : destination.host().toString().equals(station.address);
                if (isFor && reaches.test(host.name(), station.host.name())) {
                    station.host
                            .newTimer(() -> station.arrives(from, destination, octets))
                            .arm(DELAY);
                }
            }
        }

        void arrives(PresentationAddress from, PresentationAddress destination, byte[] octets) {
            if (user != null && port == destination.port()) {
                user.unitDataIndication(
                        from,
                        destination,
                        host.pool().takeForReceiving(octets.length).append(octets));
            }
        }

        @Override
        public void joinGroup(NetworkAddress group) {
            // All are members.
        }

        @Override
        public void leaveGroup(NetworkAddress group) {
            // All are members.
        }

        @Override
        public NetworkAddress sourceFor(NetworkAddress destination) {
            return new Address(address);
        }

        @Override
        public NetworkAddress parseAddress(String text) {
            if (!text.matches("[0-9]+(\\.[0-9]+){3}")) {
                throw new IllegalArgumentException("not an address: " + text);
            }
            return new Address(text);
        }
    }
}
