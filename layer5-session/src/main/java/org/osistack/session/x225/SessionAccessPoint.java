package org.osistack.session.x225;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Selector;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionRefusal;

/** A transport address at which session connections are heard of, and who hears of them, by session selector. */
final class SessionAccessPoint {
    private final Map<Selector, SessionListener> listeners = new HashMap<>();
    private final Set<Selector> known = new HashSet<>();
    private final Quotas quotas;

    SessionAccessPoint(Quotas quotas) {
        this.quotas = quotas;
    }

    void attach(Selector selector, SessionListener listener) {
        if (listeners.putIfAbsent(selector, listener) != null) {
            throw new IllegalStateException("somebody is attached to the session selector " + selector + " already");
        }
        known.add(selector);
    }

    void detach(Selector selector) {
        listeners.remove(selector);
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /** Who hears of connections to that selector; null if nobody does. */
    SessionListener listener(Selector selector) {
        return listeners.get(selector);
    }

    /**
     * Why a connection of that peer to that selector is refused before anybody hears of it (X.225 §8.3.5.10); null if it
     * is not.
     */
    SessionRefusal fault(Selector selector, NetworkAddress peer) {
        if (quotas.isRefused(peer)) {
            return SessionRefusal.CONGESTION;
        }
        if (listeners.containsKey(selector)) {
            return null;
        }
        return known.contains(selector) ? SessionRefusal.USER_NOT_ATTACHED : SessionRefusal.SELECTOR_UNKNOWN;
    }
}
