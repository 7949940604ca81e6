package org.osistack.core.management;

import java.util.List;
import org.osistack.core.NetworkAddress;

/** The routing table as layer management (X.700) sees it. */
public interface RouteManagement {
    /** All routes, in the order in which they are tried: the longest prefix first. */
    List<Route> routes();

    /**
     * Add a route, in place of one to the same range if there is any.
     *
     * @param gateway a router on the link; null if the destinations are on the link themselves
     * @throws IllegalArgumentException with a sentence, if the range is none, the gateway isn't on the link, or the
     *     table is full
     */
    void addRoute(NetworkAddress destination, int prefixLength, NetworkAddress gateway);

    /**
     * Remove the route to exactly this range.
     *
     * @return whether there was one
     */
    boolean removeRoute(NetworkAddress destination, int prefixLength);
}
