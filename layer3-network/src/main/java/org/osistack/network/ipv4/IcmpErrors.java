package org.osistack.network.ipv4;

import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.network.NetworkService;

/**
 * Tells senders what went wrong with their datagrams (RFC 792), where RFC 1122 §3.2.2 allows it: never about an ICMP
 * error message, a datagram to a group, a fragment other than the first, or one whose source isn't a single host; and
 * no more than a token bucket lets through (RFC 1812 §4.3.2.8).
 */
final class IcmpErrors {
    static final int BURST = 50;
    static final int PER_SECOND = 100;
    /** An error message is no longer than this, so that it needs no fragmentation anywhere (RFC 1812 §4.3.2.3). */
    static final int MAX_LENGTH = 576;

    private static final int MAX_QUOTED = MAX_LENGTH - Ipv4Header.LENGTH - IcmpHeader.LENGTH;

    private final Host host;
    private final Ipv4Interface own;
    private final Ipv4Sender sender;
    private final TokenBucket limit;
    private final Ipv4Header quoted = new Ipv4Header();
    private final IcmpHeader header = new IcmpHeader();
    private long sent;
    private long suppressed;

    IcmpErrors(Host host, Ipv4Interface own, Ipv4Sender sender) {
        this.host = host;
        this.own = own;
        this.sender = sender;
        this.limit = new TokenBucket(BURST, PER_SECOND, host.now());
    }

    /**
     * Send an error message, if it is allowed.
     *
     * @param rest what stands behind the checksum
     * @param datagram what it is about, with its header; remains the caller's
     */
    void send(int type, int code, int rest, Pdu datagram) {
        quoted.wrap(datagram);
        int source = quoted.source();
        int destination = quoted.destination();
        if (!mayBeAbout(datagram, source, destination)) {
            return;
        }
        if (!limit.take(host.now())) {
            suppressed++;
            return;
        }
        int length = Math.min(datagram.length(), MAX_QUOTED);
        Pdu message = host.pool()
                .take(IcmpHeader.LENGTH + length)
                .pushTrailer(IcmpHeader.LENGTH)
                .append(datagram, 0, length);
        header.wrap(message).typeAndCode(type, code).rest(rest).fillChecksum();
        sent++;
        sender.send(destination, source, IcmpHeader.PROTOCOL, 0, NetworkService.DEFAULT_LIFETIME, true, message);
    }

    private boolean mayBeAbout(Pdu datagram, int source, int destination) {
        if (!own.isOneHost(source) || !own.isOwn(destination) || quoted.fragmentOffset() != 0) {
            return false;
        }
        int headerLength = quoted.headerLength();
        return quoted.protocol() != IcmpHeader.PROTOCOL
                || datagram.length() > headerLength && !IcmpHeader.isError(datagram.getUint8(headerLength));
    }

    long sent() {
        return sent;
    }

    long suppressed() {
        return suppressed;
    }
}
