package org.osistack.transport;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Selector;

/**
 * The address of a transport service access point.
 *
 * @param host null to stand for any address of this host, or for the one that the provider chooses
 * @param port of TCP or UDP; 0 for the protocol's own default, or one that the provider chooses
 * @param selector the transport selector; {@link Selector#EMPTY} in protocols that have none
 */
public record TransportAddress(NetworkAddress host, int port, Selector selector) {
    public TransportAddress {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    public TransportAddress(NetworkAddress host, int port) {
        this(host, port, Selector.EMPTY);
    }

    @Override
    public String toString() {
        return (host == null ? "*" : host.toString())
                + (port == 0 ? "" : ":" + port)
                + (selector.isEmpty() ? "" : " " + selector);
    }
}
