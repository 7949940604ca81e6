package org.osistack.transport.tpkt;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/** A user of a connection that writes down what it hears. */
class User implements TransportUser {
    final List<Octets> data = new ArrayList<>();
    final List<Octets> expedited = new ArrayList<>();
    /** Data as {@code D length}, expedited data as {@code X octets}, in the order in which they came. */
    final List<String> heard = new ArrayList<>();

    final List<DisconnectReason> ends = new ArrayList<>();
    TransportConnection connection;
    boolean confirmed;
    int ready;
    boolean released;

    @Override
    public void connectConfirm(TransportConnection newConnection) {
        confirmed = true;
    }

    @Override
    public void dataIndication(Pdu tsdu) {
        data.add(Octets.of(tsdu));
        heard.add("D " + tsdu.length());
        tsdu.release();
    }

    @Override
    public void expeditedDataIndication(Pdu tsdu) {
        expedited.add(Octets.of(tsdu));
        heard.add("X " + Octets.of(tsdu));
        tsdu.release();
    }

    @Override
    public void readyIndication() {
        ready++;
    }

    @Override
    public void releaseIndication() {
        released = true;
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        ends.add(reason);
    }

    String received() {
        StringBuilder all = new StringBuilder();
        data.forEach(all::append);
        return all.toString();
    }
}
