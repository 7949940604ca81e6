package org.osistack.session.echo;

import java.util.Iterator;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.core.management.ServiceEcho.Listener;
import org.osistack.core.management.ServiceEcho.Walk;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/**
 * The initiator: a line by T-DATA, the next by T-EXPEDITED-DATA if it can be had and the line is short enough, and so on;
 * then T-DISCONNECT. After a line that was too long, the next is expedited.
 */
final class TransportWalker implements TransportUser {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final int MAX_EXPEDITED = 16; // octets, X.214 §12.3.2

    private final Host host;
    private final Walk walk;
    private final Listener listener;
    private final Timer patience;
    private final Iterator<Octets> lines;
    private TransportConnection connection; // null until there is one
    private Octets line; // sent, or about to be; null if none is
    private boolean expedited;
    private boolean awaited; // whether it was sent
    private boolean connected;
    private boolean over;
    private int differences;

    TransportWalker(Host host, Walk walk, Listener listener) {
        this.host = host;
        this.walk = walk;
        this.listener = listener;
        this.lines = walk.lines().iterator();
        this.expedited = true;
        this.patience = host.newTimer(() -> fail("no answer in " + PATIENCE_NANOS / 1_000_000_000L + " s"));
        patience.arm(PATIENCE_NANOS);
    }

    void connection(TransportConnection newConnection) {
        connection = newConnection;
    }

    @Override
    public void connectConfirm(TransportConnection confirmed) {
        connection = confirmed;
        connected = true;
        listener.step("connected" + (confirmed.isExpedited() ? ", with expedited data" : ""));
        advance();
    }

    private void advance() {
        while (!over && !awaited) {
            if (line == null && !lines.hasNext()) {
                connection.disconnectRequest();
                listener.step("T-DISCONNECT");
                finish(null);
                return;
            }
            if (line == null) {
                line = lines.next();
                expedited = !expedited && line.length() <= MAX_EXPEDITED;
            }
            awaited = true;
            patience.arm(PATIENCE_NANOS);
            if (!send()) {
                awaited = false;
                return;
            }
            if (walk.sink()) {
                listener.step(service());
                line = null;
                awaited = false;
            }
        }
    }

    private boolean isExpedited() {
        return expedited && connection.isExpedited();
    }

    private String service() {
        return isExpedited() ? "T-EXPEDITED-DATA" : "T-DATA";
    }

    private boolean send() {
        Pdu tsdu = host.pool().take(line.length());
        line.appendTo(tsdu);
        boolean taken = isExpedited() ? connection.expeditedDataRequest(tsdu) : connection.dataRequest(tsdu);
        if (!taken) {
            tsdu.release();
        }
        return taken;
    }

    @Override
    public void dataIndication(Pdu tsdu) {
        came(tsdu, false);
    }

    @Override
    public void expeditedDataIndication(Pdu tsdu) {
        came(tsdu, true);
    }

    private void came(Pdu tsdu, boolean byExpedited) {
        Octets octets = Octets.of(tsdu);
        tsdu.release();
        if (!awaited) {
            fail("data came that was not sent");
            return;
        }
        boolean same = octets.equals(line) && byExpedited == isExpedited();
        differences += same ? 0 : 1;
        listener.step(service() + (same ? ": came back" : ": came back, and was not the same"));
        awaited = false;
        line = null;
        advance();
    }

    @Override
    public void readyIndication() {
        if (connected) {
            advance();
        }
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        finish(reason.text());
    }

    void abort() {
        fail("aborted on this side");
    }

    private void fail(String problem) {
        if (!over) {
            connection.disconnectRequest();
            finish(problem);
        }
    }

    private void finish(String problem) {
        if (!over) {
            over = true;
            patience.disarm();
            listener.finished(differences, problem);
        }
    }
}
