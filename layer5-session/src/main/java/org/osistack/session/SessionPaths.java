package org.osistack.session;

import java.util.List;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportService;

/**
 * Layer management (X.700) of a session layer whose sessions are not tied to one transport connection: by which ways it
 * reaches its peers.
 */
public interface SessionPaths {
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

    /** The transport connections that carry sessions at this moment, in the order in which they came about. */
    List<PathStatus> paths();

    /**
     * One transport connection.
     *
     * @param number of the path between these two hosts, from 1
     * @param initiator whether this side opened it
     * @param peer the other end
     * @param sessions how many sessions may use it
     */
    record PathStatus(int number, boolean initiator, TransportAddress peer, int sessions) {}
}
