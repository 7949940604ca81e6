package org.osistack.transport.tpkt;

import java.util.HashMap;
import java.util.Map;
import org.osistack.core.Selector;
import org.osistack.transport.TransportListener;

/** Who hears of connections at one port, by transport selector. */
final class SelectorTable {
    private final Map<Selector, TransportListener> listeners = new HashMap<>();

    void attach(Selector selector, TransportListener listener) {
        if (listeners.putIfAbsent(selector, listener) != null) {
            throw new IllegalStateException("somebody is attached to the transport selector " + selector + " already");
        }
    }

    void detach(Selector selector) {
        listeners.remove(selector);
    }

    /** Null if nobody is attached to it. */
    TransportListener listener(Selector selector) {
        return listeners.get(selector);
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }
}
