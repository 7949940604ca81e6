package org.osistack.session.mux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.ConfigurationException;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Selector;
import org.osistack.transport.OctetStreamTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportService;

/** The transport services that the layer stands on, the first of which its users' addresses belong to, and by which of them, and where, peers are reached. */
final class Routes {
    /** Another address of a host, in a transport service. */
    private record AlsoAt(TransportService transport, NetworkAddress host) {}

    private final Settings settings;
    private final List<TransportService> transports = new ArrayList<>();
    private final List<List<NetworkAddress>> samePeer = new ArrayList<>();
    private final Map<TransportAddress, List<Route>> addresses = new HashMap<>();
    private final Map<NetworkAddress, List<AlsoAt>> hosts = new HashMap<>();

    Routes(TransportService first, Settings settings) {
        this.settings = settings;
        transports.add(first);
        for (List<String> group : settings.addresses()) {
            try {
                samePeer.add(group.stream().map(first::parseAddress).toList());
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException("mux: addresses=" + String.join("+", group) + ": " + e.getMessage());
            }
        }
    }

    TransportService first() {
        return transports.get(0);
    }

    List<TransportService> transports() {
        return transports;
    }

    /** Add a transport service; says whether it is new. */
    boolean add(TransportService transport) {
        return !transports.contains(transport) && transports.add(transport);
    }

    private void check(TransportService transport) {
        if (!transports.contains(transport)) {
            throw new IllegalArgumentException("not a transport service of this layer");
        }
    }

    void addAddress(TransportAddress peer, TransportService transport, TransportAddress also) {
        check(transport);
        addresses
                .computeIfAbsent(below(first(), peer), address -> new ArrayList<>())
                .add(new Route(transport, below(transport, also)));
    }

    void addHost(NetworkAddress peer, TransportService transport, NetworkAddress also) {
        check(transport);
        hosts.computeIfAbsent(peer, host -> new ArrayList<>()).add(new AlsoAt(transport, also));
    }

    /** The address below of an address that a session user gives: an octet stream has no selectors, but a port. */
    TransportAddress below(TransportService transport, TransportAddress address) {
        return transport instanceof OctetStreamTransport
                ? new TransportAddress(address.host(), address.port() == 0 ? settings.port() : address.port())
                : address;
    }

    /** In a transport service that was added, each address of this host, and the port that such a service usually has. */
    TransportAddress listening(TransportService transport, TransportAddress local) {
        return transport == first()
                ? below(transport, local)
                : elsewhere(transport, null, local.port(), local.selector());
    }

    private TransportAddress elsewhere(TransportService transport, NetworkAddress host, int port, Selector selector) {
        boolean sameKind = transport instanceof OctetStreamTransport == first() instanceof OctetStreamTransport;
        return below(transport, new TransportAddress(host, sameKind ? port : 0, selector));
    }

    /**
     * The ways to a peer, the one that was asked for first.
     *
     * @param called the address that a session user gives
     */
    List<Route> to(TransportAddress called) {
        TransportAddress to = below(first(), called);
        List<Route> routes = new ArrayList<>();
        routes.add(new Route(first(), to));
        for (List<NetworkAddress> group : samePeer) {
            if (group.contains(to.host())) {
                for (NetworkAddress other : group) {
                    if (!other.equals(to.host())) {
                        routes.add(new Route(first(), new TransportAddress(other, to.port(), to.selector())));
                    }
                }
            }
        }
        for (AlsoAt also : hosts.getOrDefault(to.host(), List.of())) {
            routes.add(new Route(
                    also.transport(), elsewhere(also.transport(), also.host(), called.port(), called.selector())));
        }
        routes.addAll(addresses.getOrDefault(to, List.of()));
        return routes;
    }
}
