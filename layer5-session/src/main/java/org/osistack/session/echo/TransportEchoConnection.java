package org.osistack.session.echo;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.osistack.core.Pdu;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/**
 * Sends back each TSDU as it came, or, as a sink, none. While the transport takes none, the peer has to wait, but for
 * expedited data, of which there is only so much under way.
 */
final class TransportEchoConnection implements TransportUser {
    private static final int MAX_WAITING_EXPEDITED = 1000;

    private final TransportConnection connection;
    private final boolean sink;
    private final ArrayDeque<Pdu> waiting = new ArrayDeque<>();
    private final ArrayDeque<Pdu> waitingExpedited = new ArrayDeque<>();
    private Consumer<DisconnectReason> onEnd;

    TransportEchoConnection(TransportConnection connection, boolean sink) {
        this.connection = connection;
        this.sink = sink;
    }

    void whenEnded(Consumer<DisconnectReason> newOnEnd) {
        onEnd = newOnEnd;
    }

    @Override
    public void dataIndication(Pdu tsdu) {
        if (sink) {
            tsdu.release();
        } else if (!waiting.isEmpty() || !connection.dataRequest(tsdu)) {
            waiting.addLast(tsdu);
            connection.pause();
        }
    }

    @Override
    public void expeditedDataIndication(Pdu tsdu) {
        if (sink) {
            tsdu.release();
        } else if (waitingExpedited.size() >= MAX_WAITING_EXPEDITED) {
            tsdu.release();
            disconnect();
            onEnd.accept(DisconnectReason.CONGESTION);
        } else if (!waitingExpedited.isEmpty() || !connection.expeditedDataRequest(tsdu)) {
            waitingExpedited.addLast(tsdu);
        }
    }

    @Override
    public void readyIndication() {
        while (!waitingExpedited.isEmpty() && connection.expeditedDataRequest(waitingExpedited.peekFirst())) {
            waitingExpedited.pollFirst();
        }
        while (!waiting.isEmpty() && connection.dataRequest(waiting.peekFirst())) {
            waiting.pollFirst();
        }
        if (waiting.isEmpty()) {
            connection.resume();
        }
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        clear();
        onEnd.accept(reason);
    }

    /** End at once, without a word to whoever wants to hear of the end. */
    void disconnect() {
        clear();
        connection.disconnectRequest();
    }

    private void clear() {
        waiting.forEach(Pdu::release);
        waiting.clear();
        waitingExpedited.forEach(Pdu::release);
        waitingExpedited.clear();
    }
}
