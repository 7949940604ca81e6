package org.osistack.transport;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.SapTrace;

/** A transport service that reports each primitive and passes it on. */
public class TransportTap implements TransportService {
    private final TransportService below;
    private final SapTrace trace;

    TransportTap(TransportService below, SapTrace trace) {
        this.below = below;
        this.trace = trace;
    }

    /** Put a tap before a transport service. */
    public static OctetStreamTransport of(OctetStreamTransport below, SapTrace trace) {
        return new OctetStreamTap(below, trace);
    }

    /** Put a tap before a transport service. */
    public static RecordTransport of(RecordTransport below, SapTrace trace) {
        return new RecordTap(below, trace);
    }

    private static final class OctetStreamTap extends TransportTap implements OctetStreamTransport {
        OctetStreamTap(OctetStreamTransport below, SapTrace trace) {
            super(below, trace);
        }

        @Override
        public OctetStreamConnection connectRequest(
                TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user) {
            return (OctetStreamConnection) super.connectRequest(calling, called, expedited, user);
        }
    }

    private static final class RecordTap extends TransportTap implements RecordTransport {
        RecordTap(RecordTransport below, SapTrace trace) {
            super(below, trace);
        }
    }

    @Override
    public void attach(TransportAddress local, TransportListener listener) {
        below.attach(local, (connection, expedited) -> {
            int number = trace.newConnection();
            trace.up(
                    "T-CONNECT.indication",
                    number,
                    null,
                    null,
                    "calling",
                    connection.remote(),
                    "called",
                    connection.local(),
                    "expedited",
                    expedited);
            TransportUser user = listener.connectIndication(wrap(connection, trace, number), expedited);
            trace.end();
            return user == null ? null : new UserTap(user, trace, number);
        });
    }

    @Override
    public void detach(TransportAddress local) {
        below.detach(local);
    }

    @Override
    public TransportConnection connectRequest(
            TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user) {
        int number = trace.newConnection();
        trace.down("T-CONNECT.request", number, null, null, "called", called, "expedited", expedited);
        TransportConnection connection =
                below.connectRequest(calling, called, expedited, new UserTap(user, trace, number));
        trace.end();
        return wrap(connection, trace, number);
    }

    private static TransportConnection wrap(TransportConnection connection, SapTrace trace, int number) {
        return connection instanceof OctetStreamConnection stream
                ? new OctetStreamConnectionTap(stream, trace, number)
                : new ConnectionTap(connection, trace, number);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return below.parseAddress(text);
    }

    @Override
    public DatagramTransport connectionless() {
        DatagramTransport datagrams = below.connectionless();
        return datagrams == null ? null : new DatagramTap(datagrams, trace);
    }

    private static class ConnectionTap implements TransportConnection {
        private final TransportConnection below;
        final SapTrace trace;
        final int number;

        ConnectionTap(TransportConnection below, SapTrace trace, int number) {
            this.below = below;
            this.trace = trace;
            this.number = number;
        }

        @Override
        public TransportAddress local() {
            return below.local();
        }

        @Override
        public TransportAddress remote() {
            return below.remote();
        }

        @Override
        public void connectResponse(boolean expedited) {
            trace.down("T-CONNECT.response", number, null, null, "expedited", expedited);
            below.connectResponse(expedited);
            trace.end();
        }

        @Override
        public boolean isExpedited() {
            return below.isExpedited();
        }

        @Override
        public boolean dataRequest(Pdu tsdu) {
            trace.down("T-DATA.request", number, null, tsdu);
            return trace.end(below.dataRequest(tsdu));
        }

        @Override
        public boolean expeditedDataRequest(Pdu tsdu) {
            trace.down("T-EXPEDITED-DATA.request", number, null, tsdu);
            return trace.end(below.expeditedDataRequest(tsdu));
        }

        @Override
        public void disconnectRequest() {
            trace.down("T-DISCONNECT.request", number, null, null);
            below.disconnectRequest();
            trace.end();
            trace.forget(number);
        }

        @Override
        public void pause() {
            below.pause();
        }

        @Override
        public void resume() {
            below.resume();
        }
    }

    private static final class OctetStreamConnectionTap extends ConnectionTap implements OctetStreamConnection {
        private final OctetStreamConnection below;

        OctetStreamConnectionTap(OctetStreamConnection below, SapTrace trace, int number) {
            super(below, trace, number);
            this.below = below;
        }

        @Override
        public void releaseRequest() {
            trace.down("T-RELEASE.request", number, null, null);
            below.releaseRequest();
            trace.end();
        }

        @Override
        public int sendCapacity() {
            return below.sendCapacity();
        }

        @Override
        public int unacknowledged() {
            return below.unacknowledged();
        }
    }

    private static final class UserTap implements TransportUser {
        private final TransportUser above;
        private final SapTrace trace;
        private final int number;

        UserTap(TransportUser above, SapTrace trace, int number) {
            this.above = above;
            this.trace = trace;
            this.number = number;
        }

        @Override
        public void connectConfirm(TransportConnection connection) {
            trace.up("T-CONNECT.confirm", number, null, null, "expedited", connection.isExpedited());
            above.connectConfirm(wrap(connection, trace, number));
            trace.end();
        }

        @Override
        public void dataIndication(Pdu tsdu) {
            trace.up("T-DATA.indication", number, null, tsdu);
            above.dataIndication(tsdu);
            trace.end();
        }

        @Override
        public void expeditedDataIndication(Pdu tsdu) {
            trace.up("T-EXPEDITED-DATA.indication", number, null, tsdu);
            above.expeditedDataIndication(tsdu);
            trace.end();
        }

        @Override
        public void readyIndication() {
            above.readyIndication();
        }

        @Override
        public void releaseIndication() {
            trace.up("T-RELEASE.indication", number, null, null);
            above.releaseIndication();
            trace.end();
        }

        @Override
        public void disconnectIndication(DisconnectReason reason) {
            trace.up("T-DISCONNECT.indication", number, null, null, "reason", reason.text());
            above.disconnectIndication(reason);
            trace.end();
            trace.forget(number);
        }
    }

    private static final class DatagramTap implements DatagramTransport {
        private final DatagramTransport below;
        private final SapTrace trace;

        DatagramTap(DatagramTransport below, SapTrace trace) {
            this.below = below;
            this.trace = trace;
        }

        @Override
        public TransportAddress attach(TransportAddress local, DatagramUser user) {
            return below.attach(local, new DatagramUser() {
                @Override
                public void unitDataIndication(TransportAddress source, TransportAddress destination, Pdu tsdu) {
                    trace.up(
                            "T-UNITDATA.indication",
                            0,
                            destination,
                            tsdu,
                            "source",
                            source,
                            "destination",
                            destination);
                    user.unitDataIndication(source, destination, tsdu);
                    trace.end();
                }

                @Override
                public void reportIndication(DisconnectReason reason, TransportAddress destination) {
                    trace.up("T-REPORT.indication", 0, null, null, "reason", reason.text(), "destination", destination);
                    user.reportIndication(reason, destination);
                    trace.end();
                }
            });
        }

        @Override
        public void detach(TransportAddress local) {
            below.detach(local);
        }

        @Override
        public void unitDataRequest(TransportAddress source, TransportAddress destination, int lifetime, Pdu tsdu) {
            trace.down("T-UNITDATA.request", 0, source, tsdu, "source", source, "destination", destination);
            try {
                below.unitDataRequest(source, destination, lifetime, tsdu);
            } finally {
                trace.end();
            }
        }

        @Override
        public void joinGroup(NetworkAddress group) {
            below.joinGroup(group);
        }

        @Override
        public void leaveGroup(NetworkAddress group) {
            below.leaveGroup(group);
        }

        @Override
        public NetworkAddress sourceFor(NetworkAddress destination) {
            return below.sourceFor(destination);
        }

        @Override
        public NetworkAddress parseAddress(String text) {
            return below.parseAddress(text);
        }
    }
}
