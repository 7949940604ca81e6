package org.osistack.application.rtse;

import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/** What the rows of the state table do: requests to the association, and what the machine notes. */
final class Actions {
    private static final long PLEASE_NANOS = 50_000_000;
    private static final int SPARE_MARKS = 2; // ISODE sets one point more than the window has, before it waits
    private static final int KEPT_MARKS = 32; // at least: after a crash the peer may remember an earlier point

    private final Rtpm machine;
    private final RtseService service;
    private final Variables v;
    private final Callbacks callbacks;

    Actions(Rtpm machine) {
        this.machine = machine;
        this.service = machine.service;
        this.v = machine.v;
        this.callbacks = new Callbacks(machine);
    }

    void commitAgain() {
        callbacks.commitAgain();
    }

    void call(Action action, Occurrence occurrence) {
        callbacks.call(action, occurrence);
    }

    void perform(Action action, Occurrence o) {
        switch (action) {
            case ASSOCIATE -> associate(null);
            case ASSOCIATE_TO_RECOVER -> associate(v.association);
            case ACCEPT -> accept(null, o.octets());
            case ACCEPT_RECOVERY -> {
                adopt(o);
                accept(v.association, Octets.EMPTY);
            }
            case REFUSE -> association().refuse(o.detail(), new RtseApdu.Rtorj(o.octets()).emit());
            case REFUSE_RECOVERY ->
                o.association().refuse("no such association", new RtseApdu.Rtorj(Octets.EMPTY).emit());
            case RELEASE -> {
                v.closing = null;
                association().releaseRequest(o.octets());
            }
            case AGREE_TO_RELEASE -> association().releaseResponse(true, o.octets());
            case ABORT_LOCAL_PROBLEM -> abort(RtseApdu.Rtab.of(AbortReason.LOCAL_SYSTEM_PROBLEM));
            case ABORT_INVALID_PARAMETER -> abort(RtseApdu.Rtab.of(AbortReason.INVALID_PARAMETER));
            case ABORT_TEMPORARY -> abort(RtseApdu.Rtab.of(AbortReason.TEMPORARY_PROBLEM));
            case ABORT_PROTOCOL_ERROR -> abort(RtseApdu.Rtab.of(AbortReason.PROTOCOL_ERROR));
            case ABORT_PERMANENT -> abort(RtseApdu.Rtab.of(AbortReason.PERMANENT_PROBLEM));
            case ABORT_BY_USER -> abort(new RtseApdu.Rtab(AbortReason.USER_ERROR, -1, o.octets()));
            case ABORT_COMPLETED -> abort(RtseApdu.Rtab.of(AbortReason.TRANSFER_COMPLETED));
            case AGREE -> agree(o.octets());
            case NOTE_TURN -> v.hasTurn = association().ownTokens().has(Token.DATA);
            case SAVE -> save();
            case SAVE_SOON -> saveSoon();
            case FORGET -> forget();
            case CLOSE_LATER -> v.closing = o.octets();
            case LOSE -> lose(o);
            case RECOVER -> recover();
            case ATTEMPT_LATER -> {
                cut();
                supervision().disarm();
                machine.attemptTimer.arm(delay(++v.attempts));
            }
            default -> performWithActivity(action, o);
        }
    }

    private void performWithActivity(Action action, Occurrence o) {
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
                supervision().arm(service.settings().supervisionNanos());
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
                machine.retryTimer.arm(delay(v.outgoing.retries));
            }
            default -> performWithTurn(action, o);
        }
    }

    private void performWithTurn(Action action, Occurrence o) {
        switch (action) {
            case TOKEN_PLEASE -> {
                v.isPleaseDue = false;
                DialogueStep.TokenPlease please = new DialogueStep.TokenPlease(Tokens.of(Token.DATA));
                if (!v.link.ask(please, new RtseApdu.Rttp(v.wanted).emit())) {
                    machine.pleaseTimer.arm(PLEASE_NANOS);
                }
            }
            case CONTROL_GIVE -> v.link.send(new DialogueStep.ControlGive());
            case WANT -> {
                v.wanted = (int) o.number();
                v.isPleaseDue = true;
            }
            case GIVE -> {
                v.hasTurn = false;
                v.gaveUnproven = true;
                v.isToGiveAgain = false;
                v.isSecuredLast = false;
            }
            case GIVEN -> {
                v.hasTurn = true;
                v.gaveUnproven = false;
                v.wanted = -1;
                v.isPleaseDue = false;
                v.isSecuredLast = false;
            }
            default -> performReceiving(action, o);
        }
    }

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
                v.incoming.secured(o.mark(), kept());
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

    // ---- the association
    // ----------------------------------------------------------------------------------------------

    private Association association() {
        return v.link.association();
    }

    private Timer supervision() {
        return machine.supervisionTimer;
    }

    /** A-ASSOCIATE.request, with RTORQ. */
    private void associate(SessionConnectionIdentifier recovered) {
        v.connection = service.newIdentifier();
        if (recovered == null) {
            v.association = v.connection;
            v.hasTurn = v.request.initiatorHasTurn();
            v.mode = v.request.mode();
        }
        v.activities = 0;
        RtseSettings settings = service.settings();
        RtseApdu.Rtorq rtorq = new RtseApdu.Rtorq(
                settings.checkpointSize(), settings.windowSize(), v.mode, recovered, v.request.userData());
        v.link = new Link(service.host(), machine);
        supervision().arm(settings.supervisionNanos());
        AssociationRequest request = v.request
                .association()
                .with(
                        RtseService.FUNCTIONAL_UNITS,
                        v.hasTurn ? TokenSetting.INITIATOR : TokenSetting.RESPONDER,
                        v.connection.identifier(),
                        rtorq.emit());
        try {
            v.link.association(service.associations().associateRequest(request, v.link));
        } catch (IllegalStateException e) { // there is nothing left to prove with who asks
            Occurrence refusal =
                    Occurrence.association(Event.ASSOCIATE_REFUSAL, v.link, null, Octets.EMPTY, e.getMessage());
            service.host().loop().defer(() -> machine.occur(refusal));
        }
    }

    /** Go on with an association by which the peer asks to recover. */
    private void adopt(Occurrence o) {
        v.link = o.link();
        v.link.association(o.association());
        SessionConnectionIdentifier name =
                SessionConnectionIdentifier.of(o.association().peerIdentifier());
        v.connection = name == null ? v.association : name;
        v.activities = 0;
        if (RtseApdu.parse(o.octets()) instanceof RtseApdu.Rtorq rtorq) {
            v.askedCheckpointSize = rtorq.checkpointSize();
            v.askedWindowSize = rtorq.windowSize();
        }
    }

    /** A-ASSOCIATE.response, with RTOAC. */
    private void accept(SessionConnectionIdentifier recovered, Octets userData) {
        v.checkpointSize = service.settings().agreedCheckpointSize(v.askedCheckpointSize);
        v.windowSize = service.settings().agreedWindowSize(v.askedWindowSize);
        association().accept(new RtseApdu.Rtoac(v.checkpointSize, v.windowSize, recovered, userData).emit());
    }

    /** Whether the peer's answer is RTOAC, and for the right association. */
    boolean isAgreed(Octets answer) {
        return RtseApdu.parse(answer) instanceof RtseApdu.Rtoac rtoac
                && (v.state != State.RECOVERING || v.association.equals(rtoac.recovered()));
    }

    private void agree(Octets answer) {
        RtseApdu.Rtoac rtoac = (RtseApdu.Rtoac) RtseApdu.parse(answer);
        int most = service.settings().checkpointSize();
        v.checkpointSize = Math.min(rtoac.checkpointSize(), most == 0 ? RtseSettings.MAX_CHECKPOINT_SIZE : most);
        v.windowSize = Math.min(rtoac.windowSize(), service.settings().windowSize());
        supervision().disarm();
    }

    private void abort(RtseApdu.Rtab rtab) {
        if (v.link != null) {
            Association association = v.link.association();
            cut();
            if (association != null) {
                association.abortRequest(rtab.emit());
            }
        }
    }

    private void cut() {
        if (v.link != null) {
            v.link.cut();
            v.link = null;
        }
    }

    /** The association is lost, and is to be recovered (X.228 §7.8). */
    private void lose(Occurrence o) {
        cut();
        long now = service.host().now();
        v.recoveries = now - v.lost > service.settings().recoveryNanos() ? 1 : v.recoveries + 1;
        v.lost = now;
        v.attempts = 0;
        v.isSecuredLast = false;
        machine.retryTimer.disarm();
        machine.pleaseTimer.disarm();
        machine.recoveryTimer.armNoLaterThan(service.settings().recoveryNanos());
        AbortReason reason = RtseApdu.parse(o.octets()) instanceof RtseApdu.Rtab rtab ? rtab.reason() : null;
        if (v.outgoing != null) {
            v.outgoing.release();
            if (reason == AbortReason.UNRECOGNIZED_ACTIVITY) {
                v.outgoing.restart();
            }
        }
        if (v.incoming != null) {
            v.incoming.stop();
            v.incoming = v.incoming.isAbsorbing ? null : v.incoming;
        }
        if (v.isInitiator) {
            boolean isLater = reason == AbortReason.TEMPORARY_PROBLEM;
            machine.attemptTimer.arm(isLater ? service.settings().maxRetryNanos() : delay(v.recoveries - 1));
        }
    }

    /**
     * There is an association again. The turn is where the tokens are; if they are here, and the turn was not, either the
     * peer gave it, or we did, and the cut has purged it: then it is given again, unless the user wants it.
     */
    private void recover() {
        machine.recoveryTimer.disarm();
        machine.attemptTimer.disarm();
        boolean hasTokens = association().ownTokens().has(Token.DATA);
        v.isToGiveAgain = hasTokens && !v.hasTurn && v.gaveUnproven && v.wanted < 0;
        v.isTurnNews = hasTokens && !v.hasTurn && !v.isToGiveAgain;
        v.hasTurn = hasTokens;
        if (v.isTurnNews) {
            v.gaveUnproven = false;
            v.wanted = -1;
            dropIncoming();
        }
        v.isPleaseDue = v.wanted >= 0;
        v.isRetryDue = true;
    }

    /** How long to wait before the attempt with that number, from 0. */
    private long delay(int attempt) {
        RtseSettings settings = service.settings();
        long delay = settings.retryNanos();
        for (int i = 0; i < attempt && delay < settings.maxRetryNanos(); i++) {
            delay *= 2;
        }
        long most = Math.min(delay, settings.maxRetryNanos());
        return most - (most < 4 ? 0 : service.host().random().nextLong(most / 4)); // not all hosts at once
    }

    void save() {
        if (v.association != null) {
            service.log().save(v.toState());
        }
    }

    private void saveSoon() {
        if (v.association != null) {
            service.log().saveSoon(v.toState());
        }
    }

    private void forget() {
        if (v.incoming != null && !v.incoming.isCommitting) {
            dropIncoming();
        }
        v.incoming = null;
        if (v.association != null) {
            service.log().remove(v.toState());
        }
    }

    /** The machine is idle for ever. */
    void end() {
        cut();
        if (v.outgoing != null) {
            v.outgoing.release();
            v.outgoing = null;
        }
        machine.transferTimer.disarm();
        machine.retryTimer.disarm();
        machine.recoveryTimer.disarm();
        machine.attemptTimer.disarm();
        machine.pleaseTimer.disarm();
        machine.supervisionTimer.disarm();
        service.ended(machine);
    }

    // ---- activities
    // -----------------------------------------------------------------------------------------------------

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
        supervision().arm(service.settings().supervisionNanos());
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

    private void finish() {
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

    /** How many points the peer may go back. */
    int kept() {
        return Math.max(KEPT_MARKS, v.windowSize + SPARE_MARKS);
    }

    private void begun(Incoming incoming) {
        v.incoming = incoming;
        v.isSecuredLast = false;
        v.gaveUnproven = false; // the peer has the turn
    }

    private void dropIncoming() {
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
