package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportListener;
import org.osistack.transport.TransportUser;

/**
 * A transport connection between two machines on which nothing arrives before the test says so. Expedited data may arrive
 * before normal data that was sent earlier, and never after normal data that was sent later. T-DISCONNECT destroys what is
 * under way to the side that asks for it.
 */
final class Wire {
    /**
     * Something that is under way to an end.
     *
     * @param tsdu null for a T-DISCONNECT
     */
    record Unit(Octets tsdu, boolean expedited) {}

    private final boolean expedited;
    private final Host[] hosts;
    private final TransportListener[] listeners = new TransportListener[2];
    final End[] ends = new End[2];

    /** A wire between these hosts, of which the first one calls. */
    Wire(Host caller, Host called, boolean expedited) {
        this.hosts = new Host[] {caller, called};
        this.expedited = expedited;
    }

    private static TransportAddress address(int side) {
        return new TransportAddress(null, 0, Selector.ofText(side == 0 ? "alice" : "bob"));
    }

    /** The transport service at one end. */
    RecordTransport at(int side) {
        return new RecordTransport() {
            @Override
            public void attach(TransportAddress local, TransportListener listener) {
                listeners[side] = listener;
            }

            @Override
            public void detach(TransportAddress local) {
                listeners[side] = null;
            }

            @Override
            public TransportConnection connectRequest(
                    TransportAddress calling, TransportAddress called, boolean proposed, TransportUser user) {
                ends[0] = new End(0, user);
                ends[1] = new End(1, null);
                ends[1].user = listeners[1].connectIndication(ends[1], proposed && expedited);
                return ends[0];
            }

            @Override
            public NetworkAddress parseAddress(String text) {
                throw new IllegalArgumentException(text);
            }

            @Override
            public DatagramTransport connectionless() {
                return null;
            }
        };
    }

    /** T-CONNECT.confirm: to be called once both ends are there. */
    void confirm() {
        ends[0].user.connectConfirm(ends[0]);
    }

    /** What is under way to a side, in the order in which it was sent. */
    List<Unit> underWay(int side) {
        return ends[side].arriving;
    }

    /** The place of the first expedited unit under way to a side; -1 if there is none. */
    int firstExpedited(int side) {
        List<Unit> arriving = ends[side].arriving;
        for (int i = 0; i < arriving.size(); i++) {
            if (arriving.get(i).expedited) {
                return i;
            }
        }
        return -1;
    }

    /** Let what is under way to a side at that place arrive. */
    void deliver(int side, int place) {
        ends[side].deliver(ends[side].arriving.remove(place));
    }

    /** One end of the connection. */
    final class End implements TransportConnection {
        private final int side;
        final List<Unit> arriving = new ArrayList<>();
        private TransportUser user;
        private boolean isExpedited;
        private boolean closed;

        End(int side, TransportUser user) {
            this.side = side;
            this.user = user;
        }

        private End other() {
            return ends[1 - side];
        }

        private void deliver(Unit unit) {
            if (unit.tsdu == null) {
                closed = true;
                arriving.clear();
                user.disconnectIndication(DisconnectReason.REMOTE_USER);
                return;
            }
            Pdu pdu = Samples.pdu(hosts[side].pool(), unit.tsdu);
            if (unit.expedited) {
                user.expeditedDataIndication(pdu);
            } else {
                user.dataIndication(pdu);
            }
        }

        private boolean send(Pdu tsdu, boolean asExpedited) {
            Unit unit = new Unit(Octets.of(tsdu), asExpedited);
            tsdu.release();
            if (!closed && !other().closed) {
                other().arriving.add(unit);
            }
            return true;
        }

        @Override
        public TransportAddress local() {
            return address(side);
        }

        @Override
        public TransportAddress remote() {
            return address(1 - side);
        }

        @Override
        public void connectResponse(boolean accepted) {
            isExpedited = accepted && expedited;
            other().isExpedited = isExpedited;
        }

        @Override
        public boolean isExpedited() {
            return isExpedited;
        }

        @Override
        public boolean dataRequest(Pdu tsdu) {
            return send(tsdu, false);
        }

        @Override
        public boolean expeditedDataRequest(Pdu tsdu) {
            return send(tsdu, true);
        }

        @Override
        public void disconnectRequest() {
            if (!closed) {
                closed = true;
                arriving.clear();
                if (!other().closed) {
                    other().arriving.add(new Unit(null, false));
                }
            }
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    }
}
