package org.osistack.network.arp;

import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.datalink.DataLinkService;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;

/** Writes ARP packets and sends them. */
final class ArpTransmitter {
    private static final int LINK_LOCAL_PREFIX = 0xa9fe; // 169.254/16

    private final Host host;
    private final DataLinkService link;
    private final ArpHeader header = new ArpHeader();

    ArpTransmitter(Host host, DataLinkService link) {
        this.host = host;
        this.link = link;
    }

    /** This station's address. */
    MacAddress station() {
        return link.address();
    }

    /** Ask who has the target address. */
    void request(int senderIp, int targetIp) {
        send(MacAddress.BROADCAST, ArpHeader.REQUEST, senderIp, null, targetIp);
    }

    /** Ask a neighbour whether it is still there (RFC 1122 §2.3.2.1, unicast poll). */
    void poll(int senderIp, MacAddress targetMac, int targetIp) {
        send(targetMac, ArpHeader.REQUEST, senderIp, targetMac, targetIp);
    }

    /** Answer a request. */
    void reply(int senderIp, MacAddress targetMac, int targetIp) {
        send(targetMac, ArpHeader.REPLY, senderIp, targetMac, targetIp);
    }

    /** Ask for an address without laying claim to it: an ARP Probe (RFC 5227 §1.1), its sender address all zero. */
    void probe(int ip) {
        send(MacAddress.BROADCAST, ArpHeader.REQUEST, 0, null, ip);
    }

    /** Tell everybody who has the address: an ARP Announcement (RFC 5227 §1.1), a request for one's own address. */
    void announce(int ip) {
        send(MacAddress.BROADCAST, ArpHeader.REQUEST, ip, null, ip);
    }

    private void send(MacAddress destination, int operation, int senderIp, MacAddress targetMac, int targetIp) {
        Pdu packet = host.pool().take().pushTrailer(ArpHeader.LENGTH);
        header.wrap(packet).init(operation).sender(link.address(), senderIp).target(targetMac, targetIp);
        // RFC 3927 §2.5: ARP packets whose sender address is link-local, replies too, are broadcast, so that everybody
        // hears of a conflict.
        boolean linkLocal = senderIp >>> 16 == LINK_LOCAL_PREFIX;
        link.unitDataRequest(linkLocal ? MacAddress.BROADCAST : destination, NetworkProtocol.ARP, packet);
    }
}
