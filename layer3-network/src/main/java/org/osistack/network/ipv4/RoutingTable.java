package org.osistack.network.ipv4;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.management.Route;
import org.osistack.network.Ipv4Address;

/**
 * Where datagrams go next: the route with the longest prefix that a destination matches (RFC 1122 §3.3.1, RFC 1812
 * §5.2.4.3).
 *
 * <p>A host has few routes, and a steady flow has one destination: the table is a list in order of falling prefix length
 * with the last answer remembered before it.
 */
final class RoutingTable {
    static final int MAX_ROUTES = 1024;

    private final List<Route> routes = new ArrayList<>();
    private boolean remembers;
    private int lastDestination;
    private int lastNextHop;

    /**
     * The neighbour that takes a datagram to this destination: the destination itself if it is on the link; 0 if there
     * is no route.
     */
    int nextHop(int destination) {
        if (!remembers || destination != lastDestination) {
            lastNextHop = find(destination);
            lastDestination = destination;
            remembers = true;
        }
        return lastNextHop;
    }

    private int find(int destination) {
        for (Route route : routes) {
            if (matches(route, destination)) {
                return route.gateway() == null ? destination : bits(route.gateway());
            }
        }
        return 0;
    }

    private static boolean matches(Route route, int destination) {
        return ((destination ^ bits(route.destination())) & Ipv4Interface.mask(route.prefixLength())) == 0;
    }

    private static int bits(Object address) {
        return ((Ipv4Address) address).bits();
    }

    /** Whether the destination is on the link itself. */
    boolean isOnLink(int destination) {
        return destination != 0 && nextHop(destination) == destination;
    }

    /**
     * Add a route, in place of one to the same range if there is any.
     *
     * @param gateway 0 if the destinations are on the link
     * @throws IllegalArgumentException with a sentence, if it makes no sense
     */
    void add(int destination, int prefixLength, int gateway, Route.Origin origin) {
        if (prefixLength < 0 || prefixLength > 32) {
            throw new IllegalArgumentException("a prefix has from 0 to 32 bits, not " + prefixLength);
        }
        String range = Ipv4Address.of(destination) + "/" + prefixLength;
        if ((destination & ~Ipv4Interface.mask(prefixLength)) != 0) {
            throw new IllegalArgumentException(range + " is no range: it has bits behind its prefix");
        }
        if (gateway != 0 && !isOnLink(gateway)) {
            throw new IllegalArgumentException("the gateway " + Ipv4Address.of(gateway) + " is not on the link");
        }
        remove(destination, prefixLength);
        if (routes.size() == MAX_ROUTES) {
            throw new IllegalArgumentException("no room for another route: there are " + MAX_ROUTES);
        }
        int at = 0;
        while (at < routes.size() && routes.get(at).prefixLength() >= prefixLength) {
            at++;
        }
        Ipv4Address via = gateway == 0 ? null : Ipv4Address.of(gateway);
        routes.add(at, new Route(Ipv4Address.of(destination), prefixLength, via, origin));
        remembers = false;
    }

    /** Remove the route to exactly this range, and say whether there was one. */
    boolean remove(int destination, int prefixLength) {
        remembers = false;
        return routes.removeIf(
                route -> bits(route.destination()) == destination && route.prefixLength() == prefixLength);
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }
}
