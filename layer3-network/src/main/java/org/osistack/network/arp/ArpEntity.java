package org.osistack.network.arp;

import java.util.List;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.management.AddressManagement;
import org.osistack.core.management.NeighbourManagement;
import org.osistack.datalink.DataLinkService;
import org.osistack.datalink.DataLinkUser;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;

/**
 * ARP for IPv4 (RFC 826, RFC 1122 §2.3.2): claims this host's address, answers who asks for it and for nothing else,
 * and finds the neighbours' station addresses.
 */
public final class ArpEntity implements DataLinkUser {
    private static final int CLASS_D = 0xe; // from 224.0.0.0 on, no address is that of one host

    private final MacAddress station;
    private final ArpTransmitter transmitter;
    private final AddressClaim claim;
    private final NeighbourCache neighbours;
    private final Discards discards;
    private final ArpHeader header = new ArpHeader();

    /**
     * Make the entity.
     *
     * @param address the configured address; 0 to choose a link-local one
     * @param probes whether a configured address is probed before it is used
     */
    public ArpEntity(Host host, DataLinkService link, ArpUser user, int address, boolean probes) {
        this.station = link.address();
        this.transmitter = new ArpTransmitter(host, link);
        this.claim = new AddressClaim(host, transmitter, user, address, probes);
        this.neighbours = new NeighbourCache(host, link, transmitter, user, claim);
        this.discards = host.discards(3, "ARP");
        link.attach(NetworkProtocol.ARP, this);
    }

    /** Begin to claim the address, in the next turn. */
    public void start() {
        claim.start();
    }

    /** The address that this host may use; 0 while there is none. */
    public int address() {
        return claim.address();
    }

    public AddressManagement.State state() {
        return claim.state();
    }

    /** How often another station was heard to use an address that this one used or wanted. */
    public long conflicts() {
        return claim.conflicts();
    }

    /**
     * Send an IPv4 datagram to a neighbour, now or when its station address is known. It is taken over; if the neighbour
     * doesn't answer, the user gets it back by {@link ArpUser#unresolved}.
     */
    public void send(int neighbour, Pdu datagram) {
        neighbours.send(neighbour, datagram);
    }

    public List<NeighbourManagement.Neighbour> neighbours() {
        return neighbours.list();
    }

    /** Forget all neighbours. What was held for them is thrown away. */
    public void forgetNeighbours() {
        neighbours.clear(Discard.UNRESOLVED);
    }

    /** Stop the timers, and throw away what is held. */
    public void close() {
        claim.linkDown();
        neighbours.clear(Discard.LINK_DOWN);
    }

    @Override
    public void unitDataIndication(MacAddress source, MacAddress destination, Pdu packet) {
        if (!ArpHeader.isValid(packet)) {
            discards.drop(packet.length() < ArpHeader.LENGTH ? Discard.TOO_SHORT : Discard.BAD_FIELD, packet);
            return;
        }
        header.wrap(packet);
        int operation = header.operation();
        MacAddress senderMac = header.senderMac();
        int senderIp = header.senderIp();
        int targetIp = header.targetIp();
        if (operation != ArpHeader.REQUEST && operation != ArpHeader.REPLY) {
            discards.drop(Discard.UNKNOWN_PDU, packet);
            return;
        }
        if (!mayBeSender(senderMac, senderIp)) {
            discards.drop(Discard.BAD_SOURCE, packet);
            return;
        }
        packet.release();
        if (!senderMac.equals(station)) { // our own packets come back on a loopback medium
            heard(operation, senderMac, senderIp, targetIp);
        }
    }

    private static boolean mayBeSender(MacAddress mac, int ip) {
        return !mac.isGroup() && mac.bits() != 0 && ip >>> 28 < CLASS_D && ip >>> 24 != 127;
    }

    private void heard(int operation, MacAddress senderMac, int senderIp, int targetIp) {
        claim.heard(operation, senderMac, senderIp, targetIp);
        int own = claim.address();
        boolean asksForUs = operation == ArpHeader.REQUEST && own != 0 && targetIp == own;
        if (senderIp != 0 && senderIp != own) { // an ARP Probe has no sender address: there is nothing to learn
            neighbours.heard(senderIp, senderMac, asksForUs);
        }
        if (asksForUs && senderIp != own) {
            transmitter.reply(own, senderMac, senderIp);
        }
    }

    @Override
    public void statusIndication(boolean up) {
        if (up) {
            claim.linkUp();
        } else {
            claim.linkDown();
            neighbours.clear(Discard.LINK_DOWN);
        }
    }
}
