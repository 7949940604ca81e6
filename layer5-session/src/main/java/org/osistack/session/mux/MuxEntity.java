package org.osistack.session.mux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Selector;
import org.osistack.core.Stack;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.management.SessionManagement;
import org.osistack.core.management.SessionStatus;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.DialogueService;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionPaths;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportService;
import org.osistack.transport.TransportUser;

/** The session entity of one host: its trunks, and who is attached to which address. */
final class MuxEntity implements DialogueService, SessionManagement, SessionPaths, Stack.Closeable {
    private static final int MAX_GREETING = 1000; // transport connections that have not said who they are

    private record TrunkKey(TransportAddress calling, TransportAddress called) {}

    private record CalledKey(long entity, long trunk) {}

    private final Host host;
    private final Settings settings;
    private final Discards discards;
    private final long id;
    private final Routes routes;
    private final Map<TransportAddress, AccessPoint> accessPoints = new LinkedHashMap<>();
    private final Set<Route> listening = new LinkedHashSet<>();
    private final Map<TrunkKey, Trunk> calling = new LinkedHashMap<>();
    private final Map<CalledKey, Trunk> called = new LinkedHashMap<>();
    private final Set<MuxSession> sessions = new LinkedHashSet<>();
    private final Set<Path> paths = new LinkedHashSet<>(); // all that are open
    private final Set<Path> greeting = new LinkedHashSet<>(); // those of them that others opened and that are not up
    private int sessionNumbers;
    private int trunkNumbers;
    private long stored;

    MuxEntity(Host host, TransportService transport, Settings settings) {
        this.host = host;
        this.settings = settings;
        this.discards = host.discards(5, "mux");
        this.id = TrunkSecret.number(host.random());
        this.routes = new Routes(transport, settings);
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return Agreement.SUPPORTED;
    }

    // ---- the called side ----

    @Override
    public void attach(SessionAddress local, SessionListener listener) {
        TransportAddress below = routes.below(routes.first(), local.transport());
        AccessPoint accessPoint = accessPoints.get(below);
        if (accessPoint == null) {
            accessPoint = new AccessPoint();
        }
        accessPoint.attach(local, listener);
        accessPoints.put(below, accessPoint);
        for (TransportService transport : routes.transports()) {
            listen(transport, local.transport(), accessPoint);
        }
    }

    private void listen(TransportService transport, TransportAddress local, AccessPoint accessPoint) {
        TransportAddress address = routes.listening(transport, local);
        if (listening.add(new Route(transport, address))) {
            transport.attach(address, (connection, expedited) -> accept(connection, accessPoint));
        }
    }

    @Override
    public void detach(SessionAddress local) {
        TransportAddress below = routes.below(routes.first(), local.transport());
        AccessPoint accessPoint = accessPoints.get(below);
        if (accessPoint == null) {
            return;
        }
        accessPoint.detach(local);
        if (accessPoint.isEmpty()) {
            accessPoints.remove(below);
            for (TransportService transport : routes.transports()) {
                for (TransportAddress address : accessPoint.locals()) {
                    Route route = new Route(transport, routes.listening(transport, address));
                    if (listening.remove(route)) {
                        transport.detach(route.called());
                    }
                }
            }
        }
    }

    private TransportUser accept(TransportConnection connection, AccessPoint accessPoint) {
        if (greeting.size() >= MAX_GREETING) {
            return null;
        }
        Path path = new Path(this, host, false);
        greeting(path);
        path.accept(connection, accessPoint);
        return path;
    }

    /** The peer opens a trunk; null if there is no room, or it has it already. */
    Trunk newTrunk(HelloFrame hello, AccessPoint at, TransportConnection connection, TrunkSecret secret) {
        CalledKey key = new CalledKey(hello.entity(), hello.trunk());
        if (called.containsKey(key)) {
            return null;
        }
        if (called.size() >= settings.maxPeers()) {
            Trunk idle = called.values().stream()
                    .filter(trunk -> trunk.isEmpty() && trunk.pathCount() == 0)
                    .findFirst()
                    .orElse(null);
            if (idle == null) {
                return null;
            }
            idle.end(DisconnectReason.CONGESTION);
        }
        Trunk trunk = Trunk.called(this, host, hello, at, connection.local(), connection.remote(), secret);
        called.put(key, trunk);
        return trunk;
    }

    /** The trunk that the peer has opened under that number; null if there is none. */
    Trunk trunk(long entity, long number) {
        return called.get(new CalledKey(entity, number));
    }

    // ---- the calling side ----

    @Override
    public SessionConnection connectRequest(SessionPrimitive.Connect connect, SessionUser user) {
        TransportAddress to = routes.below(routes.first(), connect.called().transport());
        TransportAddress from =
                connect.calling() == null ? null : connect.calling().transport();
        OpenUnit open = new OpenUnit(
                connect.requirements().and(Agreement.SUPPORTED),
                connect.tokens() == null ? TokenSetting.INITIATOR : connect.tokens(),
                connect.called().transportSelector(),
                connect.called().selector(),
                connect.calling() == null ? Selector.EMPTY : connect.calling().selector(),
                connect.identifier() == null ? ConnectionIdentifier.NONE : connect.identifier(),
                connect.userData());
        TrunkKey key = new TrunkKey(from, to);
        Trunk trunk = calling.get(key);
        boolean isNew = trunk == null;
        if (isNew) {
            trunk = Trunk.calling(this, host, from, routes.to(connect.called().transport()));
        }
        if (trunk.peer() != null && connect.userData().length() > trunk.peer().maxUnit()) {
            throw new IllegalArgumentException(
                    "S-CONNECT with " + connect.userData().length() + " octets of user data, and the peer takes "
                            + trunk.peer().maxUnit());
        }
        MuxSession session = newSession(trunk, true);
        session.connect(open, connect.called(), user);
        if (isNew) {
            calling.put(key, trunk);
            try {
                trunk.start();
            } catch (IllegalArgumentException e) {
                calling.remove(key);
                sessions.remove(session);
                throw e;
            }
        }
        trunk.open(session);
        return session.connection();
    }

    // ---- several transport services ----

    @Override
    public void addTransport(TransportService transport) {
        if (routes.add(transport)) {
            for (AccessPoint accessPoint : accessPoints.values()) {
                accessPoint.locals().forEach(local -> listen(transport, local, accessPoint));
            }
        }
    }

    @Override
    public void addAddress(TransportAddress peer, TransportService transport, TransportAddress also) {
        routes.addAddress(peer, transport, also);
    }

    @Override
    public void addColumn(Stack column) {
        addTransport(column.service(TransportService.class));
    }

    @Override
    public void addHost(String peer, Stack column, String also) {
        TransportService transport = column.service(TransportService.class);
        routes.addHost(parseAddress(peer), transport, transport.parseAddress(also));
    }

    @Override
    public List<PathStatus> paths() {
        List<PathStatus> all = new ArrayList<>();
        calling.values().forEach(trunk -> all.addAll(trunk.pathStatus()));
        called.values().forEach(trunk -> all.addAll(trunk.pathStatus()));
        return all;
    }

    // ---- bookkeeping ----

    MuxSession newSession(Trunk trunk, boolean initiator) {
        MuxSession session = new MuxSession(trunk, host, ++sessionNumbers, initiator);
        sessions.add(session);
        return session;
    }

    void forget(MuxSession session) {
        sessions.remove(session);
    }

    void forget(Trunk trunk) {
        calling.values().remove(trunk);
        called.values().remove(trunk);
    }

    /** A path is being opened. */
    void greeting(Path path) {
        paths.add(path);
        if (!path.isCaller()) {
            greeting.add(path);
        }
    }

    /** A path is up. */
    void greeted(Path path) {
        greeting.remove(path);
    }

    void forget(Path path) {
        paths.remove(path);
        greeting.remove(path);
    }

    int nextTrunkNumber() {
        return ++trunkNumbers;
    }

    /**
     * Count octets that are stored more, or less if negative.
     *
     * @return whether there is room for them
     */
    boolean account(int octets) {
        stored += octets;
        return octets <= 0 || stored <= settings.memory();
    }

    /** How many octets are stored that have arrived and could not be delivered yet. */
    long stored() {
        return stored;
    }

    long id() {
        return id;
    }

    Settings settings() {
        return settings;
    }

    Discards discards() {
        return discards;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return routes.first().parseAddress(text);
    }

    /** There is no connectionless mode. */
    @Override
    public ConnectionlessSession connectionless() {
        return null;
    }

    @Override
    public List<FlowStatus> flows() {
        return sessions.stream().map(SessionReport::flow).toList();
    }

    @Override
    public List<SessionStatus> sessions() {
        return sessions.stream().map(SessionReport::status).toList();
    }

    @Override
    public void close() {
        List<Trunk> trunks = new ArrayList<>(calling.values());
        trunks.addAll(called.values());
        trunks.forEach(trunk -> trunk.end(DisconnectReason.LOCAL_CLOSE));
        List.copyOf(paths).forEach(Path::close);
        listening.forEach(route -> route.service().detach(route.called()));
        listening.clear();
        accessPoints.clear();
    }
}
