package org.osistack.transport.cltp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.DatagramUser;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportAddress;

/**
 * The connectionless transport entity of one host (X.234 over RFC 1240): it tells the users of a UDP port apart by
 * transport selector.
 *
 * <p>A port of 0 stands for 102, on either side. An answer goes to the port that its question came from, whichever it
 * is.
 */
public final class CltpEntity implements DatagramTransport {
    /** The UDP port of the connectionless ISO transport service (RFC 1240 §4). */
    public static final int PORT = 102;

    /** The longest TPDU, in octets: what IPv4 and UDP leave of 65,535. A TSDU is never cut (X.234 §6.1). */
    static final int MAX_TPDU = 65_507;

    private final DatagramTransport udp;
    private final Discards discards;
    private final Map<TransportAddress, Port> ports = new HashMap<>();

    /** The users of one port. */
    private final class Port implements DatagramUser {
        private final Map<Selector, DatagramUser> users = new HashMap<>();

        @Override
        public void unitDataIndication(TransportAddress source, TransportAddress destination, Pdu tpdu) {
            Discard fault = UnitDataTpdu.fault(tpdu);
            if (fault != null) {
                discards.drop(fault, tpdu);
                return;
            }
            UnitDataTpdu header = UnitDataTpdu.parse(tpdu);
            DatagramUser user = users.get(header.destination());
            if (user == null) {
                discards.drop(Discard.NO_USER, tpdu);
                return;
            }
            user.unitDataIndication(with(source, header.source()), with(destination, header.destination()), tpdu);
        }

        /** What the network tells of a datagram does not reach as far as its selectors: all users hear it. */
        @Override
        public void reportIndication(DisconnectReason reason, TransportAddress destination) {
            for (DatagramUser user : List.copyOf(users.values())) {
                user.reportIndication(reason, destination);
            }
        }

        private static TransportAddress with(TransportAddress address, Selector selector) {
            return selector.isEmpty() ? address : new TransportAddress(address.host(), address.port(), selector);
        }
    }

    /**
     * Make the entity.
     *
     * @param udp has it as one user of each port that somebody is attached to
     */
    public CltpEntity(Host host, DatagramTransport udp) {
        this.udp = udp;
        this.discards = host.discards(4, "CLTP");
    }

    @Override
    public TransportAddress attach(TransportAddress local, DatagramUser user) {
        TransportAddress below = port(local);
        Port port = ports.get(below);
        if (port == null) {
            port = new Port();
            udp.attach(below, port);
            ports.put(below, port);
        }
        if (port.users.putIfAbsent(local.selector(), user) != null) {
            throw new IllegalStateException(
                    "somebody is attached to the transport selector " + local.selector() + " already");
        }
        return new TransportAddress(below.host(), below.port(), local.selector());
    }

    @Override
    public void detach(TransportAddress local) {
        TransportAddress below = port(local);
        Port port = ports.get(below);
        if (port != null && port.users.remove(local.selector()) != null && port.users.isEmpty()) {
            ports.remove(below);
            udp.detach(below);
        }
    }

    @Override
    public void unitDataRequest(TransportAddress source, TransportAddress destination, int lifetime, Pdu tsdu) {
        UnitDataTpdu header = new UnitDataTpdu(source.selector(), destination.selector());
        int length = header.length();
        if (length + tsdu.length() > MAX_TPDU) {
            throw new IllegalArgumentException("a unit of " + tsdu.length() + " octets with a transport header of "
                    + length + " is longer than the " + MAX_TPDU + " octets that a user datagram carries");
        }
        Pdu tpdu = tsdu;
        if (tsdu.headroom() < length) { // such as a TSDU that was received and is sent back
            tpdu = tsdu.copy();
            tsdu.release();
        }
        header.push(tpdu);
        udp.unitDataRequest(port(source), port(destination), lifetime, tpdu);
    }

    private static TransportAddress port(TransportAddress address) {
        boolean plain = address.port() != 0 && address.selector().isEmpty();
        return plain ? address : new TransportAddress(address.host(), address.port() == 0 ? PORT : address.port());
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        udp.joinGroup(group);
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        udp.leaveGroup(group);
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return udp.sourceFor(destination);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return udp.parseAddress(text);
    }
}
