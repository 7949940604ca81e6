package org.osistack.network.ipv4;

import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.management.EchoService;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkReport;

/** Those on this host who ask others for an echo (ping), each with its identifier. */
final class EchoSessions implements EchoService {
    static final int MAX_SESSIONS = 64;
    /** How many requests of one session may be under way so that their replies are still recognized. */
    static final int MAX_OUTSTANDING = 1024;

    private static final int MAX_DATA = Ipv4Header.MAX_TOTAL_LENGTH - Ipv4Header.LENGTH - IcmpHeader.LENGTH;

    private final Host host;
    private final Ipv4Sender sender;
    private final IcmpHeader header = new IcmpHeader();
    private final Session[] sessions = new Session[MAX_SESSIONS];

    EchoSessions(Host host, Ipv4Sender sender) {
        this.host = host;
        this.sender = sender;
    }

    @Override
    public Echo openEcho(EchoUser user) {
        for (int i = 0; i < MAX_SESSIONS; i++) {
            if (sessions[i] == null) {
                // the place in the low bits, so that identifiers differ, and chance in the others
                int identifier = (host.random().nextInt(0x10000) & -MAX_SESSIONS | i) & 0xffff;
                sessions[i] = new Session(identifier, user);
                return sessions[i];
            }
        }
        throw new IllegalStateException("there are " + MAX_SESSIONS + " already that ask for echoes");
    }

    /**
     * An echo reply has come.
     *
     * @return whether somebody waited for it
     */
    boolean reply(int source, int identifier, int sequence, int dataLength, int lifetime) {
        Session session = find(identifier);
        if (session == null || !session.isOutstanding(sequence)) {
            return false;
        }
        long roundTrip = host.now() - session.sentAt[sequence % MAX_OUTSTANDING];
        session.user.echoReply(Ipv4Address.of(source), sequence, dataLength, lifetime, roundTrip);
        return true;
    }

    /**
     * An echo request did not arrive.
     *
     * @param request its first octets; remains the caller's
     */
    void report(NetworkReport report, int reporter, Pdu request) {
        if (!IcmpHeader.isValid(request)) {
            return;
        }
        header.wrap(request);
        int identifier = header.identifier();
        int sequence = header.sequence();
        Session session = header.type() == IcmpHeader.ECHO ? find(identifier) : null;
        if (session != null && session.isOutstanding(sequence)) {
            session.user.echoReport(failure(report), Ipv4Address.of(reporter), sequence);
        }
    }

    private static Failure failure(NetworkReport report) {
        return switch (report) {
            case DESTINATION_UNREACHABLE, PROTOCOL_UNREACHABLE, PORT_UNREACHABLE -> Failure.UNREACHABLE;
            case TOO_LONG -> Failure.TOO_LONG;
            case LIFETIME_EXPIRED -> Failure.LIFETIME_EXPIRED;
            case REASSEMBLY_TIMEOUT -> Failure.REASSEMBLY_TIMEOUT;
            case PARAMETER_PROBLEM -> Failure.PARAMETER_PROBLEM;
            case PROHIBITED -> Failure.PROHIBITED;
        };
    }

    private Session find(int identifier) {
        Session session = sessions[identifier % MAX_SESSIONS];
        return session != null && session.identifier == identifier ? session : null;
    }

    private final class Session implements Echo {
        private final int identifier;
        private final EchoUser user;
        private final long[] sentAt = new long[MAX_OUTSTANDING];
        private final int[] sequences = new int[MAX_OUTSTANDING]; // plus 1, so that 0 stands for none

        Session(int identifier, EchoUser user) {
            this.identifier = identifier;
            this.user = user;
        }

        boolean isOutstanding(int sequence) {
            return sequences[sequence % MAX_OUTSTANDING] == sequence + 1;
        }

        @Override
        public int identifier() {
            return identifier;
        }

        @Override
        public void request(
                NetworkAddress destination, int sequence, int dataLength, int lifetime, boolean maySegment) {
            if (dataLength < 0 || dataLength > MAX_DATA) {
                throw new IllegalArgumentException(
                        dataLength + " octets of data; an echo request carries from 0 to " + MAX_DATA);
            }
            if (sequence < 0 || sequence > 0xffff) {
                throw new IllegalArgumentException("a sequence number of " + sequence + "; it has 16 bits");
            }
            int to = Ipv4Entity.bits(destination);
            int hops = Ipv4Entity.checkedLifetime(lifetime);
            Pdu message = host.pool().take(IcmpHeader.LENGTH + dataLength).pushTrailer(IcmpHeader.LENGTH + dataLength);
            for (int i = 0; i < dataLength; i++) {
                message.putUint8(IcmpHeader.LENGTH + i, i);
            }
            header.wrap(message)
                    .typeAndCode(IcmpHeader.ECHO, 0)
                    .rest(identifier << 16 | sequence)
                    .fillChecksum();
            sequences[sequence % MAX_OUTSTANDING] = sequence + 1;
            sentAt[sequence % MAX_OUTSTANDING] = host.now();
            sender.send(0, to, IcmpHeader.PROTOCOL, 0, hops, maySegment, message);
        }

        @Override
        public void close() {
            if (sessions[identifier % MAX_SESSIONS] == this) {
                sessions[identifier % MAX_SESSIONS] = null;
            }
        }
    }
}
