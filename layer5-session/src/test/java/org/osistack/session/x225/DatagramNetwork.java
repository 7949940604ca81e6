package org.osistack.session.x225;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.DatagramUser;
import org.osistack.transport.TransportAddress;

/** A connectionless transport service for tests: TSDUs arrive after a millisecond, not at all, or twice, by a seed. */
final class DatagramNetwork {
    static final int MAX_TSDU = 1000;

    double loss;
    double duplication;
    Octets last; // TSDU that was sent
    private final Map<TransportAddress, Attached> users = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(5);

    private record Attached(Host host, DatagramUser user) {}

    DatagramTransport of(Host host) {
        return new Service(host);
    }

    int attached() {
        return users.size();
    }

    private final class Service implements DatagramTransport {
        private final Host host;

        Service(Host host) {
            this.host = host;
        }

        @Override
        public TransportAddress attach(TransportAddress local, DatagramUser user) {
            TransportAddress given = local.port() == 0 ? new TransportAddress(null, 102, local.selector()) : local;
            users.put(given, new Attached(host, user));
            return given;
        }

        @Override
        public void detach(TransportAddress local) {
            users.remove(local);
        }

        @Override
        public void unitDataRequest(TransportAddress source, TransportAddress destination, int lifetime, Pdu tsdu) {
            if (tsdu.length() > MAX_TSDU) {
                throw new IllegalArgumentException("too long");
            }
            last = Octets.of(tsdu);
            Attached to = users.get(destination);
            int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < duplication ? 2 : 1;
            for (int i = 0; to != null && i < copies; i++) {
                Pdu copy = to.host.pool().takeForReceiving(tsdu.length()).append(tsdu, 0, tsdu.length());
                to.host
                        .newTimer(() -> to.user.unitDataIndication(source, destination, copy))
                        .arm(1_000_000);
            }
            tsdu.release();
        }

        @Override
        public void joinGroup(NetworkAddress group) {
            throw new UnsupportedOperationException("there are no groups");
        }

        @Override
        public void leaveGroup(NetworkAddress group) {
            throw new UnsupportedOperationException("there are no groups");
        }

        @Override
        public NetworkAddress sourceFor(NetworkAddress destination) {
            return null;
        }

        @Override
        public NetworkAddress parseAddress(String text) {
            throw new IllegalArgumentException(text);
        }
    }
}
