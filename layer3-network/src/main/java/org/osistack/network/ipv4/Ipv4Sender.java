package org.osistack.network.ipv4;

import java.util.ArrayDeque;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.datalink.DataLinkService;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;
import org.osistack.network.NetworkReport;
import org.osistack.network.NetworkService;
import org.osistack.network.arp.ArpEntity;

/**
 * The way down: chooses route and source, writes the header, fragments (RFC 791 §3.2), and gives the datagrams to the
 * link. A datagram to this host itself never reaches the link: it is handed to the receiver in the next turn.
 *
 * <p>An SDU that must not be segmented makes an atomic datagram, whose identification has no meaning and is zero (RFC
 * 6864 §4.1).
 */
final class Ipv4Sender {
    private static final int MAX_LOCAL = 1024; // datagrams to ourselves that wait for their turn
    private static final int MULTICAST_LIFETIME = 1; // RFC 1112 §6.1

    /** Where a datagram to this host itself goes. It belongs to the receiver from then on. */
    @FunctionalInterface
    interface LocalReceiver {
        void localIndication(Pdu datagram);
    }

    private final Host host;
    private final DataLinkService link;
    private final Ipv4Interface own;
    private final RoutingTable routes;
    private final PathMtuCache pathMtus;
    private final int defaultLifetime;
    private final Discards discards;
    private final DatagramIds ids;
    private final Ipv4Header header = new Ipv4Header();
    private final ArrayDeque<Pdu> local = new ArrayDeque<>();
    private final Runnable deliverLocal = this::deliverLocal;
    private ArpEntity arp;
    private ReportUser reports;
    private LocalReceiver localReceiver;
    private long datagramsSent;
    private long fragmentsSent;

    Ipv4Sender(
            Host host,
            DataLinkService link,
            Ipv4Interface own,
            RoutingTable routes,
            PathMtuCache pathMtus,
            int defaultLifetime) {
        this.host = host;
        this.link = link;
        this.own = own;
        this.routes = routes;
        this.pathMtus = pathMtus;
        this.defaultLifetime = defaultLifetime;
        this.discards = host.discards(3, "IPv4");
        this.ids = new DatagramIds(host.random());
    }

    /** Tell the sender the rest of the entity, which is made after it. */
    void connect(ArpEntity newArp, ReportUser newReports, LocalReceiver newLocalReceiver) {
        arp = newArp;
        reports = newReports;
        localReceiver = newLocalReceiver;
    }

    /** The address to send from to this destination; 0 if there is none, or no route. */
    int sourceFor(int destination) {
        if (own.isOwn(destination)) {
            return destination == own.address() ? destination : Ipv4Interface.LOOPBACK;
        }
        boolean reachable = own.isGroup(destination) || routes.nextHop(destination) != 0;
        return reachable ? own.address() : 0;
    }

    /** The longest datagram that reaches the destination in one piece, as far as is known, in octets. */
    int mtu(int destination) {
        return own.isInternal(destination) ? Ipv4Header.MAX_TOTAL_LENGTH : pathMtus.mtu(destination);
    }

    /**
     * Send an SDU, which is taken over.
     *
     * @param source 0 to have it chosen
     * @param protocol the number of the protocol that sends it
     * @param lifetime {@link NetworkService#DEFAULT_LIFETIME} for the usual one
     */
    void send(int source, int destination, int protocol, int typeOfService, int lifetime, boolean maySegment, Pdu sdu) {
        datagramsSent++;
        int from = source == 0 ? sourceFor(destination) : source;
        boolean isLocal = own.isInternal(destination);
        boolean isGroup = own.isGroup(destination);
        int nextHop = own.isOwn(destination) || isGroup ? destination : routes.nextHop(destination);
        if (from == 0 || nextHop == 0 || !own.isOwn(from) || Ipv4Interface.isLoopback(from) && !isLocal) {
            refuse(Discard.NO_ROUTE, NetworkReport.DESTINATION_UNREACHABLE, from, destination, protocol, sdu);
            return;
        }
        int mtu = isLocal ? Ipv4Header.MAX_TOTAL_LENGTH : pathMtus.mtu(destination);
        boolean atomic = !maySegment && (isLocal || !pathMtus.isNarrow(destination));
        int totalLength = Ipv4Header.LENGTH + sdu.length();
        if (totalLength > (atomic ? mtu : Ipv4Header.MAX_TOTAL_LENGTH)) {
            refuse(Discard.TOO_LONG, NetworkReport.TOO_LONG, from, destination, protocol, sdu);
            return;
        }
        int hops = lifetime != NetworkService.DEFAULT_LIFETIME
                ? lifetime
                : Ipv4Interface.isMulticast(destination) ? MULTICAST_LIFETIME : defaultLifetime;
        int id = atomic ? 0 : ids.next();
        header.wrap(sdu.pushHeader(Ipv4Header.LENGTH))
                .init()
                .typeOfService(typeOfService)
                .totalLength(totalLength)
                .identification(id)
                .fragment(atomic ? Ipv4Header.DONT_FRAGMENT : 0, 0)
                .timeToLive(hops)
                .protocol(protocol)
                .source(from)
                .destination(destination)
                .fillChecksum();
        if (isLocal) {
            queueLocal(sdu);
        } else if (totalLength <= mtu) {
            transmit(nextHop, sdu);
        } else {
            fragment(nextHop, mtu, sdu);
        }
    }

    private void refuse(Discard reason, NetworkReport report, int source, int destination, int protocol, Pdu sdu) {
        reports.report(report, own.address(), source, destination, protocol, sdu);
        discards.drop(reason, sdu);
    }

    /** RFC 791 §3.2, an example fragmentation procedure, for a header without options. */
    private void fragment(int nextHop, int mtu, Pdu datagram) {
        int room = (mtu - Ipv4Header.LENGTH) / Ipv4Header.FRAGMENT_UNIT * Ipv4Header.FRAGMENT_UNIT;
        int data = datagram.length() - Ipv4Header.LENGTH;
        for (int offset = 0; offset < data; offset += room) {
            int length = Math.min(room, data - offset);
            boolean last = offset + length == data;
            Pdu fragment = host.pool()
                    .take(Ipv4Header.LENGTH + length)
                    .append(datagram, 0, Ipv4Header.LENGTH)
                    .append(datagram, Ipv4Header.LENGTH + offset, length);
            header.wrap(fragment)
                    .totalLength(Ipv4Header.LENGTH + length)
                    .fragment(last ? 0 : Ipv4Header.MORE_FRAGMENTS, offset)
                    .fillChecksum();
            fragmentsSent++;
            transmit(nextHop, fragment);
        }
        datagram.release();
    }

    private void transmit(int nextHop, Pdu datagram) {
        if (Ipv4Interface.isMulticast(nextHop)) {
            link.unitDataRequest(GroupMembership.station(nextHop), NetworkProtocol.IPV4, datagram);
        } else if (own.isBroadcast(nextHop)) {
            link.unitDataRequest(MacAddress.BROADCAST, NetworkProtocol.IPV4, datagram);
        } else if (nextHop == own.address()) {
            link.unitDataRequest(link.address(), NetworkProtocol.IPV4, datagram); // the link hears itself
        } else {
            arp.send(nextHop, datagram);
        }
    }

    private void queueLocal(Pdu datagram) {
        if (local.size() == MAX_LOCAL) {
            discards.drop(Discard.QUEUE_FULL, datagram);
            return;
        }
        local.addLast(datagram);
        host.loop().defer(deliverLocal);
    }

    private void deliverLocal() {
        Pdu datagram = local.pollFirst();
        if (datagram != null) { // null: thrown away since
            localReceiver.localIndication(datagram);
        }
    }

    /** The neighbour that a datagram of ours was for does not answer. The datagram is taken over. */
    void unresolved(Pdu datagram) {
        header.wrap(datagram);
        int source = header.source();
        int destination = header.destination();
        int protocol = header.protocol();
        boolean isFirst = header.fragmentOffset() == 0;
        datagram.pullHeader(Ipv4Header.LENGTH);
        if (isFirst) {
            reports.report(
                    NetworkReport.DESTINATION_UNREACHABLE, own.address(), source, destination, protocol, datagram);
        }
        discards.drop(Discard.UNRESOLVED, datagram);
    }

    /** Throw away what waits. */
    void close() {
        for (Pdu datagram = local.pollFirst(); datagram != null; datagram = local.pollFirst()) {
            datagram.release();
        }
    }

    long datagramsSent() {
        return datagramsSent;
    }

    long fragmentsSent() {
        return fragmentsSent;
    }
}
