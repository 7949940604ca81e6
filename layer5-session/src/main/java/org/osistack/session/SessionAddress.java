package org.osistack.session;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Selector;
import org.osistack.transport.TransportAddress;

/** The address of a session service access point: a selector at a transport address. */
public record SessionAddress(Selector selector, TransportAddress transport) {
    /** The longest session selector, in octets (X.225 §8.3.1.18). */
    public static final int MAX_SELECTOR_LENGTH = 16;

    public SessionAddress {
        if (selector.length() > MAX_SELECTOR_LENGTH) {
            throw new IllegalArgumentException("a session selector of " + selector.length() + " octets");
        }
    }

    /** The address in parts, for a user that does not know the transport layer's types. */
    public SessionAddress(Selector selector, Selector transportSelector, int port, NetworkAddress host) {
        this(selector, new TransportAddress(host, port, transportSelector));
    }

    /** The selector of the transport address. */
    public Selector transportSelector() {
        return transport.selector();
    }

    /** The port of the transport address. */
    public int port() {
        return transport.port();
    }

    /** The host of the transport address. */
    public NetworkAddress host() {
        return transport.host();
    }

    @Override
    public String toString() {
        return transport + (selector.isEmpty() ? "" : " / " + selector);
    }
}
