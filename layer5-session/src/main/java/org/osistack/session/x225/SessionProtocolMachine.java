package org.osistack.session.x225;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionStatus;
import org.osistack.session.SessionUser;
import org.osistack.session.x225.StateTable.Row;
import org.osistack.session.x225.StateTable.Rule;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/**
 * A session protocol machine (SPM): one end of one session connection. The {@link StateTable} drives it.
 *
 * <pre>
 *   the user        {@link X225Connection}
 *                        │ request, response         ▲ indication, confirm
 *                        ▼ event                     │ 5
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
final class SessionProtocolMachine implements TransportUser, Action.Machine {
    private static final int MAX_KEPT = 64;

    private final X225Entity entity;
    private final Settings settings;
    private final Observer observer;
    private final Origin origin;
    private final int number;
    private final long since;
    private final Variables v = new Variables();
    private final Sender sender;
    private final Receiver receiver;
    private final Establishment establishment;
    private final X225Connection user;
    private final Timer tim;
    private final Timer waitForConnect;
    private final ArrayDeque<Arrival> kept = new ArrayDeque<>();

    private State state = State.STA01;
    private TransportConnection transport;
    private int abortReason;
    private ProviderAbortReason providerReason;
    private SessionRefusal transportReason = SessionRefusal.TRANSPORT;
    private Arrival atHand;
    private boolean replay;
    private boolean stopped; // the transport, by the user

    SessionProtocolMachine(X225Entity entity, Host host, Settings settings, int number) {
        this.entity = entity;
        this.settings = settings;
        this.number = number;
        this.observer = host.observer();
        this.origin = new Origin(5, "X.225", "session " + number);
        this.since = host.now();
        this.sender = new Sender(host.pool());
        this.establishment = new Establishment(settings, v, sender);
        this.receiver = new Receiver(this, establishment, v, entity.discards(), host.pool(), settings.maxSsdu());
        this.user = new X225Connection(this, establishment, sender, v, host.pool());
        this.tim = host.newTimer(this::timExpired);
        this.waitForConnect = host.newTimer(this::connectOverdue);
    }

    // ---- events that begin and end a transport connection
    // -----------------------------------------------------------------

    /** S-CONNECT.request. */
    void connect(SessionPrimitive.Connect connect, SessionUser newUser) {
        establishment.propose(connect);
        user.use(newUser);
        occur(Event.S_CONNECT_REQUEST, connect);
    }

    /** T-CONNECT.indication. */
    void accept(TransportConnection connection, SessionAccessPoint accessPoint) {
        transport = connection;
        sender.use(connection);
        establishment.waitAt(accessPoint, connection.remote());
        waitForConnect.arm(settings.connectTimeoutNanos());
        occur(Event.T_CONNECT_INDICATION, null);
    }

    @Override
    public void connectConfirm(TransportConnection connection) {
        occur(Event.T_CONNECT_CONFIRM, null);
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        if (observer.isWatching() && !awaitsEnd()) {
            observer.note(origin, "transport: " + reason.text());
        }
        providerReason = ProviderAbortReason.ofTransport(reason);
        transportReason = SessionRefusal.ofTransport(reason);
        occur(Event.T_DISCONNECT_INDICATION, null);
    }

    @Override
    public void dataIndication(Pdu tsdu) {
        receiver.tsdu(tsdu);
    }

    @Override
    public void readyIndication() {
        sender.proceed();
        user.ready();
    }

    /** The layer is closed: end the connection without a word to the peer's session layer. */
    void close() {
        if (transport != null) {
            transport.disconnectRequest();
            disconnectIndication(DisconnectReason.LOCAL_CLOSE);
        }
    }

    // ---- SPDUs that no row of the table has
    // -------------------------------------------------------------------------------

    /** Octets have come that are no SPDU, or one that cannot be. */
    void invalid(String reason) {
        if (observer.isWatching()) {
            observer.note(origin, reason);
        }
        broken(Event.INVALID, match(Event.INVALID));
    }

    /** An SPDU has come to which the rules R1, R2 or R4 apply; or none, if the rule is null. */
    void broken(Event event, Row rule) {
        abort(event, rule, Translation.PROTOCOL_ERROR, ProviderAbortReason.PROTOCOL_ERROR);
    }

    /** The segments of an SSDU add up to more than may be stored. */
    void tooLong() {
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

    // ---- timers
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public void startTim() {
        tim.arm(settings.timNanos());
        observer.timerArmed(origin, "TIM", settings.timNanos(), "X.225 §4.3");
    }

    @Override
    public void stopTim() {
        if (tim.isArmed()) {
            observer.timerStopped(origin, "TIM");
        }
        tim.disarm();
    }

    private void timExpired() {
        observer.timerExpired(origin, "TIM");
        occur(Event.TIM, null);
    }

    /** The peer has made a transport connection and says nothing on it: a local matter. */
    private void connectOverdue() {
        invalid("no CONNECT has come in time");
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
        int tokensBefore = v.owned;
        atHand = arrival;
        replay = false;
        for (Action action : row.actions()) {
            action.run(v, this, event);
        }
        boolean thenReplay = replay;
        if (v.owned != tokensBefore && observer.isWatching()) {
            observer.tokensMoved(origin, positions(), event.toString());
        }
        if (row.next() != null) {
            enter(row.next(), event);
        }
        if (row.has(Output.AB_NR)) {
            sender.purge();
        }
        spdus.forEach(sender::send);
        row.outputs().forEach(this::request);
        if (state == State.STA01) {
            transport = null;
            sender.use(null);
            entity.forget(this);
        }
        for (Output output : row.outputs()) {
            if (output.isToUser()) {
                indicate(output, arrival, before);
            }
        }
        if (thenReplay) {
            replayKept();
        }
    }

    private void enter(State next, Event cause) {
        State before = state;
        state = next;
        if (next != before && observer.isWatching()) {
            observer.stateChanged(origin, before.name(), next.name(), cause.toString());
        }
        if (next != State.STA01C && next != State.STA01D) {
            waitForConnect.disarm();
        }
        if (awaitsEnd()) {
            kept.clear();
            receiver.clear();
        }
        if (next == State.STA01) {
            tim.disarm();
        }
        flow();
    }

    /** Whether nothing that arrives matters any more, but what ends the transport connection. */
    boolean awaitsEnd() {
        return state == State.STA16 || state == State.STA01A || state == State.STA01;
    }

    /** Let the transport indicate data unless the user has stopped it; before and after, what comes has to come through. */
    void flow() {
        boolean stop =
                user.isPaused() && State.ESTABLISHED.contains(state) && state != State.STA02A && state != State.STA02B;
        if (transport == null || stop == stopped) {
            return;
        }
        stopped = stop;
        if (stop) {
            transport.pause();
        } else {
            transport.resume();
        }
    }

    private String positions() {
        StringBuilder text = new StringBuilder();
        for (Token token : new Tokens(v.available()).tokens()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(token)
                    .append((v.owned & token.bit()) != 0 ? " here" : " at the peer");
        }
        return text.toString();
    }

    private List<Spdu> spdus(Row row, SessionPrimitive primitive) {
        List<Spdu> spdus = new ArrayList<>(2);
        for (Output output : row.outputs()) {
            if (output == Output.CDO) {
                establishment.addRestOfConnectData(spdus);
            } else if (output.spdu() != null && (output.spdu() != SpduType.PR || v.texp)) {
                spdus.add(spdu(output, primitive));
            }
        }
        return spdus;
    }

    private Spdu spdu(Output output, SessionPrimitive primitive) {
        return switch (output) {
            case CN, OA -> establishment.spdu(output.spdu(), null);
            case AC, RF_NR -> establishment.spdu(output.spdu(), (SessionPrimitive.ConnectAnswer) primitive);
            case FN_NR, DN, NF, GT, PT -> Translation.spdu(output.spdu(), primitive);
            case AB_NR ->
                Translation.abort(
                        abortReason, primitive == null ? Octets.EMPTY : primitive.userData(), establishment.version());
            default -> throw notBuilt(output);
        };
    }

    /** No row leads here: {@link Proposal#SUPPORTED} keeps the functional unit from being agreed on. */
    private static IllegalStateException notBuilt(Output output) {
        return new IllegalStateException(output + " belongs to a functional unit that is never agreed on");
    }

    private void request(Output output) {
        switch (output) {
            case T_CONNECT_REQUEST -> {
                transport = entity.connectTransport(
                        establishment.calling(), establishment.remote().transport(), this);
                sender.use(transport);
            }
            case T_CONNECT_RESPONSE -> transport.connectResponse(false);
            case T_DISCONNECT_REQUEST -> transport.disconnectRequest();
            default -> {}
        }
    }

    private void indicate(Output output, Arrival arrival, State before) {
        switch (output) {
            case S_CONNECT_INDICATION -> connectIndication(arrival.spdu());
            case S_CONNECT_CONFIRM_ACCEPTED -> user.tell(establishment.confirm(arrival.spdu()));
            case S_CONNECT_CONFIRM_REFUSED ->
                user.tellTheEnd(Translation.refused(
                        arrival.spdu(), establishment.remote().transport()));
            case S_TYPED_DATA_INDICATION -> user.tell(new SessionPrimitive.TypedData(arrival.information()));
            case S_TOKEN_GIVE_INDICATION ->
                user.tell(new SessionPrimitive.Step(new DialogueStep.TokenGive(Translation.tokens(arrival.spdu()))));
            case S_TOKEN_PLEASE_INDICATION ->
                user.tell(new SessionPrimitive.Step(
                        new DialogueStep.TokenPlease(Translation.tokens(arrival.spdu())),
                        arrival.spdu().userData()));
            case S_RELEASE_INDICATION ->
                user.tell(new SessionPrimitive.Release(arrival.spdu().userData()));
            case S_RELEASE_CONFIRM_REFUSED ->
                user.tell(
                        new SessionPrimitive.ReleaseAnswer(false, arrival.spdu().userData()));
            case S_RELEASE_CONFIRM_ACCEPTED ->
                user.released(
                        new SessionPrimitive.ReleaseAnswer(true, arrival.spdu().userData()));
            case S_ABORT_INDICATION -> user.tellTheEnd(Translation.aborted(arrival.spdu()));
            case S_P_ABORT_INDICATION -> user.tellTheEnd(providerAbort(before));
            default -> throw notBuilt(output);
        }
    }

    /** The service has a word of its own for a session connection that failed because there was no transport. */
    private SessionPrimitive providerAbort(State before) {
        return before == State.STA01B
                ? establishment.refused(transportReason)
                : new SessionPrimitive.ProviderAbort(providerReason);
    }

    private void connectIndication(Spdu last) {
        SessionUser answering =
                establishment.listener().connectIndication(user, establishment.indication(last, transport));
        if (answering != null) {
            user.use(answering);
        } else if (state == State.STA08) {
            user.request(establishment.refused(SessionRefusal.NOT_SPECIFIED_BY_USER));
        } else if (!user.isEnded()) {
            user.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        }
    }

    // ---- what actions need
    // ----------------------------------------------------------------------------------------------

    @Override
    public void keep() {
        if (kept.size() < MAX_KEPT) {
            kept.addLast(atHand);
        }
    }

    @Override
    public void replay() {
        replay = true;
    }

    private void replayKept() {
        for (int n = kept.size(); n > 0 && !kept.isEmpty(); n--) {
            receiver.whole(kept.removeFirst());
        }
    }

    @Override
    public void forgetPrepare() {
        kept.removeIf(arrival -> arrival.spdu().type() == SpduType.PR);
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

    SessionStatus status() {
        return new SessionStatus(
                number,
                state.name(),
                v.isInitiator(),
                establishment.remote(),
                user.functionalUnits(),
                user.ownTokens(),
                since);
    }
}
