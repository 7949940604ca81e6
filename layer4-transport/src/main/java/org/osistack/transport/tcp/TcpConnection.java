package org.osistack.transport.tcp;

import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.management.TransportEndpoint;
import org.osistack.network.NetworkReport;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportUser;

/**
 * One connection: what RFC 9293 calls its transmission control block, and the events that come from the user (§3.10.1 to
 * §3.10.6) and from time (§3.10.8). What a segment does is in {@link SegmentArrival}.
 *
 * <pre>
 *              connectRequest                 SYN for a listener
 *    CLOSED ----------------> SYN-SENT                 |
 *                   SYN,ACK  /    \  SYN               v
 *                  ---------      ------------> SYN-RECEIVED
 *                  |                                   |  ACK of SYN
 *                  +----------> ESTABLISHED <----------+
 *           releaseRequest  /                 \  FIN
 *                          v                   v
 *              FIN-WAIT-1                       CLOSE-WAIT
 *     ACK of FIN /  \ FIN                           | releaseRequest
 *               v    v                              v
 *      FIN-WAIT-2    CLOSING                     LAST-ACK
 *           \ FIN     / ACK of FIN                  | ACK of FIN
 *            v       v                              v
 *            TIME-WAIT ------- 2 MSL -----------> CLOSED
 * </pre>
 */
final class TcpConnection implements OctetStreamConnection {
    /** One tick of the timestamp clock (RFC 7323 §5.4). */
    static final long TIMESTAMP_NANOS = 1_000_000L;

    private static final long PASSIVE_PATIENCE_NANOS = 63_000_000_000L; // a SYN,ACK is sent again five times
    private static final int SOFT_ERRORS_TO_GIVE_UP = 2; // of a SYN (RFC 5461 §4.1)

    final NetworkAddress local;
    final int localPort;
    final NetworkAddress remote;
    final int remotePort;
    final long createdAt;
    final Sender snd;
    final Receiver rcv;
    final Delivery delivery = new Delivery(this);
    TcpState state = TcpState.CLOSED;

    private final TcpEntity entity;
    private final Host host;
    private final Listener listener; // null if this side opened the connection
    private final TransportAddress localAddress;
    private final TransportAddress remoteAddress;
    private final Alarm timeWait;
    private final KeepAlive keepAlive;
    private final RateLimit challengeAcks = new RateLimit();
    private Origin origin; // made when somebody watches
    private int timestampOffset;
    private boolean openDue; // the user is to be told that the connection is open
    private boolean answerDue; // the listener's user has not answered yet
    private boolean reportPending;
    private int softErrors;
    private long timeWaitSince;

    TcpConnection(TcpEntity entity, TransportAddress local, TransportAddress remote, Listener listener) {
        this.entity = entity;
        this.host = entity.host;
        this.localAddress = local;
        this.remoteAddress = remote;
        this.local = local.host();
        this.localPort = local.port();
        this.remote = remote.host();
        this.remotePort = remote.port();
        this.listener = listener;
        this.createdAt = host.now();
        this.timeWait = new Alarm(host, this::onTimeWait);
        this.keepAlive = new KeepAlive(this, host, entity.settings.keepAliveNanos());
        this.snd = new Sender(this, entity);
        this.rcv = new Receiver(this, entity, delivery);
    }

    // Opening

    /** Open actively, in the next turn, so that the user hears nothing before its request has returned. */
    void connect(TransportUser user) {
        delivery.user(user);
        transition(TcpState.SYN_SENT, "T-CONNECT.request");
        host.loop().defer(() -> {
            if (state == TcpState.SYN_SENT) {
                begin(null);
            }
        });
    }

    /** Open passively: a SYN has come for the listener. */
    void answer(Segment syn, TcpConnection earlier) {
        listener.opening(this);
        transition(TcpState.SYN_RECEIVED, "SYN");
        rcv.begin(syn);
        snd.negotiated(syn.options);
        snd.initialWindow(syn);
        begin(earlier);
    }

    private void begin(TcpConnection earlier) {
        long secret = entity.isns.secretOf(local, localPort, remote, remotePort);
        timestampOffset = IsnGenerator.timestampOffset(secret);
        int iss = IsnGenerator.isn(secret, host.now());
        if (earlier != null && !SequenceNumber.isAfter(iss, earlier.snd.sndNxt)) {
            iss = earlier.snd.sndNxt + 64_000; // RFC 9293 §3.10.7.4: larger than any of the previous incarnation
        }
        snd.begin(iss);
        sendSyn();
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

    boolean isPassive() {
        return listener != null;
    }

    /** How long to wait for an answer to our SYN. */
    long handshakePatience() {
        return isPassive() ? PASSIVE_PATIENCE_NANOS : entity.settings.connectTimeoutNanos();
    }

    @Override
    public void connectResponse(boolean expedited) {
        if (!answerDue || delivery.isEnded()) {
            return;
        }
        answered();
        delivery.accepted();
        host.loop().defer(this::finish);
    }

    private void answered() {
        if (answerDue) {
            answerDue = false;
            listener.answered();
        }
    }

    // Requests of the user

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
        if (!snd.accept(tsdu)) {
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
            sendReset();
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

    /** Both sides have sent their FIN and ours is acknowledged: wait until the peer must know that, too. */
    void enterTimeWait(String cause) {
        transition(TcpState.TIME_WAIT, cause);
        keepAlive.stop();
        timeWaitSince = host.now();
        snd.close();
        rcv.close();
        delivery.released();
        entity.timeWait(this);
        restartTimeWait();
    }

    /** When the connection entered TIME-WAIT. */
    long timeWaitSince() {
        return timeWaitSince;
    }

    void restartTimeWait() {
        timeWait.set(entity.settings.timeWaitNanos());
    }

    private void onTimeWait() {
        close("2 MSL");
        finish();
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
            sendReset();
        } else {
            entity.counters.attemptFails++;
        }
        abort(softErrors > 0 ? DisconnectReason.UNREACHABLE : DisconnectReason.TIMEOUT, "user timeout");
    }

    /** The stack is being closed: tell both the peer and the user. */
    void stackClosed() {
        if (!delivery.isEnded()) {
            if (isPeerToBeTold()) {
                sendReset();
            }
            abort(DisconnectReason.LOCAL_CLOSE, "stack closed");
        } else {
            close("stack closed");
        }
    }

    private void close(String cause) {
        if (state == TcpState.CLOSED) {
            return;
        }
        transition(TcpState.CLOSED, cause);
        timeWait.cancel();
        keepAlive.stop();
        snd.close();
        rcv.close();
        if (listener != null) {
            listener.closed(this);
        }
        answered();
        entity.forget(this);
    }

    // What every event ends with

    /** Let the user hear what is due, then send what is due. */
    void finish() {
        if (openDue) {
            openDue = false;
            indicateOpen();
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

    private void indicateOpen() {
        if (listener == null) {
            delivery.confirm();
            return;
        }
        listener.opened(this);
        answerDue = true;
        TransportUser user = listener.user.connectIndication(this, false);
        if (delivery.isEnded()) {
            return; // refused in the meantime
        }
        if (user == null) {
            disconnectRequest();
        } else {
            delivery.user(user);
        }
    }

    // Reports of the network

    /** A segment that is still on the way did not get there. */
    void reported(NetworkReport report) {
        if (report == NetworkReport.TOO_LONG) {
            if (!reportPending) { // it may come from inside our own sending
                reportPending = true;
                host.loop().defer(() -> {
                    reportPending = false;
                    snd.pathTooNarrow();
                });
            }
            return;
        }
        softErrors++;
        if (state != TcpState.SYN_SENT) {
            return; // RFC 5461 §2.2, RFC 5927 §4: not even a hard error ends a connection that stood
        }
        DisconnectReason reason = switch (report) {
            case PORT_UNREACHABLE, PROTOCOL_UNREACHABLE -> DisconnectReason.REFUSED; // hard: RFC 1122 §4.2.3.9
            case PROHIBITED -> DisconnectReason.UNREACHABLE;
            default -> softErrors >= SOFT_ERRORS_TO_GIVE_UP ? DisconnectReason.UNREACHABLE : null;
        };
        if (reason != null) {
            host.loop().defer(() -> {
                if (state == TcpState.SYN_SENT) {
                    entity.counters.attemptFails++;
                    abort(reason, "N-REPORT");
                }
            });
        }
    }

    /** Something got through: what the network reported before is over. */
    void heard() {
        softErrors = 0;
        keepAlive.heard();
    }

    // Sending what is not the sender's

    void sendSyn() {
        entity.writer.sendSyn(this, state == TcpState.SYN_SENT ? TcpHeader.SYN : TcpHeader.SYN | TcpHeader.ACK);
    }

    void sendAck() {
        entity.writer.send(this, snd.sndNxt, 0, 0, 0);
    }

    /** Answer something doubtful with an acknowledgement, but not too often (RFC 5961 §7). */
    void sendChallengeAck() {
        if (!challengeAcks.allows(host.now())) {
            return;
        }
        entity.counters.challengeAcks++;
        if (state == TcpState.SYN_RECEIVED) {
            sendSyn();
        } else {
            sendAck();
        }
    }

    /** Send an acknowledgement with the number of an octet that the peer has, so that it answers (§3.8.4). */
    void sendKeepAlive() {
        entity.writer.send(this, snd.sndUna - 1, 0, 0, 0);
    }

    private void sendReset() {
        entity.writer.sendBare(
                local, remote, localPort, remotePort, snd.sndNxt, rcv.rcvNxt, TcpHeader.RST | TcpHeader.ACK);
    }

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
                snd.sndWnd,
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
