package org.osistack.core.management;

import java.util.List;
import org.osistack.core.Stack;

/**
 * Layer management (X.700) of a layer whose connections are not tied to one column of layers below: by which ways it
 * reaches its peers.
 */
public interface PathManagement {
    /**
     * Use another column of lower layers as well: listen on it where this side listens, and take what comes by it.
     *
     * @param column see {@link Stack#lowerColumn}
     * @throws org.osistack.core.ConfigurationException if its topmost layer offers what this layer cannot use
     */
    void addColumn(Stack column);

    /**
     * Say that a host is reached by a column that was added, too. It holds for connections that are asked for from now on.
     *
     * @param host the address that users know
     * @param also the host's address in the column's network
     * @throws IllegalArgumentException if either is no address
     */
    void addHost(String host, Stack column, String also);

    /** The connections of the layer below that carry something at this moment, in the order in which they came about. */
    List<PathStatus> paths();

    /** How far this layer's connections are, whichever way they go; oldest first. */
    List<FlowStatus> flows();

    /**
     * One connection of the layer below.
     *
     * @param number of the path between these two hosts, from 1
     * @param initiator whether this side opened it
     * @param peer the other end's address
     * @param sessions how many connections may use it
     */
    record PathStatus(int number, boolean initiator, String peer, int sessions) {}

    /**
     * How far a connection is, in octets from its beginning, headers included.
     *
     * @param number as {@link SessionStatus#number}
     * @param sent this side has sent
     * @param acknowledged of those, the peer has said that it has them
     * @param received from the peer, in order
     */
    record FlowStatus(int number, long sent, long acknowledged, long received) {}
}
