package org.osistack.session;

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

    @Override
    public String toString() {
        return transport + (selector.isEmpty() ? "" : " / " + selector);
    }
}
