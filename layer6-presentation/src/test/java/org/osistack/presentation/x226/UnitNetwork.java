package org.osistack.presentation.x226;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.SessionAddress;

/** A connectionless session service for tests: SSDUs arrive after a millisecond, not at all, or twice, by a seed. */
final class UnitNetwork {
    static final int MAX_SSDU = 1000;

    double loss;
    double duplication;
    Octets last; // SSDU that was sent
    private final Map<SessionAddress, Attached> users = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(5);

    private record Attached(Host host, ConnectionlessSession.User user) {}

    ConnectionlessSession of(Host host) {
        return new Service(host);
    }

    int attached() {
        return users.size();
    }

    private final class Service implements ConnectionlessSession {
        private final Host host;

        Service(Host host) {
            this.host = host;
        }

        @Override
        public SessionAddress attach(SessionAddress local, User user) {
            SessionAddress given = local.port() == 0
                    ? new SessionAddress(local.selector(), local.transportSelector(), 102, null)
                    : local;
            users.put(given, new Attached(host, user));
            return given;
        }

        @Override
        public void detach(SessionAddress local) {
            users.remove(local);
        }

        @Override
        public void unitDataRequest(SessionAddress source, SessionAddress destination, int lifetime, Pdu ssdu) {
            if (ssdu.length() > MAX_SSDU) {
                throw new IllegalArgumentException("too long");
            }
            last = Octets.of(ssdu);
            Attached to = users.get(destination);
            int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < duplication ? 2 : 1;
            for (int i = 0; to != null && i < copies; i++) {
                Pdu copy = to.host.pool().takeForReceiving(ssdu.length()).append(ssdu, 0, ssdu.length());
                to.host
                        .newTimer(() -> to.user.unitDataIndication(source, destination, copy))
                        .arm(1_000_000);
            }
            ssdu.release();
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
