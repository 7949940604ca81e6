package org.osistack.presentation.x226;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.presentation.NegotiatedConnectionless;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationListener;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationUser;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.session.DialogueService;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;

/**
 * The presentation entity of a host: who is attached to which presentation selector, and the machines of its
 * connections. Users with different selectors share the session address.
 */
final class X226Entity implements NegotiatedPresentation {
    /** What becomes of a connection to a presentation selector that nobody has. */
    enum UnknownSelector {
        REFUSE,
        /** Whoever is the only user at the session address, or has the empty selector, gets it. */
        ANY
    }

    static final Origin ORIGIN = new Origin(6, "X.226");

    final Host host;
    final Profile profile;
    final int maxContexts;
    final Discards discards;

    // For the flow of data; used up before a user is called, which may come back.
    final BerReader reader = new BerReader(new byte[0]);
    final BerWriter writer = new BerWriter();

    private final DialogueService session;
    private final UnknownSelector unknownSelector;
    private final UnitDataEntity unitData; // null if the session service has no connectionless mode
    private final Map<SessionAddress, Map<Selector, PresentationListener>> listeners = new HashMap<>();

    X226Entity(Host host, DialogueService session, Profile profile, int maxContexts, UnknownSelector unknownSelector) {
        this.host = host;
        this.session = session;
        this.profile = profile;
        this.maxContexts = maxContexts;
        this.unknownSelector = unknownSelector;
        this.discards = host.discards(ORIGIN.layer(), ORIGIN.protocol());
        this.unitData = UnitDataEntity.over(host, session.connectionless(), profile, maxContexts);
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return session.functionalUnits();
    }

    @Override
    public void attach(PresentationAddress local, PresentationListener listener) {
        SessionAddress below = sessionAddress(local);
        Map<Selector, PresentationListener> here = listeners.get(below);
        if (here == null) {
            Map<Selector, PresentationListener> fresh = new HashMap<>();
            session.attach(below, (connection, connect) -> connectIndication(fresh, connection, connect));
            listeners.put(below, fresh);
            here = fresh;
        }
        if (here.putIfAbsent(local.presentation(), listener) != null) {
            throw new IllegalStateException("somebody is attached to " + local);
        }
    }

    @Override
    public void detach(PresentationAddress local) {
        SessionAddress below = sessionAddress(local);
        Map<Selector, PresentationListener> here = listeners.get(below);
        if (here != null && here.remove(local.presentation()) != null && here.isEmpty()) {
            listeners.remove(below);
            session.detach(below);
        }
    }

    private SessionUser connectIndication(
            Map<Selector, PresentationListener> here, SessionConnection connection, SessionPrimitive.Connect connect) {
        Ppm ppm = new Ppm(this, connection, null);
        DataPhase data = new DataPhase(this, ppm.codec);
        Arrivals arrivals = new Arrivals(ppm, data, new X226Connection(ppm, data));
        arrivals.connectIndication(connect, called -> listener(here, called));
        return arrivals;
    }

    private PresentationListener listener(Map<Selector, PresentationListener> here, Octets called) {
        PresentationListener listener = called.length() > Selector.MAX_LENGTH ? null : here.get(selector(called));
        if (listener == null && unknownSelector == UnknownSelector.ANY) {
            listener = here.size() == 1 ? here.values().iterator().next() : here.get(Selector.EMPTY);
        }
        return listener;
    }

    @Override
    public PresentationConnection connectRequest(PresentationPrimitive.Connect connect, PresentationUser user) {
        Set<Integer> ids = new HashSet<>();
        for (PresentationContext context : connect.contexts()) {
            if (context.id() < 1 || context.id() % 2 == 0 || !ids.add(context.id())) {
                throw new IllegalArgumentException(
                        "a calling user's context identifiers are odd and differ: " + context.id());
            }
        }
        if (ids.size() > maxContexts) {
            throw new IllegalArgumentException(ids.size() + " presentation contexts");
        }
        Ppm ppm = new Ppm(this, null, user);
        DataPhase data = new DataPhase(this, ppm.codec);
        X226Connection connection = new X226Connection(ppm, data);
        SessionPrimitive.Connect below = connection.connectRequest(connect);
        ppm.session = session.connectRequest(below, new Arrivals(ppm, data, connection));
        return connection;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return session.parseAddress(text);
    }

    @Override
    public NegotiatedConnectionless connectionless() {
        return unitData;
    }

    static SessionAddress sessionAddress(PresentationAddress address) {
        return address == null
                ? null
                : new SessionAddress(address.session(), address.transport(), address.port(), address.host());
    }

    static PresentationAddress presentationAddress(Selector selector, SessionAddress address) {
        return address == null
                ? new PresentationAddress(selector, Selector.EMPTY, Selector.EMPTY, 0, null)
                : new PresentationAddress(
                        selector, address.selector(), address.transportSelector(), address.port(), address.host());
    }

    /** The selector of these octets; the empty one for null, and for more octets than a selector may have here. */
    static Selector selector(Octets octets) {
        return octets == null || octets.length() > Selector.MAX_LENGTH
                ? Selector.EMPTY
                : Selector.of(octets.toByteArray());
    }
}
