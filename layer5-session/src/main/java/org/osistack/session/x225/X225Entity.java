package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Stack;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.management.SessionManagement;
import org.osistack.core.management.SessionStatus;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.DialogueService;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/** The session entity of one host: its session protocol machines, and who is attached to which address. */
final class X225Entity implements DialogueService, SessionManagement, Stack.Closeable {
    private final Host host;
    private final RecordTransport transport;
    private final Settings settings;
    private final Discards discards;
    private final UnitDataEntity unitData; // null if the transport has no connectionless mode
    private final Map<TransportAddress, SessionAccessPoint> accessPoints = new HashMap<>();
    private final Set<SessionProtocolMachine> machines = new LinkedHashSet<>();
    private final Quotas quotas;
    private int numbers;

    X225Entity(Host host, RecordTransport transport, Settings settings) {
        this.host = host;
        this.transport = transport;
        this.settings = settings;
        this.quotas = new Quotas(host.observer(), settings, machines::size);
        this.discards = host.discards(5, "X.225");
        this.unitData = UnitDataEntity.over(host, transport.connectionless());
    }

    @Override
    public void attach(SessionAddress local, SessionListener listener) {
        SessionAccessPoint accessPoint = accessPoints.get(local.transport());
        if (accessPoint != null) {
            accessPoint.attach(local.selector(), listener);
            return;
        }
        SessionAccessPoint added = new SessionAccessPoint(quotas);
        transport.attach(local.transport(), (connection, expedited) -> accept(connection, expedited, added));
        added.attach(local.selector(), listener);
        accessPoints.put(local.transport(), added);
    }

    @Override
    public void detach(SessionAddress local) {
        SessionAccessPoint accessPoint = accessPoints.get(local.transport());
        if (accessPoint == null) {
            return;
        }
        accessPoint.detach(local.selector());
        if (accessPoint.isEmpty()) {
            accessPoints.remove(local.transport());
            transport.detach(local.transport());
        }
    }

    /** T-CONNECT.indication. Some connections more than allowed are taken, so that they hear why there is no room. */
    private TransportUser accept(
            TransportConnection connection, boolean expeditedProposed, SessionAccessPoint accessPoint) {
        NetworkAddress peer = connection.remote().host();
        if (!quotas.enter(peer)) {
            return null;
        }
        SessionProtocolMachine machine = newMachine();
        machine.accept(connection, accessPoint, expeditedProposed && settings.expedited() != Settings.Expedited.NO);
        return machine;
    }

    @Override
    public SessionConnection connectRequest(SessionPrimitive.Connect connect, SessionUser user) {
        Proposal proposal = Proposal.of(connect, settings);
        SessionProtocolMachine machine = freeMachine(connect, proposal);
        if (machine == null) {
            machine = newMachine();
        }
        X225Connection connection = machine.user();
        try {
            machine.connect(connect, proposal, user);
        } catch (IllegalArgumentException e) {
            machines.remove(machine);
            throw e;
        }
        return connection;
    }

    /** One that has a transport connection to that address, and no session connection; null if there is none. */
    private SessionProtocolMachine freeMachine(SessionPrimitive.Connect connect, Proposal proposal) {
        boolean needsExpedited = settings.expedited() == Settings.Expedited.YES
                || proposal.requirements().has(FunctionalUnit.EXPEDITED_DATA);
        if (!settings.reuse() || needsExpedited) {
            return null;
        }
        TransportAddress calling =
                connect.calling() == null ? null : connect.calling().transport();
        for (SessionProtocolMachine machine : machines) {
            if (machine.isFreeFor(calling, connect.called().transport())) {
                return machine;
            }
        }
        return null;
    }

    private SessionProtocolMachine newMachine() {
        SessionProtocolMachine machine = new SessionProtocolMachine(this, host, settings);
        machines.add(machine);
        return machine;
    }

    /** A number for another session connection. */
    int nextNumber() {
        return ++numbers;
    }

    TransportConnection connectTransport(
            TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user) {
        return transport.connectRequest(calling, called, expedited, user);
    }

    void forget(SessionProtocolMachine machine) {
        if (machines.remove(machine) && machine.variables().vtca) {
            quotas.leave(machine.establishment().remote().transport().host());
        }
    }

    Quotas quotas() {
        return quotas;
    }

    /** The machines that exist at this moment, oldest first. */
    List<SessionProtocolMachine> machines() {
        return List.copyOf(machines);
    }

    Discards discards() {
        return discards;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return transport.parseAddress(text);
    }

    @Override
    public ConnectionlessSession connectionless() {
        return unitData;
    }

    @Override
    public List<SessionStatus> sessions() {
        return machines.stream().map(SessionProtocolMachine::status).toList();
    }

    @Override
    public Map<String, Long> counters() {
        return quotas.counters();
    }

    @Override
    public void close() {
        for (SessionProtocolMachine machine : new ArrayList<>(machines)) {
            machine.close();
        }
        accessPoints.keySet().forEach(transport::detach);
        accessPoints.clear();
        if (unitData != null) {
            unitData.close();
        }
    }
}
