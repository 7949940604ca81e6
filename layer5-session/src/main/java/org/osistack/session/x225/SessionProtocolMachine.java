package org.osistack.session.x225;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionStatus;
import org.osistack.session.SessionUser;
import org.osistack.session.x225.StateTable.Row;
import org.osistack.session.x225.StateTable.Rule;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/**
 * A session protocol machine (SPM): one end of one session connection. The {@link StateTable} drives it.
 *
 * <pre>
 *     user        request, response ▼      ▲ indication, confirm
 *               ┌───────────────────────────────────────────────┐
 *               │  event ─▶ row of (event, state) that holds    │
 *               │             1  make the SPDUs it names        │      STA01C ─CN─▶ STA08 ─AC─▶ STA713
 *               │             2  its actions on the variables   │      STA02A ◀─CN─ STA01B     │  ▲
 *               │             3  its next state                 │                    FN ▼  │ NF
 *               │             4  hand over SPDUs                │                   STA03 / STA09
 *               │             5  tell the user                  │                       DN ▼
 *               │             6  treat what was kept, if [6]    │                  STA16, STA01
 *               └───────────────────────────────────────────────┘
 *     transport      T-DATA.request ▼      ▲ T-DATA.indication
 * </pre>
 *
 * <p>The user is told last, when everything else is as it should be, so it may answer from within an indication.
 */
final class SessionProtocolMachine implements SessionConnection, TransportUser, Action.Machine {
    private static final String PROTOCOL = "X.225";
    private static final int MAX_KEPT = 64;

    /**
     * An SPDU that has arrived.
     *
     * @param information its user information; none if it has none, or if that travels as a PDU
     */
    private record Arrival(Spdu spdu, Octets information) {}

    private final X225Entity entity;
    private final Host host;
    private final Settings settings;
    private final Observer observer;
    private final Origin origin;
    private final int number;
    private final long since;
    private final StateTable table = StateTable.x225();
    private final Variables v = new Variables();
    private final Sender sender;
    private final Reassembly reassembly;
    private final Timer tim;
    private final Timer waitForConnect;
    private final ArrayDeque<Arrival> kept = new ArrayDeque<>();
    private final ByteArrayOutputStream connectData = new ByteArrayOutputStream();

    private State state = State.STA01;
    private TransportConnection transport;
    private SessionUser user;
    private boolean ended; // for the user
    private boolean paused;
    private boolean wantsReady;

    private SessionAccessPoint sap; // null on the side that asks
    private TransportAddress calling;
    private SessionAddress remote;
    private Proposal proposal;
    private SessionRefusal refusal;
    private SessionListener listener;
    private Agreement agreement;
    private int abortReason;
    private ProviderAbortReason providerReason = ProviderAbortReason.PROTOCOL_ERROR;
    private Arrival atHand;
    private boolean replay;
    private SessionPrimitive earlyAnswer;
    private SessionPrimitive lateConfirm;

    SessionProtocolMachine(X225Entity entity, Host host, Settings settings, int number) {
        this.entity = entity;
        this.host = host;
        this.settings = settings;
        this.number = number;
        this.observer = host.observer();
        this.origin = new Origin(5, PROTOCOL, "session " + number);
        this.since = host.now();
        this.sender = new Sender(host.pool());
        this.reassembly = new Reassembly(host.pool(), settings.maxSsdu());
        this.tim = host.newTimer(this::timExpired);
        this.waitForConnect = host.newTimer(this::connectOverdue);
    }

    // ---- the user's requests and responses
    // ------------------------------------------------------------------------------

    /** S-CONNECT.request. */
    void connect(SessionPrimitive.Connect connect, SessionUser newUser) {
        proposal = Proposal.of(connect, settings);
        user = newUser;
        remote = connect.called();
        calling = connect.calling() == null ? null : connect.calling().transport();
        v.overflow = proposal.overflow();
        occur(Event.S_CONNECT_REQUEST, connect);
    }

    @Override
    public boolean dataRequest(Pdu ssdu) {
        if (ended) {
            ssdu.release();
            return true;
        }
        if (ssdu.length() == 0) {
            throw new IllegalArgumentException("S-DATA of no octets");
        }
        Row row = table.match(Event.S_DATA_REQUEST, state, v);
        checkAllowed(row, Event.S_DATA_REQUEST);
        if (!row.has(Output.DT)) {
            ssdu.release(); // purged by a resynchronization that the user hasn't been told of yet
            return true;
        }
        boolean taken = sender.data(SpduType.DT, ssdu);
        wantsReady |= !taken;
        return taken;
    }

    @Override
    public boolean request(SessionPrimitive primitive) {
        if (ended) {
            return true;
        }
        Event event = eventOf(primitive);
        checkLength(primitive);
        if (event == Event.S_RELEASE_ACCEPT && mustWaitForDisconnect()) {
            earlyAnswer = primitive;
            return true;
        }
        if (event == Event.S_CONNECT_ACCEPT && state == State.STA08 && !prepareAccept(primitive)) {
            return true;
        }
        Row row = table.match(event, state, v);
        checkAllowed(row, event);
        if (event == Event.S_TYPED_DATA_REQUEST && row.has(Output.TD)) {
            return typedData(primitive);
        }
        if (event == Event.S_TOKEN_PLEASE_REQUEST && sender.isCongested()) {
            wantsReady = true;
            return false;
        }
        abortReason = Translation.USER_ABORT;
        if (event == Event.S_U_ABORT_REQUEST || event == Event.S_CONNECT_REFUSE) {
            endForUser();
        }
        SessionPrimitive confirm = event == Event.S_RELEASE_ACCEPT ? lateConfirm : null;
        apply(row, event, primitive);
        if (confirm != null) {
            tellTheEnd(confirm);
        }
        return true;
    }

    private Event eventOf(SessionPrimitive primitive) {
        if (primitive instanceof SessionPrimitive.ConnectAnswer answer) {
            return answer.isAccepted() ? Event.S_CONNECT_ACCEPT : Event.S_CONNECT_REFUSE;
        } else if (primitive instanceof SessionPrimitive.TypedData) {
            return Event.S_TYPED_DATA_REQUEST;
        } else if (primitive instanceof SessionPrimitive.TokenGive give) {
            name(give.tokens());
            return Event.S_TOKEN_GIVE_REQUEST;
        } else if (primitive instanceof SessionPrimitive.TokenPlease please) {
            name(please.tokens());
            return Event.S_TOKEN_PLEASE_REQUEST;
        } else if (primitive instanceof SessionPrimitive.Release) {
            return Event.S_RELEASE_REQUEST;
        } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            return answer.affirmative() ? Event.S_RELEASE_ACCEPT : Event.S_RELEASE_REFUSE;
        } else if (primitive instanceof SessionPrimitive.UserAbort) {
            return Event.S_U_ABORT_REQUEST;
        }
        throw new IllegalArgumentException(primitive.service() + " is no request or response of a user");
    }

    private void name(Tokens tokens) {
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("no token is named");
        }
        v.tokens = tokens.bits();
    }

    private void checkLength(SessionPrimitive primitive) {
        int length = primitive.userData().length();
        boolean limited = !(primitive instanceof SessionPrimitive.TypedData)
                && !(primitive instanceof SessionPrimitive.UserAbort)
                && !(primitive instanceof SessionPrimitive.ConnectAnswer);
        if (limited && version() == Proposal.VERSION_1 && length > Proposal.MAX_DATA_VERSION_1) {
            throw new IllegalArgumentException(primitive.service() + " with " + length
                    + " octets of user data, and version 1 of the protocol carries 512");
        }
        if (primitive instanceof SessionPrimitive.TypedData && length == 0) {
            throw new IllegalArgumentException("S-TYPED-DATA of no octets");
        }
    }

    /** Which version's rules hold: the one agreed on, or else the lowest that it may become. */
    private int version() {
        if (agreement != null) {
            return agreement.version();
        }
        return proposal != null && (proposal.versions() & Proposal.VERSION_1) == 0
                ? Proposal.VERSION_2
                : v.vtca && proposal != null ? proposal.commonVersion(settings) : Proposal.VERSION_1;
    }

    private void checkAllowed(Row row, Event event) {
        if (row == null || row.rule() == Rule.R3) {
            throw new IllegalStateException(Refusals.sentence(event, state, v));
        }
    }

    /** Of two releases that collide, the responder is answered first (X.225 §7.6): its own answer waits for that. */
    private boolean mustWaitForDisconnect() {
        return state == State.STA09 && v.vcoll && v.vtca && !v.vdnr;
    }

    private boolean typedData(SessionPrimitive primitive) {
        if (!sender.isIdle()) {
            wantsReady = true;
            return false;
        }
        Pdu ssdu = host.pool().take(primitive.userData().length());
        primitive.userData().appendTo(ssdu);
        if (sender.data(SpduType.TD, ssdu)) {
            return true;
        }
        ssdu.release();
        wantsReady = true;
        return false;
    }

    /**
     * See what the answer makes of the proposal.
     *
     * @return whether a session connection can come of it; if not, it has been refused
     */
    private boolean prepareAccept(SessionPrimitive primitive) {
        SessionPrimitive.ConnectAnswer answer = (SessionPrimitive.ConnectAnswer) primitive;
        Agreement possible = Agreement.of(proposal, answer, settings);
        SessionRefusal reason = possible == null
                ? SessionRefusal.REJECTED_BY_USER
                : possible.version() == Proposal.VERSION_1 && answer.userData().length() > Proposal.MAX_DATA_VERSION_1
                        ? SessionRefusal.VERSIONS_NOT_SUPPORTED
                        : null;
        if (reason == null) {
            agree(possible);
            return true;
        }
        SessionUser told = user;
        endForUser();
        occur(
                Event.S_CONNECT_REFUSE,
                Translation.refused(reason, null, transport.remote(), FunctionalUnits.KERNEL, Octets.EMPTY));
        if (told != null) {
            told.indication(new SessionPrimitive.ProviderAbort(ProviderAbortReason.IMPLEMENTATION_RESTRICTION));
        }
        return false;
    }

    private void agree(Agreement newAgreement) {
        agreement = newAgreement;
        int units = agreement.units().bits();
        v.agreedUnits = units;
        v.initialSerialNumber = Math.max(0, agreement.initialSerialNumber());
        v.tokens = Variables.held(agreement.tokens(), units, v.isInitiator());
        sender.limit(
                agreement.version(), v.isInitiator() ? agreement.maxTsduToResponder() : agreement.maxTsduToInitiator());
    }

    // ---- the transport's indications and confirms
    // -----------------------------------------------------------------------

    /** T-CONNECT.indication. */
    void accept(TransportConnection connection, SessionAccessPoint accessPoint) {
        transport = connection;
        sap = accessPoint;
        sender.use(connection);
        remote = new SessionAddress(Selector.EMPTY, connection.remote());
        waitForConnect.arm(settings.connectTimeoutNanos());
        occur(Event.T_CONNECT_INDICATION, null);
    }

    @Override
    public void connectConfirm(TransportConnection connection) {
        occur(Event.T_CONNECT_CONFIRM, null);
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        if (state == State.STA01) {
            return;
        }
        providerReason = ProviderAbortReason.TRANSPORT_DISCONNECT;
        if (observer.isWatching()) {
            observer.note(origin, "transport: " + reason.text());
        }
        occur(Event.T_DISCONNECT_INDICATION, null);
    }

    @Override
    public void readyIndication() {
        sender.proceed();
        if (wantsReady && sender.isIdle() && user != null) {
            wantsReady = false;
            user.readyIndication();
        }
    }

    @Override
    public void dataIndication(Pdu tsdu) {
        if (tsdu.length() >= 4 && tsdu.getInt32(0) == Sender.WHOLE_DATA_HEADER && !reassembly.isInProgress()) {
            data(tsdu.pullHeader(4));
            return;
        }
        Tsdu read = Tsdu.read(tsdu, false);
        if (!read.isWellFormed()) {
            entity.discards().drop(Discard.MALFORMED, tsdu);
            invalid(read.fault());
            return;
        }
        tsdu.pullHeader(read.headerLength());
        List<Spdu> spdus = read.spdus();
        for (int i = 0; i < spdus.size() - 1; i++) {
            if (spdus.get(i).has(Parameter.TOKEN_ITEM)) { // without one it is a mere prefix, and no event
                whole(new Arrival(spdus.get(i), Octets.EMPTY));
            }
        }
        Spdu last = spdus.get(spdus.size() - 1);
        if (last.type() == SpduType.DT) {
            dataSegment(last, tsdu);
            return;
        }
        arrived(last, tsdu);
        tsdu.release();
    }

    /** DATA TRANSFER, the parameters of which have been read and taken off. */
    private void data(Pdu ssdu) {
        Row row = table.match(Event.DT, state, v);
        if (row != null && row.has(Output.S_DATA_INDICATION) && user != null) {
            user.dataIndication(ssdu);
            return;
        }
        entity.discards().drop(Discard.UNEXPECTED, ssdu);
        if (row != null && row.rule() != Rule.NONE) {
            broken(Event.DT, row);
        }
    }

    private void dataSegment(Spdu spdu, Pdu segment) {
        if (isWhole(spdu) && !reassembly.isInProgress()) {
            data(segment);
            return;
        }
        if (state == State.STA16 || state == State.STA01A) {
            entity.discards().drop(Discard.UNEXPECTED, segment);
            return;
        }
        Reassembly.Result result = reassembly.add(spdu, segment);
        segment.release();
        if (result == Reassembly.Result.COMPLETE) {
            data(reassembly.takeInformation());
        } else {
            segmentFault(result);
        }
    }

    private static boolean isWhole(Spdu spdu) {
        return (spdu.number(Parameter.ENCLOSURE_ITEM, 3) & 3) == 3;
    }

    private void arrived(Spdu spdu, Pdu information) {
        boolean hasInformation = spdu.type().hasUserInformation();
        if (spdu.type() == SpduType.AB) {
            reassembly.clear();
        }
        if (spdu.type() == SpduType.CDO || isWhole(spdu) && !reassembly.isInProgress()) {
            whole(new Arrival(spdu, hasInformation ? Octets.of(information) : Octets.EMPTY));
            return;
        }
        if (state == State.STA16 || state == State.STA01A) {
            return;
        }
        Reassembly.Result result = hasInformation ? reassembly.add(spdu, information) : reassembly.add(spdu);
        if (result != Reassembly.Result.COMPLETE) {
            segmentFault(result);
        } else if (hasInformation) {
            Pdu whole = reassembly.takeInformation();
            Octets octets = Octets.of(whole);
            whole.release();
            whole(new Arrival(spdu, octets));
        } else {
            whole(new Arrival(reassembly.takeSpdu(), Octets.EMPTY));
        }
    }

    private void segmentFault(Reassembly.Result result) {
        if (result == Reassembly.Result.TOO_LONG) {
            reassembly.clear();
            abortReason = Translation.IMPLEMENTATION_RESTRICTION;
            providerReason = ProviderAbortReason.IMPLEMENTATION_RESTRICTION;
            broken(Event.INVALID, table.match(Event.INVALID, state, v));
        } else if (result == Reassembly.Result.OUT_OF_PLACE) {
            reassembly.clear();
            invalid("a segment out of place");
        }
    }

    /** An SPDU has arrived, in one piece or put together. */
    private void whole(Arrival arrival) {
        Spdu spdu = arrival.spdu;
        Event event = eventOf(spdu);
        if (event == Event.INVALID) {
            invalid(spdu.type() + " that cannot be");
            return;
        }
        Row row = table.match(event, state, v);
        if (row == null || row.rule() != Rule.NONE) {
            broken(event, row);
            return;
        }
        atHand = arrival;
        apply(row, event, null);
    }

    private Event eventOf(Spdu spdu) {
        v.serialNumber = spdu.serialNumber(Parameter.SERIAL_NUMBER);
        return switch (spdu.type()) {
            case CN -> proposed(spdu);
            case CDO -> {
                v.moreConnectData = (spdu.number(Parameter.ENCLOSURE_ITEM, 3) & 2) == 0;
                boolean tooLong = connectData.size() + spdu.userData().length() > settings.maxSsdu();
                yield tooLong ? Event.INVALID : Event.CDO;
            }
            case AC -> accepted(spdu);
            case RF -> Translation.releasesTransport(spdu) ? Event.RF_NR : Event.RF_R;
            case FN -> Translation.releasesTransport(spdu) ? Event.FN_NR : Event.FN_R;
            case AB -> Translation.releasesTransport(spdu) ? Event.AB_NR : Event.AB_R;
            case GT, PT -> {
                v.tokens = (int) spdu.number(Parameter.TOKEN_ITEM, 0) & Variables.ALL_TOKENS;
                yield spdu.type() == SpduType.GT ? Event.GT : Event.PT;
            }
            case MIP -> (spdu.number(Parameter.SYNC_TYPE_ITEM, 0) & 2) == 0 ? Event.MIP : Event.MIP_D;
            case MAA, AEA -> Event.MAA_AEA;
            case RS ->
                switch ((int) spdu.number(Parameter.RESYNC_TYPE, -1)) {
                    case 0 -> Event.RS_R;
                    case 1 -> Event.RS_A;
                    case 2 -> Event.RS_S;
                    default -> Event.INVALID;
                };
            case EX, PR -> Event.INVALID; // they come on the transport's expedited flow only
            default -> Event.valueOf(spdu.type().name());
        };
    }

    /** A CONNECT: can it be accepted? */
    private Event proposed(Spdu connect) {
        if (state == State.STA01C && v.vtca) {
            proposal = Proposal.read(connect);
            listener = sap.listener(proposal.called());
            refusal = proposal.fault(settings);
            if (refusal == null) {
                refusal = sap.fault(proposal.called());
            }
            v.unacceptable = refusal != null;
            v.overflow = proposal.overflow();
        }
        return Event.CN;
    }

    /** An ACCEPT: does it keep to what was proposed? */
    private Event accepted(Spdu accept) {
        if (state != State.STA02A) {
            return Event.AC;
        }
        Agreement said = Agreement.read(accept, proposal);
        int pleased = (int) accept.number(Parameter.TOKEN_ITEM, 0) & Variables.ALL_TOKENS;
        if (said == null || (pleased & ~Variables.available(said.units().bits())) != 0) {
            return Event.INVALID;
        }
        agree(said);
        return Event.AC;
    }

    private void invalid(String reason) {
        if (observer.isWatching()) {
            observer.note(origin, reason);
        }
        broken(Event.INVALID, table.match(Event.INVALID, state, v));
    }

    /** An SPDU that no row of the table has: rules R1, R2 and R4. */
    private void broken(Event event, Row rule) {
        if (rule == null || rule.rule() == Rule.R1) {
            return;
        }
        if (abortReason != Translation.IMPLEMENTATION_RESTRICTION) {
            abortReason = Translation.PROTOCOL_ERROR;
            providerReason = ProviderAbortReason.PROTOCOL_ERROR;
        }
        apply(rule, event, null);
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
        if (state == State.STA01C || state == State.STA01D) {
            observer.note(origin, "no CONNECT has come");
            invalid("no CONNECT in time");
        }
    }

    // ---- the table
    // ------------------------------------------------------------------------------------------------------

    private void occur(Event event, SessionPrimitive primitive) {
        Row row = table.match(event, state, v);
        if (row != null) {
            apply(row, event, primitive);
        }
    }

    private void apply(Row row, Event event, SessionPrimitive primitive) {
        Arrival arrival = atHand;
        List<Spdu> spdus = spdus(row, primitive);
        int tokensBefore = v.owned;
        replay = false;
        for (int i = 0; i < row.actions().size(); i++) {
            row.actions().get(i).run(v, this, event);
        }
        boolean thenReplay = replay;
        State before = state;
        enter(row.next() == null ? state : row.next(), event);
        if (v.owned != tokensBefore && observer.isWatching()) {
            observer.tokensMoved(origin, positions(), event.toString());
        }
        if (row.has(Output.AB_NR) || row.has(Output.AB_R)) {
            sender.purge();
        }
        spdus.forEach(sender::send);
        for (int i = 0; i < row.outputs().size(); i++) {
            request(row.outputs().get(i));
        }
        if (state == State.STA01) {
            transport = null;
            sender.use(null);
            entity.forget(this);
        }
        for (int i = 0; i < row.outputs().size(); i++) {
            indicate(row.outputs().get(i), arrival, before);
        }
        if (thenReplay) {
            replayKept();
        }
    }

    private void enter(State next, Event cause) {
        State before = state;
        if (next == before) {
            return;
        }
        state = next;
        if (observer.isWatching()) {
            observer.stateChanged(origin, before.name(), next.name(), cause.toString());
        }
        if (next != State.STA01C && next != State.STA01D) {
            waitForConnect.disarm();
        }
        if (next == State.STA713 && paused) {
            transport.pause();
        } else if (before == State.STA713 && next == State.STA16 && paused) {
            transport.resume(); // nobody is left who could
        }
        if (next == State.STA01 || next == State.STA16) {
            kept.clear();
            reassembly.clear();
        }
        if (next == State.STA01) {
            tim.disarm();
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
            if (output.spdu() == SpduType.CDO) {
                restOfConnectData(spdus);
            } else if (output.spdu() != null && (output.spdu() != SpduType.PR || v.texp)) {
                spdus.add(spdu(output, primitive));
            }
        }
        return spdus;
    }

    private Spdu spdu(Output output, SessionPrimitive primitive) {
        return switch (output) {
            case CN -> proposal.toSpdu(settings);
            case OA ->
                Spdu.of(SpduType.OA)
                        .with(Parameter.VERSION_NUMBER, Proposal.VERSION_2)
                        .build();
            case AC -> agreement.toSpdu((SessionPrimitive.ConnectAnswer) primitive, settings);
            case RF_NR -> refuse((SessionPrimitive.ConnectAnswer) primitive);
            case FN_NR, DN, NF, GT, PT -> Translation.spdu(output.spdu(), primitive);
            case AB_NR ->
                Translation.abort(abortReason, primitive == null ? Octets.EMPTY : primitive.userData(), version());
            default ->
                throw new IllegalStateException(output + " belongs to a functional unit that is never agreed on");
        };
    }

    private Spdu refuse(SessionPrimitive.ConnectAnswer answer) {
        if (answer == null) {
            return Translation.refuse(refusal, null, Octets.EMPTY, settings);
        }
        boolean fits = answer.userData().length() <= Translation.maxRefuseData(version());
        return Translation.refuse(
                answer.refusal(), answer.identifier(), fits ? answer.userData() : Octets.EMPTY, settings);
    }

    /** CONNECT DATA OVERFLOW: what the CONNECT had no room for (X.225 §7.3). Its SSDU began in the CONNECT. */
    private void restOfConnectData(List<Spdu> spdus) {
        Octets data = proposal.userData();
        int longest = 0xff00;
        for (int from = Proposal.MAX_DATA_IN_CONNECT; from < data.length(); from += longest) {
            int to = Math.min(data.length(), from + longest);
            spdus.add(Spdu.of(SpduType.CDO)
                    .with(Parameter.ENCLOSURE_ITEM, to == data.length() ? 2 : 0)
                    .userData(data.slice(from, to))
                    .build());
        }
    }

    private void request(Output output) {
        switch (output) {
            case T_CONNECT_REQUEST -> {
                transport = entity.connectTransport(calling, remote.transport(), this);
                sender.use(transport);
            }
            case T_CONNECT_RESPONSE -> transport.connectResponse(false);
            case T_DISCONNECT_REQUEST -> transport.disconnectRequest();
            default -> {}
        }
    }

    private void indicate(Output output, Arrival arrival, State before) {
        switch (output) {
            case S_CONNECT_INDICATION -> connectIndication(arrival.spdu);
            case S_CONNECT_CONFIRM_ACCEPTED -> tell(Translation.accepted(arrival.spdu, agreement, remote.transport()));
            case S_CONNECT_CONFIRM_REFUSED -> tellTheEnd(Translation.refused(arrival.spdu, remote.transport()));
            case S_TYPED_DATA_INDICATION -> tell(new SessionPrimitive.TypedData(arrival.information));
            case S_TOKEN_GIVE_INDICATION -> tell(new SessionPrimitive.TokenGive(tokens(arrival)));
            case S_TOKEN_PLEASE_INDICATION ->
                tell(new SessionPrimitive.TokenPlease(tokens(arrival), arrival.spdu.userData()));
            case S_RELEASE_INDICATION -> tell(new SessionPrimitive.Release(arrival.spdu.userData()));
            case S_RELEASE_CONFIRM_REFUSED -> tell(new SessionPrimitive.ReleaseAnswer(false, arrival.spdu.userData()));
            case S_RELEASE_CONFIRM_ACCEPTED ->
                released(new SessionPrimitive.ReleaseAnswer(true, arrival.spdu.userData()));
            case S_ABORT_INDICATION -> tellTheEnd(Translation.aborted(arrival.spdu));
            case S_P_ABORT_INDICATION -> tellTheEnd(providerAbort(before));
            default -> {}
        }
    }

    private static Tokens tokens(Arrival arrival) {
        return new Tokens((int) arrival.spdu.number(Parameter.TOKEN_ITEM, 0) & Variables.ALL_TOKENS);
    }

    /** The service has a word of its own for a session connection that failed because there was no transport. */
    private SessionPrimitive providerAbort(State before) {
        return before == State.STA01B
                ? Translation.refused(
                        SessionRefusal.TRANSPORT, null, remote.transport(), FunctionalUnits.KERNEL, Octets.EMPTY)
                : new SessionPrimitive.ProviderAbort(providerReason);
    }

    private void connectIndication(Spdu last) {
        Octets userData = proposal.userData();
        if (proposal.overflow()) {
            connectData.writeBytes(last.userData().toByteArray());
            userData = Octets.of(connectData.toByteArray());
            connectData.reset();
        }
        remote = new SessionAddress(proposal.calling(), transport.remote());
        SessionUser answer = listener.connectIndication(
                this, Translation.connect(proposal, transport.remote(), transport.local(), userData));
        if (answer != null) {
            user = answer;
        } else if (state == State.STA08) {
            request(Translation.refused(
                    SessionRefusal.NOT_SPECIFIED_BY_USER,
                    null,
                    transport.remote(),
                    FunctionalUnits.KERNEL,
                    Octets.EMPTY));
        } else if (!ended) {
            request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        }
    }

    private void tell(SessionPrimitive primitive) {
        if (user != null) {
            user.indication(primitive);
        }
    }

    private void tellTheEnd(SessionPrimitive primitive) {
        SessionUser told = user;
        endForUser();
        if (told != null) {
            told.indication(primitive);
        }
    }

    private void endForUser() {
        user = null;
        ended = true;
    }

    /** A release that was confirmed ends the connection, unless the peer's own release has to be answered first. */
    private void released(SessionPrimitive confirm) {
        if (state != State.STA09) {
            tellTheEnd(confirm);
            return;
        }
        lateConfirm = confirm;
        SessionPrimitive answer = earlyAnswer;
        if (answer != null) {
            earlyAnswer = null;
            request(answer);
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
            whole(kept.removeFirst());
        }
    }

    @Override
    public void forgetPrepare() {
        kept.removeIf(arrival -> arrival.spdu.type() == SpduType.PR);
    }

    @Override
    public void keepConnectData() {
        Spdu spdu = atHand.spdu;
        connectData.writeBytes((spdu.type() == SpduType.CN ? proposal.userData() : spdu.userData()).toByteArray());
    }

    // ---- what others ask for
    // ---------------------------------------------------------------------------------------------

    @Override
    public FunctionalUnits functionalUnits() {
        return new FunctionalUnits(v.units);
    }

    @Override
    public Tokens ownTokens() {
        return new Tokens(v.owned);
    }

    @Override
    public SessionAddress remote() {
        return remote;
    }

    @Override
    public void pause() {
        paused = true;
        if (state == State.STA713) {
            transport.pause();
        }
    }

    @Override
    public void resume() {
        paused = false;
        if (transport != null) {
            transport.resume();
        }
    }

    /** The layer is closed: end the connection without a word to the peer's session layer. */
    void close() {
        if (transport != null) {
            transport.disconnectRequest();
            disconnectIndication(DisconnectReason.LOCAL_CLOSE);
        }
    }

    State state() {
        return state;
    }

    SessionStatus status() {
        return new SessionStatus(number, state.name(), v.isInitiator(), remote, functionalUnits(), ownTokens(), since);
    }
}
