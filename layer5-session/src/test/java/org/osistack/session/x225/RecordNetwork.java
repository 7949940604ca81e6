package org.osistack.session.x225;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Timer;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportListener;
import org.osistack.transport.TransportUser;

/**
 * A transport service for tests: TSDUs arrive whole and in order, after a delay, and only so many are taken at a time.
 * Expedited data, if there is such, overtakes normal data now and then, and never comes later than normal data that was
 * sent after it. A T-DISCONNECT destroys what is under way, as X.214 has it.
 */
final class RecordNetwork {
    private final Map<Selector, Attached> listeners = new HashMap<>();
    private final LongSupplier delayNanos;
    private final int credit;
    private final BooleanSupplier overtakes; // null if there is no expedited data
    private final List<TransportConnection> opened = new ArrayList<>();

    private static final int EXPEDITED_CREDIT = 2;

    private record Attached(Host host, TransportListener listener) {}

    /**
     * Something that is under way to an end.
     *
     * @param data whether it is normal data, which expedited data may overtake
     * @param cancel what to do if it never arrives
     */
    private record Arriving(Runnable event, boolean data, Runnable cancel) {
        Arriving(Runnable event, boolean data) {
            this(event, data, () -> {});
        }
    }

    RecordNetwork(LongSupplier delayNanos, int credit) {
        this(delayNanos, credit, null);
    }

    /**
     * A network with expedited data.
     *
     * @param overtakes asked whether an expedited TSDU overtakes one more normal one
     */
    RecordNetwork(LongSupplier delayNanos, int credit, BooleanSupplier overtakes) {
        this.delayNanos = delayNanos;
        this.credit = credit;
        this.overtakes = overtakes;
    }

    /** The connections that were asked for, at the end that asked. */
    List<TransportConnection> opened() {
        return opened;
    }

    static TransportAddress address(String name) {
        return new TransportAddress(null, 102, Selector.ofText(name));
    }

    RecordTransport of(Host host) {
        return new Service(host);
    }

    private final class Service implements RecordTransport {
        private final Host host;

        Service(Host host) {
            this.host = host;
        }

        @Override
        public void attach(TransportAddress local, TransportListener listener) {
            listeners.put(local.selector(), new Attached(host, listener));
        }

        @Override
        public void detach(TransportAddress local) {
            listeners.remove(local.selector());
        }

        @Override
        public TransportConnection connectRequest(
                TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user) {
            End end = new End(host, new TransportAddress(null, 0, Selector.ofText(host.name())), called);
            end.user = user;
            opened.add(end);
            Attached attached = listeners.get(called.selector());
            if (attached == null) {
                end.receive(() -> end.disconnected(DisconnectReason.REFUSED));
                return end;
            }
            End other = new End(attached.host, called, end.local);
            end.peer = other;
            other.peer = end;
            boolean proposed = expedited && overtakes != null;
            end.proposed = proposed;
            other.proposed = proposed;
            other.receive(() -> {
                other.user = attached.listener.connectIndication(other, proposed);
                if (other.user == null) {
                    other.disconnectRequest();
                }
            });
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

    /** One end of a connection, with what is under way to it. */
    final class End implements TransportConnection {
        private final Host host;
        private final TransportAddress local;
        private final TransportAddress remote;
        private final List<Arriving> arriving = new ArrayList<>();
        private final ArrayDeque<Pdu> data = new ArrayDeque<>();
        private final Timer timer;
        private End peer;
        private TransportUser user;
        private boolean open = true;
        private boolean paused;
        private boolean refused;
        private boolean proposed;
        private boolean expedited;
        private int expeditedUnderWay;

        End(Host host, TransportAddress local, TransportAddress remote) {
            this.host = host;
            this.local = local;
            this.remote = remote;
            this.timer = host.newTimer(this::next);
        }

        private void receive(Runnable event) {
            receive(new Arriving(event, false), arriving.size());
        }

        private void receive(Arriving event, int place) {
            arriving.add(place, event);
            if (!timer.isArmed()) {
                timer.arm(delayNanos.getAsLong());
            }
        }

        private void next() {
            if (!arriving.isEmpty()) {
                arriving.remove(0).event.run();
            }
            if (!arriving.isEmpty()) {
                timer.arm(delayNanos.getAsLong());
            }
        }

        private void disconnected(DisconnectReason reason) {
            if (open) {
                close();
                if (user != null) {
                    user.disconnectIndication(reason);
                }
            }
        }

        private void close() {
            open = false;
            arriving.forEach(event -> event.cancel.run());
            arriving.clear();
            data.forEach(Pdu::release);
            data.clear();
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
        public void connectResponse(boolean accepted) {
            expedited = proposed && accepted;
            if (peer.open) {
                peer.expedited = expedited;
                peer.receive(() -> peer.user.connectConfirm(peer));
            }
        }

        @Override
        public boolean isExpedited() {
            return expedited;
        }

        @Override
        public boolean dataRequest(Pdu tsdu) {
            if (!open || !peer.open) {
                tsdu.release();
                return true;
            }
            if (peer.data.size() >= credit) {
                refused = true;
                return false;
            }
            Pdu copy = peer.host.pool().take(tsdu.length()).append(tsdu, 0, tsdu.length());
            tsdu.release();
            peer.data.addLast(copy);
            if (!peer.paused) {
                peer.receive(new Arriving(peer::deliver, true), peer.arriving.size());
            }
            return true;
        }

        private void deliver() {
            if (paused || data.isEmpty()) {
                return;
            }
            Pdu tsdu = data.removeFirst();
            if (peer.refused && peer.open) {
                peer.refused = false;
                peer.receive(() -> peer.user.readyIndication());
            }
            user.dataIndication(tsdu);
        }

        @Override
        public boolean expeditedDataRequest(Pdu tsdu) {
            if (!expedited) {
                throw new IllegalStateException("no expedited data");
            }
            if (tsdu.length() > 16) {
                throw new IllegalArgumentException(tsdu.length() + " octets of expedited data");
            }
            if (!open || !peer.open) {
                tsdu.release();
                return true;
            }
            if (peer.expeditedUnderWay >= EXPEDITED_CREDIT) {
                refused = true;
                return false;
            }
            Pdu copy = peer.host.pool().take(tsdu.length()).append(tsdu, 0, tsdu.length());
            tsdu.release();
            peer.expeditedUnderWay++;
            int place = peer.arriving.size();
            while (place > 0 && peer.arriving.get(place - 1).data && overtakes.getAsBoolean()) {
                place--;
            }
            peer.receive(new Arriving(() -> peer.deliverExpedited(copy), false, copy::release), place);
            return true;
        }

        private void deliverExpedited(Pdu tsdu) {
            expeditedUnderWay--;
            if (peer.refused && peer.open) {
                peer.refused = false;
                peer.receive(() -> peer.user.readyIndication());
            }
            user.expeditedDataIndication(tsdu);
        }

        @Override
        public void disconnectRequest() {
            if (open) {
                close();
                if (peer != null && peer.open) {
                    peer.receive(() -> peer.disconnected(DisconnectReason.REMOTE_USER));
                }
            }
        }

        /** The network fails: both ends hear of it. */
        void cut() {
            receive(() -> disconnected(DisconnectReason.TIMEOUT));
            peer.receive(() -> peer.disconnected(DisconnectReason.TIMEOUT));
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            if (paused) {
                paused = false;
                for (int i = 0; i < data.size(); i++) {
                    receive(new Arriving(this::deliver, true), arriving.size());
                }
            }
        }
    }
}
