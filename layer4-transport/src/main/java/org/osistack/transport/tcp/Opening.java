package org.osistack.transport.tcp;

import org.osistack.core.Host;
import org.osistack.transport.TransportUser;

/**
 * How a connection comes about (RFC 9293 §3.5): this side opens it, or a SYN comes for a listener, whose user accepts or
 * refuses it when the handshake is complete.
 */
final class Opening {
    private final TcpConnection connection;
    private final TcpEntity entity;
    private final Host host;
    private final Listener listener; // null if this side opens the connection
    private boolean answerDue; // the listener's user has not answered yet

    Opening(TcpConnection connection, TcpEntity entity, Listener listener) {
        this.connection = connection;
        this.entity = entity;
        this.host = entity.host;
        this.listener = listener;
    }

    boolean isPassive() {
        return listener != null;
    }

    /** Open actively, in the next turn, so that the user hears nothing before its request has returned. */
    void connect(TransportUser user) {
        connection.delivery.user(user);
        connection.transition(TcpState.SYN_SENT, "T-CONNECT.request");
        host.loop().defer(() -> {
            if (connection.state == TcpState.SYN_SENT) {
                begin(null);
            }
        });
    }

    /** Open passively: a SYN has come for the listener. */
    void answer(Segment syn, TcpConnection earlier) {
        listener.opening(connection);
        connection.transition(TcpState.SYN_RECEIVED, "SYN");
        connection.rcv.begin(syn);
        connection.snd.negotiated(syn.options);
        connection.snd.window.begin(syn);
        begin(earlier);
    }

    private void begin(TcpConnection earlier) {
        long secret =
                entity.isns.secretOf(connection.local, connection.localPort, connection.remote, connection.remotePort);
        connection.timestampOffset = IsnGenerator.timestampOffset(secret);
        int iss = IsnGenerator.isn(secret, host.now());
        if (earlier != null && !SequenceNumber.isAfter(iss, earlier.snd.sndNxt)) {
            iss = earlier.snd.sndNxt + 64_000; // RFC 9293 §3.10.7.4: larger than any of the previous incarnation
        }
        connection.snd.begin(iss);
        connection.control.sendSyn();
    }

    /** Tell the user that the handshake is complete. */
    void indicate() {
        if (listener == null) {
            connection.delivery.confirm();
            return;
        }
        listener.opened(connection);
        answerDue = true;
        TransportUser user = listener.user.connectIndication(connection, false);
        if (connection.delivery.isEnded()) {
            return; // refused in the meantime
        }
        if (user == null) {
            connection.disconnectRequest();
        } else {
            connection.delivery.user(user);
        }
    }

    /** The listener's user accepts the connection. */
    void accept() {
        if (!answerDue || connection.delivery.isEnded()) {
            return;
        }
        answered();
        connection.delivery.accepted();
        host.loop().defer(connection::finish);
    }

    private void answered() {
        if (answerDue) {
            answerDue = false;
            listener.answered();
        }
    }

    /** The connection is closed, whether it has come about or not. */
    void closed() {
        if (listener != null) {
            listener.closed(connection);
        }
        answered();
    }
}
