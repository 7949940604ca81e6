package org.osistack.session.x225;

import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.x225.Variables.Resync;

/**
 * The way down of one session connection: which event a request or response of the user is, and what it may say (X.225
 * clause 7). What the event says goes into the {@link Variables}. {@link Numbering} knows the serial numbers, and
 * {@link Composer} the SPDU that comes of it.
 */
final class Requests {
    /** The most octets that S-EXPEDITED-DATA carries: a TSDU of sixteen, less two of the EXPEDITED SPDU. */
    static final int MAX_EXPEDITED_DATA = 14;

    private final Variables v;
    private final Establishment establishment;
    private final Numbering numbering;

    Requests(Variables v, Establishment establishment, Numbering numbering) {
        this.v = v;
        this.establishment = establishment;
        this.numbering = numbering;
    }

    // ---- events
    // ---------------------------------------------------------------------------------------------------------

    /**
     * The event that a primitive is.
     *
     * @throws IllegalArgumentException if it is none, or says what cannot be
     */
    Event eventOf(SessionPrimitive primitive, State state) {
        Event event;
        if (primitive instanceof SessionPrimitive.ConnectAnswer answer) {
            event = answer.isAccepted() ? Event.S_CONNECT_ACCEPT : Event.S_CONNECT_REFUSE;
        } else if (primitive instanceof SessionPrimitive.TypedData) {
            event = Event.S_TYPED_DATA_REQUEST;
        } else if (primitive instanceof SessionPrimitive.ExpeditedData) {
            event = Event.S_EXPEDITED_DATA_REQUEST;
        } else if (primitive instanceof SessionPrimitive.CapabilityData) {
            event = Event.S_CAPABILITY_DATA_REQUEST;
        } else if (primitive instanceof SessionPrimitive.CapabilityDataAnswer) {
            event = Event.S_CAPABILITY_DATA_RESPONSE;
        } else if (primitive instanceof SessionPrimitive.Step step) {
            event = eventOf(step.step(), state);
        } else if (primitive instanceof SessionPrimitive.Release) {
            event = Event.S_RELEASE_REQUEST;
        } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            event = answer.affirmative() ? Event.S_RELEASE_ACCEPT : Event.S_RELEASE_REFUSE;
        } else if (primitive instanceof SessionPrimitive.UserAbort) {
            event = Event.S_U_ABORT_REQUEST;
        } else {
            throw new IllegalArgumentException(primitive.service() + " is no request or response of a user");
        }
        checkUserData(primitive);
        return event;
    }

    private Event eventOf(DialogueStep step, State state) {
        if (step instanceof DialogueStep.TokenGive give) {
            return name(give.tokens(), Event.S_TOKEN_GIVE_REQUEST);
        } else if (step instanceof DialogueStep.TokenPlease please) {
            return name(please.tokens(), Event.S_TOKEN_PLEASE_REQUEST);
        } else if (step instanceof DialogueStep.ControlGive) {
            return Event.S_CONTROL_GIVE_REQUEST;
        } else if (step instanceof DialogueStep.SyncMinor minor) {
            return numbering.name(
                    minor.serialNumber(),
                    minor.dataSeparation() ? Event.S_SYNC_MINOR_REQUEST_SEPARATED : Event.S_SYNC_MINOR_REQUEST,
                    state);
        } else if (step instanceof DialogueStep.SyncMinorAnswer answer) {
            return numbering.name(answer.serialNumber(), Event.S_SYNC_MINOR_RESPONSE, state);
        } else if (step instanceof DialogueStep.SyncMajor major) {
            numbering.refuseSecond(step, major.secondSerialNumber());
            return numbering.name(major.serialNumber(), Event.S_SYNC_MAJOR_REQUEST, state);
        } else if (step instanceof DialogueStep.SyncMajorAnswer answer) {
            return numbering.nameSecond(step, answer.secondSerialNumber(), Event.S_SYNC_MAJOR_RESPONSE);
        } else if (step instanceof DialogueStep.Resynchronize resynchronize) {
            return resynchronize(resynchronize, state);
        } else if (step instanceof DialogueStep.ResynchronizeAnswer answer) {
            v.setting = decided(answer.tokens()).bits();
            v.tokens = Variables.held(new TokenSetting(v.setting), v.units, v.isInitiator());
            return numbering.name(answer, state);
        } else if (step instanceof DialogueStep.UserExceptionReport) {
            return Event.S_U_EXCEPTION_REPORT_REQUEST;
        }
        return eventOfActivity(step, state);
    }

    private Event eventOfActivity(DialogueStep step, State state) {
        if (step instanceof DialogueStep.ActivityStart start) {
            v.namedActivity = start.identifier();
            return Event.S_ACTIVITY_START_REQUEST;
        } else if (step instanceof DialogueStep.ActivityResume resume) {
            v.namedActivity = resume.identifier();
            numbering.name(resume);
            return Event.S_ACTIVITY_RESUME_REQUEST;
        } else if (step instanceof DialogueStep.ActivityInterrupt) {
            v.resync = Resync.INTERRUPT;
            return Event.S_ACTIVITY_INTERRUPT_REQUEST;
        } else if (step instanceof DialogueStep.ActivityInterruptAnswer) {
            return Event.S_ACTIVITY_INTERRUPT_RESPONSE;
        } else if (step instanceof DialogueStep.ActivityDiscard) {
            v.resync = Resync.DISCARD;
            return Event.S_ACTIVITY_DISCARD_REQUEST;
        } else if (step instanceof DialogueStep.ActivityDiscardAnswer) {
            return Event.S_ACTIVITY_DISCARD_RESPONSE;
        } else if (step instanceof DialogueStep.ActivityEnd end) {
            numbering.refuseSecond(step, end.secondSerialNumber());
            return numbering.name(end.serialNumber(), Event.S_ACTIVITY_END_REQUEST, state);
        } else if (step instanceof DialogueStep.ActivityEndAnswer answer) {
            return numbering.nameSecond(step, answer.secondSerialNumber(), Event.S_ACTIVITY_END_RESPONSE);
        }
        throw new IllegalArgumentException("S-" + step.service() + " is no request or response of a user");
    }

    private Event name(Tokens tokens, Event event) {
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("no token is named");
        }
        v.tokens = tokens.bits();
        return event;
    }

    private Event resynchronize(DialogueStep.Resynchronize step, State state) {
        TokenSetting wanted = step.tokens() == null ? v.position() : step.tokens();
        v.setting = Proposal.ofAvailable(wanted, v.functionalUnits()).bits();
        for (Token token : Token.values()) {
            if (new TokenSetting(v.setting).side(token) == TokenSetting.Side.RESERVED) {
                throw new IllegalArgumentException("S-RESYNCHRONIZE with a reserved setting of the token " + token);
            }
        }
        return numbering.name(step, state);
    }

    /** What the responder makes of the requested setting: it chooses for those tokens that are left to it. */
    private TokenSetting decided(TokenSetting answer) {
        TokenSetting asked = new TokenSetting(v.vrspSetting);
        TokenSetting choice = answer == null ? v.position() : answer;
        TokenSetting decided = TokenSetting.INITIATOR;
        for (Token token : Token.values()) {
            TokenSetting.Side side = asked.side(token);
            if (side == TokenSetting.Side.CALLED_USERS_CHOICE) {
                side = choice.side(token);
            }
            if (side == TokenSetting.Side.RESPONDER) {
                decided = decided.with(token, side);
            }
        }
        return Proposal.ofAvailable(decided, v.functionalUnits());
    }

    // ---- user data
    // -----------------------------------------------------------------------------------------------------

    private void checkUserData(SessionPrimitive primitive) {
        int length = primitive.userData().length();
        boolean version1 = establishment.version() == Proposal.VERSION_1;
        if (primitive instanceof SessionPrimitive.TypedData) {
            if (length == 0) {
                throw new IllegalArgumentException("S-TYPED-DATA of no octets");
            }
        } else if (primitive instanceof SessionPrimitive.ExpeditedData) {
            if (length == 0 || length > MAX_EXPEDITED_DATA) {
                throw new IllegalArgumentException(
                        "S-EXPEDITED-DATA carries 1 to " + MAX_EXPEDITED_DATA + " octets, not " + length);
            }
        } else if (length > 0
                && primitive instanceof SessionPrimitive.Step step
                && carriesNothing(step.step(), version1)) {
            throw new IllegalArgumentException(
                    primitive.service() + " carries no user data" + (version1 ? " in version 1 of the protocol" : ""));
        } else if (version1 && length > Proposal.MAX_DATA_VERSION_1 && !mayBeLeftAway(primitive)) {
            throw new IllegalArgumentException(primitive.service() + " with " + length
                    + " octets of user data, and version 1 of the protocol carries 512");
        }
    }

    private static boolean mayBeLeftAway(SessionPrimitive primitive) {
        return primitive instanceof SessionPrimitive.UserAbort || primitive instanceof SessionPrimitive.ConnectAnswer;
    }

    private static boolean carriesNothing(DialogueStep step, boolean version1) {
        return step instanceof DialogueStep.TokenGive
                || step instanceof DialogueStep.ControlGive
                || version1
                        && (step instanceof DialogueStep.ActivityInterrupt
                                || step instanceof DialogueStep.ActivityInterruptAnswer
                                || step instanceof DialogueStep.ActivityDiscard
                                || step instanceof DialogueStep.ActivityDiscardAnswer);
    }
}
