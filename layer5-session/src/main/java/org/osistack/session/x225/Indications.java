package org.osistack.session.x225;

import org.osistack.core.Octets;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.SessionPrimitive;

/**
 * The way up of one session connection: which indication or confirm an SPDU becomes (X.225 clause 7). It is made after
 * the row's actions.
 */
final class Indications {
    private static final int NOT_EXPLICIT = 1; // Sync Type Item of MINOR SYNC POINT
    private static final int SEPARATED = 2;

    private final Variables v;
    private final Establishment establishment;

    Indications(Variables v, Establishment establishment) {
        this.v = v;
        this.establishment = establishment;
    }

    /** What the user hears of an SPDU; S-CONNECT.indication and S-P-ABORT.indication are made elsewhere. */
    SessionPrimitive primitive(Output output, Arrival arrival) {
        Spdu spdu = arrival.spdu();
        return switch (output) {
            case S_CONNECT_CONFIRM_ACCEPTED -> establishment.confirm(spdu);
            case S_CONNECT_CONFIRM_REFUSED ->
                Translation.refused(spdu, establishment.remote().transport());
            case S_TYPED_DATA_INDICATION -> new SessionPrimitive.TypedData(arrival.information());
            case S_EXPEDITED_DATA_INDICATION -> new SessionPrimitive.ExpeditedData(arrival.information());
            case S_CAPABILITY_DATA_INDICATION -> new SessionPrimitive.CapabilityData(spdu.userData());
            case S_CAPABILITY_DATA_CONFIRM -> new SessionPrimitive.CapabilityDataAnswer(spdu.userData());
            case S_RELEASE_INDICATION -> new SessionPrimitive.Release(spdu.userData());
            case S_RELEASE_CONFIRM_REFUSED -> new SessionPrimitive.ReleaseAnswer(false, spdu.userData());
            case S_RELEASE_CONFIRM_ACCEPTED -> new SessionPrimitive.ReleaseAnswer(true, spdu.userData());
            case S_ABORT_INDICATION -> Translation.aborted(spdu);
            default -> new SessionPrimitive.Step(step(output, spdu), spdu.userData());
        };
    }

    private DialogueStep step(Output output, Spdu spdu) {
        long number = spdu.serialNumber(Parameter.SERIAL_NUMBER);
        return switch (output) {
            case S_TOKEN_GIVE_INDICATION -> new DialogueStep.TokenGive(Translation.tokens(spdu));
            case S_TOKEN_PLEASE_INDICATION -> new DialogueStep.TokenPlease(Translation.tokens(spdu));
            case S_CONTROL_GIVE_INDICATION -> new DialogueStep.ControlGive();
            case S_SYNC_MINOR_INDICATION -> {
                long type = spdu.number(Parameter.SYNC_TYPE_ITEM, 0);
                yield new DialogueStep.SyncMinor(number, (type & NOT_EXPLICIT) == 0, isSeparated(spdu, v));
            }
            case S_SYNC_MINOR_CONFIRM -> new DialogueStep.SyncMinorAnswer(number);
            case S_SYNC_MAJOR_INDICATION -> new DialogueStep.SyncMajor(number);
            case S_SYNC_MAJOR_CONFIRM -> new DialogueStep.SyncMajorAnswer(second(spdu));
            case S_RESYNCHRONIZE_INDICATION -> {
                ResynchronizeType type = type(spdu, Parameter.RESYNC_TYPE);
                TokenSetting setting = new TokenSetting(v.vrspSetting);
                yield v.isSymmetric()
                        ? new DialogueStep.Resynchronize(
                                type,
                                v.receiving.answer(),
                                setting,
                                type(spdu, Parameter.SECOND_RESYNC_TYPE),
                                v.sending.answer())
                        : new DialogueStep.Resynchronize(
                                type, type == ResynchronizeType.ABANDON ? v.vm : number, setting);
            }
            case S_RESYNCHRONIZE_CONFIRM -> new DialogueStep.ResynchronizeAnswer(number, v.position(), second(spdu));
            case S_U_EXCEPTION_REPORT_INDICATION -> new DialogueStep.UserExceptionReport(reason(spdu));
            case S_P_EXCEPTION_REPORT_INDICATION -> new DialogueStep.ProviderExceptionReport();
            case S_ACTIVITY_START_INDICATION -> new DialogueStep.ActivityStart(activity(spdu));
            case S_ACTIVITY_RESUME_INDICATION -> resumption(spdu);
            case S_ACTIVITY_INTERRUPT_INDICATION -> new DialogueStep.ActivityInterrupt(reason(spdu));
            case S_ACTIVITY_INTERRUPT_CONFIRM -> new DialogueStep.ActivityInterruptAnswer();
            case S_ACTIVITY_DISCARD_INDICATION -> new DialogueStep.ActivityDiscard(reason(spdu));
            case S_ACTIVITY_DISCARD_CONFIRM -> new DialogueStep.ActivityDiscardAnswer();
            case S_ACTIVITY_END_INDICATION -> new DialogueStep.ActivityEnd(number);
            case S_ACTIVITY_END_CONFIRM -> new DialogueStep.ActivityEndAnswer(second(spdu));
            default -> throw new IllegalStateException(output + " is no step of a dialogue");
        };
    }

    /** The second serial number; without symmetric synchronize it means nothing. */
    private long second(Spdu spdu) {
        return v.isSymmetric() ? spdu.serialNumber(Parameter.SECOND_SERIAL_NUMBER) : DialogueStep.NEXT;
    }

    private DialogueStep resumption(Spdu spdu) {
        OldConnection old = new OldConnection(
                spdu.linked(Parameter.CALLED_REFERENCE),
                spdu.linked(Parameter.CALLING_REFERENCE),
                spdu.linked(Parameter.COMMON_REFERENCE),
                spdu.linked(Parameter.ADDITIONAL_REFERENCE));
        boolean sameConnection = old.equals(new OldConnection(Octets.EMPTY, Octets.EMPTY, Octets.EMPTY, Octets.EMPTY));
        return new DialogueStep.ActivityResume(
                activity(spdu),
                new ActivityIdentifier(spdu.linked(Parameter.ACTIVITY_IDENTIFIER)),
                Spdu.decimal(spdu.linked(Parameter.SERIAL_NUMBER)),
                sameConnection ? null : old,
                v.isSymmetric() ? Spdu.decimal(spdu.linked(Parameter.SECOND_SERIAL_NUMBER)) : DialogueStep.NEXT);
    }

    /** The activity that ACTIVITY START begins, or as which ACTIVITY RESUME goes on. */
    static ActivityIdentifier activity(Spdu spdu) {
        return new ActivityIdentifier(spdu.octets(Parameter.ACTIVITY_IDENTIFIER));
    }

    private static ExceptionReason reason(Spdu spdu) {
        Octets reason = spdu.octets(Parameter.REASON_CODE);
        return reason.isEmpty() ? ExceptionReason.NON_SPECIFIC : ExceptionReason.ofCode(reason.at(0));
    }

    private static ResynchronizeType type(Spdu resynchronize, Parameter which) {
        return ResynchronizeType.values()[(int) resynchronize.number(which, 0)];
    }

    /** Whether a MINOR SYNC POINT wants data separation; without that unit the bit is reserved, and means nothing. */
    static boolean isSeparated(Spdu minor, Variables v) {
        return Predicate.P82.holds(v) && (minor.number(Parameter.SYNC_TYPE_ITEM, 0) & SEPARATED) != 0;
    }
}
