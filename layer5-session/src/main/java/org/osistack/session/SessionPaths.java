package org.osistack.session;

import org.osistack.core.management.PathManagement;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportService;

/**
 * Layer management (X.700) of a session layer whose sessions are not tied to one transport connection, in layer 4's own
 * terms.
 */
public interface SessionPaths extends PathManagement {
    /** Use this transport service, too: listen on it where this side listens, and take what comes by it. */
    void addTransport(TransportService transport);

    /**
     * Say that a peer is reached by another way as well. It holds for connections that are asked for from now on.
     *
     * @param peer the address that session users know
     * @param transport the layer's own transport service, or one that was added
     * @param also the peer's address in that service
     */
    void addAddress(TransportAddress peer, TransportService transport, TransportAddress also);
}
