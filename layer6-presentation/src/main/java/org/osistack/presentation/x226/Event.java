package org.osistack.presentation.x226;

import java.util.Map;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.session.SessionPrimitive;

/** The event-identifier of the ARP PPDU: what made the provider abort; values as X.226 §8.5 writes them. */
enum Event {
    CP("CP PPDU"),
    CPA("CPA PPDU"),
    CPR("CPR PPDU"),
    ARU("ARU PPDU"),
    ARP("ARP PPDU"),
    AC("AC PPDU"),
    ACA("ACA PPDU"),
    TD("TD PPDU"),
    TTD("TTD PPDU"),
    TE("TE PPDU"),
    TC("TC PPDU"),
    TCC("TCC PPDU"),
    RS("RS PPDU"),
    RSA("RSA PPDU"),
    S_RELEASE_INDICATION("S-RELEASE indication"),
    S_RELEASE_CONFIRM("S-RELEASE confirm"),
    S_TOKEN_GIVE_INDICATION("S-TOKEN-GIVE indication"),
    S_TOKEN_PLEASE_INDICATION("S-TOKEN-PLEASE indication"),
    S_CONTROL_GIVE_INDICATION("S-CONTROL-GIVE indication"),
    S_SYNC_MINOR_INDICATION("S-SYNC-MINOR indication"),
    S_SYNC_MINOR_CONFIRM("S-SYNC-MINOR confirm"),
    S_SYNC_MAJOR_INDICATION("S-SYNC-MAJOR indication"),
    S_SYNC_MAJOR_CONFIRM("S-SYNC-MAJOR confirm"),
    S_P_EXCEPTION_REPORT_INDICATION("S-P-EXCEPTION-REPORT indication"),
    S_U_EXCEPTION_REPORT_INDICATION("S-U-EXCEPTION-REPORT indication"),
    S_ACTIVITY_START_INDICATION("S-ACTIVITY-START indication"),
    S_ACTIVITY_RESUME_INDICATION("S-ACTIVITY-RESUME indication"),
    S_ACTIVITY_INTERRUPT_INDICATION("S-ACTIVITY-INTERRUPT indication"),
    S_ACTIVITY_INTERRUPT_CONFIRM("S-ACTIVITY-INTERRUPT confirm"),
    S_ACTIVITY_DISCARD_INDICATION("S-ACTIVITY-DISCARD indication"),
    S_ACTIVITY_DISCARD_CONFIRM("S-ACTIVITY-DISCARD confirm"),
    S_ACTIVITY_END_INDICATION("S-ACTIVITY-END indication"),
    S_ACTIVITY_END_CONFIRM("S-ACTIVITY-END confirm");

    private static final Map<Class<? extends DialogueStep>, Event> STEPS = Map.ofEntries(
            Map.entry(DialogueStep.Resynchronize.class, RS),
            Map.entry(DialogueStep.ResynchronizeAnswer.class, RSA),
            Map.entry(DialogueStep.TokenGive.class, S_TOKEN_GIVE_INDICATION),
            Map.entry(DialogueStep.TokenPlease.class, S_TOKEN_PLEASE_INDICATION),
            Map.entry(DialogueStep.ControlGive.class, S_CONTROL_GIVE_INDICATION),
            Map.entry(DialogueStep.SyncMinor.class, S_SYNC_MINOR_INDICATION),
            Map.entry(DialogueStep.SyncMinorAnswer.class, S_SYNC_MINOR_CONFIRM),
            Map.entry(DialogueStep.SyncMajor.class, S_SYNC_MAJOR_INDICATION),
            Map.entry(DialogueStep.SyncMajorAnswer.class, S_SYNC_MAJOR_CONFIRM),
            Map.entry(DialogueStep.ProviderExceptionReport.class, S_P_EXCEPTION_REPORT_INDICATION),
            Map.entry(DialogueStep.UserExceptionReport.class, S_U_EXCEPTION_REPORT_INDICATION),
            Map.entry(DialogueStep.ActivityStart.class, S_ACTIVITY_START_INDICATION),
            Map.entry(DialogueStep.ActivityResume.class, S_ACTIVITY_RESUME_INDICATION),
            Map.entry(DialogueStep.ActivityInterrupt.class, S_ACTIVITY_INTERRUPT_INDICATION),
            Map.entry(DialogueStep.ActivityInterruptAnswer.class, S_ACTIVITY_INTERRUPT_CONFIRM),
            Map.entry(DialogueStep.ActivityDiscard.class, S_ACTIVITY_DISCARD_INDICATION),
            Map.entry(DialogueStep.ActivityDiscardAnswer.class, S_ACTIVITY_DISCARD_CONFIRM),
            Map.entry(DialogueStep.ActivityEnd.class, S_ACTIVITY_END_INDICATION),
            Map.entry(DialogueStep.ActivityEndAnswer.class, S_ACTIVITY_END_CONFIRM));

    private final String text;

    Event(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The indication or confirm that this primitive is, or the PPDU that it carries. */
    static Event of(SessionPrimitive primitive) {
        if (primitive instanceof SessionPrimitive.Step step) {
            return STEPS.get(step.step().getClass());
        } else if (primitive instanceof SessionPrimitive.TypedData) {
            return TTD;
        } else if (primitive instanceof SessionPrimitive.ExpeditedData) {
            return TE;
        } else if (primitive instanceof SessionPrimitive.CapabilityData) {
            return TC;
        } else if (primitive instanceof SessionPrimitive.CapabilityDataAnswer) {
            return TCC;
        } else if (primitive instanceof SessionPrimitive.Release) {
            return S_RELEASE_INDICATION;
        }
        return primitive instanceof SessionPrimitive.ReleaseAnswer ? S_RELEASE_CONFIRM : CP;
    }

    static String text(int value) {
        return value >= 0 && value < values().length ? values()[value].text : "event " + value;
    }
}
