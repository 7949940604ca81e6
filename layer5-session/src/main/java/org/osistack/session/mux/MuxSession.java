package org.osistack.session.mux;

import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;
import org.osistack.transport.DisconnectReason;

/**
 * One side of a session: the machine of mux §7 between its user and its two streams. It knows nothing of transport
 * connections; the trunk carries its frames.
 */
final class MuxSession {
    static final byte[] NOTHING = {};

    private final Trunk trunk;
    private final Observer observer;
    private final Origin origin;
    private final int number;
    private final long since;
    private final boolean initiator;
    private final Timer linger;
    private final SendStream sending = new SendStream();
    private final ReceiveStream receiving;
    private final SessionControls controls;
    private final MuxConnection connection;
    private final Establishment establishment;

    private int id; // 0 before it has one
    private State state;
    private SessionUser user; // null if there is none yet, or no more
    private FunctionalUnits units = FunctionalUnits.KERNEL;
    private Tokens owned = Tokens.NONE;
    private boolean paused;
    private boolean aborted; // by this side
    private int accounted; // octets stored, as the entity's budget knows

    // The scheduler's own
    int deficit;
    boolean isScheduled;

    MuxSession(Trunk trunk, Host host, int number, boolean initiator) {
        this.trunk = trunk;
        this.observer = host.observer();
        this.origin = new Origin(5, "mux", "session " + number);
        this.number = number;
        this.since = host.now();
        this.initiator = initiator;
        this.receiving = new ReceiveStream(host.pool(), new UnitReader(this), trunk.settings());
        this.controls = new SessionControls(this, trunk);
        this.connection = new MuxConnection(this, trunk);
        this.establishment = new Establishment(this, trunk);
        this.linger = host.newTimer(this::lingered);
        this.state = initiator ? State.OPENING : State.ANSWERING;
    }

    // ---- how it begins ----

    /** S-CONNECT.request. */
    void connect(OpenUnit open, SessionAddress called, SessionUser newUser) {
        user = newUser;
        establishment.propose(open, called);
    }

    /** The trunk is there: send the OPEN under that number. */
    void open(int newId, Parameters peer) {
        opened(newId, peer);
        OpenUnit proposal = establishment.proposal();
        add(FrameType.OPEN, proposal.head(), proposal.userData());
    }

    /** The session did not come about. */
    void notOpened(SessionRefusal reason) {
        tellTheEnd(connection.refusal(reason, Octets.EMPTY), State.ENDED, reason.text());
    }

    /** The peer asks for this session. */
    void opened(int newId, Parameters peer) {
        id = newId;
        sending.begin(peer);
    }

    /** Who hears of it from now on; null for nobody. */
    void usedBy(SessionUser newUser) {
        user = newUser;
    }

    void agreed(Agreement agreement) {
        units = agreement.units();
        own(agreement.owned(initiator), "S-CONNECT");
    }

    // ---- what this side sends ----

    /** Add a unit to what is to be sent. */
    void add(FrameType type, byte[] head, Octets data) {
        byte[] body = data.toByteArray();
        sending.add(type, id, head, body, 0, body.length);
        trunk.frames().schedule(this);
    }

    /** S-DATA.request. The SSDU is taken over. */
    void data(Pdu ssdu) {
        sending.add(FrameType.DATA, id, NOTHING, ssdu.array(), ssdu.arrayOffset(), ssdu.length());
        ssdu.release();
        trunk.frames().schedule(this);
    }

    /** End it without the peer's consent; the user hears of it unless it was its own wish. */
    void abort(int reason, Octets data, String cause) {
        SessionUser told = user;
        user = null;
        aborted = true;
        sending.clear();
        if (id == 0) {
            enter(State.ENDED, cause);
        } else {
            controls.abort(reason, data);
            enter(State.ENDING, cause);
        }
        if (reason != SessionControls.BY_USER && told != null) {
            told.indication(new SessionPrimitive.ProviderAbort(SessionControls.reason(reason)));
        }
    }

    /** The peer breaks the protocol. */
    void fault(String text) {
        if (isOver()) {
            return;
        }
        if (observer.isWatching()) {
            observer.note(origin, "the peer breaks the protocol: " + text);
        }
        abort(SessionControls.PROTOCOL_ERROR, Octets.EMPTY, text);
    }

    // ---- what the peer sends ----

    /** A frame of a unit. It is taken over. */
    void frame(Pdu frame, int sequence) {
        if (isOver()) {
            trunk.drop(Discard.UNEXPECTED, frame);
            controls.ack();
            return;
        }
        ReceiveStream.Verdict verdict = receiving.receive(frame, sequence);
        if (verdict == ReceiveStream.Verdict.DUPLICATE) {
            trunk.duplicate();
        } else if (verdict == ReceiveStream.Verdict.FAULT) {
            fault("a frame out of place, or a unit that cannot be");
        }
        received();
    }

    /** Tell the peer of what came, and account for what is stored. */
    private void received() {
        if (isOver()) {
            return;
        }
        if (receiving.newCredit() >= trunk.settings().credit() / 4) {
            controls.ack();
        } else {
            controls.ackLater();
        }
        int stored = receiving.stored();
        boolean room = trunk.account(stored - accounted);
        accounted = stored;
        if (!room) {
            abort(SessionControls.RESTRICTION, Octets.EMPTY, "memory limit");
        }
    }

    /** Whether the user wants units now. */
    boolean isReady() {
        return !paused && !establishment.isAsking() && !isOver();
    }

    // ---- what comes outside of the sequence ----

    /**
     * ACK or RESUME: the peer has everything before one position, and takes everything before another.
     *
     * @param resume whether it is sent because a path was lost
     */
    void acknowledged(int sequence, int credit, boolean resume, boolean asked) {
        long position = FrameHeader.expand(sending.acknowledged(), sequence);
        if (!aborted && !sending.acknowledge(position)) {
            fault("an acknowledgement of what was not sent");
            return;
        }
        sending.limit(FrameHeader.expand(sending.limit(), credit));
        if (resume && sending.isRecovering()) {
            rewind();
        }
        if (asked) {
            controls.resume(false);
        }
        if (state == State.ENDING && !aborted && sending.isEmpty()) {
            enter(State.ENDED, Event.ALL_ACKNOWLEDGED.toString());
            return;
        }
        trunk.frames().schedule(this);
        connection.ready();
    }

    private void rewind() {
        int again = sending.rewind();
        if (again > 0 && observer.isWatching()) {
            observer.retransmitted(origin, again + " octets from " + sending.acknowledged(), "path lost");
        }
    }

    /** The peer has aborted. */
    void abortedByPeer(int reason, Octets data) {
        tellTheEnd(
                reason == SessionControls.BY_USER
                        ? new SessionPrimitive.UserAbort(data)
                        : new SessionPrimitive.ProviderAbort(SessionControls.reason(reason)),
                State.ENDED,
                Event.ABORT.toString());
    }

    /** The peer knows no such session any more. */
    void gone() {
        tellTheEnd(
                state == State.OPENING
                        ? connection.refusal(SessionRefusal.NOT_SPECIFIED, Octets.EMPTY)
                        : new SessionPrimitive.ProviderAbort(ProviderAbortReason.UNDEFINED),
                State.ENDED,
                Event.GONE.toString());
    }

    /** A path that may have carried frames of this session is lost. */
    void pathLost() {
        if (aborted && state == State.ENDING) {
            controls.abortAgain();
            return;
        }
        if (state == State.OPENING && sending.acknowledged() == 0) {
            rewind(); // the peer may never have heard of it
        } else if (!sending.isEmpty()) {
            sending.await();
        }
        controls.resume(!sending.isEmpty());
        trunk.frames().schedule(this);
    }

    /** There is no way to the peer any more. */
    void trunkEnded(DisconnectReason reason) {
        tellTheEnd(
                state == State.OPENING
                        ? connection.refusal(SessionRefusal.ofTransport(reason), Octets.EMPTY)
                        : new SessionPrimitive.ProviderAbort(
                                reason == DisconnectReason.PROTOCOL_ERROR
                                        ? ProviderAbortReason.PROTOCOL_ERROR
                                        : ProviderAbortReason.ofTransport(reason)),
                State.ENDED,
                Event.TRUNK_ENDED.toString());
    }

    /** The peer does not say that it has forgotten the session. */
    private void lingered() {
        enter(State.ENDED, "time-out");
    }

    // ---- states ----

    /** Tell the user the last that it hears, if it is there to hear it. */
    void tellTheEnd(SessionPrimitive primitive, State next, String cause) {
        SessionUser told = user;
        user = null;
        enter(next, cause);
        if (told != null) {
            told.indication(primitive);
        }
    }

    /** Over for the user, who has said the last word. */
    void leave(String cause) {
        user = null;
        enter(State.ENDING, cause);
    }

    void enter(State next, String cause) {
        if (state == State.ENDED) {
            return;
        }
        State reached = next == State.ENDING && !aborted && sending.isEmpty() ? State.ENDED : next;
        if (observer.isWatching()) {
            observer.stateChanged(origin, state.name(), reached.name(), cause);
        }
        state = reached;
        if (!isOver()) {
            return;
        }
        receiving.close();
        trunk.account(-accounted);
        accounted = 0;
        if (reached == State.ENDING) {
            linger.arm(trunk.patienceNanos());
            return;
        }
        linger.disarm();
        sending.clear();
        trunk.forget(this, id != 0 && !cause.equals(Event.GONE.toString()));
    }

    void own(Tokens tokens, String cause) {
        boolean changed = !tokens.equals(owned);
        owned = tokens;
        if (changed && observer.isWatching()) {
            observer.tokensMoved(origin, "here: " + tokens, cause);
        }
    }

    /** Whether the user has nothing to do with it any more. */
    boolean isOver() {
        return state == State.ENDING || state == State.ENDED;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        if (!isOver()) {
            if (!receiving.drain()) {
                fault("a unit that cannot be");
            }
            received();
            trunk.frames().wake();
        }
    }

    // ---- what others may ask ----

    int id() {
        return id;
    }

    State state() {
        return state;
    }

    boolean isInitiator() {
        return initiator;
    }

    SessionUser user() {
        return user;
    }

    MuxConnection connection() {
        return connection;
    }

    SendStream sending() {
        return sending;
    }

    ReceiveStream receiving() {
        return receiving;
    }

    SessionControls controls() {
        return controls;
    }

    Establishment establishment() {
        return establishment;
    }

    FunctionalUnits units() {
        return units;
    }

    Tokens owned() {
        return owned;
    }

    int number() {
        return number;
    }

    long since() {
        return since;
    }
}
