package org.osistack.network.ipv4;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Stack;
import org.osistack.core.management.AddressManagement;
import org.osistack.core.management.EchoService;
import org.osistack.core.management.NeighbourManagement;
import org.osistack.core.management.NetworkStatistics;
import org.osistack.core.management.Route;
import org.osistack.core.management.RouteManagement;
import org.osistack.datalink.DataLinkService;
import org.osistack.datalink.NetworkProtocol;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkReport;
import org.osistack.network.NetworkService;
import org.osistack.network.NetworkUser;
import org.osistack.network.TransportProtocol;
import org.osistack.network.arp.ArpEntity;
import org.osistack.network.arp.ArpUser;

/**
 * The Internet Protocol of one host, put together: a sender, a receiver with reassembly, ICMP, ARP, a routing table.
 * This class is the network service and the layer management; the work is done by the parts.
 */
final class Ipv4Entity
        implements NetworkService,
                AddressManagement,
                RouteManagement,
                NeighbourManagement,
                EchoService,
                NetworkStatistics,
                ArpUser,
                Stack.Closeable {
    private static final int LINK_LOCAL = 0xa9fe_0000;
    private static final int LINK_LOCAL_PREFIX = 16;

    private final Host host;
    private final Medium medium;
    private final Ipv4Interface own;
    private final RoutingTable routes = new RoutingTable();
    private final GroupMembership groups;
    private final Ipv4Sender sender;
    private final Ipv4Receiver receiver;
    private final IcmpErrors errors;
    private final EchoSessions echoes;
    private final ArpEntity arp;
    private final List<Watcher> watchers = new ArrayList<>();

    /**
     * What a person configured.
     *
     * @param address 0 to choose a link-local address
     * @param gateway 0 if there is none
     * @param mtu the longest datagram that is sent, in octets
     * @param lifetime how many hops a datagram may take if its user doesn't say
     * @param probes whether a configured address is probed before it is used
     */
    record Configuration(int address, int prefixLength, int gateway, int mtu, int lifetime, boolean probes) {}

    Ipv4Entity(Host host, DataLinkService link, Configuration configuration) {
        this.host = host;
        this.medium = link.medium();
        this.own = new Ipv4Interface(configuration.prefixLength(), link.medium().hearsItself());
        addRoutes(configuration);
        PathMtuCache pathMtus = new PathMtuCache(host, configuration.mtu());
        this.groups = new GroupMembership(link);
        this.sender = new Ipv4Sender(host, link, own, routes, pathMtus, configuration.lifetime());
        this.errors = new IcmpErrors(host, own, sender);
        this.echoes = new EchoSessions(host, sender);
        IcmpEntity icmp = new IcmpEntity(host, own, sender, pathMtus, echoes, this::report);
        this.receiver = new Ipv4Receiver(host, own, groups, errors, icmp);
        this.arp = new ArpEntity(host, link, this, configuration.address(), configuration.probes());
        own.address(arp.address());
        sender.connect(arp, this::report, receiver);
        link.attach(NetworkProtocol.IPV4, receiver);
        arp.start();
    }

    /**
     * The prefix of our address is on the link, and so are all link-local addresses (RFC 3927 §2.6.2). Who has nothing
     * but a link-local address finds everybody on the link: "ARP for everything".
     */
    private void addRoutes(Configuration configuration) {
        int address = configuration.address();
        int prefixLength = configuration.prefixLength();
        routes.add(LINK_LOCAL, LINK_LOCAL_PREFIX, 0, Route.Origin.CONNECTED);
        if (address == 0) {
            routes.add(0, 0, 0, Route.Origin.CONNECTED);
        } else {
            routes.add(address & Ipv4Interface.mask(prefixLength), prefixLength, 0, Route.Origin.CONNECTED);
        }
        if (configuration.gateway() != 0) {
            routes.add(0, 0, configuration.gateway(), Route.Origin.STATIC);
        }
    }

    static int bits(NetworkAddress address) {
        if (address instanceof Ipv4Address ipv4) {
            return ipv4.bits();
        }
        throw new IllegalArgumentException("not an IPv4 address: " + address);
    }

    static int checkedLifetime(int lifetime) {
        if (lifetime != DEFAULT_LIFETIME && (lifetime < 0 || lifetime > 255)) {
            throw new IllegalArgumentException("a lifetime of " + lifetime + "; it has 8 bits");
        }
        return lifetime;
    }

    @Override
    public Medium medium() {
        return medium;
    }

    @Override
    public void attach(TransportProtocol protocol, NetworkUser user) {
        receiver.attach(protocol, user);
    }

    @Override
    public void unitDataRequest(
            NetworkAddress source,
            NetworkAddress destination,
            TransportProtocol protocol,
            int lifetime,
            boolean maySegment,
            Pdu sdu) {
        int from = source == null ? 0 : bits(source);
        sender.send(from, bits(destination), protocol.number(), 0, checkedLifetime(lifetime), maySegment, sdu);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return Ipv4Address.parse(text);
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return orNull(sender.sourceFor(bits(destination)));
    }

    private static Ipv4Address orNull(int address) {
        return address == 0 ? null : Ipv4Address.of(address);
    }

    @Override
    public boolean isLocal(NetworkAddress candidate) {
        return own.isOwn(bits(candidate));
    }

    @Override
    public boolean isGroup(NetworkAddress candidate) {
        return own.isGroup(bits(candidate));
    }

    @Override
    public int maxSduLength(NetworkAddress destination) {
        return sender.mtu(bits(destination)) - Ipv4Header.LENGTH;
    }

    /** RFC 768 and RFC 9293 §3.1: source address, destination address, zero, protocol, length. */
    @Override
    public int pseudoHeaderSum(
            NetworkAddress source, NetworkAddress destination, TransportProtocol protocol, int sduLength) {
        int from = bits(source);
        int to = bits(destination);
        return (from >>> 16) + (from & 0xffff) + (to >>> 16) + (to & 0xffff) + protocol.number() + sduLength;
    }

    @Override
    public void reportPortUnreachable(
            NetworkAddress source, NetworkAddress destination, TransportProtocol protocol, Pdu sdu) {
        int headerLength = receiver.headerLengthBefore(sdu);
        if (headerLength != 0) {
            errors.send(
                    IcmpHeader.DESTINATION_UNREACHABLE, IcmpHeader.PORT_UNREACHABLE, 0, sdu.pushHeader(headerLength));
            sdu.pullHeader(headerLength);
            return;
        }
        // The user took its time, and the header may be gone: it is written again, as far as it is known.
        Pdu datagram = host.pool().take(Ipv4Header.LENGTH + sdu.length()).pushTrailer(Ipv4Header.LENGTH);
        new Ipv4Header()
                .wrap(datagram.append(sdu, 0, sdu.length()))
                .init()
                .totalLength(datagram.length())
                .identification(0)
                .fragment(0, 0)
                .timeToLive(1)
                .protocol(protocol.number())
                .source(bits(source))
                .destination(bits(destination))
                .fillChecksum();
        errors.send(IcmpHeader.DESTINATION_UNREACHABLE, IcmpHeader.PORT_UNREACHABLE, 0, datagram);
        datagram.release();
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        groups.join(checkedGroup(group));
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        groups.leave(checkedGroup(group));
    }

    private static int checkedGroup(NetworkAddress group) {
        if (!Ipv4Interface.isMulticast(bits(group))) {
            throw new IllegalArgumentException("not a group: " + group);
        }
        return bits(group);
    }

    /** One of our datagrams did not arrive: its user is told. */
    private void report(NetworkReport report, int reporter, int source, int destination, int protocol, Pdu sdu) {
        if (protocol == IcmpHeader.PROTOCOL) {
            echoes.report(report, reporter, sdu);
            return;
        }
        NetworkUser user = receiver.user(protocol);
        if (user != null) {
            user.reportIndication(report, Ipv4Address.of(source), Ipv4Address.of(destination), sdu);
        }
    }

    @Override
    public boolean isOnLink(int candidate) {
        return routes.isOnLink(candidate) && !own.isGroup(candidate);
    }

    @Override
    public void unresolved(Pdu datagram) {
        sender.unresolved(datagram);
    }

    @Override
    public void addressChanged(State state, int address) {
        own.address(address);
        for (Watcher watcher : List.copyOf(watchers)) {
            watcher.addressChanged(state, orNull(address));
        }
    }

    @Override
    public NetworkAddress address() {
        return orNull(own.address());
    }

    @Override
    public int prefixLength() {
        return own.prefixLength();
    }

    @Override
    public State state() {
        return arp.state();
    }

    @Override
    public long conflicts() {
        return arp.conflicts();
    }

    @Override
    public void watch(Watcher watcher) {
        watchers.add(watcher);
        watcher.addressChanged(state(), address());
    }

    @Override
    public List<Route> routes() {
        return routes.routes();
    }

    @Override
    public void addRoute(NetworkAddress destination, int prefixLength, NetworkAddress gateway) {
        routes.add(bits(destination), prefixLength, gateway == null ? 0 : bits(gateway), Route.Origin.STATIC);
    }

    @Override
    public boolean removeRoute(NetworkAddress destination, int prefixLength) {
        return routes.remove(bits(destination), prefixLength);
    }

    @Override
    public List<Neighbour> neighbours() {
        return arp.neighbours();
    }

    @Override
    public void forgetNeighbours() {
        arp.forgetNeighbours();
    }

    @Override
    public Echo openEcho(EchoUser user) {
        return echoes.openEcho(user);
    }

    @Override
    public long datagramsReceived() {
        return receiver.received();
    }

    @Override
    public long datagramsDelivered() {
        return receiver.delivered();
    }

    @Override
    public long datagramsSent() {
        return sender.datagramsSent();
    }

    @Override
    public long fragmentsSent() {
        return sender.fragmentsSent();
    }

    @Override
    public long fragmentsReceived() {
        return receiver.reassembler().fragmentsReceived();
    }

    @Override
    public long datagramsReassembled() {
        return receiver.reassembler().reassembled();
    }

    @Override
    public long errorsSent() {
        return errors.sent();
    }

    @Override
    public long errorsSuppressed() {
        return errors.suppressed();
    }

    /** Stop the timers and throw away what waits; what comes from the link afterwards is still judged and counted. */
    @Override
    public void close() {
        arp.close();
        receiver.close();
        sender.close();
    }
}
