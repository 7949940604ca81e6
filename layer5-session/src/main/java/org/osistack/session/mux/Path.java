package org.osistack.session.mux;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/**
 * A path: one transport connection of a trunk, from its opening and the greeting (mux §6) to its loss.
 *
 * <pre>
 *   calling: DIALING -- T-CONNECT.confirm / HELLO --&gt; GREETING -- HELLO, a new trunk ---------------------&gt; UP
 *                                                        +------- HELLO --&gt; PROVING -- JOIN / JOIN -------&gt; UP
 *   called:  GREETING -- HELLO, a new trunk / HELLO ------------------------------------------------------&gt; UP
 *               +------- HELLO / HELLO, JOIN --&gt; PROVING -- JOIN -----------------------------------------&gt; UP
 *   UP -- idle / BYE, or BYE / release --&gt; LEAVING --&gt; CLOSED;  all: lost, too slow, or wrong --&gt; CLOSED
 * </pre>
 */
final class Path implements TransportUser, Framer.Sink {
    enum State {
        DIALING,
        GREETING,
        PROVING,
        UP,
        LEAVING,
        CLOSED
    }

    private static final int MAX_OUTBOX = 32; // frames; LOST, which are hints, are left away when there are more

    private final MuxEntity entity;
    private final Host host;
    private final boolean caller;
    private final Framer framer;
    private final Timer timer;
    private final FrameHeader header = new FrameHeader();
    private final ArrayDeque<Pdu> outbox = new ArrayDeque<>(); // of this path alone: HELLO, JOIN, LOST, BYE
    private final byte[] share;

    private Trunk trunk; // null until it is known
    private AccessPoint accessPoint; // where it was accepted
    private TransportConnection transport;
    private State state;
    private int number;
    private byte[] peerShare;
    private boolean connected;
    private boolean blocked; // the transport takes no more for now
    private boolean pinged; // since something was heard last
    private boolean pingDue;
    private boolean pongDue;
    private int pongNumber;
    private long heard;

    Path(MuxEntity entity, Host host, boolean caller) {
        this.entity = entity;
        this.host = host;
        this.caller = caller;
        this.framer = new Framer(host.pool(), this, FrameHeader.LENGTH + HelloFrame.LENGTH);
        this.timer = host.newTimer(this::onTimer);
        this.share = TrunkSecret.share(host.random());
        this.state = caller ? State.DIALING : State.GREETING;
        this.heard = host.now();
    }

    // ---- opening
    // ---------------------------------------------------------------------------------------------------------

    /** The calling side. */
    void dial(Trunk newTrunk, int newNumber, TransportAddress calling, Route route) {
        trunk = newTrunk;
        number = newNumber;
        timer.arm(entity.settings().dialNanos());
        transport = route.service().connectRequest(calling, route.called(), false, this);
    }

    @Override
    public void connectConfirm(TransportConnection connection) {
        if (state == State.DIALING) {
            transport = connection;
            connected = true;
            state = State.GREETING;
            say(hello(trunk.isEstablished() ? HelloFrame.JOIN : 0, trunk.id()));
        }
    }

    /** The called side. */
    void accept(TransportConnection connection, AccessPoint at) {
        transport = connection;
        accessPoint = at;
        timer.arm(entity.settings().dialNanos());
        connection.connectResponse(false);
    }

    private Pdu hello(int flags, long trunkId) {
        Pdu body = host.pool().take().pushTrailer(HelloFrame.LENGTH);
        new HelloFrame()
                .wrap(body)
                .init(flags)
                .entity(entity.id())
                .trunk(trunkId)
                .share(share)
                .path(number)
                .parameters(entity.settings().parameters());
        return wrap(FrameType.HELLO, 0, body);
    }

    private Pdu join() {
        byte[] proof = trunk.secret()
                .proof(caller, trunk.id(), number, caller ? share : peerShare, caller ? peerShare : share);
        return wrap(FrameType.JOIN, 0, host.pool().take().append(proof));
    }

    private static Pdu wrap(FrameType type, int sequence, Pdu body) {
        int length = body.length();
        body.pushHeader(FrameHeader.LENGTH);
        byte[] octets = new byte[FrameHeader.LENGTH];
        FrameHeader.write(octets, type, 0, length, 0, sequence);
        System.arraycopy(octets, 0, body.array(), body.arrayOffset(), octets.length);
        return body;
    }

    private void hello(HelloFrame hello) {
        peerShare = hello.share();
        if (state != State.GREETING || hello.has(HelloFrame.ANSWER) != caller) {
            fault();
        } else if (!caller) {
            called(hello);
        } else if (hello.trunk() != trunk.id() || hello.path() != number) {
            fault();
        } else if (hello.has(HelloFrame.FULL)) {
            failed(DisconnectReason.CONGESTION);
        } else if (hello.has(HelloFrame.UNKNOWN)) {
            Trunk told = trunk;
            close();
            told.unknownThere(this);
        } else if (hello.has(HelloFrame.JOIN) != trunk.isEstablished()) {
            fault();
        } else if (hello.has(HelloFrame.JOIN)) {
            state = State.PROVING;
        } else {
            trunk.establish(hello, new TrunkSecret(share, peerShare));
            up();
        }
    }

    private void called(HelloFrame hello) {
        number = hello.path();
        if (!hello.has(HelloFrame.JOIN)) {
            trunk = entity.newTrunk(hello, accessPoint, transport, new TrunkSecret(peerShare, share));
            say(hello(HelloFrame.ANSWER | (trunk == null ? HelloFrame.FULL : 0), hello.trunk()));
            if (trunk != null) {
                up();
            }
            return;
        }
        trunk = entity.trunk(hello.entity(), hello.trunk());
        if (trunk == null) {
            say(hello(HelloFrame.ANSWER | HelloFrame.JOIN | HelloFrame.UNKNOWN, hello.trunk()));
        } else if (!trunk.isNewPath(number)) {
            fault();
        } else {
            state = State.PROVING;
            say(hello(HelloFrame.ANSWER | HelloFrame.JOIN, hello.trunk()));
            say(join());
        }
    }

    private void joined(Pdu proof) {
        byte[] expected = state == State.PROVING
                ? trunk.secret()
                        .proof(!caller, trunk.id(), number, caller ? share : peerShare, caller ? peerShare : share)
                : null;
        byte[] said = new byte[TrunkSecret.PROOF_LENGTH];
        proof.copyTo(FrameHeader.LENGTH, said, 0, said.length);
        if (expected == null || !MessageDigest.isEqual(expected, said) || trunk.isEnded() || !trunk.isNewPath(number)) {
            fault();
            return;
        }
        if (caller) {
            say(join());
        }
        up();
    }

    private void up() {
        state = State.UP;
        framer.maxFrame(entity.settings().maxFrame());
        timer.disarm();
        if (entity.settings().keepAliveNanos() > 0) {
            timer.arm(entity.settings().keepAliveNanos());
        }
        entity.greeted(this);
        trunk.joined(this);
    }

    // ---- what comes
    // ------------------------------------------------------------------------------------------------------

    @Override
    public void dataIndication(Pdu tsdu) {
        heard = host.now();
        pinged = false;
        framer.octets(tsdu);
        if (isOpen() && !(transport instanceof OctetStreamConnection) && !framer.isBetweenFrames()) {
            fault();
        }
        Trunk waiting = trunk;
        if (waiting != null) {
            waiting.frames().pump();
        }
    }

    @Override
    public boolean isOpen() {
        return state != State.CLOSED && state != State.LEAVING;
    }

    @Override
    public void garbage(Pdu part) {
        entity.discards().drop(Discard.MALFORMED, part);
        fault();
    }

    @Override
    public void frame(Pdu frame) {
        FrameType type = header.wrap(frame).type();
        if (type.kind() != FrameType.Kind.PATH) {
            if (state == State.UP) {
                trunk.frame(frame);
            } else {
                entity.discards().drop(Discard.UNEXPECTED, frame);
                fault();
            }
            return;
        }
        int sequence = header.sequence();
        if (type == FrameType.HELLO) {
            frame.pullHeader(FrameHeader.LENGTH);
            if (HelloFrame.isValid(frame)) {
                hello(new HelloFrame().wrap(frame));
                frame.release();
            } else {
                entity.discards().drop(Discard.BAD_VERSION, frame);
                fault();
            }
        } else if (type == FrameType.JOIN) {
            joined(frame);
            frame.release();
        } else if (state != State.UP) {
            entity.discards().drop(Discard.UNEXPECTED, frame);
            fault();
        } else {
            int lost = type == FrameType.LOST ? frame.getInt32(FrameHeader.LENGTH) : 0;
            frame.release();
            switch (type) {
                case PING -> {
                    pongDue = true;
                    pongNumber = sequence;
                    flush();
                }
                case LOST -> trunk.lostThere(this, lost);
                case BYE -> trunk.byeFromPeer();
                default -> {} // PONG: it was heard, and that is all
            }
        }
    }

    // ---- what goes
    // -------------------------------------------------------------------------------------------------------

    /** Send a frame of this path alone. It is taken over. */
    private void say(Pdu frame) {
        outbox.addLast(frame);
        flush();
    }

    private void flush() {
        while (!blocked && !outbox.isEmpty()) {
            if (!transport.dataRequest(outbox.peekFirst())) {
                blocked = true;
                return;
            }
            outbox.pollFirst();
        }
        if (pingDue && !blocked && send(bare(FrameType.PING, number))) {
            pingDue = false;
        }
        if (pongDue && !blocked && send(bare(FrameType.PONG, pongNumber))) {
            pongDue = false;
        }
    }

    private Pdu bare(FrameType type, int sequence) {
        return FrameHeader.append(host.pool().take(), type, 0, 0, 0, sequence);
    }

    /**
     * Send a frame. It is taken over.
     *
     * @return whether the transport took it; if not, it is released
     */
    boolean send(Pdu frame) {
        if (transport.dataRequest(frame)) {
            return true;
        }
        blocked = true;
        frame.release();
        return false;
    }

    /** Whether the transport takes frames. */
    boolean isWritable() {
        return state == State.UP && !blocked;
    }

    /** Whether the peer is silent on this path, so that another would be better. */
    boolean isSuspect() {
        return pinged;
    }

    /** Tell the peer that another path is lost. */
    void tellLost(int lost) {
        if (outbox.size() < MAX_OUTBOX) {
            say(wrap(FrameType.LOST, 0, host.pool().take().pushTrailer(4).putInt32(0, lost)));
        }
    }

    @Override
    public void readyIndication() {
        blocked = false;
        if (state != State.CLOSED) {
            flush();
        }
        if (state == State.UP) {
            trunk.frames().pump();
        }
    }

    // ---- the end
    // ---------------------------------------------------------------------------------------------------------

    private void onTimer() {
        if (state == State.LEAVING) {
            close();
            return;
        }
        if (state != State.UP) {
            failed(DisconnectReason.TIMEOUT);
            return;
        }
        long keepAlive = entity.settings().keepAliveNanos();
        long silence = host.now() - heard;
        if (silence >= 2 * keepAlive) {
            lost(DisconnectReason.TIMEOUT);
            return;
        }
        if (silence >= keepAlive) {
            pinged = true;
            pingDue = true;
            flush();
            timer.arm(2 * keepAlive - silence);
        } else {
            timer.arm(keepAlive - silence);
        }
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        if (state == State.UP) {
            lost(reason);
        } else if (state == State.LEAVING) {
            close();
        } else {
            failed(reason);
        }
    }

    @Override
    public void releaseIndication() {
        if (state == State.LEAVING) {
            ((OctetStreamConnection) transport).releaseRequest();
        } else {
            disconnectIndication(DisconnectReason.REMOTE_USER);
        }
    }

    /** It was up, and is no more. */
    private void lost(DisconnectReason reason) {
        close();
        trunk.pathLost(this, reason);
    }

    /** It never came up. */
    private void failed(DisconnectReason reason) {
        if (state != State.CLOSED) {
            close();
            if (caller) {
                trunk.dialFailed(this, reason);
            }
        }
    }

    /** The peer breaks the protocol. On a path that is up it is the peer for certain, and there is nothing more to say. */
    private void fault() {
        if (state == State.UP) {
            trunk.end(DisconnectReason.PROTOCOL_ERROR);
        } else {
            failed(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    /** The trunk is not needed any more: the caller says BYE, and waits for the peer to end the connection. */
    void leave() {
        if (caller) {
            say(bare(FrameType.BYE, 0));
        }
        state = State.LEAVING;
        timer.arm(entity.settings().dialNanos());
        if (!caller) {
            if (transport instanceof OctetStreamConnection stream) {
                stream.releaseRequest();
            } else {
                close();
            }
        }
    }

    /** End it without another word. */
    void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            timer.disarm();
            framer.clear();
            outbox.forEach(Pdu::release);
            outbox.clear();
            if (transport != null) {
                transport.disconnectRequest();
            }
            entity.forget(this);
        }
    }

    int number() {
        return number;
    }

    boolean isCaller() {
        return caller;
    }

    /** Whether the transport connection came about. */
    boolean wasConnected() {
        return connected;
    }

    /** When something was heard last. */
    long heard() {
        return heard;
    }

    TransportAddress remote() {
        return transport.remote();
    }
}
