package org.osistack.session.x225;

import java.util.EnumSet;
import java.util.Set;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.SessionStatus;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;
import org.osistack.session.x225.StateTable.Row;
import org.osistack.session.x225.StateTable.Rule;

/**
 * The user's end of a session connection: makes events of the user's requests and responses, and keeps the promises that
 * the service makes about the end of a connection.
 */
final class X225Connection implements SessionConnection {
    /** What the state machine lets a user ask for again and again without an answer. */
    private static final Set<Event> PUT_OFF = EnumSet.of(
            Event.S_TOKEN_PLEASE_REQUEST,
            Event.S_SYNC_MINOR_REQUEST,
            Event.S_SYNC_MINOR_RESPONSE,
            Event.S_U_EXCEPTION_REPORT_REQUEST);

    private final SessionProtocolMachine machine;
    private final int number;
    private final Establishment establishment;
    private final Requests requests;
    private final Numbering numbering;
    private final Sender sender;
    private final Variables v;
    private final PduPool pool;

    private SessionUser user; // null if there is none yet, or no more
    private boolean ended;
    private boolean paused;
    private boolean wantsReady;
    private SessionPrimitive earlyAnswer;
    private SessionPrimitive lateConfirm;

    X225Connection(
            SessionProtocolMachine machine,
            Establishment establishment,
            Requests requests,
            Numbering numbering,
            Sender sender,
            Variables v,
            PduPool pool) {
        this.machine = machine;
        this.number = machine.number();
        this.establishment = establishment;
        this.requests = requests;
        this.numbering = numbering;
        this.sender = sender;
        this.v = v;
        this.pool = pool;
    }

    // ---- requests and responses
    // -----------------------------------------------------------------------------------------

    @Override
    public boolean dataRequest(Pdu ssdu) {
        if (ended) {
            ssdu.release();
            return true;
        }
        if (ssdu.length() == 0) {
            throw new IllegalArgumentException("S-DATA of no octets");
        }
        Row row = allowed(Event.S_DATA_REQUEST);
        if (!row.has(Output.DT)) {
            ssdu.release(); // purged by a resynchronization that the user hasn't been told of yet
            return true;
        }
        boolean taken = sender.data(SpduType.DT, ssdu);
        wantsReady |= !taken;
        if (taken) {
            machine.use();
        }
        return taken;
    }

    @Override
    public boolean request(SessionPrimitive primitive) {
        if (ended) {
            return true;
        }
        Event event = requests.eventOf(primitive, machine.state());
        if (event == Event.S_RELEASE_ACCEPT && mustWaitForDisconnect()) {
            earlyAnswer = primitive;
            return true;
        }
        if (event == Event.S_CONNECT_ACCEPT && machine.state() == State.STA08) {
            SessionRefusal reason = establishment.answer((SessionPrimitive.ConnectAnswer) primitive);
            if (reason != null) {
                cannotAccept(reason);
                return true;
            }
        }
        if (event == Event.S_TOKEN_PLEASE_REQUEST && machine.state() == State.STA18 && Predicate.P53.holds(v)) {
            wantsReady = true; // GIVE TOKENS ACK, of which no user hears, will bring it
            return false;
        }
        Row row = allowed(event);
        machine.use();
        if (event == Event.S_TYPED_DATA_REQUEST && row.has(Output.TD)) {
            return typedData(primitive.userData());
        }
        if (event == Event.S_EXPEDITED_DATA_REQUEST && row.has(Output.EX)) {
            return expeditedData(primitive.userData());
        }
        if (PUT_OFF.contains(event) && sender.isCongested()) {
            wantsReady = true;
            return false;
        }
        if (event == Event.S_U_ABORT_REQUEST || event == Event.S_CONNECT_REFUSE) {
            end();
        }
        SessionPrimitive confirm = event == Event.S_RELEASE_ACCEPT ? lateConfirm : null;
        machine.apply(row, event, primitive, null);
        if (confirm != null) {
            tellTheEnd(confirm);
        } else if (event == Event.S_RELEASE_ACCEPT && machine.state() != State.STA03) {
            end();
        }
        return true;
    }

    /** The row for a primitive of the user; rule R3 if the table has none. */
    private Row allowed(Event event) {
        State state = machine.state();
        Row row = machine.match(event);
        String fault = numbering.fault(event, state);
        if (fault != null && isRefused(row)) {
            numbering.correct(event, state);
            if (!isRefused(machine.match(event))) {
                throw new IllegalArgumentException(fault);
            }
        }
        if (isRefused(row)) {
            throw new IllegalStateException(Refusals.sentence(event, state, v));
        }
        if (fault != null && row.rule() == Rule.NONE) {
            throw new IllegalArgumentException(fault);
        }
        return row;
    }

    private static boolean isRefused(Row row) {
        return row == null || row.rule() == Rule.R3;
    }

    private boolean expeditedData(Octets userData) {
        boolean taken = sender.expedited(Spdu.of(SpduType.EX).build(), userData);
        wantsReady |= !taken;
        return taken;
    }

    private boolean typedData(Octets userData) {
        if (sender.isIdle()) {
            Pdu ssdu = pool.take(userData.length());
            userData.appendTo(ssdu);
            if (sender.data(SpduType.TD, ssdu)) {
                return true;
            }
            ssdu.release();
        }
        wantsReady = true;
        return false;
    }

    /** The user accepts, but with what it wants and what the peer proposed there is no way to talk. */
    private void cannotAccept(SessionRefusal reason) {
        SessionUser told = user;
        end();
        SessionPrimitive refusal = establishment.refused(reason);
        machine.occur(Event.S_CONNECT_REFUSE, refusal);
        if (told != null) {
            told.indication(new SessionPrimitive.ProviderAbort(ProviderAbortReason.IMPLEMENTATION_RESTRICTION));
        }
    }

    /**
     * Two releases have collided, and the peer, who is the initiator, has not sent its DISCONNECT: it goes first (X.225
     * §7.6), and this side's answer has to wait.
     */
    private boolean mustWaitForDisconnect() {
        return machine.state() == State.STA09 && v.vcoll && v.vtca && !v.vdnr;
    }

    // ---- indications and confirms
    // ----------------------------------------------------------------------------------------

    void use(SessionUser newUser) {
        user = newUser;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isPaused() {
        return paused;
    }

    /** S-DATA.indication. The SSDU is taken over. */
    void data(Pdu ssdu) {
        if (user == null) {
            ssdu.release();
        } else {
            user.dataIndication(ssdu);
        }
    }

    void tell(SessionPrimitive primitive) {
        if (user != null) {
            user.indication(primitive);
        }
    }

    /** Tell the user the last that it hears. */
    void tellTheEnd(SessionPrimitive primitive) {
        SessionUser told = user;
        end();
        if (told != null) {
            told.indication(primitive);
        }
    }

    private void end() {
        user = null;
        ended = true;
    }

    /** A release that was confirmed is the end, unless the peer's own release has to be answered first. */
    void released(SessionPrimitive confirm) {
        if (machine.state() != State.STA09) {
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

    /** The transport takes data again. */
    void ready() {
        if (wantsReady && user != null && sender.isIdle()) {
            wantsReady = false;
            user.readyIndication();
        }
    }

    // ---- what the user may ask
    // ---------------------------------------------------------------------------------------------

    @Override
    public FunctionalUnits functionalUnits() {
        return ended ? FunctionalUnits.KERNEL : v.functionalUnits();
    }

    @Override
    public Tokens ownTokens() {
        return ended ? Tokens.NONE : new Tokens(v.owned);
    }

    @Override
    public SerialNumbers serialNumbers() {
        return ended ? SerialNumbers.NONE : v.serialNumbers();
    }

    @Override
    public SerialNumbers receivedSerialNumbers() {
        return ended ? SerialNumbers.NONE : v.isSymmetric() ? v.receiving.serialNumbers() : v.serialNumbers();
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public SessionAddress remote() {
        return establishment.remote();
    }

    @Override
    public void pause() {
        paused = true;
        machine.flow();
    }

    @Override
    public void resume() {
        paused = false;
        machine.flow();
    }

    /** What layer management tells of it: since when it is there, and when it was last used. */
    SessionStatus status(long since, long lastUse) {
        return new SessionStatus(
                number,
                machine.state().name(),
                v.isInitiator(),
                establishment.remote() == null ? "" : establishment.remote().toString(),
                functionalUnits(),
                ownTokens(),
                new Tokens(v.available() & ~v.owned),
                v.serialNumbers(),
                v.activity,
                since,
                lastUse);
    }
}
