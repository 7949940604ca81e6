package org.osistack.session.x225;

import java.util.Objects;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/** The transport connection of one machine: its beginning and end, and which of its flows an SPDU takes. */
final class TransportSide {
    private static final int LONGEST_EXPEDITED = 16; // octets in a T-EXPEDITED-DATA

    private final X225Entity entity;
    private final Variables v;
    private final Sender sender;

    private TransportConnection connection; // null if there is none
    private TransportAddress calling; // of one that this side opened, as the user named it
    private TransportAddress called;
    private boolean takesExpedited; // when the transport offers its expedited flow
    private boolean stopped; // by the user

    TransportSide(X225Entity entity, Variables v, Sender sender) {
        this.entity = entity;
        this.v = v;
        this.sender = sender;
    }

    /** T-CONNECT.request. */
    void open(Establishment establishment, TransportUser user) {
        calling = establishment.calling();
        called = establishment.remote().transport();
        use(entity.connectTransport(calling, called, establishment.wantsExpeditedFlow(), user));
    }

    /** T-CONNECT.indication, to be answered. */
    void offered(TransportConnection newConnection, boolean expedited) {
        takesExpedited = expedited;
        use(newConnection);
    }

    /** T-CONNECT.response. */
    void accept() {
        connection.connectResponse(takesExpedited);
        v.texp = takesExpedited && connection.isExpedited();
    }

    /** T-DISCONNECT.request. */
    void disconnect() {
        connection.disconnectRequest();
    }

    /** It has ended. */
    void forget() {
        use(null);
    }

    private void use(TransportConnection newConnection) {
        connection = newConnection;
        stopped = false;
        sender.use(newConnection);
    }

    /** The connection; null if there is none. */
    TransportConnection connection() {
        return connection;
    }

    /** Whether this side opened it, from and to these addresses. */
    boolean isFor(TransportAddress wantedCalling, TransportAddress wantedCalled) {
        return wantedCalled.equals(called) && Objects.equals(calling, wantedCalling);
    }

    /** Let the transport indicate data, or not for now. */
    void flow(boolean stop) {
        if (connection == null || stop == stopped) {
            return;
        }
        stopped = stop;
        if (stop) {
            connection.pause();
        } else {
            connection.resume();
        }
    }

    /** Whether an ABORT needs a PREPARE in front of it: there is an expedited flow, and it has no room there. */
    boolean mustPrepare(Spdu abort) {
        return v.texp && abort.length() > LONGEST_EXPEDITED;
    }

    /** PREPARE has no other flow than the expedited one; an ABORT takes it if it fits (X.225 §6.3.5). */
    void send(Spdu spdu) {
        if (spdu.type() == SpduType.PR || v.texp && spdu.type() == SpduType.AB && !mustPrepare(spdu)) {
            sender.expedited(spdu);
        } else {
            sender.send(spdu);
        }
    }
}
