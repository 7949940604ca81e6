package org.osistack.application.rtse;

import org.osistack.application.rtse.StateTable.Row;
import org.osistack.application.rtse.StateTable.Term;
import org.osistack.core.dialogue.DialogueStep;

/** The predicates of the state table, as the variables of one machine have them. */
final class Conditions {
    private final RtseService service;
    private final Variables v;
    private final Actions actions;

    Conditions(RtseService service, Variables v, Actions actions) {
        this.service = service;
        this.v = v;
        this.actions = actions;
    }

    /** Whether all the terms of a row hold, for what has occurred. */
    boolean holdAll(Row row, Occurrence occurrence) {
        for (Term term : row.terms()) {
            if (holds(term.predicate(), occurrence) != term.expected()) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(Predicate predicate, Occurrence occurrence) {
        return switch (predicate) {
            case AGREED -> actions.isAgreed(occurrence.octets());
            case TURN -> v.hasTurn;
            case INITIATOR -> v.isInitiator;
            case TWO_WAY -> v.mode == DialogueMode.TWO_WAY_ALTERNATE;
            case IDLE -> v.outgoing == null && (v.closing == null || occurrence.event() == Event.RT_CLOSE_REQUEST);
            case PENDING -> v.outgoing != null;
            case LAST -> v.outgoing.isLast();
            case CHECKPOINTS -> v.checkpointSize > 0 && v.outgoing.mayMark();
            case CONFIRMED -> v.outgoing.confirmed.serial() > 0;
            case AGAIN -> v.outgoing.retries < service.settings().retries();
            case HELD -> v.outgoing.isHeld;
            case NEGATIVE -> v.outgoing == null || v.outgoing.isNegative;
            case RESUMABLE -> v.outgoing.name != null && (v.outgoing.confirmed.serial() > 0 || v.outgoing.endRequested);
            case KNOWN ->
                v.incoming != null
                        && v.incoming.isCalled(actions.oldName(occurrence))
                        && v.incoming.secured(((DialogueStep.ActivityResume) occurrence.step()).serialNumber()) != null;
            case COMPLETED -> v.completed != null && v.completed.isCalled(actions.oldName(occurrence));
            case ABSORBING -> v.incoming != null && v.incoming.isAbsorbing;
            case FRESH -> v.incoming != null && v.incoming.isFresh(occurrence.mark());
            case COMMITTING -> v.isCommitting();
            case SECURED_LAST -> v.isSecuredLast;
            case RECOVERABLE -> isRecoverable();
            case UNKNOWN -> RtseApdu.parse(occurrence.octets()) instanceof RtseApdu.Rtorj;
        };
    }

    private boolean isRecoverable() {
        long recoveryNanos = service.settings().recoveryNanos();
        boolean hasHope =
                v.recoveries < service.settings().retries() || service.host().now() - v.lost > recoveryNanos;
        return v.association != null && recoveryNanos > 0 && hasHope && service.mayWait();
    }
}
