package org.osistack.application.rtse;

import java.io.IOException;
import java.util.ArrayDeque;
import org.osistack.application.Association;
import org.osistack.application.rtse.StateTable.Row;
import org.osistack.application.rtse.StateTable.Term;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;

/**
 * The reliable transfer protocol machine (RTPM) of one association (X.228 §7), from the first session connection to the
 * last. {@link StateTable} says what it does, {@link Actions} how.
 *
 * <p>One event is dealt with after another: what happens meanwhile waits in a queue, but for requests of the user, which
 * come back from the last actions of a row. While a sink commits an APDU, what the association says waits too, since the
 * answer depends on how that ends.
 */
final class Rtpm implements ReliableTransfer {
    static final Origin ORIGIN = new Origin(7, "RTSE");

    final RtseService service;
    final Variables v;
    final Timer transferTimer;
    final Timer retryTimer;
    final Timer recoveryTimer;
    final Timer attemptTimer;
    final Timer pleaseTimer;
    final Timer supervisionTimer;

    private final Actions actions;
    private final ArrayDeque<Occurrence> queue = new ArrayDeque<>();
    private final ArrayDeque<Occurrence> held = new ArrayDeque<>();
    private int depth;

    Rtpm(RtseService service, Variables v) {
        this.service = service;
        this.v = v;
        this.actions = new Actions(this);
        transferTimer = service.host().newTimer(() -> expired(Event.TRANSFER_TIME));
        recoveryTimer = service.host().newTimer(() -> expired(Event.RECOVERY_TIME));
        supervisionTimer = service.host().newTimer(() -> expired(Event.SUPERVISION));
        attemptTimer = service.host().newTimer(() -> occur(Occurrence.of(Event.ATTEMPT)));
        pleaseTimer = service.host().newTimer(() -> {
            v.isPleaseDue = v.wanted >= 0;
            goOn();
        });
        retryTimer = service.host().newTimer(() -> {
            v.isRetryDue = true;
            goOn();
        });
    }

    private void expired(Event timer) {
        service.host().observer().timerExpired(ORIGIN, timer.toString());
        occur(Occurrence.of(timer, "time is over"));
    }

    // ---- events ----

    /** Something has happened: deal with it now, or when its turn comes. */
    void occur(Occurrence occurrence) {
        queue.add(occurrence);
        goOn();
    }

    /** The sink fails: that comes before all that waits. */
    void trouble(Occurrence occurrence) {
        queue.addFirst(occurrence);
        goOn();
    }

    /** Remember how far it is. */
    void save() {
        actions.save();
    }

    /** Deal with all that can be dealt with, unless that is under way. */
    void goOn() {
        if (depth > 0) {
            return;
        }
        for (Occurrence next = next(); next != null; next = next()) {
            process(next);
        }
    }

    private Occurrence next() {
        boolean isCommitting = isCommitting();
        if (!isCommitting && !held.isEmpty()) {
            return held.poll();
        }
        for (Occurrence next = queue.poll(); next != null; next = queue.poll()) {
            if (!isCommitting || next.link() == null) {
                return next;
            }
            held.add(next);
        }
        return due();
    }

    private boolean isCommitting() {
        return v.incoming != null && v.incoming.isCommitting;
    }

    /** What the machine has to do of its own accord; null if there is nothing. */
    private Occurrence due() {
        if (v.link == null || !v.link.isClear()) {
            return null;
        }
        return switch (v.state) {
            case SENDING -> dueSegment();
            case TURN_HERE -> {
                if (v.isToGiveAgain) {
                    yield Occurrence.of(Event.REGIVE);
                } else if (v.outgoing != null) {
                    yield v.isRetryDue && !v.outgoing.isHeld ? Occurrence.of(Event.RETRY) : null;
                }
                yield v.closing == null ? null : Occurrence.of(Event.RT_CLOSE_REQUEST, v.closing);
            }
            case TURN_THERE -> {
                if (v.outgoing != null && v.wanted < 0) { // the log was wrong about the turn
                    v.wanted = 0;
                    v.isPleaseDue = true;
                }
                yield v.isPleaseDue ? Occurrence.of(Event.PLEASE) : null;
            }
            default -> null;
        };
    }

    private Occurrence dueSegment() {
        if (v.checkpointSize > 0 && v.outgoing.outstanding() >= v.windowSize) {
            return null;
        }
        try {
            v.outgoing.prepare(service.host().pool(), v.checkpointSize);
        } catch (IOException e) {
            return Occurrence.of(Event.SOURCE_TROUBLE, String.valueOf(e.getMessage()));
        }
        return Occurrence.of(Event.SEGMENT);
    }

    private void process(Occurrence occurrence) {
        if (occurrence.link() != null
                && occurrence.link() != v.link
                && occurrence.event() != Event.RECOVER_INDICATION) {
            drop(Discard.NO_CONNECTION, occurrence); // of an association that is given up
            return;
        }
        Row row = row(occurrence);
        if (row != null) {
            perform(row, occurrence);
        } else if (occurrence.link() != null) {
            drop(Discard.UNEXPECTED, occurrence);
            String what = occurrence.event() + " in state " + v.state;
            Occurrence error = Occurrence.of(Event.PROTOCOL_ERROR, what);
            Row errorRow = row(error);
            if (errorRow != null) {
                perform(errorRow, error);
            }
        }
    }

    private void drop(Discard reason, Occurrence occurrence) {
        if (occurrence.pdu() != null) {
            service.host().discards(ORIGIN.layer(), ORIGIN.protocol()).drop(reason, occurrence.pdu());
        }
    }

    private Row row(Occurrence occurrence) {
        for (Row row : StateTable.x228().cell(occurrence.event(), v.state)) {
            if (holdAll(row, occurrence)) {
                return row;
            }
        }
        return null;
    }

    private boolean holdAll(Row row, Occurrence occurrence) {
        for (Term term : row.terms()) {
            if (holds(term.predicate(), occurrence) != term.expected()) {
                return false;
            }
        }
        return true;
    }

    private void perform(Row row, Occurrence occurrence) {
        depth++;
        try {
            for (Action action : row.actions()) {
                if (!action.isCallback()) {
                    actions.perform(action, occurrence);
                }
            }
            enter(next(row), occurrence.event());
            for (Action action : row.actions()) {
                if (action.isCallback()) {
                    actions.call(action, occurrence);
                }
            }
        } finally {
            depth--;
        }
    }

    private State next(Row row) {
        return switch (row.next()) {
            case "=" -> v.state;
            case "T" -> v.hasTurn ? State.TURN_HERE : State.TURN_THERE;
            case "R" -> v.isInitiator ? State.RECOVERING : State.AWAITING_RECOVERY;
            default -> State.values()[Integer.parseInt(row.next())];
        };
    }

    private void enter(State next, Event cause) {
        State before = v.state;
        if (before == next) {
            return;
        }
        v.state = next;
        service.waiting(before, next);
        if (service.host().observer().isWatching()) {
            service.host().observer().stateChanged(ORIGIN, before.toString(), next.toString(), cause.toString());
        }
        switch (next) {
            case IDLE -> actions.end();
            case AWAITING_ASSOCIATION, SENDING, AWAITING_END, REPORTED, CLOSING, AWAITING_STOP ->
                supervisionTimer.arm(service.settings().supervisionNanos());
            default -> supervisionTimer.disarm();
        }
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
            case COMMITTING -> isCommitting();
            case SECURED_LAST -> v.isSecuredLast;
            case RECOVERABLE -> isRecoverable();
            case UNKNOWN -> RtseApdu.parse(occurrence.octets()) instanceof RtseApdu.Rtorj;
        };
    }

    /** Go on after a restart with what was remembered. */
    void restored() {
        v.state = v.isInitiator ? State.RECOVERING : State.AWAITING_RECOVERY;
        service.waiting(State.IDLE, v.state);
        recoveryTimer.arm(service.settings().recoveryNanos());
        if (v.isInitiator) {
            attemptTimer.arm(0);
        }
        if (isCommitting()) {
            service.host().loop().defer(() -> {
                actions.commitAgain();
                goOn();
            });
        }
    }

    private boolean isRecoverable() {
        long recoveryNanos = service.settings().recoveryNanos();
        boolean hasHope =
                v.recoveries < service.settings().retries() || service.host().now() - v.lost > recoveryNanos;
        return v.association != null && recoveryNanos > 0 && hasHope && service.mayWait();
    }

    // ---- the requests and responses of the user ----

    /** Do what the user asks for, or throw. */
    void request(Occurrence request) {
        if (v.state == State.IDLE && request.event() != Event.RT_OPEN_REQUEST) {
            return; // after the end
        }
        Row row = row(request);
        if (row == null) {
            throw new IllegalStateException(request.event() + " is not allowed in state " + v.state);
        }
        perform(row, request);
        goOn();
    }

    void openRequest() {
        request(Occurrence.of(Event.RT_OPEN_REQUEST));
    }

    @Override
    public void openResponse(Octets userData) {
        request(Occurrence.of(Event.RT_OPEN_ACCEPTANCE, userData));
    }

    @Override
    public void openRefusal(String reason, Octets userData) {
        request(Occurrence.of(Event.RT_OPEN_REFUSAL, userData, reason));
    }

    @Override
    public void transferRequest(TransferSource source, long transferNanos) {
        request(Occurrence.transfer(source, transferNanos));
    }

    @Override
    public void transferDiscardRequest() {
        request(Occurrence.of(Event.RT_DISCARD_REQUEST));
    }

    @Override
    public void transferInterruptRequest() {
        request(Occurrence.of(Event.RT_INTERRUPT_REQUEST));
    }

    @Override
    public void transferResumeRequest() {
        request(Occurrence.of(Event.RT_RESUME_REQUEST));
    }

    @Override
    public void exceptionReportRequest(ExceptionReason reason) {
        request(Occurrence.of(Event.RT_REPORT_REQUEST, reason.code()));
    }

    @Override
    public void turnPleaseRequest(int priority) {
        if (priority < 0) {
            throw new IllegalArgumentException("a priority of " + priority);
        }
        request(Occurrence.of(Event.RT_TURN_PLEASE_REQUEST, priority));
    }

    @Override
    public void turnGiveRequest() {
        request(Occurrence.of(Event.RT_TURN_GIVE_REQUEST));
    }

    @Override
    public void closeRequest(Octets userData) {
        request(Occurrence.of(Event.RT_CLOSE_REQUEST, userData));
    }

    @Override
    public void closeResponse(Octets userData) {
        request(Occurrence.of(Event.RT_CLOSE_RESPONSE, userData));
    }

    @Override
    public void userAbortRequest(Octets userData) {
        request(Occurrence.of(Event.RT_U_ABORT_REQUEST, userData));
    }

    @Override
    public void suspendRequest() {
        request(Occurrence.of(Event.RT_SUSPEND_REQUEST));
    }

    @Override
    public boolean hasTurn() {
        return v.hasTurn;
    }

    @Override
    public boolean isTransferring() {
        return v.outgoing != null;
    }

    @Override
    public DialogueMode mode() {
        return v.mode;
    }

    @Override
    public int checkpointSize() {
        return v.checkpointSize;
    }

    @Override
    public int windowSize() {
        return v.windowSize;
    }

    @Override
    public SessionConnectionIdentifier association() {
        return v.association;
    }

    @Override
    public String user() {
        return v.peerUser;
    }

    @Override
    public String peer() {
        Association association = v.link == null ? null : v.link.association();
        return association == null ? "" : association.peer();
    }

    /** The state by number and name, for management and tests. */
    State state() {
        return v.state;
    }
}
