package org.osistack.transport;

import java.util.EnumMap;
import java.util.Map;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkReport;
import org.osistack.network.NetworkService;
import org.osistack.network.NetworkUser;
import org.osistack.network.TransportProtocol;

/** The network service of one host in tests; what it is asked to send goes to a {@link Link}. */
public final class TestNetwork implements NetworkService {
    /** Takes what a host sends. */
    @FunctionalInterface
    public interface Link {
        /** Carry an SDU, which is taken over. */
        void carry(NetworkAddress source, NetworkAddress destination, TransportProtocol protocol, Pdu sdu);
    }

    public final Host host;
    public final Ipv4Address address;
    public Link link = (source, destination, protocol, sdu) -> sdu.release();
    public int maxSduLength = 1480;
    public boolean partialChecksums;
    public boolean hasRoute = true;
    public int portUnreachables;

    private final Map<TransportProtocol, NetworkUser> users = new EnumMap<>(TransportProtocol.class);

    public TestNetwork(Host host, String address) {
        this.host = host;
        this.address = Ipv4Address.parse(address);
    }

    @Override
    public Medium medium() {
        return new Medium("test", maxSduLength + 20, false, partialChecksums, 65535);
    }

    @Override
    public void attach(TransportProtocol protocol, NetworkUser user) {
        users.put(protocol, user);
    }

    @Override
    public void unitDataRequest(
            NetworkAddress source,
            NetworkAddress destination,
            TransportProtocol protocol,
            int lifetime,
            boolean maySegment,
            Pdu sdu) {
        if (sdu.length() > maxSduLength && !maySegment) {
            report(NetworkReport.TOO_LONG, source, destination, protocol, sdu);
            sdu.release();
            return;
        }
        link.carry(source, destination, protocol, sdu);
    }

    /** An SDU has arrived for this host. */
    public void arrives(NetworkAddress source, NetworkAddress destination, TransportProtocol protocol, Pdu sdu) {
        users.get(protocol).unitDataIndication(source, destination, sdu);
    }

    /** The network tells that an SDU did not arrive. */
    public void report(
            NetworkReport report,
            NetworkAddress source,
            NetworkAddress destination,
            TransportProtocol protocol,
            Pdu sdu) {
        users.get(protocol).reportIndication(report, source, destination, sdu);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return Ipv4Address.parse(text);
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return hasRoute ? address : null;
    }

    @Override
    public boolean isLocal(NetworkAddress candidate) {
        return candidate.equals(address);
    }

    @Override
    public boolean isGroup(NetworkAddress candidate) {
        Ipv4Address ip = (Ipv4Address) candidate;
        return ip.isMulticast() || ip.equals(Ipv4Address.BROADCAST);
    }

    @Override
    public int maxSduLength(NetworkAddress destination) {
        return maxSduLength;
    }

    @Override
    public int pseudoHeaderSum(
            NetworkAddress source, NetworkAddress destination, TransportProtocol protocol, int sduLength) {
        int from = ((Ipv4Address) source).bits();
        int to = ((Ipv4Address) destination).bits();
        return (from >>> 16) + (from & 0xffff) + (to >>> 16) + (to & 0xffff) + protocol.number() + sduLength;
    }

    @Override
    public void reportPortUnreachable(
            NetworkAddress source, NetworkAddress destination, TransportProtocol protocol, Pdu sdu) {
        portUnreachables++;
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        // every group is heard
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        // every group is heard
    }
}
