package org.osistack.transport.tcp;

import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.management.TransportEndpoint;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.TransportAddress;

/**
 * One connection: what RFC 9293 calls its transmission control block, and the events that come from the user (§3.10.1 to
 * §3.10.6) and from time (§3.10.8). {@link TcpState} shows its life; how it begins is in {@link Opening}, what a segment
 * does in {@link SegmentArrival}, and what a report of the network does in {@link ReportArrival}.
 */
final class TcpConnection implements OctetStreamConnection {
    /** One tick of the timestamp clock (RFC 7323 §5.4). */
    static final long TIMESTAMP_NANOS = 1_000_000L;

    final NetworkAddress local;
    final int localPort;
    final NetworkAddress remote;
    final int remotePort;
    final long createdAt;
    final Sender snd;
    final Receiver rcv;
    final Opening opening;
    final Delivery delivery = new Delivery(this);
    final ControlSegments control;
    final ReportArrival reports;
    final TimeWait timeWait;
    TcpState state = TcpState.CLOSED;
    int timestampOffset; // of the clock that timestamp() reads; chosen by Opening

    private final TcpEntity entity;
    private final Host host;
    private final TransportAddress localAddress;
    private final TransportAddress remoteAddress;
    private final KeepAlive keepAlive;
    private Origin origin; // made when somebody watches
    private boolean openDue; // the user is to be told that the connection is open

    TcpConnection(TcpEntity entity, TransportAddress local, TransportAddress remote, Listener listener) {
        this.entity = entity;
        this.host = entity.host;
        this.localAddress = local;
        this.remoteAddress = remote;
        this.local = local.host();
        this.localPort = local.port();
        this.remote = remote.host();
        this.remotePort = remote.port();
        this.createdAt = host.now();
        this.keepAlive = new KeepAlive(this, host, entity.settings.keepAliveNanos());
        this.opening = new Opening(this, entity, listener);
        this.control = new ControlSegments(this, entity);
        this.reports = new ReportArrival(this, entity);
        this.timeWait = new TimeWait(this, entity);
        this.snd = new Sender(this, entity);
        this.rcv = new Receiver(this, entity, delivery);
    }

    /** The handshake is complete; the user hears of it when the segment has been dealt with. */
    void established(String cause) {
        transition(TcpState.ESTABLISHED, cause);
        snd.established();
        openDue = true;
        if (snd.isFinRequested()) {
            transition(TcpState.FIN_WAIT_1, "T-RELEASE.request");
        }
        keepAlive.start();
    }

    // Requests of the user

    @Override
    public void connectResponse(boolean expedited) {
        opening.accept();
    }

    @Override
    public TransportAddress local() {
        return localAddress;
    }

    @Override
    public TransportAddress remote() {
        return remoteAddress;
    }

    @Override
    public boolean isExpedited() {
        return false;
    }

    @Override
    public boolean dataRequest(Pdu tsdu) {
        if (delivery.isEnded()) {
            tsdu.release();
            return true;
        }
        if (snd.isFinRequested()) {
            throw new IllegalStateException("data after the release of this direction");
        }
        if (!snd.buffer.accept(tsdu)) {
            return false;
        }
        tsdu.release();
        snd.output();
        return true;
    }

    @Override
    public boolean expeditedDataRequest(Pdu tsdu) {
        throw new IllegalStateException("TCP has no expedited data");
    }

    @Override
    public void releaseRequest() {
        if (delivery.isEnded() || snd.isFinRequested()) {
            return;
        }
        snd.requestFin();
        if (state == TcpState.ESTABLISHED) {
            transition(TcpState.FIN_WAIT_1, "T-RELEASE.request");
        } else if (state == TcpState.CLOSE_WAIT) {
            transition(TcpState.LAST_ACK, "T-RELEASE.request");
        }
        snd.output();
    }

    @Override
    public int sendCapacity() {
        return delivery.isEnded() || snd.isFinRequested() ? 0 : snd.buffer.free();
    }

    @Override
    public int unacknowledged() {
        return snd.buffer.length();
    }

    @Override
    public void pause() {
        delivery.pause();
    }

    @Override
    public void resume() {
        delivery.resume();
        host.loop().defer(this::finish);
    }

    @Override
    public void disconnectRequest() {
        if (delivery.isEnded()) {
            return;
        }
        delivery.end();
        if (isPeerToBeTold()) {
            control.sendReset();
        }
        if (state != TcpState.TIME_WAIT) {
            close("T-DISCONNECT.request");
        }
        entity.lingers(this, false);
    }

    // The end

    /** Whether the peer would wait for something if the connection ended now without a word (RFC 9293 §3.10.5). */
    private boolean isPeerToBeTold() {
        return switch (state) {
            case SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT -> true;
            case CLOSING, LAST_ACK -> !snd.isFinSent();
            case CLOSED, SYN_SENT, TIME_WAIT -> false;
        };
    }

    /** The peer has acknowledged our FIN, which came after its own. */
    void lastAckReceived(String cause) {
        delivery.released();
        close(cause);
    }

    /** End the connection abruptly and tell the user why. */
    void abort(DisconnectReason reason, String cause) {
        close(cause);
        delivery.end(reason);
    }

    /** Forget a connection that no user knows of yet. */
    void drop(String cause) {
        delivery.end();
        close(cause);
    }

    /** The peer is silent for too long (RFC 9293 §3.8.3: R2). */
    void giveUp() {
        if (state.isSynchronized()) {
            control.sendReset();
        } else {
            entity.counters.attemptFails++;
        }
        abort(reports.isUnreachable() ? DisconnectReason.UNREACHABLE : DisconnectReason.TIMEOUT, "user timeout");
    }

    /** The stack is being closed: tell both the peer and the user. */
    void stackClosed() {
        if (!delivery.isEnded()) {
            if (isPeerToBeTold()) {
                control.sendReset();
            }
            abort(DisconnectReason.LOCAL_CLOSE, "stack closed");
        } else {
            close("stack closed");
        }
    }

    /** Send nothing more and keep nothing that comes, but for answers. */
    void stop() {
        keepAlive.stop();
        snd.close();
        rcv.close();
    }

    /** Forget the connection. */
    void close(String cause) {
        if (state == TcpState.CLOSED) {
            return;
        }
        transition(TcpState.CLOSED, cause);
        timeWait.cancel();
        stop();
        opening.closed();
        entity.forget(this);
    }

    // What every event ends with

    /** Let the user hear what is due, then send what is due. */
    void finish() {
        if (openDue) {
            openDue = false;
            opening.indicate();
        }
        delivery.run();
        if (state == TcpState.CLOSED) {
            entity.lingers(this, !delivery.isEnded());
            return;
        }
        snd.output();
        if (state.isSynchronized()) {
            rcv.acknowledgeIfDue();
        }
    }

    /** The peer is there, and something got through. */
    void heard() {
        reports.gotThrough();
        keepAlive.heard();
    }

    // For those who send

    /** The present time of the clock whose values the timestamps option carries. */
    int timestamp() {
        return (int) (host.now() / TIMESTAMP_NANOS) + timestampOffset;
    }

    /** How long a segment, without its header, may be on the way to the peer, as far as is known. */
    int pathMaxSegment() {
        return entity.network.maxSduLength(remote) - TcpHeader.LENGTH;
    }

    /** The value of our MSS option. */
    int ownMaxSegment() {
        return Math.min(0xffff, Math.min(entity.settings.maxSegment(), pathMaxSegment()));
    }

    // For those who watch

    /** Go to another state. */
    void transition(TcpState next, String cause) {
        TcpState before = state;
        state = next;
        if (host.observer().isWatching()) {
            host.observer().stateChanged(origin(), before.text(), next.text(), cause);
        }
    }

    void note(String text) {
        if (host.observer().isWatching()) {
            host.observer().note(origin(), text);
        }
    }

    Origin origin() {
        if (origin == null) {
            origin = new Origin(4, "TCP", localPort + " → " + remotePort);
        }
        return origin;
    }

    TransportEndpoint describe() {
        return new TransportEndpoint(
                "TCP",
                state.text(),
                localAddress.toString(),
                remoteAddress.toString(),
                snd.buffer.length(),
                delivery.heldOctets(),
                snd.congestion.cwnd(),
                snd.congestion.ssthresh(),
                snd.window.octets(),
                snd.mss(),
                snd.rtt.srtt(),
                snd.rtt.rto(),
                snd.octetsAcknowledged,
                rcv.octetsReceived,
                snd.retransmissions);
    }

    @Override
    public String toString() {
        return localAddress + " → " + remoteAddress + " " + state.text();
    }
}
