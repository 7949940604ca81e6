package org.osistack.session.mux;

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

    private final MuxEntity entity;
    private final Host host;
    private final boolean caller;
    private final Framer framer;
    private final Timer timer;
    private final FrameHeader header = new FrameHeader();
    private final PathOutbox outbox;
    private final Greeting greeting;

    private Trunk trunk; // null until it is known
    private AccessPoint accessPoint; // where it was accepted
    private TransportConnection transport;
    private State state;
    private int number;
    private boolean connected;
    private boolean pinged; // since something was heard last
    private long heard;

    Path(MuxEntity entity, Host host, boolean caller) {
        this.entity = entity;
        this.host = host;
        this.caller = caller;
        this.framer = new Framer(host.pool(), this, FrameHeader.LENGTH + HelloFrame.LENGTH);
        this.timer = host.newTimer(this::onTimer);
        this.outbox = new PathOutbox(host);
        this.greeting = new Greeting(this, entity, host);
        this.state = caller ? State.DIALING : State.GREETING;
        this.heard = host.now();
    }

    // ---- opening ----

    /** The calling side. */
    void dial(Trunk newTrunk, int newNumber, TransportAddress calling, Route route) {
        trunk = newTrunk;
        number = newNumber;
        timer.arm(entity.settings().dialNanos());
        setTransport(route.service().connectRequest(calling, route.called(), false, this));
    }

    @Override
    public void connectConfirm(TransportConnection connection) {
        if (state == State.DIALING) {
            setTransport(connection);
            connected = true;
            state = State.GREETING;
            greeting.begin();
        }
    }

    private void setTransport(TransportConnection newTransport) {
        transport = newTransport;
        outbox.transport(newTransport);
    }

    /** The called side. */
    void accept(TransportConnection connection, AccessPoint at) {
        setTransport(connection);
        accessPoint = at;
        timer.arm(entity.settings().dialNanos());
        connection.connectResponse(false);
    }

    /** A frame of this path, with a body. */
    static Pdu wrap(FrameType type, int sequence, Pdu body) {
        int length = body.length();
        body.pushHeader(FrameHeader.LENGTH);
        byte[] octets = new byte[FrameHeader.LENGTH];
        FrameHeader.write(octets, type, 0, length, 0, sequence);
        System.arraycopy(octets, 0, body.array(), body.arrayOffset(), octets.length);
        return body;
    }

    /** The greeting is over. */
    void up() {
        state = State.UP;
        framer.maxFrame(entity.settings().maxFrame());
        timer.disarm();
        if (entity.settings().keepAliveNanos() > 0) {
            timer.arm(entity.settings().keepAliveNanos());
        }
        entity.greeted(this);
        trunk.joined(this);
    }

    // ---- what comes ----

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
                greeting.hello(new HelloFrame().wrap(frame));
                frame.release();
            } else {
                entity.discards().drop(Discard.BAD_VERSION, frame);
                fault();
            }
        } else if (type == FrameType.JOIN) {
            greeting.joined(frame);
            frame.release();
        } else if (state != State.UP) {
            entity.discards().drop(Discard.UNEXPECTED, frame);
            fault();
        } else {
            int lost = type == FrameType.LOST ? frame.getInt32(FrameHeader.LENGTH) : 0;
            frame.release();
            switch (type) {
                case PING -> {
                    outbox.pong(sequence);
                }
                case LOST -> trunk.lostThere(this, lost);
                case BYE -> trunk.byeFromPeer();
                default -> {} // PONG: it was heard, and that is all
            }
        }
    }

    // ---- what goes ----

    /** Send a frame of this path alone. It is taken over. */
    void say(Pdu frame) {
        outbox.say(frame);
    }

    /**
     * Send a frame of the trunk. It is taken over.
     *
     * @return whether the transport took it; if not, it is released
     */
    boolean send(Pdu frame) {
        return outbox.send(frame);
    }

    /** Whether the transport takes frames. */
    boolean isWritable() {
        return state == State.UP && !outbox.isBlocked();
    }

    /** Whether the peer is silent on this path, so that another would be better. */
    boolean isSuspect() {
        return pinged;
    }

    /** Tell the peer that another path is lost. */
    void tellLost(int lost) {
        if (!outbox.isFull()) {
            say(wrap(FrameType.LOST, 0, host.pool().take().pushTrailer(4).putInt32(0, lost)));
        }
    }

    @Override
    public void readyIndication() {
        if (state == State.CLOSED) {
            return;
        }
        outbox.ready();
        if (state == State.UP) {
            trunk.frames().pump();
        }
    }

    // ---- the end ----

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
            outbox.ping(number);
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
    void failed(DisconnectReason reason) {
        if (state != State.CLOSED) {
            close();
            if (caller) {
                trunk.dialFailed(this, reason);
            }
        }
    }

    /** The peer breaks the protocol. On a path that is up it is the peer for certain, and there is nothing more to say. */
    void fault() {
        if (state == State.UP) {
            trunk.end(DisconnectReason.PROTOCOL_ERROR);
        } else {
            failed(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    /** The trunk is not needed any more: the caller says BYE, and waits for the peer to end the connection. */
    void leave() {
        if (caller) {
            say(outbox.bare(FrameType.BYE, 0));
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
            outbox.clear();
            if (transport != null) {
                transport.disconnectRequest();
            }
            entity.forget(this);
        }
    }

    // ---- what the greeting has found out ----

    State state() {
        return state;
    }

    /** Who this is has to be proved. */
    void proving() {
        state = State.PROVING;
    }

    /** A trunk that the peer opens by this path; null if there cannot be one. */
    Trunk newTrunk(HelloFrame hello, TrunkSecret secret) {
        return trunk(entity.newTrunk(hello, accessPoint, transport, secret));
    }

    /** The path belongs to this trunk; null for none. */
    Trunk trunk(Trunk newTrunk) {
        trunk = newTrunk;
        return newTrunk;
    }

    Trunk trunk() {
        return trunk;
    }

    void number(int newNumber) {
        number = newNumber;
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
