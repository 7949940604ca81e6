package org.osistack.session.mux;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;

/** The user's end of a session: checks the user's requests and responses, and makes units of them. */
final class MuxConnection implements SessionConnection {
    private final MuxSession session;
    private final Trunk trunk;
    private boolean wantsReady;
    private SessionPrimitive lateConfirm; // of a release, for when the user has answered the peer's

    MuxConnection(MuxSession session, Trunk trunk) {
        this.session = session;
        this.trunk = trunk;
    }

    @Override
    public boolean dataRequest(Pdu ssdu) {
        if (session.isOver()) {
            ssdu.release();
            return true;
        }
        if (ssdu.length() == 0) {
            throw new IllegalArgumentException("S-DATA of no octets");
        }
        allowed(Event.DATA_REQUEST);
        checkLength("S-DATA", ssdu.length());
        if (isCongested()) {
            return false;
        }
        session.data(ssdu);
        trunk.frames().pump();
        return true;
    }

    /** Whether so much waits to be sent or acknowledged that no more is taken. */
    private boolean isCongested() {
        boolean full = session.sending().buffered() >= trunk.settings().credit();
        wantsReady |= full;
        return full;
    }

    /** Something was acknowledged. */
    void ready() {
        SessionUser user = session.user();
        if (wantsReady
                && user != null
                && session.sending().buffered() <= trunk.settings().credit() / 2) {
            wantsReady = false;
            user.readyIndication();
        }
    }

    private void checkLength(String service, int length) {
        if (length > trunk.peer().maxUnit()) {
            throw new IllegalArgumentException(service + " of " + length + " octets, and the peer takes "
                    + trunk.peer().maxUnit());
        }
    }

    @Override
    public boolean request(SessionPrimitive primitive) {
        if (session.isOver()) {
            return true;
        }
        boolean taken = true;
        Octets data = primitive.userData();
        if (primitive instanceof SessionPrimitive.UserAbort) {
            allowed(Event.ABORT_REQUEST);
            session.abort(SessionControls.BY_USER, data, Event.ABORT_REQUEST.toString());
        } else if (primitive instanceof SessionPrimitive.ConnectAnswer answer) {
            allowed(answer.isAccepted() ? Event.CONNECT_ACCEPT : Event.CONNECT_REFUSE);
            answer(answer);
        } else if (primitive instanceof SessionPrimitive.TypedData) {
            if (data.isEmpty()) {
                throw new IllegalArgumentException("S-TYPED-DATA of no octets");
            }
            taken = unit(Event.TYPED_REQUEST, FrameType.TYPED, MuxSession.NOTHING, data);
        } else if (primitive instanceof SessionPrimitive.Step step) {
            taken = step(step.step(), data);
        } else if (primitive instanceof SessionPrimitive.Release) {
            State next = allowed(Event.RELEASE_REQUEST);
            checkLength(primitive.service(), data.length());
            session.add(FrameType.RELEASE, MuxSession.NOTHING, data);
            session.enter(next, Event.RELEASE_REQUEST.toString());
        } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            answer(answer);
        } else {
            throw notHere(primitive.service());
        }
        trunk.frames().pump();
        return taken;
    }

    /** The peer has agreed to a release before the user has answered the peer's: the user hears of it when it has. */
    void lateConfirm(SessionPrimitive confirm) {
        lateConfirm = confirm;
    }

    private static IllegalArgumentException notHere(String service) {
        return new IllegalArgumentException(
                service + " belongs to a functional unit that this session layer does not have");
    }

    private boolean step(DialogueStep step, Octets data) {
        if (step instanceof DialogueStep.TokenGive give) {
            check(give.tokens());
            allowed(Event.GIVE_REQUEST);
            if ((give.tokens().bits() & ~session.owned().bits()) != 0) {
                throw new IllegalStateException(Event.GIVE_REQUEST + ": the peer holds one of these tokens");
            }
            boolean taken = unit(Event.GIVE_REQUEST, FrameType.GIVE, octet(give.tokens()), data);
            if (taken) {
                session.own(new Tokens(session.owned().bits() & ~give.tokens().bits()), Event.GIVE_REQUEST.toString());
            }
            return taken;
        } else if (step instanceof DialogueStep.TokenPlease please) {
            check(please.tokens());
            allowed(Event.PLEASE_REQUEST);
            if ((please.tokens().bits() & session.owned().bits()) != 0) {
                throw new IllegalStateException(Event.PLEASE_REQUEST + ": one of these tokens is here");
            }
            return unit(Event.PLEASE_REQUEST, FrameType.PLEASE, octet(please.tokens()), data);
        }
        throw notHere("S-" + step.service());
    }

    private void check(Tokens tokens) {
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("no token is named");
        }
        int missing = tokens.bits() & ~Agreement.available(session.units()).bits();
        if (missing != 0) {
            throw new IllegalStateException("the token " + new Tokens(missing) + " does not exist in this session");
        }
    }

    private static byte[] octet(Tokens tokens) {
        return new byte[] {(byte) tokens.bits()};
    }

    private boolean unit(Event event, FrameType type, byte[] head, Octets data) {
        allowed(event);
        checkLength(type.name(), data.length());
        if (isCongested()) {
            return false;
        }
        session.add(type, head, data);
        return true;
    }

    /** The state after a request; throws if it may not be. */
    private State allowed(Event event) {
        State state = session.state();
        State next = StateTable.next(state, event);
        if (next == null) {
            throw new IllegalStateException(event + " is not allowed in " + state + " (" + state.text() + ")");
        }
        String missing = missing(event);
        if (missing != null) {
            throw new IllegalStateException(event + " is not allowed in " + state + ": " + missing);
        }
        return next;
    }

    /** What a request wants that isn't there; null if nothing. */
    private String missing(Event event) {
        FunctionalUnits units = session.units();
        return switch (event) {
            case DATA_REQUEST ->
                units.has(FunctionalUnit.HALF_DUPLEX) && !session.owned().has(Token.DATA)
                        ? "the peer holds the token data"
                        : null;
            case TYPED_REQUEST -> units.has(FunctionalUnit.TYPED_DATA) ? null : "typed data was not agreed on";
            case RELEASE_REQUEST ->
                session.owned().equals(Agreement.available(units))
                        ? null
                        : "the peer holds a token, and the release needs all";
            case RELEASE_REFUSE ->
                units.has(FunctionalUnit.NEGOTIATED_RELEASE) ? null : "negotiated release was not agreed on";
            default -> null;
        };
    }

    private void answer(SessionPrimitive.ConnectAnswer answer) {
        Octets data = answer.userData();
        if (!answer.isAccepted()) {
            session.establishment()
                    .refuse(
                            answer.refusal().isByUser() ? answer.refusal() : SessionRefusal.NOT_SPECIFIED_BY_USER,
                            data.length() > trunk.peer().maxUnit() ? Octets.EMPTY : data);
            return;
        }
        checkLength(answer.service(), data.length());
        OpenUnit proposal = session.establishment().proposal();
        TokenSetting placed = Agreement.placed(proposal.tokens(), answer.tokens());
        Agreement agreement = new Agreement(Agreement.common(proposal.requirements(), answer.requirements()), placed);
        if (!agreement.isPossible()) {
            cannotAccept();
            return;
        }
        session.agreed(agreement);
        int pleased =
                answer.tokensPleased() == null ? 0 : answer.tokensPleased().bits();
        AcceptUnit accept = new AcceptUnit(
                agreement.units(),
                placed,
                new Tokens(pleased
                        & Agreement.available(agreement.units()).bits()
                        & ~session.owned().bits()),
                answer.responding() == null
                        ? proposal.called()
                        : answer.responding().selector(),
                answer.identifier() == null ? ConnectionIdentifier.NONE : answer.identifier(),
                data);
        session.add(FrameType.ACCEPT, accept.head(), data);
        session.enter(State.OPEN, Event.CONNECT_ACCEPT.toString());
    }

    /** The user accepts, but with what it wants and what the peer proposed there is no way to talk. */
    private void cannotAccept() {
        SessionUser told = session.user();
        session.establishment().refuse(SessionRefusal.REJECTED_BY_USER, Octets.EMPTY);
        if (told != null) {
            told.indication(new SessionPrimitive.ProviderAbort(ProviderAbortReason.IMPLEMENTATION_RESTRICTION));
        }
    }

    private void answer(SessionPrimitive.ReleaseAnswer answer) {
        Event event = answer.affirmative() ? Event.RELEASE_ACCEPT : Event.RELEASE_REFUSE;
        State next = allowed(event);
        checkLength(answer.service(), answer.userData().length());
        session.add(
                answer.affirmative() ? FrameType.RELEASED : FrameType.NOT_RELEASED,
                MuxSession.NOTHING,
                answer.userData());
        if (next != State.ENDING) {
            session.enter(next, event.toString());
        } else if (session.state() == State.CONFIRMED) {
            session.tellTheEnd(lateConfirm, next, event.toString());
        } else {
            session.leave(event.toString());
        }
    }

    /** S-CONNECT.confirm of a session that did not come about. */
    SessionPrimitive.ConnectAnswer refusal(SessionRefusal reason, Octets userData) {
        return new SessionPrimitive.ConnectAnswer(
                reason,
                ConnectionIdentifier.NONE,
                session.establishment().remote(),
                FunctionalUnits.KERNEL,
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                userData);
    }

    // ---- what the user may ask ----

    @Override
    public FunctionalUnits functionalUnits() {
        return session.units();
    }

    @Override
    public Tokens ownTokens() {
        return session.owned();
    }

    /** There are no synchronization points. */
    @Override
    public SerialNumbers serialNumbers() {
        return SerialNumbers.NONE;
    }

    @Override
    public int number() {
        return session.number();
    }

    @Override
    public SessionAddress remote() {
        return session.establishment().remote();
    }

    @Override
    public void pause() {
        session.pause();
    }

    @Override
    public void resume() {
        session.resume();
    }
}
