package org.osistack.session.mux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportListener;
import org.osistack.transport.TransportService;
import org.osistack.transport.TransportUser;

/**
 * A network for tests with transport services of either kind, a delay and a rate, whose connections can be cut at any data
 * request: what is under way is destroyed, and both ends hear of it, one end, or neither.
 */
final class FakeNetwork {
    /** Who hears of a cut. */
    enum Cut {
        BOTH,
        CALLER,
        CALLED,
        NOBODY
    }

    /** A name as an address. */
    record Name(String name) implements NetworkAddress {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Is asked at each data request. */
    @FunctionalInterface
    interface Fault {
        /** How to cut the connection at this data request; null not to. */
        Cut at(int request, Pdu tsdu);
    }

    private record Key(String host, int port) {}

    private record Attached(Host host, TransportListener listener) {}

    private final Map<Key, Attached> listeners = new HashMap<>();
    private final RandomGenerator random;
    private final boolean stream;
    private final int capacity;
    private final long delayNanos;
    private final long nanosPerOctet;
    final List<Connection> connections = new ArrayList<>();
    Fault fault = (request, tsdu) -> null;
    boolean down; // nothing gets through, and nobody is told
    int requests;
    long octets;

    FakeNetwork(RandomGenerator random, boolean stream, int capacity, long delayNanos, long nanosPerOctet) {
        this.random = random;
        this.stream = stream;
        this.capacity = capacity;
        this.delayNanos = delayNanos;
        this.nanosPerOctet = nanosPerOctet;
    }

    static TransportAddress address(String name) {
        return new TransportAddress(new Name(name), 7);
    }

    /** The transport service of a host that has these names here. */
    TransportService of(Host host, String... names) {
        return stream ? new StreamService(host, names) : new RecordService(host, names);
    }

    private abstract class Service implements TransportService {
        final Host host;
        private final List<String> names;

        Service(Host host, String... names) {
            this.host = host;
            this.names = List.of(names);
        }

        @Override
        public void attach(TransportAddress local, TransportListener listener) {
            for (String name : names) {
                if (listeners.putIfAbsent(new Key(name, local.port()), new Attached(host, listener)) != null) {
                    throw new IllegalStateException("in use: " + local);
                }
            }
        }

        @Override
        public void detach(TransportAddress local) {
            names.forEach(name -> listeners.remove(new Key(name, local.port())));
        }

        End connect(TransportAddress called, TransportUser user) {
            String own = names.get(0);
            Connection connection = new Connection();
            End caller = newEnd(connection, host, address(own), called);
            connection.caller = caller;
            caller.user = user;
            if (down) {
                return caller;
            }
            Attached attached = listeners.get(new Key(called.host().toString(), called.port()));
            if (attached == null) {
                caller.later(() -> caller.ended(DisconnectReason.REFUSED));
                return caller;
            }
            End other = newEnd(connection, attached.host, called, address(own));
            connection.called = other;
            caller.peer = other;
            other.peer = caller;
            connections.add(connection);
            other.later(() -> {
                other.user = attached.listener.connectIndication(other, false);
                if (other.user == null) {
                    other.disconnectRequest();
                }
            });
            return caller;
        }

        @Override
        public NetworkAddress parseAddress(String text) {
            return new Name(text);
        }

        @Override
        public DatagramTransport connectionless() {
            return null;
        }
    }

    private final class RecordService extends Service implements RecordTransport {
        RecordService(Host host, String... names) {
            super(host, names);
        }

        @Override
        public TransportConnection connectRequest(
                TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user) {
            return connect(called, user);
        }
    }

    private final class StreamService extends Service implements OctetStreamTransport {
        StreamService(Host host, String... names) {
            super(host, names);
        }

        @Override
        public OctetStreamConnection connectRequest(
                TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user) {
            return (StreamEnd) connect(called, user);
        }
    }

    private End newEnd(Connection connection, Host host, TransportAddress local, TransportAddress remote) {
        return stream ? new StreamEnd(connection, host, local, remote) : new End(connection, host, local, remote);
    }

    /** Both ends of a connection. */
    final class Connection {
        private End caller;
        private End called;
        private boolean dead;

        boolean isAlive() {
            return !dead && caller.open && called.open;
        }

        void cut(Cut cut) {
            if (dead) {
                return;
            }
            dead = true;
            for (End end : List.of(caller, called)) {
                end.arriving.clear();
                if (cut == Cut.BOTH || (cut == Cut.CALLER) == (end == caller) && cut != Cut.NOBODY) {
                    end.later(() -> end.ended(DisconnectReason.TIMEOUT));
                }
            }
        }
    }

    /** Cut all connections. */
    void cutAll(Cut cut) {
        List.copyOf(connections).forEach(connection -> connection.cut(cut));
    }

    private record Arriving(byte[] octets, long due) {}

    private class End implements TransportConnection {
        final Connection connection;
        final Host host;
        final TransportAddress local;
        private final TransportAddress remote;
        final ArrayDeque<Arriving> arriving = new ArrayDeque<>(); // no octets: a FIN
        private final ArrayDeque<Runnable> events = new ArrayDeque<>();
        private final Timer eventTimer;
        private final Timer dataTimer;
        int queued;
        private long lastDue;
        End peer;
        private TransportUser user;
        boolean open = true;
        private boolean refused;
        boolean finished; // this direction is released

        End(Connection connection, Host host, TransportAddress local, TransportAddress remote) {
            this.connection = connection;
            this.host = host;
            this.local = local;
            this.remote = remote;
            this.eventTimer = host.newTimer(this::nextEvent);
            this.dataTimer = host.newTimer(this::deliver);
        }

        void later(Runnable event) {
            events.addLast(event);
            if (!eventTimer.isArmed()) {
                eventTimer.arm(delayNanos);
            }
        }

        private void nextEvent() {
            Runnable event = events.removeFirst();
            if (!events.isEmpty()) {
                eventTimer.arm(0);
            }
            event.run();
        }

        void ended(DisconnectReason reason) {
            if (open) {
                close();
                if (user != null) {
                    user.disconnectIndication(reason);
                }
            }
        }

        private void close() {
            open = false;
            arriving.clear();
            dataTimer.disarm();
            if (peer == null || !peer.open) {
                connections.remove(connection);
            }
        }

        private void deliver() {
            while (open && !arriving.isEmpty() && arriving.peekFirst().due <= host.now()) {
                byte[] octets = arriving.pollFirst().octets;
                queued -= octets.length;
                if (octets.length == 0) {
                    user.releaseIndication();
                    if (finished && open) {
                        later(() -> ended(DisconnectReason.RELEASED));
                        peer.later(() -> peer.ended(DisconnectReason.RELEASED));
                    }
                }
                for (int at = 0; at < octets.length && open; ) {
                    int length = stream ? 1 + random.nextInt(octets.length - at) : octets.length;
                    Pdu part = host.pool().takeForReceiving(length).append(octets, at, length);
                    at += length;
                    user.dataIndication(part);
                }
            }
            if (peer.refused && queued <= capacity / 2) {
                peer.refused = false;
                if (peer.open) {
                    peer.user.readyIndication();
                }
            }
            if (open && !arriving.isEmpty()) {
                dataTimer.arm(arriving.peekFirst().due - host.now());
            }
        }

        void arrive(byte[] octets) {
            lastDue = Math.max(lastDue, host.now()) + octets.length * nanosPerOctet;
            arriving.addLast(new Arriving(octets, lastDue + delayNanos));
            queued += octets.length;
            if (!dataTimer.isArmed()) {
                dataTimer.arm(lastDue + delayNanos - host.now());
            }
        }

        @Override
        public boolean dataRequest(Pdu tsdu) {
            if (!open) {
                tsdu.release();
                return true;
            }
            if (peer.queued > 0 && peer.queued + tsdu.length() > capacity) {
                refused = true;
                return false;
            }
            Cut cut = connection.dead ? null : fault.at(++requests, tsdu);
            octets += tsdu.length();
            if (cut != null) {
                connection.cut(cut);
            }
            if (connection.dead || down) {
                peer.queued += tsdu.length();
            } else if (peer.open) {
                peer.arrive(tsdu.toByteArray());
            }
            tsdu.release();
            return true;
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
        public void disconnectRequest() {
            if (open) {
                close();
                if (peer != null && peer.open && !connection.dead && !down) {
                    peer.later(() -> peer.ended(DisconnectReason.REMOTE_USER));
                }
            }
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
        public void pause() {
            throw new AssertionError("mux never stops a transport connection: others use it");
        }

        @Override
        public void resume() {
            throw new AssertionError("mux never stops a transport connection: others use it");
        }
    }

    private final class StreamEnd extends End implements OctetStreamConnection {
        StreamEnd(Connection connection, Host host, TransportAddress local, TransportAddress remote) {
            super(connection, host, local, remote);
        }

        @Override
        public void releaseRequest() {
            finished = true;
            if (open && peer.open && !connection.dead) {
                peer.arrive(new byte[0]);
            }
        }

        @Override
        public int sendCapacity() {
            return capacity - peer.queued;
        }

        @Override
        public int unacknowledged() {
            return peer.queued;
        }
    }
}
