package org.osistack.application.move;

import java.util.ArrayDeque;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.RoutedAssociations;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.TokenSetting;

/**
 * Alice with marks: the dialogue is one activity, and each line is followed by a minor synchronization point that bears its
 * number. When the association is lost she asks for another, by another way, and resumes the activity behind the last point
 * that bob has confirmed. An answer counts when its point is confirmed.
 */
final class ActivityAlice extends Alice {
    static final FunctionalUnits UNITS = FunctionalUnits.of(
            FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE, FunctionalUnit.ACTIVITY_MANAGEMENT);
    /** How the dialogue is called. */
    static final ActivityIdentifier ACTIVITY = new ActivityIdentifier(Octets.ofText("talk"));

    private static final Octets NAME = Octets.ofText("alice");
    private static final long FIRST_PAUSE_NANOS = 250_000_000;
    private static final long LONGEST_PAUSE_NANOS = 8_000_000_000L;
    private static final long TRYING_NANOS = 600_000_000_000L;

    private final Timer again;
    private final ArrayDeque<String> unconfirmedAnswers = new ArrayDeque<>();
    private final Octets firstReference;
    private long pause = FIRST_PAUSE_NANOS;
    private long lostAt;
    private boolean isStarted;
    private boolean isInterrupting;
    private boolean isReleasing;

    ActivityAlice(
            Host host, RoutedAssociations associations, NetworkAddress bob, int lines, int octets, Listener listener) {
        super(host, associations, bob, lines, octets, listener);
        this.again = host.newTimer(this::call);
        this.firstReference =
                Octets.ofText("talk " + Long.toHexString(host.random().nextLong()));
    }

    @Override
    AssociationRequest request() {
        Octets additional = Octets.of((byte) (calls() >>> 8), (byte) calls());
        return new AssociationRequest(Lines.CONTEXT, bob, UNITS, TokenSetting.INITIATOR)
                .with(
                        UNITS,
                        TokenSetting.INITIATOR,
                        new ConnectionIdentifier(NAME, firstReference, isStarted ? additional : Octets.EMPTY),
                        Octets.EMPTY);
    }

    @Override
    public void associateConfirm(Association confirmed) {
        super.associateConfirm(confirmed);
        goBack();
        if (isStarted) {
            OldConnection first = new OldConnection(Octets.EMPTY, NAME, firstReference, Octets.EMPTY);
            outbox.step(new DialogueStep.ActivityResume(
                    ACTIVITY, ACTIVITY, answers().size(), first));
        } else {
            isStarted = true;
            outbox.step(new DialogueStep.ActivityStart(ACTIVITY));
        }
        goOn();
    }

    private void goOn() {
        if (answers().size() < lines) {
            talk();
        } else {
            outbox.step(new DialogueStep.ActivityEnd(DialogueStep.NEXT));
        }
    }

    @Override
    void spoken(int number) {
        outbox.step(new DialogueStep.SyncMinor(number, true, false));
    }

    @Override
    void heard(String line) {
        unconfirmedAnswers.add(line);
    }

    @Override
    public void stepIndication(DialogueStep step, Octets apdu) {
        if (step instanceof DialogueStep.SyncMinorAnswer answer) {
            confirmed(answer.serialNumber());
        } else if (step instanceof DialogueStep.ActivityEndAnswer) {
            isReleasing = true;
            done();
        } else if (step instanceof DialogueStep.ActivityInterruptAnswer) {
            isReleasing = true;
            association.releaseRequest();
        } else if (step.isAnswer()) {
            association.abortRequest();
            end("bob answered " + step.service());
        }
    }

    private void confirmed(long serialNumber) {
        pause = FIRST_PAUSE_NANOS;
        lostAt = 0;
        while (answers().size() < serialNumber && !unconfirmedAnswers.isEmpty()) {
            answered(unconfirmedAnswers.remove());
        }
        if (!isInterrupting) {
            goOn();
        } else if (unconfirmed() == 0) {
            interrupt();
        }
    }

    /**
     * Move of her own accord: say nothing more, interrupt the activity when all is confirmed, release the session, and resume
     * on a new one by the next way.
     */
    void move() {
        if (isOver()
                || isDone()
                || isInterrupting
                || outbox == null
                || answers().size() == lines) {
            return;
        }
        isInterrupting = true;
        if (unconfirmed() == 0) {
            interrupt();
        }
    }

    private void interrupt() {
        outbox.step(new DialogueStep.ActivityInterrupt(ExceptionReason.NON_SPECIFIC));
    }

    @Override
    public void ended(Ending ending, String detail) {
        outbox = null;
        unconfirmedAnswers.clear();
        if (isDone()) {
            end("");
        } else if (ending == Ending.ABORTED) {
            end("bob has ended it: " + detail);
        } else {
            if (isInterrupting && isReleasing) {
                associations.useNext(bob);
            }
            isInterrupting = false;
            isReleasing = false;
            callAgain(detail);
        }
    }

    private void callAgain(String detail) {
        lostAt = lostAt == 0 ? host.now() : lostAt;
        if (host.now() - lostAt > TRYING_NANOS) {
            end("no way to bob: " + detail);
            return;
        }
        again.arm(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
}
