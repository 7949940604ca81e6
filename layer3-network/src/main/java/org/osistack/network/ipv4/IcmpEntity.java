package org.osistack.network.ipv4;

import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.network.NetworkReport;
import org.osistack.network.NetworkService;

/**
 * Receives ICMP messages (RFC 792, RFC 1122 §3.2.2): answers echo requests, gives echo replies to who asked, and tells
 * users what became of their datagrams.
 *
 * <p>An error message is believed if it quotes a datagram that this host may have sent: from our address, to where we
 * have a route. Whether it fits into a connection, only the user can tell. Source quench is passed over (RFC 6633), and
 * so are redirects: whoever sends a false one would get our traffic.
 */
final class IcmpEntity {
    private static final int MIN_QUOTED_DATA = 8; // RFC 792: 64 bits of the original datagram's data

    private final Host host;
    private final Ipv4Interface own;
    private final Ipv4Sender sender;
    private final PathMtuCache pathMtus;
    private final EchoSessions echoes;
    private final ReportUser reports;
    private final Discards discards;
    private final IcmpHeader header = new IcmpHeader();
    private final IcmpHeader replyHeader = new IcmpHeader();
    private final Ipv4Header quoted = new Ipv4Header();

    IcmpEntity(
            Host host,
            Ipv4Interface own,
            Ipv4Sender sender,
            PathMtuCache pathMtus,
            EchoSessions echoes,
            ReportUser reports) {
        this.host = host;
        this.own = own;
        this.sender = sender;
        this.pathMtus = pathMtus;
        this.echoes = echoes;
        this.reports = reports;
        this.discards = host.discards(3, "ICMP");
    }

    /** A message has arrived, which is taken over. The parameters come from the datagram that carried it. */
    void indication(int source, int destination, int typeOfService, int lifetime, Pdu message) {
        if (!IcmpHeader.isValid(message)) {
            discards.drop(Discard.TOO_SHORT, message);
            return;
        }
        if (!IcmpHeader.isChecksumRight(message)) {
            discards.drop(Discard.BAD_CHECKSUM, message);
            return;
        }
        header.wrap(message);
        switch (header.type()) {
            case IcmpHeader.ECHO -> echo(source, destination, typeOfService, message);
            case IcmpHeader.ECHO_REPLY -> echoReply(source, lifetime, message);
            case IcmpHeader.DESTINATION_UNREACHABLE, IcmpHeader.TIME_EXCEEDED, IcmpHeader.PARAMETER_PROBLEM ->
                error(source, destination, message);
            case IcmpHeader.SOURCE_QUENCH, IcmpHeader.REDIRECT -> discards.drop(Discard.UNEXPECTED, message);
            default -> discards.drop(Discard.UNKNOWN_PDU, message);
        }
    }

    /** RFC 1122 §3.2.2.6: from the address that was asked, with all data; to a group it may be left out. */
    private void echo(int source, int destination, int typeOfService, Pdu request) {
        if (!own.isOwn(destination) || !own.isOneHost(source)) {
            discards.drop(Discard.UNEXPECTED, request);
            return;
        }
        int rest = header.rest();
        int length = request.length();
        Pdu reply = host.pool().take(length).append(request, 0, length);
        request.release();
        replyHeader.wrap(reply).typeAndCode(IcmpHeader.ECHO_REPLY, 0).rest(rest).fillChecksum();
        sender.send( // RFC 1349 §5.1: with the request's type of service
                destination, source, IcmpHeader.PROTOCOL, typeOfService, NetworkService.DEFAULT_LIFETIME, true, reply);
    }

    private void echoReply(int source, int lifetime, Pdu reply) {
        int identifier = header.identifier();
        int sequence = header.sequence();
        if (echoes.reply(source, identifier, sequence, reply.length() - IcmpHeader.LENGTH, lifetime)) {
            reply.release();
        } else {
            discards.drop(Discard.NO_USER, reply);
        }
    }

    private void error(int source, int destination, Pdu message) {
        int type = header.type();
        int code = header.code();
        int nextHopMtu = header.nextHopMtu();
        if (!own.isOwn(destination)) {
            discards.drop(Discard.UNEXPECTED, message);
            return;
        }
        if (!Ipv4Header.isReadable(message, IcmpHeader.LENGTH)) {
            discards.drop(Discard.MALFORMED, message);
            return;
        }
        quoted.wrap(message.pullHeader(IcmpHeader.LENGTH));
        int headerLength = quoted.headerLength();
        int quotedSource = quoted.source();
        int quotedDestination = quoted.destination();
        int protocol = quoted.protocol();
        int totalLength = quoted.totalLength();
        if (!own.isOwn(quotedSource) || sender.sourceFor(quotedDestination) == 0) {
            discards.drop(Discard.UNEXPECTED, message);
            return;
        }
        if (quoted.fragmentOffset() != 0 || message.length() < headerLength + MIN_QUOTED_DATA) {
            discards.drop(Discard.TOO_SHORT, message); // nothing in it tells whose it was
            return;
        }
        NetworkReport report = meaning(type, code);
        if (report == null) {
            discards.drop(Discard.UNKNOWN_PDU, message);
            return;
        }
        boolean isNews = report != NetworkReport.TOO_LONG
                || !own.isOwn(quotedDestination) && pathMtus.tooLong(quotedDestination, nextHopMtu, totalLength);
        if (!isNews) {
            discards.drop(Discard.UNEXPECTED, message);
            return;
        }
        message.pullHeader(headerLength);
        reports.report(report, source, quotedSource, quotedDestination, protocol, message);
        message.release();
    }

    /** What an error message says to a user; null if nothing that we know. */
    private static NetworkReport meaning(int type, int code) {
        return switch (type) {
            case IcmpHeader.DESTINATION_UNREACHABLE ->
                switch (code) {
                    case IcmpHeader.PROTOCOL_UNREACHABLE -> NetworkReport.PROTOCOL_UNREACHABLE;
                    case IcmpHeader.PORT_UNREACHABLE -> NetworkReport.PORT_UNREACHABLE;
                    case IcmpHeader.FRAGMENTATION_NEEDED -> NetworkReport.TOO_LONG;
                    case IcmpHeader.NET_PROHIBITED,
                            IcmpHeader.HOST_PROHIBITED,
                            IcmpHeader.COMMUNICATION_PROHIBITED,
                            IcmpHeader.HOST_PRECEDENCE_VIOLATION,
                            IcmpHeader.PRECEDENCE_CUTOFF -> NetworkReport.PROHIBITED;
                    default -> code <= IcmpHeader.PRECEDENCE_CUTOFF ? NetworkReport.DESTINATION_UNREACHABLE : null;
                };
            case IcmpHeader.TIME_EXCEEDED ->
                switch (code) {
                    case IcmpHeader.IN_TRANSIT -> NetworkReport.LIFETIME_EXPIRED;
                    case IcmpHeader.REASSEMBLY -> NetworkReport.REASSEMBLY_TIMEOUT;
                    default -> null;
                };
            default -> NetworkReport.PARAMETER_PROBLEM;
        };
    }
}
