package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.SessionStatus;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;
import org.osistack.session.x225.StateTable.Row;
import org.osistack.session.x225.StateTable.Rule;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/**
 * A session protocol machine (SPM): one end of a transport connection, and of the session connections on it, one after
 * another. The {@link StateTable} drives it.
 *
 * <pre>
 *   the user        {@link X225Connection}
 *                        │ request, response         ▲ indication, confirm
 *            {@link Requests}  ▼ event                     │ 5     {@link Indications}
 *                ┌───────────────────────────────────┴────────────────┐
 *                │  the row of (event, state) whose predicates hold:  │
 *                │    1  make the SPDUs that it names                 │
 *                │    2  do its actions on the {@link Variables}      │
 *                │    3  enter its next state                         │
 *                │    4  hand over the SPDUs                          │
 *                │    5  tell the user                                │
 *                │    6  treat what was kept, if it says [6]          │
 *                └──────▲────────────────────────────────┬────────────┘
 *                       │ event                        4 ▼
 *   the peer        {@link Receiver}                {@link Sender}
 * </pre>
 *
 * <p>The user is told last, when all else is as it shall be, so that it may answer from within an indication. What
 * CONNECT and ACCEPT agree on is made in {@link Establishment}.
 */
final class SessionProtocolMachine implements TransportUser, Action.Machine, Timers.Expiry {
    private static final double NANOS_PER_SECOND = 1e9;

    private final X225Entity entity;
    private final Host host;
    private final Reporter reporter;
    private final Variables v;
    private final Sender sender;
    private final Receiver receiver;
    private final Timers timers;
    private final Settings settings;
    private final TransportSide transport;
    private final KeptEvents kept = new KeptEvents();

    // of one session connection
    private int number;
    private long since;
    private Establishment establishment;
    private Requests requests;
    private Indications indications;
    private X225Connection user;

    private State state = State.STA01;
    private SessionAccessPoint accessPoint; // null on the side that opened the transport connection
    private boolean usedAgain; // the transport connection, for this session connection
    private int abortReason;
    private ProviderAbortReason providerReason;
    private SessionRefusal transportReason = SessionRefusal.TRANSPORT;
    private Arrival atHand;
    private boolean replay;

    SessionProtocolMachine(X225Entity entity, Host host, Settings settings) {
        this.entity = entity;
        this.host = host;
        this.settings = settings;
        this.reporter = new Reporter(host.observer());
        this.v = new Variables(settings.reuse());
        this.sender = new Sender(host);
        this.transport = new TransportSide(entity, v, sender);
        this.receiver = new Receiver(this, v, entity.discards(), host.pool(), settings);
        this.timers = new Timers(host, settings, reporter, this);
        begin();
    }

    /** Make what one session connection needs. */
    private void begin() {
        number = entity.nextNumber();
        since = host.now();
        reporter.session(number);
        establishment = new Establishment(settings, v, sender);
        requests = new Requests(v, establishment);
        indications = new Indications(v, establishment);
        user = new X225Connection(this, establishment, requests, sender, v, host.pool());
        usedAgain = false;
    }

    // ---- events that begin and end a transport connection
    // -----------------------------------------------------------------

    /** S-CONNECT.request: on a new transport connection, or on the one that is there. */
    void connect(SessionPrimitive.Connect connect, Proposal proposal, SessionUser newUser) {
        establishment.propose(connect, proposal);
        user.use(newUser);
        usedAgain = state == State.STA01C;
        since = host.now();
        occur(Event.S_CONNECT_REQUEST, connect);
    }

    /** T-CONNECT.indication. */
    void accept(TransportConnection connection, SessionAccessPoint newAccessPoint, boolean expedited) {
        transport.offered(connection, expedited);
        accessPoint = newAccessPoint;
        establishment.waitAt(accessPoint, connection.remote());
        occur(Event.T_CONNECT_INDICATION, null);
        timers.waitForConnect(false);
    }

    @Override
    public void connectConfirm(TransportConnection connection) {
        v.texp = connection.isExpedited();
        establishment.transportIsThere();
        occur(Event.T_CONNECT_CONFIRM, null);
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        if (!awaitsEnd()) {
            reporter.note("transport: " + reason.text());
        }
        if (usedAgain && (state == State.STA02A || state == State.STA02B)) {
            connectOnAnother();
            return;
        }
        if (State.ESTABLISHED.contains(state) && reason != DisconnectReason.LOCAL_CLOSE) {
            entity.quotas().count(Quotas.Event.PEER_LOST);
        }
        providerReason = ProviderAbortReason.ofTransport(reason);
        transportReason = SessionRefusal.ofTransport(reason);
        occur(Event.T_DISCONNECT_INDICATION, null);
    }

    /**
     * The transport connection that was kept ended just when it was to be used again, and nothing has come of the
     * session connection yet. The peer may have had other plans for it: so that is no failure; try a new one.
     */
    private void connectOnAnother() {
        usedAgain = false;
        transport.forget();
        receiver.clear();
        kept.clear();
        enter(State.STA01, Event.T_DISCONNECT_INDICATION);
        establishment.startAgain();
        occur(Event.S_CONNECT_REQUEST, null);
    }

    @Override
    public void dataIndication(Pdu tsdu) {
        timers.use();
        receiver.tsdu(tsdu);
    }

    @Override
    public void expeditedDataIndication(Pdu tsdu) {
        timers.use();
        receiver.expedited(tsdu);
    }

    @Override
    public void readyIndication() {
        sender.proceed();
        user.ready();
    }

    /** The layer is closed: end the connection without a word to the peer's session layer. */
    void close() {
        if (transport.connection() != null) {
            usedAgain = false;
            transport.disconnect();
            disconnectIndication(DisconnectReason.LOCAL_CLOSE);
        }
    }

    // ---- SPDUs that no row of the table has
    // -------------------------------------------------------------------------------

    /** Octets have come that are no SPDU, or one that cannot be. */
    void invalid(String reason) {
        reporter.note(reason);
        broken(Event.INVALID, match(Event.INVALID));
    }

    /** An SPDU has come to which the rules R1, R2 or R4 apply; or none, if the rule is null. */
    void broken(Event event, Row rule) {
        abort(event, rule, Translation.PROTOCOL_ERROR, ProviderAbortReason.PROTOCOL_ERROR);
    }

    /** The peer has sent more than may be stored. */
    void tooMuch() {
        abort(
                Event.INVALID,
                match(Event.INVALID),
                Translation.IMPLEMENTATION_RESTRICTION,
                ProviderAbortReason.IMPLEMENTATION_RESTRICTION);
    }

    private void abort(Event event, Row rule, int newAbortReason, ProviderAbortReason newProviderReason) {
        if (rule == null || rule.rule() == Rule.R1) {
            return;
        }
        abortReason = newAbortReason;
        providerReason = newProviderReason;
        apply(rule, event, null, null);
    }

    @Override
    public void tim() {
        providerReason = ProviderAbortReason.UNDEFINED; // for a user who was not told yet
        occur(Event.TIM, null);
    }

    /** Neither side has opened a session connection on the transport connection: a local matter. */
    @Override
    public void unusedTooLong() {
        invalid("no CONNECT in time");
    }

    @Override
    public void idleTooLong() {
        outOfTime(Quotas.Event.IDLE, "idle for " + settings.idleNanos() / NANOS_PER_SECOND + " s");
    }

    @Override
    public void outlived() {
        outOfTime(Quotas.Event.LIFETIME, "over after " + settings.lifetimeNanos() / NANOS_PER_SECOND + " s");
    }

    /** A local limit ends the session connection: none of the reasons of S-P-ABORT (X.215 §12.16.2.1) but "undefined". */
    private void outOfTime(Quotas.Event event, String note) {
        entity.quotas().count(event);
        reporter.note(note);
        abort(Event.INVALID, match(Event.INVALID), Translation.NO_REASON, ProviderAbortReason.UNDEFINED);
    }

    /** The user has said something. */
    void use() {
        timers.use();
    }

    // ---- the table
    // ------------------------------------------------------------------------------------------------------

    /** The row for an event in the present state; null if there is none. */
    Row match(Event event) {
        return StateTable.x225().match(event, state, v);
    }

    /** An event that carries no SPDU has happened. */
    void occur(Event event, SessionPrimitive primitive) {
        Row row = match(event);
        if (row != null) {
            apply(row, event, primitive, null);
        }
    }

    /** Do what a row says. Of primitive and arrival one is null, the one that is not the event; or both. */
    void apply(Row row, Event event, SessionPrimitive primitive, Arrival arrival) {
        if (event == Event.S_U_ABORT_REQUEST) {
            abortReason = Translation.USER_ABORT;
        }
        List<Spdu> spdus = spdus(row, primitive);
        State before = state;
        reporter.remember(v);
        atHand = arrival;
        replay = false;
        for (Action action : row.actions()) {
            action.run(v, this, event);
        }
        boolean thenReplay = replay;
        reporter.changes(v, event);
        if (row.next() != null) {
            enter(row.next(), event);
        }
        if (row.has(Output.AB_NR) || row.has(Output.AB_R)) {
            sender.purge();
        }
        spdus.forEach(transport::send);
        row.outputs().forEach(this::request);
        X225Connection told = user;
        Indications words = indications;
        if (row.next() == State.STA01C || row.has(Output.RF_R)) {
            keepTransport(before);
        } else if (state == State.STA01) {
            transport.forget();
            entity.forget(this);
        }
        for (Output output : row.outputs()) {
            if (output.isToUser()) {
                indicate(output, arrival, before, told, words);
            }
        }
        if (thenReplay) {
            kept.replay(receiver::whole);
        }
        if (kept.wereTooMany()) {
            tooMuch();
        }
    }

    private void enter(State next, Event cause) {
        State before = state;
        state = next;
        reporter.stateChanged(before, next, cause);
        if (State.ESTABLISHED.contains(next) != State.ESTABLISHED.contains(before)) {
            countSession(State.ESTABLISHED.contains(next));
        }
        if (next != State.STA01C && next != State.STA01D) {
            timers.waitNoLonger();
        }
        if (awaitsEnd()) {
            kept.clear();
            receiver.clear();
        }
        if (next == State.STA01) {
            timers.stop();
        }
        flow();
    }

    private void countSession(boolean begins) {
        if (begins) {
            timers.sessionBegins();
            entity.quotas().count(Quotas.Event.BEGUN);
        } else {
            timers.sessionEnds();
        }
    }

    /** The session connection has ended, or did not come about, and the transport connection is there for another. */
    private void keepTransport(State before) {
        if (before == State.STA01) {
            return; // it is new
        }
        kept.clear();
        receiver.clear();
        sender.unlimit();
        v.reset();
        begin();
        establishment.waitAt(accessPoint, transport.connection().remote());
        timers.waitForConnect(!v.vtca);
    }

    /** Whether this machine has a transport connection to that address, and no session connection. */
    boolean isFreeFor(TransportAddress calling, TransportAddress called) {
        return state == State.STA01C && !v.vtca && transport.isFor(calling, called);
    }

    /** Whether nothing that arrives matters any more, but what ends the transport connection. */
    boolean awaitsEnd() {
        return state == State.STA16 || state == State.STA01A || state == State.STA01;
    }

    /** Let the transport indicate data unless the user has stopped it; before and after, what comes has to come through. */
    void flow() {
        boolean opening = state == State.STA02A || state == State.STA02B;
        transport.flow(user.isPaused() && State.ESTABLISHED.contains(state) && !opening);
    }

    // ---- what a row says: SPDUs, and primitives of the transport
    // ----------------------------------------------------------

    private List<Spdu> spdus(Row row, SessionPrimitive primitive) {
        List<Spdu> spdus = new ArrayList<>(2);
        for (Output output : row.outputs()) {
            switch (output) {
                case CDO -> establishment.addRestOfConnectData(spdus);
                case AB_NR, AB_R -> {
                    Spdu abort = abort(primitive, output == Output.AB_NR);
                    if (transport.mustPrepare(abort)) {
                        spdus.add(requests.spdu(Output.PR_AB, null));
                    }
                    spdus.add(abort);
                }
                case PR_AB -> {} // made with the ABORT, which tells whether it is needed
                default -> {
                    if (output.spdu() != null && (output.spdu() != SpduType.PR || v.texp)) {
                        spdus.add(requests.spdu(output, primitive));
                    }
                }
            }
        }
        return spdus;
    }

    private Spdu abort(SessionPrimitive primitive, boolean released) {
        Octets userData = primitive == null ? Octets.EMPTY : primitive.userData();
        return Translation.abort(abortReason, userData, establishment.version(), released);
    }

    private void request(Output output) {
        switch (output) {
            case T_CONNECT_REQUEST -> transport.open(establishment, this);
            case T_CONNECT_RESPONSE -> transport.accept();
            case T_DISCONNECT_REQUEST -> transport.disconnect();
            default -> {}
        }
    }

    // ---- what a row says: primitives to the user
    // -------------------------------------------------------------------------

    private void indicate(Output output, Arrival arrival, State before, X225Connection told, Indications words) {
        switch (output) {
            case S_CONNECT_INDICATION -> connectIndication(arrival.spdu());
            case S_CONNECT_CONFIRM_REFUSED, S_ABORT_INDICATION -> told.tellTheEnd(words.primitive(output, arrival));
            case S_RELEASE_CONFIRM_ACCEPTED -> told.released(words.primitive(output, arrival));
            case S_P_ABORT_INDICATION -> told.tellTheEnd(providerAbort(before));
            default -> told.tell(words.primitive(output, arrival));
        }
    }

    /** The service has a word of its own for a session connection that failed because there was no transport. */
    private SessionPrimitive providerAbort(State before) {
        return before == State.STA01B
                ? establishment.refused(transportReason)
                : new SessionPrimitive.ProviderAbort(providerReason);
    }

    private void connectIndication(Spdu last) {
        since = host.now();
        X225Connection connection = user;
        SessionUser answering = establishment
                .listener()
                .connectIndication(connection, establishment.indication(last, transport.connection()));
        if (answering != null) {
            connection.use(answering);
        } else if (!connection.isEnded() && state == State.STA08) {
            connection.request(establishment.refused(SessionRefusal.NOT_SPECIFIED_BY_USER));
        } else if (!connection.isEnded()) {
            connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        }
    }

    // ---- what actions need
    // ----------------------------------------------------------------------------------------------

    @Override
    public void startTim() {
        timers.startTim();
    }

    @Override
    public void stopTim() {
        timers.stopTim();
    }

    @Override
    public void purge() {
        sender.purgeData();
        receiver.purge();
    }

    @Override
    public void keep() {
        kept.add(atHand);
    }

    @Override
    public void replay() {
        replay = true;
    }

    @Override
    public void forgetPrepare() {
        kept.forgetPrepare();
    }

    @Override
    public void keepConnectData() {
        establishment.keepConnectData(atHand.spdu());
    }

    // ---- what others ask for
    // ---------------------------------------------------------------------------------------------

    /** The user's end. */
    X225Connection user() {
        return user;
    }

    State state() {
        return state;
    }

    Variables variables() {
        return v;
    }

    Receiver receiver() {
        return receiver;
    }

    /** What the user's primitives are and become. */
    Requests requests() {
        return requests;
    }

    /** How many events are kept for later, action [10]. */
    int kept() {
        return kept.size();
    }

    /** What is proposed and agreed on for the session connection. */
    Establishment establishment() {
        return establishment;
    }

    /** Tells the session connections of the entity apart. */
    int number() {
        return number;
    }

    SessionStatus status() {
        return new SessionStatus(
                number,
                state.name(),
                v.isInitiator(),
                establishment.remote() == null ? "" : establishment.remote().toString(),
                user.functionalUnits(),
                user.ownTokens(),
                new Tokens(v.available() & ~v.owned),
                new SerialNumbers(v.vm, v.va, v.vr),
                v.activity,
                since,
                timers.lastUse());
    }
}
