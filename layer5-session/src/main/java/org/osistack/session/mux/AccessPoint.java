package org.osistack.session.mux;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.osistack.core.Selector;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionListener;
import org.osistack.transport.TransportAddress;

/** The session users that are attached behind one transport address, by selector. */
final class AccessPoint {
    private record Key(Selector transport, Selector session) {}

    private final Map<Key, SessionListener> listeners = new HashMap<>();
    private final Set<TransportAddress> locals = new LinkedHashSet<>();

    void attach(SessionAddress local, SessionListener listener) {
        if (listeners.putIfAbsent(new Key(local.transportSelector(), local.selector()), listener) != null) {
            throw new IllegalStateException("somebody is attached to " + local);
        }
        locals.add(local.transport());
    }

    void detach(SessionAddress local) {
        listeners.remove(new Key(local.transportSelector(), local.selector()));
    }

    /** The transport addresses as users gave them. */
    Set<TransportAddress> locals() {
        return locals;
    }

    /** Who is attached to these selectors; null if nobody is. */
    SessionListener listener(Selector transport, Selector session) {
        return listeners.get(new Key(transport, session));
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }
}
