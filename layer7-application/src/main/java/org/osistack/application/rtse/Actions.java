package org.osistack.application.rtse;

import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.core.Octets;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;

/**
 * What the rows of the state table do with the association and the turn: requests, and what the machine notes.
 * {@link Activities} does the rest.
 */
final class Actions {
    private static final long PLEASE_NANOS = 50_000_000;

    private final Rtpm machine;
    private final RtseService service;
    private final Variables v;
    private final Callbacks callbacks;
    private final Activities activities;

    Actions(Rtpm machine) {
        this.machine = machine;
        this.service = machine.service;
        this.v = machine.v;
        this.callbacks = new Callbacks(machine);
        this.activities = new Activities(machine, this);
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
            default -> activities.perform(action, o);
        }
    }

    // ---- the association ----

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

    /** How the activity was called that is to be resumed. */
    TransferName oldName(Occurrence o) {
        return activities.oldName(o);
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
            activities.dropIncoming();
        }
        v.isPleaseDue = v.wanted >= 0;
        v.isRetryDue = true;
    }

    /** How long to wait before the attempt with that number, from 0. */
    long delay(int attempt) {
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
            activities.dropIncoming();
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
}
