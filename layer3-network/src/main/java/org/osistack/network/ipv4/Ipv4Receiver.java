package org.osistack.network.ipv4;

import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.datalink.DataLinkUser;
import org.osistack.datalink.MacAddress;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkUser;
import org.osistack.network.TransportProtocol;

/**
 * The way up: judges what comes from the link, puts fragments together, and hands the data to the user of their
 * protocol (RFC 791 §3.2, RFC 1122 §3.2.1).
 *
 * <p>A datagram is looked at in this order: header whole, version, lengths, checksum; source possible; for us; options
 * well formed; whole or a fragment; protocol spoken here. What the link added behind the datagram is cut off.
 */
final class Ipv4Receiver implements DataLinkUser, Ipv4Sender.LocalReceiver {
    private final Ipv4Interface own;
    private final GroupMembership groups;
    private final NetworkUser[] users = new NetworkUser[TransportProtocol.values().length];
    private final Discards discards;
    private final Reassembler reassembler;
    private final IcmpErrors errors;
    private final IcmpEntity icmp;
    private final Ipv4Header header = new Ipv4Header();
    private Pdu indicated; // whose header still stands in front of it, while its user is told of it
    private int indicatedHeaderLength;
    private long received;
    private long delivered;

    Ipv4Receiver(Host host, Ipv4Interface own, GroupMembership groups, IcmpErrors errors, IcmpEntity icmp) {
        this.own = own;
        this.groups = groups;
        this.discards = host.discards(3, "IPv4");
        this.errors = errors;
        this.icmp = icmp;
        this.reassembler =
                new Reassembler(host, first -> errors.send(IcmpHeader.TIME_EXCEEDED, IcmpHeader.REASSEMBLY, 0, first));
    }

    void attach(TransportProtocol protocol, NetworkUser user) {
        if (users[protocol.ordinal()] != null) {
            throw new IllegalStateException(protocol + " has a user already");
        }
        users[protocol.ordinal()] = user;
    }

    /** The user of a protocol by its number; null if there is none. */
    NetworkUser user(int protocol) {
        TransportProtocol known = TransportProtocol.ofNumber(protocol);
        return known == null ? null : users[known.ordinal()];
    }

    @Override
    public void unitDataIndication(MacAddress source, MacAddress destination, Pdu datagram) {
        received++;
        Discard fault = Ipv4Header.fault(datagram);
        if (fault != null) {
            discards.drop(fault, datagram);
            return;
        }
        header.wrap(datagram);
        datagram.truncate(header.totalLength());
        int from = header.source();
        int to = header.destination();
        if (!own.mayBeSource(from, to)) {
            discards.drop(Discard.BAD_SOURCE, datagram);
            return;
        }
        boolean toGroup = own.isBroadcast(to) || Ipv4Interface.isMulticast(to) && groups.contains(to);
        if (!toGroup && (to != own.address() || to == 0)) { // 127/8 is never on a link (RFC 1122 §3.2.1.3 g)
            discards.drop(Discard.NOT_FOR_US, datagram);
            return;
        }
        if (!toGroup && destination.isGroup()) { // RFC 1122 §3.3.6: one host's datagram in a frame for all
            discards.drop(Discard.UNEXPECTED, datagram);
            return;
        }
        int headerLength = header.headerLength();
        if (headerLength > Ipv4Header.LENGTH && !acceptOptions(datagram, headerLength)) {
            return;
        }
        if (!header.isFragment()) {
            deliver(datagram);
            return;
        }
        Pdu whole = reassembler.add(datagram);
        if (whole != null) {
            deliver(whole);
        }
    }

    @Override
    public void localIndication(Pdu datagram) {
        deliver(datagram);
    }

    private boolean acceptOptions(Pdu datagram, int headerLength) {
        int result = Ipv4Options.check(datagram, headerLength);
        if (result == Ipv4Options.FINE) {
            return true;
        }
        if (result == Ipv4Options.SOURCE_ROUTED) {
            discards.drop(Discard.BAD_FIELD, datagram); // RFC 7126 §4.3.5, §4.4.5
        } else {
            errors.send(IcmpHeader.PARAMETER_PROBLEM, 0, result << 24, datagram); // RFC 1122 §3.2.2.5
            discards.drop(Discard.MALFORMED, datagram);
        }
        return false;
    }

    private void deliver(Pdu datagram) {
        header.wrap(datagram);
        int headerLength = header.headerLength();
        int source = header.source();
        int destination = header.destination();
        int protocol = header.protocol();
        if (protocol == IcmpHeader.PROTOCOL) {
            int typeOfService = header.typeOfService();
            int lifetime = header.timeToLive();
            delivered++;
            icmp.indication(source, destination, typeOfService, lifetime, datagram.pullHeader(headerLength));
            return;
        }
        NetworkUser user = user(protocol);
        if (user == null) { // RFC 1122 §3.2.2.1
            errors.send(IcmpHeader.DESTINATION_UNREACHABLE, IcmpHeader.PROTOCOL_UNREACHABLE, 0, datagram);
            discards.drop(Discard.NO_USER, datagram);
            return;
        }
        delivered++;
        Pdu outer = indicated;
        int outerHeaderLength = indicatedHeaderLength;
        indicated = datagram.pullHeader(headerLength);
        indicatedHeaderLength = headerLength;
        user.unitDataIndication(Ipv4Address.of(source), Ipv4Address.of(destination), datagram);
        indicated = outer;
        indicatedHeaderLength = outerHeaderLength;
    }

    /** The length of the header in front of an SDU whose user is being told of it; 0 if it isn't that. */
    int headerLengthBefore(Pdu sdu) {
        return sdu == indicated ? indicatedHeaderLength : 0;
    }

    /** Throw away the fragments that wait for others. */
    void close() {
        reassembler.close();
    }

    long received() {
        return received;
    }

    long delivered() {
        return delivered;
    }

    Reassembler reassembler() {
        return reassembler;
    }
}
