package org.osistack.transport.tpkt;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.OctetStreamTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportListener;
import org.osistack.transport.TransportUser;

/**
 * An octet-stream service for tests: what is sent arrives in order and cut anywhere, and only so many octets are taken
 * at a time.
 */
final class StreamNetwork {
    private final Map<Integer, Attached> listeners = new HashMap<>();
    private final RandomGenerator random;
    private final int capacity;
    private final int maxPart;

    private record Attached(Host host, TransportListener listener) {}

    /**
     * Make a network.
     *
     * @param capacity how many octets a connection takes before it refuses more
     * @param maxPart how many octets arrive at once at most
     */
    StreamNetwork(RandomGenerator random, int capacity, int maxPart) {
        this.random = random;
        this.capacity = capacity;
        this.maxPart = maxPart;
    }

    OctetStreamTransport of(Host host) {
        return new Service(host);
    }

    private final class Service implements OctetStreamTransport {
        private final Host host;

        Service(Host host) {
            this.host = host;
        }

        @Override
        public void attach(TransportAddress local, TransportListener listener) {
            listeners.put(local.port(), new Attached(host, listener));
        }

        @Override
        public void detach(TransportAddress local) {
            listeners.remove(local.port());
        }

        @Override
        public OctetStreamConnection connectRequest(
                TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user) {
            End end = new End(host, new TransportAddress(null, 40_000), called);
            end.user = user;
            Attached attached = listeners.get(called.port());
            if (attached == null) {
                end.later(() -> end.ended(DisconnectReason.REFUSED));
                return end;
            }
            End other = new End(attached.host, called, end.local);
            end.peer = other;
            other.peer = end;
            other.later(() -> other.user = attached.listener.connectIndication(other, false));
            return end;
        }

        @Override
        public NetworkAddress parseAddress(String text) {
            throw new IllegalArgumentException(text);
        }

        @Override
        public DatagramTransport connectionless() {
            return null;
        }
    }

    final class End implements OctetStreamConnection {
        private final Host host;
        private final TransportAddress local;
        private final TransportAddress remote;
        private final ArrayDeque<Byte> arrived = new ArrayDeque<>();
        private final ArrayDeque<Runnable> events = new ArrayDeque<>();
        private final Timer eventTimer;
        private final Timer dataTimer;
        private End peer;
        private TransportUser user;
        private boolean open = true;
        private boolean finSent;
        private boolean finHeard;
        private boolean paused;
        private boolean refused;

        End(Host host, TransportAddress local, TransportAddress remote) {
            this.host = host;
            this.local = local;
            this.remote = remote;
            this.eventTimer = host.newTimer(this::nextEvent);
            this.dataTimer = host.newTimer(this::deliver);
        }

        private void later(Runnable event) {
            events.addLast(event);
            eventTimer.armNoLaterThan(1_000);
        }

        private void nextEvent() {
            Runnable event = events.removeFirst();
            if (!events.isEmpty()) {
                eventTimer.arm(1_000);
            }
            event.run();
        }

        private void ended(DisconnectReason reason) {
            if (open) {
                open = false;
                dataTimer.disarm();
                user.disconnectIndication(reason);
            }
        }

        private void deliver() {
            if (!open || paused || user == null) {
                return;
            }
            if (!arrived.isEmpty()) {
                int length = Math.min(arrived.size(), 1 + random.nextInt(maxPart));
                Pdu part = host.pool().takeForReceiving(length);
                for (int i = 0; i < length; i++) {
                    part.appendUint8(arrived.removeFirst());
                }
                if (peer.refused) {
                    peer.refused = false;
                    peer.later(() -> {
                        if (peer.open) {
                            peer.user.readyIndication();
                        }
                    });
                }
                dataTimer.arm(1_000);
                user.dataIndication(part);
            } else if (peer.finSent && !finHeard) {
                finHeard = true;
                user.releaseIndication();
                closeIfBothReleased();
            }
        }

        private void closeIfBothReleased() {
            if (finSent && finHeard && open) {
                later(() -> ended(DisconnectReason.RELEASED));
                if (peer.finHeard && peer.open) {
                    peer.later(() -> peer.ended(DisconnectReason.RELEASED));
                }
            }
        }

        @Override
        public boolean dataRequest(Pdu octets) {
            if (!open || finSent || !peer.open) {
                octets.release();
                return true;
            }
            if (peer.arrived.size() + octets.length() > capacity) {
                refused = true;
                return false;
            }
            for (byte octet : octets.toByteArray()) {
                peer.arrived.addLast(octet);
            }
            octets.release();
            peer.dataTimer.armNoLaterThan(1_000);
            return true;
        }

        @Override
        public void releaseRequest() {
            if (open && !finSent) {
                finSent = true;
                peer.dataTimer.armNoLaterThan(1_000);
                closeIfBothReleased();
            }
        }

        @Override
        public void disconnectRequest() {
            if (open) {
                open = false;
                if (peer != null) {
                    peer.later(() -> peer.ended(DisconnectReason.REMOTE_USER));
                }
            }
        }

        @Override
        public void connectResponse(boolean expedited) {
            peer.later(() -> {
                if (peer.open) {
                    peer.user.connectConfirm(peer);
                }
            });
        }

        @Override
        public TransportAddress local() {
            return local;
        }

        @Override
        public TransportAddress remote() {
            return remote;
        }

        @Override
        public boolean isExpedited() {
            return false;
        }

        @Override
        public boolean expeditedDataRequest(Pdu tsdu) {
            throw new IllegalStateException("no expedited data");
        }

        @Override
        public int sendCapacity() {
            return capacity - peer.arrived.size();
        }

        @Override
        public int unacknowledged() {
            return peer.arrived.size();
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
            dataTimer.armNoLaterThan(1_000);
        }
    }
}
