package org.osistack.session.none;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Stack;
import org.osistack.core.management.SessionManagement;
import org.osistack.core.management.SessionStatus;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionService;
import org.osistack.session.SessionUser;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportService;

/** The session entity without a session protocol. */
final class NoneEntity implements SessionService, SessionManagement, Stack.Closeable {
    private final Host host;
    private final TransportService transport;
    private final Set<TransportAddress> attached = new HashSet<>();
    private final Set<NoneConnection> connections = new LinkedHashSet<>();
    private int numbers;

    NoneEntity(Host host, TransportService transport) {
        this.host = host;
        this.transport = transport;
    }

    @Override
    public void attach(SessionAddress local, SessionListener listener) {
        checkSelector(local);
        transport.attach(local.transport(), (connection, expedited) -> {
            NoneConnection session = new NoneConnection(this, host, ++numbers, false, connection.remote());
            connections.add(session);
            return session.indicate(connection, listener);
        });
        attached.add(local.transport());
    }

    @Override
    public void detach(SessionAddress local) {
        if (attached.remove(local.transport())) {
            transport.detach(local.transport());
        }
    }

    @Override
    public SessionConnection connectRequest(SessionPrimitive.Connect connect, SessionUser user) {
        checkSelector(connect.called());
        boolean plain = connect.userData().isEmpty()
                && (connect.identifier() == null || connect.identifier().isEmpty())
                && connect.initialSerialNumber() < 0
                && NoneConnection.DUPLEX.hasAll(connect.requirements());
        if (!plain) {
            throw new IllegalArgumentException("this session layer has no protocol: it connects without user data,"
                    + " identifier and serial number, and has duplex only");
        }
        TransportAddress calling = null;
        if (connect.calling() != null) {
            checkSelector(connect.calling());
            calling = connect.calling().transport();
        }
        TransportAddress called = connect.called().transport();
        NoneConnection session = new NoneConnection(this, host, ++numbers, true, called);
        session.use(transport.connectRequest(calling, called, false, session), user);
        connections.add(session);
        return session;
    }

    private static void checkSelector(SessionAddress address) {
        if (!address.selector().isEmpty()) {
            throw new IllegalArgumentException("this session layer has no session selectors: " + address);
        }
    }

    void forget(NoneConnection connection) {
        connections.remove(connection);
    }

    @Override
    public boolean keepsBoundaries() {
        return transport instanceof RecordTransport;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return transport.parseAddress(text);
    }

    @Override
    public ConnectionlessSession connectionless() {
        DatagramTransport datagrams = transport.connectionless();
        return datagrams == null ? null : new NoneDatagrams(datagrams);
    }

    @Override
    public List<SessionStatus> sessions() {
        return connections.stream().map(NoneConnection::status).toList();
    }

    @Override
    public boolean abort(int number) {
        for (NoneConnection connection : connections) {
            if (connection.number() == number) {
                connection.close();
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        for (NoneConnection connection : new ArrayList<>(connections)) {
            connection.close();
        }
        attached.forEach(transport::detach);
        attached.clear();
    }
}
