package org.osistack.transport.tcp;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Stack;
import org.osistack.core.management.TransportEndpoint;
import org.osistack.core.management.TransportManagement;
import org.osistack.network.NetworkReport;
import org.osistack.network.NetworkService;
import org.osistack.network.NetworkUser;
import org.osistack.network.TransportProtocol;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.EphemeralPorts;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.OctetStreamTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportListener;
import org.osistack.transport.TransportUser;
import org.osistack.transport.udp.UdpEntity;

/** The TCP entity of one host: it opens connections, and finds the one that a segment belongs to. */
final class TcpEntity implements OctetStreamTransport, NetworkUser, TransportManagement, Stack.Closeable {
    private static final long TIME_WAIT_REUSE_NANOS = 1_000_000_000L; // the coarsest timestamp clock of RFC 7323 §5.4

    final Host host;
    final NetworkService network;
    final TcpSettings settings;
    final Discards discards;
    final TcpCounters counters = new TcpCounters();
    final RingCache rings = new RingCache();
    final MemoryBudget reassemblyBudget;
    final IsnGenerator isns;
    final SegmentWriter writer;

    private final UdpEntity udp;
    private final boolean partialChecksums;
    private final ConnectionTable connections;
    private final List<Listener> listeners = new ArrayList<>();
    private final LinkedHashSet<TcpConnection> timeWaits = new LinkedHashSet<>(); // the oldest first
    private final LinkedHashSet<TcpConnection> lingering = new LinkedHashSet<>(); // over, but not for a paused user
    private final SegmentArrival arrival;
    private final TcpHeader header = new TcpHeader();
    private Segment idle = new Segment(); // null while it is in use

    TcpEntity(Host host, NetworkService network, TcpSettings settings) {
        this.host = host;
        this.network = network;
        this.settings = settings;
        this.discards = host.discards(4, "TCP");
        this.partialChecksums = network.medium().partialChecksums();
        this.reassemblyBudget = new MemoryBudget(settings.outOfOrder());
        this.isns = new IsnGenerator(host.random());
        this.connections = new ConnectionTable(host.random().nextInt());
        this.writer = new SegmentWriter(host, network, counters);
        this.arrival = new SegmentArrival(this);
        this.udp = new UdpEntity(host, network);
        network.attach(TransportProtocol.TCP, this);
    }

    // The transport service

    @Override
    public void attach(TransportAddress local, TransportListener listener) {
        if (local.port() == 0) {
            throw new IllegalArgumentException("TCP has no port of its own to listen on: name one");
        }
        for (Listener other : listeners) {
            if (other.address.equals(local)) {
                throw new IllegalStateException("TCP port " + local.port() + " is in use");
            }
        }
        listeners.add(new Listener(local, listener, settings.backlog()));
    }

    @Override
    public void detach(TransportAddress local) {
        for (Iterator<Listener> i = listeners.iterator(); i.hasNext(); ) {
            Listener listener = i.next();
            if (listener.address.equals(local)) {
                i.remove();
                listener.close();
                return;
            }
        }
    }

    @Override
    public OctetStreamConnection connectRequest(
            TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user) {
        NetworkAddress remote = called.host();
        if (remote == null || called.port() == 0 || network.isGroup(remote)) {
            throw new IllegalArgumentException("not an address that TCP can connect to: " + called);
        }
        NetworkAddress given = calling == null ? null : calling.host();
        if (given != null && !network.isLocal(given)) {
            throw new IllegalArgumentException("not an address of this host: " + given);
        }
        NetworkAddress local = given != null ? given : network.sourceFor(remote);
        int port = calling == null ? 0 : calling.port();
        if (port != 0 && local != null) {
            checkUnused(local, port, called);
        }
        counters.activeOpens++;
        if (local == null) {
            return refused(local, port, called, user, DisconnectReason.UNREACHABLE);
        }
        if (port == 0) {
            port = choosePort(local, called);
        }
        if (port == 0 || !hasRoom()) {
            return refused(local, port, called, user, DisconnectReason.CONGESTION);
        }
        TcpConnection connection = new TcpConnection(this, new TransportAddress(local, port), called, null);
        connections.add(connection);
        connection.opening.connect(user);
        return connection;
    }

    private TcpConnection refused(
            NetworkAddress local, int port, TransportAddress called, TransportUser user, DisconnectReason reason) {
        counters.attemptFails++;
        TcpConnection connection = new TcpConnection(this, new TransportAddress(local, port), called, null);
        connection.delivery.user(user);
        host.loop().defer(() -> connection.delivery.end(reason));
        return connection;
    }

    /**
     * Choose a port. When about half of them are taken by connections in TIME-WAIT to the same place, one of those may go
     * for the new one, so that a busy client neither runs out of ports nor spends its time on looking for a free one.
     */
    private int choosePort(NetworkAddress local, TransportAddress called) {
        boolean crowded = timeWaits.size() >= EphemeralPorts.COUNT / 2;
        int port = EphemeralPorts.choose(
                host.random(),
                candidate -> isFree(local, candidate, called) || crowded && isReusable(local, candidate, called));
        TcpConnection earlier = connections.find(local, port, called.host(), called.port());
        if (earlier != null) {
            earlier.drop("reused");
        }
        return port;
    }

    /** Whether the port's connection is one that the peer can tell from a new one by its timestamps (RFC 6191). */
    private boolean isReusable(NetworkAddress local, int port, TransportAddress called) {
        TcpConnection existing = connections.find(local, port, called.host(), called.port());
        return existing != null
                && existing.state == TcpState.TIME_WAIT
                && existing.delivery.isEnded()
                && existing.snd.timestamps
                && host.now() - existing.timeWait.since() >= TIME_WAIT_REUSE_NANOS;
    }

    private void checkUnused(NetworkAddress local, int port, TransportAddress called) {
        TcpConnection existing = connections.find(local, port, called.host(), called.port());
        if (existing == null) {
            return;
        }
        if (existing.state != TcpState.TIME_WAIT || !existing.delivery.isEnded()) {
            throw new IllegalStateException("there is a connection already: " + existing);
        }
        existing.drop("reused"); // RFC 6191: the peer's end is gone, and our timestamps go on
    }

    private boolean isFree(NetworkAddress local, int port, TransportAddress called) {
        return connections.find(local, port, called.host(), called.port()) == null && listener(local, port) == null;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return network.parseAddress(text);
    }

    @Override
    public DatagramTransport connectionless() {
        return udp;
    }

    // The network's indications

    @Override
    public void unitDataIndication(NetworkAddress source, NetworkAddress destination, Pdu sdu) {
        counters.inSegs++;
        if (!TcpHeader.isValid(sdu)) {
            counters.inErrs++;
            discards.drop(sdu.length() < TcpHeader.LENGTH ? Discard.TOO_SHORT : Discard.BAD_LENGTH, sdu);
            return;
        }
        int pseudo = network.pseudoHeaderSum(source, destination, TransportProtocol.TCP, sdu.length());
        if (!header.wrap(sdu).isChecksumValid(pseudo, partialChecksums)) {
            counters.inErrs++;
            discards.drop(Discard.BAD_CHECKSUM, sdu);
            return;
        }
        if (network.isGroup(source) || network.isGroup(destination)) { // RFC 9293 §3.9.2.3, MUST-57
            discards.drop(network.isGroup(source) ? Discard.BAD_SOURCE : Discard.NOT_FOR_US, sdu);
            return;
        }
        Segment segment = idle != null ? idle : new Segment(); // a network may deliver while we send
        idle = null;
        segment.read(source, destination, sdu);
        segmentArrives(segment);
        if (segment.pdu() != null) {
            segment.take().release();
        }
        idle = segment;
    }

    private void segmentArrives(Segment segment) {
        TcpConnection connection =
                connections.find(segment.destination, segment.destinationPort, segment.source, segment.sourcePort);
        TcpConnection earlier = null;
        if (connection != null && connection.state == TcpState.TIME_WAIT && isNewIncarnation(connection, segment)) {
            earlier = connection;
            connection = null;
        }
        if (connection == null) {
            Listener listener = listener(segment.destination, segment.destinationPort);
            if (listener != null) {
                arrival.listen(segment, listener, earlier);
            } else {
                arrival.closed(segment);
            }
        } else if (connection.state == TcpState.SYN_SENT) {
            arrival.synSent(connection, segment);
        } else {
            arrival.other(connection, segment);
        }
    }

    /** Whether a SYN may take the place of a connection in TIME-WAIT (RFC 9293 §3.6.1, RFC 6191). */
    private boolean isNewIncarnation(TcpConnection connection, Segment segment) {
        if ((segment.control & (TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST)) != TcpHeader.SYN
                || !connection.delivery.isEnded()
                || listener(segment.destination, segment.destinationPort) == null) {
            return false;
        }
        boolean laterTime = connection.snd.timestamps
                && segment.options.timestamps
                && SequenceNumber.isAfter(segment.options.tsVal, connection.rcv.tsRecent);
        return laterTime || SequenceNumber.isAfter(segment.seq, connection.rcv.rcvNxt);
    }

    private Listener listener(NetworkAddress local, int port) {
        Listener found = null;
        for (int i = 0; i < listeners.size(); i++) {
            Listener candidate = listeners.get(i);
            if (candidate.matches(local, port) && (found == null || candidate.address.host() != null)) {
                found = candidate;
            }
        }
        return found;
    }

    /** A SYN has come for a listener: open a connection, if there is room. */
    void open(Segment syn, Listener listener, TcpConnection earlier) {
        if (earlier != null) {
            earlier.drop("SYN");
        }
        if (!listener.makeRoom(host.now()) || !hasRoom()) {
            counters.synQueueOverflows++;
            discards.drop(Discard.OVER_LIMIT, syn.take());
            return;
        }
        counters.passiveOpens++;
        TcpConnection connection = new TcpConnection(
                this,
                new TransportAddress(syn.destination, syn.destinationPort),
                new TransportAddress(syn.source, syn.sourcePort),
                listener);
        connections.add(connection);
        connection.opening.answer(syn, earlier);
    }

    private boolean hasRoom() {
        if (connections.size() + lingering.size() < settings.connections()) {
            return true;
        }
        return cutTimeWait();
    }

    @Override
    public void reportIndication(NetworkReport report, NetworkAddress source, NetworkAddress destination, Pdu sdu) {
        if (sdu.length() < 8) { // ports and sequence number: all that a network has to tell
            return;
        }
        header.wrap(sdu);
        TcpConnection connection = connections.find(source, header.sourcePort(), destination, header.destinationPort());
        if (connection != null) {
            int sequenceNumber = header.sequenceNumber();
            int inFlight = connection.snd.sndNxt - connection.snd.sndUna;
            if (SequenceNumber.isWithin(
                    sequenceNumber, connection.snd.sndUna, Math.max(1, inFlight))) { // RFC 5927 §4.1
                connection.reports.reported(report);
            }
        }
    }

    // Connections that end

    /** A connection is in TIME-WAIT from now on. When there are too many, the oldest one goes (RFC 9293 §3.3.2). */
    void timeWait(TcpConnection connection) {
        timeWaits.add(connection);
        if (timeWaits.size() > settings.timeWaits()) {
            cutTimeWait();
        }
    }

    private boolean cutTimeWait() {
        for (TcpConnection oldest : timeWaits) {
            if (oldest.delivery.isEnded()) {
                counters.timeWaitsCut++;
                oldest.drop("too many in TIME-WAIT");
                return true;
            }
        }
        return false;
    }

    /** The connection is closed. */
    void forget(TcpConnection connection) {
        connections.remove(connection);
        timeWaits.remove(connection);
    }

    /** Whether a closed connection still holds data for a user that has paused. */
    void lingers(TcpConnection connection, boolean lingers) {
        if (lingers) {
            lingering.add(connection);
        } else {
            lingering.remove(connection);
        }
    }

    @Override
    public void close() {
        listeners.clear();
        for (TcpConnection connection : connections.all()) {
            connection.stackClosed();
        }
        for (TcpConnection connection : List.copyOf(lingering)) {
            connection.stackClosed();
        }
        lingering.clear();
    }

    // Management

    @Override
    public List<TransportEndpoint> endpoints() {
        List<TransportEndpoint> list = new ArrayList<>();
        for (Listener listener : listeners) {
            list.add(TransportEndpoint.attached("TCP", "LISTEN", listener.address.toString()));
        }
        for (TcpConnection connection : connections.all()) {
            list.add(connection.describe());
        }
        list.addAll(udp.endpoints());
        return list;
    }

    @Override
    public Map<String, Long> counters() {
        long established = connections.all().stream()
                .filter(c -> c.state == TcpState.ESTABLISHED || c.state == TcpState.CLOSE_WAIT)
                .count();
        Map<String, Long> map = new LinkedHashMap<>(counters.byName(established));
        map.putAll(udp.counters());
        return map;
    }
}
