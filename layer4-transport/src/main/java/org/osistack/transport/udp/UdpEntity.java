package org.osistack.transport.udp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.management.TransportEndpoint;
import org.osistack.core.management.TransportManagement;
import org.osistack.network.NetworkReport;
import org.osistack.network.NetworkService;
import org.osistack.network.NetworkUser;
import org.osistack.network.TransportProtocol;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.DatagramUser;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.EphemeralPorts;
import org.osistack.transport.TransportAddress;

/** The UDP entity of one host (RFC 768, RFC 1122 §4.1): it tells the users of the network service apart by port. */
public final class UdpEntity implements DatagramTransport, NetworkUser, TransportManagement {
    private static final int MAX_LENGTH = 0xffff; // of a datagram: what its length field can say
    private static final int HEADROOM = 128; // octets for this header and those of the layers below

    /** An attached user; the host of its address is null if it hears datagrams to every address of this host. */
    private record Attachment(TransportAddress address, DatagramUser user) {
        boolean matches(NetworkAddress host, int port) {
            return address.port() == port
                    && (address.host() == null || address.host().equals(host));
        }
    }

    private final Host host;
    private final NetworkService network;
    private final Discards discards;
    private final boolean partialChecksums;
    private final UdpHeader receiving = new UdpHeader();
    private final UdpHeader sending = new UdpHeader();
    private final List<Attachment> attachments = new ArrayList<>();
    private long received;
    private long sent;

    /** Make the entity and let it become the network's user for UDP. */
    public UdpEntity(Host host, NetworkService network) {
        this.host = host;
        this.network = network;
        this.discards = host.discards(4, "UDP");
        this.partialChecksums = network.medium().partialChecksums();
        network.attach(TransportProtocol.UDP, this);
    }

    @Override
    public TransportAddress attach(TransportAddress local, DatagramUser user) {
        int port = local.port();
        if (port == 0) {
            port = EphemeralPorts.choose(host.random(), candidate -> isFree(local.host(), candidate));
        }
        if (port == 0 || !isFree(local.host(), port)) {
            throw new IllegalStateException("UDP port " + port + " is in use");
        }
        TransportAddress address = new TransportAddress(local.host(), port);
        attachments.add(new Attachment(address, user));
        return address;
    }

    private boolean isFree(NetworkAddress local, int port) {
        for (Attachment attachment : attachments) {
            NetworkAddress other = attachment.address.host();
            if (attachment.address.port() == port && (other == null ? local == null : other.equals(local))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void detach(TransportAddress local) {
        attachments.removeIf(a -> a.address.equals(local));
    }

    @Override
    public void unitDataRequest(TransportAddress source, TransportAddress destination, int lifetime, Pdu tsdu) {
        int length = tsdu.length() + UdpHeader.LENGTH;
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a user datagram of " + length + " octets");
        }
        NetworkAddress from = source.host() != null ? source.host() : network.sourceFor(destination.host());
        if (from == null) {
            discards.drop(Discard.NO_ROUTE, tsdu);
            host.loop().defer(() -> report(source.host(), source.port(), DisconnectReason.UNREACHABLE, destination));
            return;
        }
        Pdu datagram = tsdu;
        if (tsdu.headroom() < HEADROOM) { // such as a TSDU that was received and is sent back
            datagram = tsdu.copy();
            tsdu.release();
        }
        datagram.pushHeader(UdpHeader.LENGTH);
        sending.wrap(datagram)
                .sourcePort(source.port())
                .destinationPort(destination.port())
                .length(length)
                .fillChecksum(network.pseudoHeaderSum(from, destination.host(), TransportProtocol.UDP, length));
        sent++;
        network.unitDataRequest(from, destination.host(), TransportProtocol.UDP, lifetime, true, datagram);
    }

    @Override
    public void unitDataIndication(NetworkAddress source, NetworkAddress destination, Pdu sdu) {
        if (!UdpHeader.isValid(sdu)) {
            discards.drop(sdu.length() < UdpHeader.LENGTH ? Discard.TOO_SHORT : Discard.BAD_LENGTH, sdu);
            return;
        }
        int length = receiving.wrap(sdu).length();
        sdu.truncate(length);
        int pseudo = network.pseudoHeaderSum(source, destination, TransportProtocol.UDP, length);
        if (!receiving.isChecksumValid(pseudo, partialChecksums)) {
            discards.drop(Discard.BAD_CHECKSUM, sdu);
            return;
        }
        if (network.isGroup(source)) {
            discards.drop(Discard.BAD_SOURCE, sdu); // RFC 1122 §4.1.3.6
            return;
        }
        int sourcePort = receiving.sourcePort();
        int port = receiving.destinationPort();
        boolean group = network.isGroup(destination);
        Attachment user = group ? lastOf(destination, port) : best(destination, port);
        if (user == null) {
            if (!group) {
                network.reportPortUnreachable(source, destination, TransportProtocol.UDP, sdu); // RFC 1122 §4.1.3.1
            }
            discards.drop(Discard.NO_USER, sdu);
            return;
        }
        received++;
        TransportAddress from = new TransportAddress(source, sourcePort);
        TransportAddress to = new TransportAddress(destination, port);
        sdu.pullHeader(UdpHeader.LENGTH);
        if (group) {
            indicateToAllBut(user, from, to, sdu);
        }
        user.user.unitDataIndication(from, to, sdu);
    }

    /** The user of this address; one that asked for this very address comes before one that hears all. */
    private Attachment best(NetworkAddress destination, int port) {
        Attachment best = null;
        for (int i = 0; i < attachments.size(); i++) {
            Attachment candidate = attachments.get(i);
            if (candidate.matches(destination, port) && (best == null || candidate.address.host() != null)) {
                best = candidate;
            }
        }
        return best;
    }

    private Attachment lastOf(NetworkAddress group, int port) {
        for (int i = attachments.size() - 1; i >= 0; i--) {
            if (hearsGroup(attachments.get(i), group, port)) {
                return attachments.get(i);
            }
        }
        return null;
    }

    /** A user of one of this host's addresses hears what is sent to a group that the host is a member of. */
    private boolean hearsGroup(Attachment attachment, NetworkAddress group, int port) {
        NetworkAddress address = attachment.address.host();
        return attachment.address.port() == port
                && (address == null || address.equals(group) || network.isLocal(address));
    }

    private void indicateToAllBut(Attachment last, TransportAddress from, TransportAddress to, Pdu tsdu) {
        for (Attachment attachment : List.copyOf(attachments)) {
            if (attachment != last && hearsGroup(attachment, to.host(), to.port())) {
                attachment.user.unitDataIndication(from, to, tsdu.copy());
            }
        }
    }

    @Override
    public void reportIndication(NetworkReport report, NetworkAddress source, NetworkAddress destination, Pdu sdu) {
        if (sdu.length() < UdpHeader.LENGTH) {
            return;
        }
        receiving.wrap(sdu);
        DisconnectReason reason = switch (report) {
            case PORT_UNREACHABLE, PROTOCOL_UNREACHABLE -> DisconnectReason.REFUSED;
            default -> DisconnectReason.UNREACHABLE;
        };
        report(source, receiving.sourcePort(), reason, new TransportAddress(destination, receiving.destinationPort()));
    }

    private void report(NetworkAddress source, int port, DisconnectReason reason, TransportAddress destination) {
        Attachment user = best(source, port);
        if (user != null) {
            user.user.reportIndication(reason, destination);
        }
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        network.joinGroup(group);
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        network.leaveGroup(group);
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return network.sourceFor(destination);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return network.parseAddress(text);
    }

    @Override
    public List<TransportEndpoint> endpoints() {
        List<TransportEndpoint> list = new ArrayList<>();
        for (Attachment attachment : attachments) {
            list.add(TransportEndpoint.attached("UDP", "", attachment.address.toString()));
        }
        return list;
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("udpInDatagrams", received); // the names of RFC 4113
        counters.put("udpOutDatagrams", sent);
        counters.put("udpNoPorts", discards.count(Discard.NO_USER));
        counters.put("udpInErrors", discards.total() - discards.count(Discard.NO_USER));
        return counters;
    }
}
