package org.osistack.session.none;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.SessionAddress;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.TransportAddress;

/** S-UNIT-DATA straight on T-UNITDATA. */
final class NoneDatagrams implements ConnectionlessSession {
    private final DatagramTransport transport;

    NoneDatagrams(DatagramTransport transport) {
        this.transport = transport;
    }

    private static SessionAddress up(TransportAddress address) {
        return new SessionAddress(Selector.EMPTY, address);
    }

    private static TransportAddress down(SessionAddress address) {
        if (!address.selector().isEmpty()) {
            throw new IllegalArgumentException("this session layer has no session selectors: " + address);
        }
        return address.transport();
    }

    @Override
    public SessionAddress attach(SessionAddress local, User user) {
        return up(transport.attach(
                down(local),
                (source, destination, tsdu) -> user.unitDataIndication(up(source), up(destination), tsdu)));
    }

    @Override
    public void detach(SessionAddress local) {
        transport.detach(down(local));
    }

    @Override
    public void unitDataRequest(SessionAddress source, SessionAddress destination, int lifetime, Pdu ssdu) {
        transport.unitDataRequest(down(source), down(destination), lifetime, ssdu);
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        transport.joinGroup(group);
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        transport.leaveGroup(group);
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return transport.sourceFor(destination);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return transport.parseAddress(text);
    }
}
