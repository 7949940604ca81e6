package org.osistack.core.management;

import org.osistack.core.NetworkAddress;

/**
 * One line of a routing table: where datagrams to a range of destinations go next.
 *
 * @param destination the first address of the range
 * @param prefixLength how many leading bits of a destination must equal those of the range; 0 stands for all
 * @param gateway the router that takes them; null if the destination is on the link itself
 * @param origin where the line comes from
 */
public record Route(NetworkAddress destination, int prefixLength, NetworkAddress gateway, Origin origin) {
    /** Where a route comes from. */
    public enum Origin {
        /** From the host's own address, or from the rules for link-local addresses. */
        CONNECTED,
        /** Somebody configured it. */
        STATIC
    }
}
