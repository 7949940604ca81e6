package org.osistack.session.x225;

import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.x225.Variables.Resync;

/**
 * The way down of one session connection: which event a request or response of the user is, what it may say, and which
 * SPDU it becomes (X.225 clause 7). What the event says goes into the {@link Variables}.
 */
final class Requests {
    /** The highest serial number that six digits write. */
    static final long MAX_SERIAL_NUMBER = 999_999;

    /** The most octets that S-EXPEDITED-DATA carries: a TSDU of sixteen, less two of the EXPEDITED SPDU. */
    static final int MAX_EXPEDITED_DATA = 14;

    private static final int NOT_EXPLICIT = 1; // Sync Type Item of MINOR SYNC POINT
    private static final int SEPARATED = 2;
    private static final int NO_ACTIVITY_END = 1; // Sync Type Item of MAJOR SYNC POINT

    private final Variables v;
    private final Establishment establishment;

    Requests(Variables v, Establishment establishment) {
        this.v = v;
        this.establishment = establishment;
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
            return number(
                    minor.serialNumber(),
                    minor.dataSeparation() ? Event.S_SYNC_MINOR_REQUEST_SEPARATED : Event.S_SYNC_MINOR_REQUEST,
                    state);
        } else if (step instanceof DialogueStep.SyncMinorAnswer answer) {
            return number(answer.serialNumber(), Event.S_SYNC_MINOR_RESPONSE, state);
        } else if (step instanceof DialogueStep.SyncMajor major) {
            refuseSecond(step, major.secondSerialNumber());
            return number(major.serialNumber(), Event.S_SYNC_MAJOR_REQUEST, state);
        } else if (step instanceof DialogueStep.SyncMajorAnswer) {
            return Event.S_SYNC_MAJOR_RESPONSE;
        } else if (step instanceof DialogueStep.Resynchronize resynchronize) {
            return resynchronize(resynchronize, state);
        } else if (step instanceof DialogueStep.ResynchronizeAnswer answer) {
            refuseSecond(step, answer.secondSerialNumber());
            v.setting = decided(answer.tokens()).bits();
            v.tokens = Variables.held(new TokenSetting(v.setting), v.units, v.isInitiator());
            return number(answer.serialNumber(), Event.S_RESYNCHRONIZE_RESPONSE, state);
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
            v.serialNumber = resume.serialNumber();
            if (v.serialNumber < 0 || v.serialNumber > MAX_SERIAL_NUMBER) {
                throw new IllegalArgumentException("S-ACTIVITY-RESUME with the serial number " + v.serialNumber);
            }
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
            refuseSecond(step, end.secondSerialNumber());
            return number(end.serialNumber(), Event.S_ACTIVITY_END_REQUEST, state);
        } else if (step instanceof DialogueStep.ActivityEndAnswer) {
            return Event.S_ACTIVITY_END_RESPONSE;
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

    private Event number(long serialNumber, Event event, State state) {
        v.serialNumber = serialNumber == DialogueStep.NEXT ? due(event, state) : serialNumber;
        return event;
    }

    private static void refuseSecond(DialogueStep step, long serialNumber) {
        if (serialNumber != DialogueStep.NEXT) {
            throw new IllegalArgumentException("a second serial number in S-" + step.service()
                    + " belongs to symmetric synchronize, which is not supported");
        }
    }

    private Event resynchronize(DialogueStep.Resynchronize step, State state) {
        refuseSecond(step, step.secondSerialNumber());
        TokenSetting wanted = step.tokens() == null ? v.position() : step.tokens();
        v.setting = Proposal.ofAvailable(wanted, v.functionalUnits()).bits();
        for (Token token : Token.values()) {
            if (new TokenSetting(v.setting).side(token) == TokenSetting.Side.RESERVED) {
                throw new IllegalArgumentException("S-RESYNCHRONIZE with a reserved setting of the token " + token);
            }
        }
        Event event;
        switch (step.type()) {
            case RESTART -> {
                v.resync = Resync.RESTART;
                event = Event.S_RESYNCHRONIZE_RESTART_REQUEST;
            }
            case ABANDON -> {
                v.resync = Resync.ABANDON;
                event = Event.S_RESYNCHRONIZE_ABANDON_REQUEST;
            }
            default -> {
                v.resync = Resync.SET;
                event = Event.S_RESYNCHRONIZE_SET_REQUEST;
            }
        }
        return number(step.serialNumber(), event, state);
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

    // ---- serial numbers
    // -------------------------------------------------------------------------------------------------

    /** The serial number that {@link DialogueStep#NEXT} stands for; -1 if the user has to name one. */
    long due(Event event, State state) {
        return switch (event) {
            case S_SYNC_MINOR_REQUEST,
                    S_SYNC_MINOR_REQUEST_SEPARATED,
                    S_SYNC_MAJOR_REQUEST,
                    S_ACTIVITY_END_REQUEST,
                    S_RESYNCHRONIZE_ABANDON_REQUEST -> v.vm;
            case S_SYNC_MINOR_RESPONSE -> lastMinor(state);
            case S_RESYNCHRONIZE_RESPONSE -> v.vrsp == Resync.ABANDON ? v.vm : v.vrspnb;
            default -> -1;
        };
    }

    /** The last minor point: while a major one waits for its confirmation, the point before that. */
    private long lastMinor(State state) {
        return state == State.STA10A || state == State.STA10B ? v.vm - 2 : v.vm - 1;
    }

    /** What is wrong with the serial number of an event, in a sentence; null if nothing is. */
    String serialNumberFault(Event event, State state) {
        long lowest = due(event, state);
        long highest = lowest;
        switch (event) {
            case S_SYNC_MINOR_REQUEST,
                    S_SYNC_MINOR_REQUEST_SEPARATED,
                    S_SYNC_MAJOR_REQUEST,
                    S_ACTIVITY_END_REQUEST,
                    S_RESYNCHRONIZE_ABANDON_REQUEST -> {}
            case S_SYNC_MINOR_RESPONSE -> lowest = v.va;
            case S_RESYNCHRONIZE_RESTART_REQUEST -> {
                lowest = v.vr;
                highest = v.vm;
            }
            case S_RESYNCHRONIZE_SET_REQUEST -> {
                lowest = 0;
                highest = MAX_SERIAL_NUMBER;
            }
            case S_RESYNCHRONIZE_RESPONSE -> {
                if (v.vrsp == Resync.SET) {
                    lowest = 0;
                    highest = MAX_SERIAL_NUMBER;
                }
            }
            default -> {
                return null;
            }
        }
        highest = Math.min(highest, MAX_SERIAL_NUMBER);
        if (v.serialNumber >= lowest && v.serialNumber <= highest) {
            return null;
        }
        String possible =
                lowest > highest ? "none is" : lowest == highest ? lowest + " is" : lowest + " to " + highest + " are";
        return event + " with the serial number " + v.serialNumber + ", where " + possible + " possible";
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

    // ---- SPDUs
    // ---------------------------------------------------------------------------------------------------------

    /**
     * The SPDU for a primitive, made with the variables as they are before the row's actions.
     *
     * @param primitive null if the provider sends it by itself
     */
    Spdu spdu(Output output, SessionPrimitive primitive) {
        return switch (output) {
            case CN, OA -> establishment.spdu(output.spdu(), null, true);
            case AC, RF_NR -> establishment.spdu(output.spdu(), (SessionPrimitive.ConnectAnswer) primitive, true);
            case RF_R -> establishment.spdu(output.spdu(), (SessionPrimitive.ConnectAnswer) primitive, false);
            case FN_NR, FN_R ->
                Spdu.of(SpduType.FN)
                        .with(Parameter.TRANSPORT_DISCONNECT, output == Output.FN_NR ? Translation.RELEASED : 0)
                        .userData(primitive.userData())
                        .build();
            case PR_MAA -> prepare(1);
            case PR_RS -> prepare(2);
            case PR_RA -> prepare(3);
            case PR_AB -> prepare(4);
            case AA -> Spdu.of(SpduType.AA).build();
            default -> {
                Spdu.Builder spdu = Spdu.of(output.spdu());
                if (primitive instanceof SessionPrimitive.Step step) {
                    add(spdu, step.step());
                }
                yield spdu.userData(primitive == null ? Octets.EMPTY : primitive.userData())
                        .build();
            }
        };
    }

    private static Spdu prepare(int type) {
        return Spdu.of(SpduType.PR).with(Parameter.PREPARE_TYPE, type).build();
    }

    private void add(Spdu.Builder spdu, DialogueStep step) {
        if (step instanceof DialogueStep.TokenGive give) {
            spdu.with(Parameter.TOKEN_ITEM, give.tokens().bits());
        } else if (step instanceof DialogueStep.TokenPlease please) {
            spdu.with(Parameter.TOKEN_ITEM, please.tokens().bits());
        } else if (step instanceof DialogueStep.SyncMinor minor) {
            int type = (minor.explicitConfirmation() ? 0 : NOT_EXPLICIT) | (minor.dataSeparation() ? SEPARATED : 0);
            if (type != 0) {
                spdu.with(Parameter.SYNC_TYPE_ITEM, type);
            }
            spdu.withSerialNumber(Parameter.SERIAL_NUMBER, v.serialNumber);
        } else if (step instanceof DialogueStep.SyncMajor) {
            spdu.with(Parameter.SYNC_TYPE_ITEM, NO_ACTIVITY_END)
                    .withSerialNumber(Parameter.SERIAL_NUMBER, v.serialNumber);
        } else if (step instanceof DialogueStep.ActivityEnd || step instanceof DialogueStep.SyncMinorAnswer) {
            spdu.withSerialNumber(Parameter.SERIAL_NUMBER, v.serialNumber);
        } else if (step instanceof DialogueStep.SyncMajorAnswer || step instanceof DialogueStep.ActivityEndAnswer) {
            spdu.withSerialNumber(Parameter.SERIAL_NUMBER, v.vm - 1);
        } else if (step instanceof DialogueStep.Resynchronize resynchronize) {
            addSetting(spdu);
            spdu.with(Parameter.RESYNC_TYPE, resynchronize.type().ordinal())
                    .withSerialNumber(Parameter.SERIAL_NUMBER, v.serialNumber);
        } else if (step instanceof DialogueStep.ResynchronizeAnswer) {
            addSetting(spdu);
            spdu.withSerialNumber(Parameter.SERIAL_NUMBER, v.serialNumber);
        } else if (step instanceof DialogueStep.UserExceptionReport report) {
            addReason(spdu, report.reason());
        } else if (step instanceof DialogueStep.ActivityInterrupt interrupt) {
            addReason(spdu, interrupt.reason());
        } else if (step instanceof DialogueStep.ActivityDiscard discard) {
            addReason(spdu, discard.reason());
        } else if (step instanceof DialogueStep.ActivityStart start) {
            spdu.with(Parameter.ACTIVITY_IDENTIFIER, start.identifier().octets());
        } else if (step instanceof DialogueStep.ActivityResume resume) {
            addResumption(spdu, resume);
        }
    }

    private void addSetting(Spdu.Builder spdu) {
        if (v.available() != 0) {
            spdu.with(Parameter.TOKEN_SETTING_ITEM, v.setting);
        }
    }

    private static void addReason(Spdu.Builder spdu, ExceptionReason reason) {
        spdu.with(Parameter.REASON_CODE, (reason == null ? ExceptionReason.NON_SPECIFIC : reason).code());
    }

    private static void addResumption(Spdu.Builder spdu, DialogueStep.ActivityResume resume) {
        OldConnection old = resume.oldConnection();
        Parameter link = Parameter.LINKING_INFORMATION;
        if (old != null) {
            spdu.withAny(link, Parameter.CALLED_REFERENCE, old.calledReference())
                    .withAny(link, Parameter.CALLING_REFERENCE, old.callingReference())
                    .withAny(link, Parameter.COMMON_REFERENCE, old.commonReference())
                    .withAny(link, Parameter.ADDITIONAL_REFERENCE, old.additionalInformation());
        }
        spdu.withAny(link, Parameter.ACTIVITY_IDENTIFIER, resume.oldIdentifier().octets())
                .withAny(link, Parameter.SERIAL_NUMBER, Octets.ofText(Long.toString(resume.serialNumber())))
                .with(Parameter.ACTIVITY_IDENTIFIER, resume.identifier().octets());
    }
}
