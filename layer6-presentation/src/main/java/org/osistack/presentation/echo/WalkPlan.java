package org.osistack.presentation.echo;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.ServiceEcho.Walk;
import org.osistack.presentation.echo.Errand.Reply;

/**
 * What a walk has still to do: errands for one line after the other, of what was agreed on, and those of the end.
 *
 * <pre>
 *   with activities: ACTIVITY-START
 *   each line, by turns:
 *     DATA, EXPEDITED-DATA, TYPED-DATA   and back; then SYNC-MINOR, or in an activity after DATA SYNC-MAJOR
 *     CAPABILITY-DATA                    by turns RESYNCHRONIZE instead; or ACTIVITY-INTERRUPT or -DISCARD,
 *                                        CAPABILITY-DATA, ACTIVITY-RESUME
 *   TOKEN-GIVE, U-EXCEPTION-REPORT; SYNC-MAJOR, or ACTIVITY-END and CONTROL-GIVE; RELEASE
 * </pre>
 *
 * @param <D> what a primitive carries
 */
final class WalkPlan<D> {
    private static final Tokens ALL =
            Tokens.of(Token.DATA, Token.SYNCHRONIZE_MINOR, Token.MAJOR_ACTIVITY, Token.RELEASE);
    private static final Tokens MINOR = Tokens.of(Token.DATA, Token.SYNCHRONIZE_MINOR);
    private static final Tokens MAJOR = Tokens.of(Token.DATA, Token.SYNCHRONIZE_MINOR, Token.MAJOR_ACTIVITY);
    private static final ActivityIdentifier ECHO = new ActivityIdentifier(Octets.ofText("echo"));
    private static final ActivityIdentifier SINK = new ActivityIdentifier(Octets.ofText("sink"));

    private final Dialogue<D> dialogue;
    private final WalkValues<D> values;
    private final Walk walk;
    private final ArrayDeque<Errand<D>> errands = new ArrayDeque<>();
    private final Iterator<Octets> lines;
    private final ActivityIdentifier activity;
    private LineService.Rounds rounds;
    private FunctionalUnits units = FunctionalUnits.KERNEL;
    private int capabilityTurns;
    private long lastPoint;
    private boolean complete;

    WalkPlan(Dialogue<D> dialogue, WalkValues<D> values, Walk walk) {
        this.dialogue = dialogue;
        this.values = values;
        this.walk = walk;
        this.lines = walk.lines().iterator();
        this.activity = walk.sink() ? SINK : ECHO;
    }

    /** The tokens that these units make available. */
    static Tokens available(FunctionalUnits units) {
        int bits = units.has(FunctionalUnit.HALF_DUPLEX) ? Token.DATA.bit() : 0;
        bits |= units.has(FunctionalUnit.MINOR_SYNCHRONIZE) ? Token.SYNCHRONIZE_MINOR.bit() : 0;
        bits |= units.has(FunctionalUnit.MAJOR_SYNCHRONIZE) || units.has(FunctionalUnit.ACTIVITY_MANAGEMENT)
                ? Token.MAJOR_ACTIVITY.bit()
                : 0;
        bits |= units.has(FunctionalUnit.NEGOTIATED_RELEASE) ? Token.RELEASE.bit() : 0;
        return new Tokens(bits);
    }

    /** The connection is there, with these units. */
    void begin(FunctionalUnits agreed) {
        units = agreed;
        rounds = new LineService.Rounds(units, values.maxExpedited());
        if (has(FunctionalUnit.ACTIVITY_MANAGEMENT)) {
            request("ACTIVITY-START", Tokens.NONE, Reply.NONE, new DialogueStep.ActivityStart(activity));
        }
    }

    boolean isEmpty() {
        return errands.isEmpty();
    }

    /** Whether nothing comes after the errands that there are. */
    boolean isComplete() {
        return complete;
    }

    Errand<D> first() {
        return errands.peekFirst();
    }

    void removeFirst() {
        errands.removeFirst();
    }

    /** An errand could not be done yet. */
    void addFirst(Errand<D> errand) {
        errands.addFirst(errand);
    }

    void clear() {
        errands.clear();
    }

    private boolean has(FunctionalUnit unit) {
        return units.has(unit);
    }

    /** Add errands for what comes next. */
    void goOn() {
        if (lines.hasNext()) {
            planLine(lines.next());
        } else {
            complete = true;
            planEnd();
        }
    }

    private void planLine(Octets line) {
        LineService service = rounds.next(line.length());
        switch (service) {
            case DATA -> planEcho("DATA", Tokens.of(Token.DATA), Reply.DATA, values.line(line), dialogue::dataRequest);
            case TYPED_DATA ->
                planEcho("TYPED-DATA", Tokens.NONE, Reply.TYPED_DATA, values.line(line), dialogue::typedDataRequest);
            case EXPEDITED_DATA ->
                planEcho(
                        "EXPEDITED-DATA",
                        Tokens.NONE,
                        Reply.EXPEDITED_DATA,
                        values.expeditedLine(line),
                        dialogue::expeditedDataRequest);
            default -> planCapability(line);
        }
        if (has(FunctionalUnit.ACTIVITY_MANAGEMENT)) {
            if (has(FunctionalUnit.MAJOR_SYNCHRONIZE) && service == LineService.DATA) {
                planMajorPoint();
            }
        } else if (has(FunctionalUnit.MINOR_SYNCHRONIZE)) {
            planPoint(new DialogueStep.SyncMinor(DialogueStep.NEXT, true, false), MINOR, values.minorUserData());
        }
    }

    private void planEcho(String name, Tokens needs, Reply reply, D value, Predicate<D> request) {
        boolean answered = !walk.sink() || reply == Reply.CAPABILITY_DATA;
        errands.add(new Errand<>(
                name, needs, () -> request.test(value), answered ? reply : Reply.NONE, answered ? value : null));
    }

    private void planMajorPoint() {
        planPoint(new DialogueStep.SyncMajor(DialogueStep.NEXT), MAJOR, values.userData());
    }

    private void planPoint(DialogueStep step, Tokens needs, D userData) {
        errands.add(new Errand<>(
                step.service(),
                needs,
                () -> {
                    lastPoint = dialogue.nextSerialNumber();
                    return dialogue.stepRequest(step, userData);
                },
                Reply.CONFIRM,
                null));
        planAllTokens();
    }

    /** Between activities there is capability data, so the activity has to be left. */
    private void planCapability(Octets line) {
        if (has(FunctionalUnit.RESYNCHRONIZE) && capabilityTurns++ % 2 == 0) {
            boolean counts = has(FunctionalUnit.MINOR_SYNCHRONIZE) || has(FunctionalUnit.MAJOR_SYNCHRONIZE);
            errands.add(new Errand<>(
                    "RESYNCHRONIZE",
                    Tokens.NONE,
                    () -> dialogue.stepRequest(
                            new DialogueStep.Resynchronize(
                                    counts ? ResynchronizeType.SET : ResynchronizeType.ABANDON,
                                    counts ? Math.max(0, lastPoint - 1) : DialogueStep.NEXT,
                                    EchoWalker.setting(units)),
                            values.userData()),
                    Reply.CONFIRM,
                    null));
            planAllTokens();
            return;
        }
        boolean interrupts = capabilityTurns % 4 != 0;
        ExceptionReason reason = ExceptionReason.USER_SEQUENCE_ERROR;
        DialogueStep leave =
                interrupts ? new DialogueStep.ActivityInterrupt(reason) : new DialogueStep.ActivityDiscard(reason);
        errands.add(new Errand<>(
                leave.service(),
                Tokens.of(Token.MAJOR_ACTIVITY),
                () -> dialogue.stepRequest(leave, dialogue.nothing()),
                Reply.CONFIRM,
                null));
        planAllTokens();
        planEcho("CAPABILITY-DATA", MAJOR, Reply.CAPABILITY_DATA, values.line(line), dialogue::capabilityDataRequest);
        OldConnection old = new OldConnection(
                Octets.EMPTY,
                walk.identifier().userReference(),
                walk.identifier().commonReference(),
                walk.identifier().additionalInformation());
        request(
                "ACTIVITY-RESUME",
                Tokens.NONE,
                Reply.NONE,
                new DialogueStep.ActivityResume(activity, activity, walk.serialNumber(), old));
    }

    private void planEnd() {
        if (has(FunctionalUnit.EXCEPTIONS)) {
            errands.add(new Errand<>("TOKEN-GIVE", Tokens.NONE, this::giveData, Reply.NONE, null));
            request(
                    "U-EXCEPTION-REPORT",
                    Tokens.NONE,
                    Reply.TOKENS,
                    new DialogueStep.UserExceptionReport(ExceptionReason.NON_SPECIFIC));
            planAllTokens();
        }
        if (has(FunctionalUnit.ACTIVITY_MANAGEMENT)) {
            request("ACTIVITY-END", ALL, Reply.CONFIRM, new DialogueStep.ActivityEnd(DialogueStep.NEXT));
            planAllTokens();
            errands.add(new Errand<>(
                    "CONTROL-GIVE",
                    ALL,
                    () -> dialogue.stepRequest(new DialogueStep.ControlGive(), dialogue.nothing()),
                    Reply.TOKENS,
                    null));
            planAllTokens();
        } else if (has(FunctionalUnit.MAJOR_SYNCHRONIZE)) {
            planMajorPoint();
        }
        errands.add(
                new Errand<>("RELEASE", ALL, () -> dialogue.releaseRequest(values.userData()), Reply.RELEASE, null));
    }

    /** Give the data token, if it is here: whether that was taken. */
    boolean giveData() {
        Tokens data = Tokens.of(Token.DATA);
        return !dialogue.ownTokens().has(Token.DATA)
                || dialogue.stepRequest(new DialogueStep.TokenGive(data), dialogue.nothing());
    }

    private void request(String name, Tokens needs, Reply reply, DialogueStep step) {
        errands.add(new Errand<>(name, needs, () -> dialogue.stepRequest(step, values.userData()), reply, null));
    }

    private void planAllTokens() {
        errands.add(new Errand<>("", ALL, null, Reply.NONE, null));
    }
}
