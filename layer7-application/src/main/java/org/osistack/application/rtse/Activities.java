package org.osistack.application.rtse;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/** What the rows of the state table do with activities: the transfer of this side, and that of the peer. */
final class Activities {
    private final Rtpm machine;
    private final Actions actions;
    private final RtseService service;
    private final Variables v;

    Activities(Rtpm machine, Actions actions) {
        this.machine = machine;
        this.actions = actions;
        this.service = machine.service;
        this.v = machine.v;
    }

    // ---- the sending side ----

    void perform(Action action, Occurrence o) {
        switch (action) {
            case SEND_SEGMENT -> sendSegment();
            case START -> start();
            case RESUME -> resume();
            case SYNC_MINOR -> {
                v.outgoing.mark();
                v.link.send(new DialogueStep.SyncMinor(DialogueStep.NEXT, true, false));
            }
            case END -> v.link.send(new DialogueStep.ActivityEnd(DialogueStep.NEXT));
            case INTERRUPT -> stop(new DialogueStep.ActivityInterrupt(reason(o)), o);
            case DISCARD -> stop(new DialogueStep.ActivityDiscard(reason(o)), o);
            case TAKE -> take(o);
            case DUE -> v.isRetryDue = true;
            case NOTE_END -> v.outgoing.endRequested = true;
            case CONFIRM -> {
                v.outgoing.confirm(((DialogueStep.SyncMinorAnswer) o.step()).serialNumber());
                v.recoveries = 0;
                machine.supervisionTimer.arm(service.settings().supervisionNanos());
            }
            case SENT -> {
                v.recoveries = 0;
                if (v.outgoing != null) {
                    v.sent = v.outgoing.source.label();
                }
                finish();
            }
            case DROP_OUTGOING -> finish();
            case RESTART -> v.outgoing.restart();
            case BE_NEGATIVE -> v.outgoing.isNegative = true;
            case HOLD -> v.outgoing.isHeld = true;
            case UNHOLD -> {
                v.outgoing.isHeld = false;
                v.isRetryDue = true;
            }
            case BACK_OFF -> {
                v.isRetryDue = false;
                machine.retryTimer.arm(actions.delay(v.outgoing.retries));
            }
            default -> performReceiving(action, o);
        }
    }

    // ---- the receiving side ----

    private void performReceiving(Action action, Occurrence o) {
        switch (action) {
            case CONFIRM_SYNC_MINOR -> v.link.send(new DialogueStep.SyncMinorAnswer(serial(o)));
            case CONFIRM_END -> v.link.send(new DialogueStep.ActivityEndAnswer());
            case CONFIRM_INTERRUPT -> v.link.sendAtOnce(new DialogueStep.ActivityInterruptAnswer());
            case CONFIRM_DISCARD -> v.link.sendAtOnce(new DialogueStep.ActivityDiscardAnswer());
            case REPORT -> report(ExceptionReason.ofCode((int) o.number()));
            case REPORT_LOCAL_ERROR -> report(ExceptionReason.LOCAL_USER_ERROR);
            case REPORT_UNRECOVERABLE -> report(ExceptionReason.UNRECOVERABLE_PROCEDURAL_ERROR);
            case DROP_INCOMING -> dropIncoming();
            case NAME -> {
                TransferName name =
                        new TransferName(v.connection, ((DialogueStep.ActivityStart) o.step()).identifier());
                begun(new Incoming(name, name));
            }
            case RENAME -> {
                v.incoming.present = newName(o);
                v.incoming.resume(v.incoming.secured(((DialogueStep.ActivityResume) o.step()).serialNumber()));
                begun(v.incoming);
            }
            case ABSORB -> {
                dropIncoming();
                v.completed = new TransferState.Completed(v.completed.name(), newName(o));
                Incoming again = new Incoming(v.completed.name(), v.completed.present());
                again.isAbsorbing = true;
                begun(again);
            }
            case ABSORBED -> {
                v.incoming = null;
                v.isSecuredLast = true;
            }
            case IGNORE -> {
                if (o.pdu() != null) {
                    o.pdu().release();
                }
            }
            case NOTE_SECURED -> {
                v.incoming.secured(o.mark(), Incoming.kept(v.windowSize));
                v.recoveries = 0;
            }
            case NOTE_COMMITTING -> v.incoming.isCommitting = true;
            case RECEIVED -> {
                v.completed = new TransferState.Completed(v.incoming.name, v.incoming.present);
                v.received = v.incoming.sink;
                v.incoming = null;
                v.isSecuredLast = true;
                v.recoveries = 0;
            }
            case TROUBLED -> {
                v.incoming.isCommitting = false;
                v.incoming.stop();
            }
            case PURGE -> v.link.purge();
            case INTERRUPTED -> {
                v.isPleaseDue = v.wanted >= 0;
                if (v.incoming != null) {
                    v.incoming.stop();
                    v.incoming = v.incoming.isAbsorbing ? null : v.incoming;
                }
            }
            default -> throw new IllegalArgumentException(action + " is for the user");
        }
    }

    // ---- how it is done ----

    private void take(Occurrence o) {
        v.outgoing = new Outgoing(o.source());
        machine.transferTimer.arm(o.number());
    }

    private TransferName nextActivity() {
        Octets identifier = new BerWriter().integer(Tag.INTEGER, ++v.activities).toOctets();
        return new TransferName(v.connection, new ActivityIdentifier(identifier));
    }

    private void start() {
        v.outgoing.name = nextActivity();
        v.outgoing.present = v.outgoing.name;
        v.outgoing.rewind();
        v.link.send(new DialogueStep.ActivityStart(v.outgoing.name.activity()));
    }

    /**
     * On the connection where the activity was last, its last name is enough. On another one it is called by the name with
     * which it began, which the peer knows even if it has missed a later one.
     */
    private void resume() {
        TransferName last = v.outgoing.present;
        boolean isSameConnection =
                last.connection() == null || last.connection().equals(v.connection);
        TransferName old = isSameConnection ? last : v.outgoing.name;
        v.outgoing.present = nextActivity();
        v.outgoing.rewind();
        if (service.host().observer().isWatching()) {
            service.host()
                    .observer()
                    .note(Rtpm.ORIGIN, "resumes " + old + " behind checkpoint " + v.outgoing.confirmed.serial());
        }
        v.link.send(new DialogueStep.ActivityResume(
                v.outgoing.present.activity(),
                old.activity(),
                v.outgoing.confirmed.serial(),
                isSameConnection ? null : old.connection().oldConnection()));
    }

    private void sendSegment() {
        Pdu segment = v.outgoing.takeSegment();
        Rttr.push(segment);
        machine.supervisionTimer.arm(service.settings().supervisionNanos());
        v.link.send(segment);
        v.outgoing.tellSent();
    }

    /** Interrupt or discard the activity. */
    private void stop(DialogueStep step, Occurrence o) {
        v.outgoing.release();
        if (o.event() != Event.RT_INTERRUPT_REQUEST) {
            v.outgoing.retries++;
        }
        if (!v.link.stopActivity(step)) { // it was not open yet
            machine.occur(Occurrence.step(Event.ACTIVITY_DISCARD_CONFIRM, v.link, step, Octets.EMPTY));
        }
    }

    private static ExceptionReason reason(Occurrence o) {
        return switch (o.event()) {
            case USER_EXCEPTION, USER_EXCEPTION_RESUMABLE, PROVIDER_EXCEPTION -> ExceptionReason.NON_SPECIFIC;
            default -> ExceptionReason.LOCAL_USER_ERROR;
        };
    }

    void finish() {
        if (v.outgoing != null) {
            v.outgoing.release();
            v.finished = v.outgoing.source;
            v.outgoing = null;
            machine.transferTimer.disarm();
            machine.retryTimer.disarm();
        }
    }

    private void report(ExceptionReason reason) {
        v.link.send(new DialogueStep.UserExceptionReport(reason));
    }

    private void begun(Incoming incoming) {
        v.incoming = incoming;
        v.isSecuredLast = false;
        v.gaveUnproven = false; // the peer has the turn
    }

    void dropIncoming() {
        Incoming dropped = v.incoming;
        v.incoming = null;
        if (dropped != null && !dropped.isAbsorbing) {
            TransferSink sink = dropped.sink != null // or it is from before a restart
                    ? dropped.sink
                    : v.user.sink(dropped.name, dropped.lastSecured().octets());
            if (sink != null) {
                sink.discard();
            }
        }
    }

    private static long serial(Occurrence o) {
        return o.mark() != null ? o.mark().checkpoint().serial() : ((DialogueStep.SyncMinor) o.step()).serialNumber();
    }

    private TransferName newName(Occurrence o) {
        return new TransferName(v.connection, ((DialogueStep.ActivityResume) o.step()).identifier());
    }

    /** How the activity was called that is to be resumed. */
    TransferName oldName(Occurrence o) {
        DialogueStep.ActivityResume resume = (DialogueStep.ActivityResume) o.step();
        SessionConnectionIdentifier old =
                resume.oldConnection() == null ? null : SessionConnectionIdentifier.of(resume.oldConnection());
        return new TransferName(old == null ? v.connection : old, resume.oldIdentifier());
    }
}
