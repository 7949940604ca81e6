package org.osistack.transport.tcp;

import org.osistack.core.Host;

/** The segments of a connection that carry none of its user's text: SYN, bare acknowledgements, RST. */
final class ControlSegments {
    private final TcpConnection connection;
    private final Host host;
    private final SegmentWriter writer;
    private final TcpCounters counters;
    private final RateLimit challengeAcks = new RateLimit();

    ControlSegments(TcpConnection connection, TcpEntity entity) {
        this.connection = connection;
        this.host = entity.host;
        this.writer = entity.writer;
        this.counters = entity.counters;
    }

    /** Send our SYN, with an acknowledgement of the peer's if that has come. */
    void sendSyn() {
        writer.sendSyn(
                connection, connection.state == TcpState.SYN_SENT ? TcpHeader.SYN : TcpHeader.SYN | TcpHeader.ACK);
    }

    void sendAck() {
        writer.send(connection, connection.snd.sndNxt, 0, 0, 0);
    }

    /** Answer something doubtful with an acknowledgement, but not too often (RFC 5961 §7). */
    void sendChallengeAck() {
        if (!challengeAcks.allows(host.now())) {
            return;
        }
        counters.challengeAcks++;
        if (connection.state == TcpState.SYN_RECEIVED) {
            sendSyn();
        } else {
            sendAck();
        }
    }

    /** Send an acknowledgement with the number of an octet that the peer has, so that it answers (§3.8.4). */
    void sendKeepAlive() {
        writer.send(connection, connection.snd.sndUna - 1, 0, 0, 0);
    }

    void sendReset() {
        writer.sendBare(
                connection.local,
                connection.remote,
                connection.localPort,
                connection.remotePort,
                connection.snd.sndNxt,
                connection.rcv.rcvNxt,
                TcpHeader.RST | TcpHeader.ACK);
    }
}
