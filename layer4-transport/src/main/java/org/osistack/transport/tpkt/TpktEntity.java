package org.osistack.transport.tpkt;

import java.util.HashMap;
import java.util.Map;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.OctetStreamTransport;
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportListener;
import org.osistack.transport.TransportUser;

/** The transport entity of RFC 1006 on one host. */
final class TpktEntity implements RecordTransport {
    /** The TCP port of the ISO transport service (RFC 1006 §5). */
    static final int PORT = 102;

    private final Host host;
    private final OctetStreamTransport tcp;
    private final Settings settings;
    private final Discards discards;
    private final Map<TransportAddress, SelectorTable> ports = new HashMap<>();
    private int reference;

    TpktEntity(Host host, OctetStreamTransport tcp, Settings settings) {
        this.host = host;
        this.tcp = tcp;
        this.settings = settings;
        this.discards = host.discards(4, "TPKT");
        this.reference = host.random().nextInt(0x10000);
    }

    @Override
    public void attach(TransportAddress local, TransportListener listener) {
        TransportAddress port = port(local);
        SelectorTable selectors = ports.get(port);
        if (selectors == null) {
            SelectorTable added = new SelectorTable();
            tcp.attach(port, (stream, expedited) -> {
                TpktConnection connection = newConnection();
                connection.accept((OctetStreamConnection) stream, added);
                return connection;
            });
            ports.put(port, added);
            selectors = added;
        }
        selectors.attach(local.selector(), listener);
    }

    @Override
    public void detach(TransportAddress local) {
        TransportAddress port = port(local);
        SelectorTable selectors = ports.get(port);
        if (selectors == null) {
            return;
        }
        selectors.detach(local.selector());
        if (selectors.isEmpty()) {
            ports.remove(port);
            tcp.detach(port);
        }
    }

    private static TransportAddress port(TransportAddress address) {
        return new TransportAddress(address.host(), address.port() == 0 ? PORT : address.port());
    }

    @Override
    public TransportConnection connectRequest(
            TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user) {
        TpktConnection connection = newConnection();
        connection.connect(calling, called, expedited, user);
        return connection;
    }

    /** References tell nothing apart here, since each connection has a stream of its own; but 0 is not one. */
    private TpktConnection newConnection() {
        reference = reference % 0xffff + 1;
        return new TpktConnection(this, host, settings, reference);
    }

    OctetStreamConnection openStream(TransportAddress calling, TransportAddress called, TransportUser user) {
        return tcp.connectRequest(calling, called, false, user);
    }

    Discards discards() {
        return discards;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return tcp.parseAddress(text);
    }

    @Override
    public DatagramTransport connectionless() {
        return tcp.connectionless();
    }
}
