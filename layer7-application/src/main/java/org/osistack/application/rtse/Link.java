package org.osistack.application.rtse;

import java.util.ArrayDeque;
import org.osistack.application.Association;
import org.osistack.application.AssociationUser;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;

/**
 * One association of a protocol machine: makes events of what it hears, and keeps what the association does not take at
 * once. When the machine has no more use for it, it falls silent.
 */
final class Link implements AssociationUser {
    /** A step that waits, or data. */
    private record Waiting(DialogueStep step, Octets apdu, Pdu pdu) {}

    private final Host host;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private Rtpm machine;
    private Association association;
    private boolean isPaused;

    Link(Host host, Rtpm machine) {
        this.host = host;
        this.machine = machine;
    }

    void association(Association newAssociation) {
        association = newAssociation;
    }

    Association association() {
        return association;
    }

    // ---- requests ----

    /** Send data after all that waits. */
    void send(Pdu apdu) {
        if (!waiting.isEmpty() || !association.dataRequest(apdu)) {
            waiting.add(new Waiting(null, Octets.EMPTY, apdu));
        }
    }

    void send(DialogueStep step) {
        send(step, Octets.EMPTY);
    }

    /** Take a step after all that waits. */
    void send(DialogueStep step, Octets apdu) {
        if (!waiting.isEmpty() || !association.stepRequest(step, apdu)) {
            waiting.add(new Waiting(step, apdu, null));
        }
    }

    /** Don't ask for the turn any more, if that still waits. */
    void forgetPlease() {
        waiting.removeIf(each -> each.step instanceof DialogueStep.TokenPlease);
    }

    /** Take a step that makes what waits vain. */
    void sendAtOnce(DialogueStep step) {
        purge();
        association.stepRequest(step);
    }

    /** Interrupt or discard the activity, which makes what waits vain; false if it was not open yet. */
    boolean stopActivity(DialogueStep step) {
        boolean isOpen = true;
        for (Waiting each : waiting) {
            isOpen &= !(each.step instanceof DialogueStep.ActivityStart)
                    && !(each.step instanceof DialogueStep.ActivityResume);
        }
        purge();
        if (isOpen) {
            association.stepRequest(step);
        }
        return isOpen;
    }

    /** Whether nothing waits. */
    boolean isClear() {
        return waiting.isEmpty();
    }

    /** Forget what waits. */
    void purge() {
        for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
            if (each.pdu != null) {
                each.pdu.release();
            }
        }
    }

    /** Hear nothing more. */
    void cut() {
        machine = null;
        purge();
    }

    /** Let the peer wait, or not. */
    void pause(boolean pause) {
        if (pause != isPaused) {
            isPaused = pause;
            if (pause) {
                association.pause();
            } else {
                association.resume();
            }
        }
    }

    // ---- indications and confirms ----

    @Override
    public void associateConfirm(Association confirmed) {
        association = confirmed;
        occur(Event.ASSOCIATE_CONFIRM, confirmed.userInformation(), "");
    }

    @Override
    public void dataIndication(Pdu apdu) {
        if (machine == null) {
            host.discards(Rtpm.ORIGIN.layer(), Rtpm.ORIGIN.protocol()).drop(Discard.NO_CONNECTION, apdu);
        } else if (Rttr.pull(apdu)) {
            machine.occur(Occurrence.data(this, apdu));
        } else {
            host.discards(Rtpm.ORIGIN.layer(), Rtpm.ORIGIN.protocol()).drop(Discard.MALFORMED, apdu);
            occur(Event.PROTOCOL_ERROR, Octets.EMPTY, "data that are no RTTR");
        }
    }

    @Override
    public void typedDataIndication(Octets apdu) {
        occur(Event.PROTOCOL_ERROR, Octets.EMPTY, "typed data");
    }

    @Override
    public void stepIndication(DialogueStep step, Octets apdu) {
        if (machine != null) {
            machine.occur(Occurrence.step(event(step), this, step, apdu));
        }
    }

    private static Event event(DialogueStep step) {
        if (step instanceof DialogueStep.SyncMinor) {
            return Event.SYNC_MINOR;
        } else if (step instanceof DialogueStep.SyncMinorAnswer) {
            return Event.SYNC_MINOR_CONFIRM;
        } else if (step instanceof DialogueStep.ActivityStart) {
            return Event.ACTIVITY_START;
        } else if (step instanceof DialogueStep.ActivityEnd) {
            return Event.ACTIVITY_END;
        } else if (step instanceof DialogueStep.ActivityEndAnswer) {
            return Event.ACTIVITY_END_CONFIRM;
        } else if (step instanceof DialogueStep.TokenPlease) {
            return Event.TOKEN_PLEASE;
        } else if (step instanceof DialogueStep.ControlGive) {
            return Event.CONTROL_GIVE;
        }
        return rareEvent(step);
    }

    private static Event rareEvent(DialogueStep step) {
        if (step instanceof DialogueStep.ActivityResume) {
            return Event.ACTIVITY_RESUME;
        } else if (step instanceof DialogueStep.ActivityInterrupt) {
            return Event.ACTIVITY_INTERRUPT;
        } else if (step instanceof DialogueStep.ActivityInterruptAnswer) {
            return Event.ACTIVITY_INTERRUPT_CONFIRM;
        } else if (step instanceof DialogueStep.ActivityDiscard) {
            return Event.ACTIVITY_DISCARD;
        } else if (step instanceof DialogueStep.ActivityDiscardAnswer) {
            return Event.ACTIVITY_DISCARD_CONFIRM;
        } else if (step instanceof DialogueStep.ProviderExceptionReport) {
            return Event.PROVIDER_EXCEPTION;
        } else if (step instanceof DialogueStep.UserExceptionReport report) {
            return event(report.reason());
        }
        return Event.PROTOCOL_ERROR; // such as TOKEN-GIVE: the turn is all of them, or none
    }

    private static Event event(ExceptionReason reason) {
        return switch (reason) {
            case RECEIVING_JEOPARDIZED -> Event.USER_EXCEPTION_JEOPARDIZED;
            case USER_SEQUENCE_ERROR, LOCAL_USER_ERROR -> Event.USER_EXCEPTION_RESUMABLE;
            default -> Event.USER_EXCEPTION;
        };
    }

    @Override
    public void releaseIndication() {
        releaseIndication(Octets.EMPTY);
    }

    @Override
    public void releaseIndication(Octets userInformation) {
        occur(Event.RELEASE_INDICATION, userInformation, "");
    }

    @Override
    public void releaseRefused() {
        occur(Event.PROTOCOL_ERROR, Octets.EMPTY, "a release that is refused");
    }

    @Override
    public void ended(Ending ending, String detail) {
        ended(ending, detail, Octets.EMPTY);
    }

    @Override
    public void ended(Ending ending, String detail, Octets userInformation) {
        switch (ending) {
            case RELEASED -> occur(Event.RELEASE_CONFIRM, userInformation, detail);
            case REFUSED -> occur(Event.ASSOCIATE_REFUSAL, userInformation, detail);
            case ABORTED -> aborted(detail, userInformation);
            case PROVIDER_ABORTED -> occur(Event.PROVIDER_ABORT, userInformation, detail);
        }
    }

    private void aborted(String detail, Octets userInformation) {
        RtseApdu.Rtab rtab = RtseApdu.parse(userInformation) instanceof RtseApdu.Rtab read ? read : null;
        if (rtab == null || rtab.reason() == null) {
            occur(Event.ABORT, Octets.EMPTY, detail);
            return;
        }
        Event event = switch (rtab.reason()) {
            case PERMANENT_PROBLEM -> Event.ABORT_PERMANENT;
            case USER_ERROR -> Event.ABORT_BY_USER;
            case TRANSFER_COMPLETED -> Event.ABORT_COMPLETED;
            default -> Event.ABORT;
        };
        occur(
                event,
                rtab.reason() == AbortReason.USER_ERROR ? rtab.userData() : userInformation,
                rtab.reason().text());
    }

    private void occur(Event event, Octets apdu, String detail) {
        if (machine != null) {
            machine.occur(Occurrence.association(event, this, association, apdu, detail));
        }
    }

    @Override
    public void readyIndication() {
        while (!waiting.isEmpty()) {
            Waiting first = waiting.peek();
            boolean taken = first.pdu != null
                    ? association.dataRequest(first.pdu)
                    : association.stepRequest(first.step, first.apdu);
            if (!taken) {
                return;
            }
            waiting.remove();
        }
        if (machine != null) {
            machine.goOn();
        }
    }
}
