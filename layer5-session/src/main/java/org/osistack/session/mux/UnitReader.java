package org.osistack.session.mux;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/** Turns the peer's units into indications and confirms, where state, tokens and functional units allow them. */
final class UnitReader implements ReceiveStream.Sink {
    private final MuxSession session;

    UnitReader(MuxSession session) {
        this.session = session;
    }

    @Override
    public boolean isReady() {
        return session.isReady();
    }

    @Override
    public void unit(FrameType type, Pdu body) {
        if (type == FrameType.OPEN) {
            OpenUnit open =
                    session.isInitiator() || session.establishment().proposal() != null ? null : OpenUnit.parse(body);
            body.release();
            if (open == null) {
                session.fault("OPEN malformed, or where it must not be");
            } else {
                session.establishment().indicate(open);
            }
            return;
        }
        Event event = Event.of(type);
        State next = StateTable.next(session.state(), event);
        if (next == null || !isPossible(type, body)) {
            body.release();
            session.fault(event + " in " + session.state());
        } else if (type == FrameType.DATA) {
            session.user().dataIndication(body);
        } else if (type == FrameType.ACCEPT) {
            AcceptUnit accept = AcceptUnit.parse(body);
            body.release();
            accepted(accept);
        } else {
            int fixed = fixedLength(type);
            int head = fixed == 2 ? body.getUint16(0) : fixed == 1 ? body.getUint8(0) : 0;
            Octets data = UnitParts.octets(body, fixed, body.length() - fixed);
            body.release();
            told(event, next, head, data);
        }
    }

    private static int fixedLength(FrameType type) {
        return switch (type) {
            case REFUSE -> 2;
            case GIVE, PLEASE -> 1;
            default -> 0;
        };
    }

    /** Whether the peer may send such a unit, by what was agreed on and who has which token. */
    private boolean isPossible(FrameType type, Pdu body) {
        if (body.length() < fixedLength(type)) {
            return false;
        }
        return switch (type) {
            case DATA ->
                body.length() > 0
                        && !(session.units().has(FunctionalUnit.HALF_DUPLEX)
                                && session.owned().has(Token.DATA));
            case TYPED -> body.length() > 0 && session.units().has(FunctionalUnit.TYPED_DATA);
            case GIVE -> areTokens(body) && (body.getUint8(0) & session.owned().bits()) == 0;
            case PLEASE -> areTokens(body);
            case RELEASE -> session.owned().isEmpty();
            case NOT_RELEASED -> session.units().has(FunctionalUnit.NEGOTIATED_RELEASE);
            default -> true;
        };
    }

    private boolean areTokens(Pdu body) {
        int tokens = body.getUint8(0);
        return tokens != 0 && (tokens & ~Agreement.available(session.units()).bits()) == 0;
    }

    private void accepted(AcceptUnit accept) {
        Agreement agreement = accept == null ? null : new Agreement(accept.requirements(), accept.tokens());
        if (agreement == null
                || !agreement.isPossible()
                || !session.establishment().proposal().requirements().hasAll(accept.requirements())) {
            session.fault("ACCEPT malformed, or of something else");
            return;
        }
        session.agreed(agreement);
        session.enter(State.OPEN, Event.ACCEPT.toString());
        session.user()
                .indication(new SessionPrimitive.ConnectAnswer(
                        null,
                        accept.identifier(),
                        new SessionAddress(
                                accept.responding(),
                                session.establishment().remote().transport()),
                        session.units(),
                        -1,
                        accept.tokens(),
                        accept.pleased(),
                        accept.userData()));
    }

    private void told(Event event, State next, int head, Octets data) {
        switch (event) {
            case REFUSE ->
                session.tellTheEnd(
                        session.connection().refusal(SessionRefusal.ofCode(head), data), next, event.toString());
            case TYPED -> session.user().indication(new SessionPrimitive.TypedData(data));
            case GIVE -> {
                Tokens tokens = new Tokens(head);
                session.own(new Tokens(session.owned().bits() | head), event.toString());
                session.user().indication(new SessionPrimitive.Step(new DialogueStep.TokenGive(tokens), data));
            }
            case PLEASE ->
                session.user()
                        .indication(new SessionPrimitive.Step(new DialogueStep.TokenPlease(new Tokens(head)), data));
            case RELEASE -> {
                session.enter(next, event.toString());
                session.user().indication(new SessionPrimitive.Release(data));
            }
            case RELEASED -> {
                SessionPrimitive confirm = new SessionPrimitive.ReleaseAnswer(true, data);
                if (next == State.CONFIRMED) {
                    session.connection().lateConfirm(confirm);
                    session.enter(next, event.toString());
                } else {
                    session.tellTheEnd(confirm, next, event.toString());
                }
            }
            default -> { // NOT-RELEASED
                session.enter(next, event.toString());
                session.user().indication(new SessionPrimitive.ReleaseAnswer(false, data));
            }
        }
    }
}
