package org.osistack.session.x225;

import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.session.SessionPrimitive;

/** Makes the SPDUs that the rows of the state table name (X.225 clause 7), of the primitive and the {@link Variables}. */
final class Composer {
    private static final int NOT_EXPLICIT = 1; // Sync Type Item of MINOR SYNC POINT
    private static final int SEPARATED = 2;
    private static final int NO_ACTIVITY_END = 1; // Sync Type Item of MAJOR SYNC POINT

    private final Variables v;
    private final Establishment establishment;

    Composer(Variables v, Establishment establishment) {
        this.v = v;
        this.establishment = establishment;
    }

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
            addNumbersOfMajorPoint(spdu);
        } else if (step instanceof DialogueStep.Resynchronize resynchronize) {
            addSetting(spdu);
            addResynchronization(spdu, resynchronize);
        } else if (step instanceof DialogueStep.ResynchronizeAnswer) {
            addSetting(spdu);
            addNumbers(spdu);
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

    /** The point that is confirmed, and the number that it has in the flow of this side. */
    private void addNumbersOfMajorPoint(Spdu.Builder spdu) {
        if (v.isSymmetric()) {
            spdu.withSerialNumber(Parameter.SERIAL_NUMBER, v.receiving.number)
                    .withSerialNumber(Parameter.SECOND_SERIAL_NUMBER, v.sending.number);
        } else {
            spdu.withSerialNumber(Parameter.SERIAL_NUMBER, v.vm - 1);
        }
    }

    private void addResynchronization(Spdu.Builder spdu, DialogueStep.Resynchronize resynchronize) {
        spdu.with(Parameter.RESYNC_TYPE, resynchronize.type().ordinal());
        if (v.isSymmetric()) {
            ResynchronizeType second = resynchronize.secondType();
            spdu.with(Parameter.SECOND_RESYNC_TYPE, (second == null ? resynchronize.type() : second).ordinal());
        }
        addNumbers(spdu);
    }

    /** The number, or those of the flow that this side sends and of the other. */
    private void addNumbers(Spdu.Builder spdu) {
        if (v.isSymmetric()) {
            spdu.withSerialNumber(Parameter.SERIAL_NUMBER, v.sending.number)
                    .withSerialNumber(Parameter.SECOND_SERIAL_NUMBER, v.receiving.number);
        } else {
            spdu.withSerialNumber(Parameter.SERIAL_NUMBER, v.serialNumber);
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
                .withAny(link, Parameter.SERIAL_NUMBER, Octets.ofText(Long.toString(resume.serialNumber())));
        if (resume.secondSerialNumber() != DialogueStep.NEXT) {
            spdu.withAny(
                    link, Parameter.SECOND_SERIAL_NUMBER, Octets.ofText(Long.toString(resume.secondSerialNumber())));
        }
        spdu.with(Parameter.ACTIVITY_IDENTIFIER, resume.identifier().octets());
    }
}
