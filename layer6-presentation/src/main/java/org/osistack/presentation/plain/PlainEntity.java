package org.osistack.presentation.plain;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Selector;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationListener;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.PresentationUser;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionService;

/** Offers the session service as a presentation service: one context, 0, and no selector of its own. */
final class PlainEntity implements PresentationService {
    private final SessionService session;
    private final ConnectionlessPresentation connectionless;

    PlainEntity(SessionService session) {
        this.session = session;
        ConnectionlessSession below = session.connectionless();
        this.connectionless = below == null ? null : new PlainConnectionless(below);
    }

    @Override
    public void attach(PresentationAddress local, PresentationListener listener) {
        session.attach(sessionAddress(local), (below, connect) -> {
            PlainConnection connection = new PlainConnection(below);
            PresentationUser user = listener.connectIndication(connection, PlainPrimitives.toPresentation(connect));
            connection.user(user);
            return user == null ? null : connection;
        });
    }

    @Override
    public void detach(PresentationAddress local) {
        session.detach(sessionAddress(local));
    }

    @Override
    public PresentationConnection connectRequest(PresentationPrimitive.Connect connect, PresentationUser user) {
        if (!connect.contexts().isEmpty()) {
            throw new IllegalArgumentException("plain has no presentation contexts");
        }
        PlainConnection connection = new PlainConnection(null);
        connection.user(user);
        connection.below(session.connectRequest(PlainPrimitives.toSession(connect), connection));
        return connection;
    }

    @Override
    public boolean keepsBoundaries() {
        return session.keepsBoundaries();
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return session.parseAddress(text);
    }

    @Override
    public ConnectionlessPresentation connectionless() {
        return connectionless;
    }

    static SessionAddress sessionAddress(PresentationAddress address) {
        if (address == null) {
            return null;
        }
        if (!address.presentation().isEmpty()) {
            throw new IllegalArgumentException("plain has no presentation selectors");
        }
        return new SessionAddress(address.session(), address.transport(), address.port(), address.host());
    }

    static PresentationAddress presentationAddress(SessionAddress address) {
        if (address == null) {
            return null;
        }
        return new PresentationAddress(
                Selector.EMPTY, address.selector(), address.transportSelector(), address.port(), address.host());
    }
}
