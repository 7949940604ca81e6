package org.osistack.presentation.echo;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.ServiceEcho.Listener;
import org.osistack.core.management.ServiceEcho.Walk;

/**
 * The initiator: walks through what was agreed on, one errand after the other. It waits for the answer to each, and gets
 * the tokens that an errand needs; after each confirm, all that there are.
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
public final class EchoWalker<D> implements DialogueUser<D> {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final Tokens ALL =
            Tokens.of(Token.DATA, Token.SYNCHRONIZE_MINOR, Token.MAJOR_ACTIVITY, Token.RELEASE);
    private static final Tokens MINOR = Tokens.of(Token.DATA, Token.SYNCHRONIZE_MINOR);
    private static final Tokens MAJOR = Tokens.of(Token.DATA, Token.SYNCHRONIZE_MINOR, Token.MAJOR_ACTIVITY);
    private static final ActivityIdentifier ECHO = new ActivityIdentifier(Octets.ofText("echo"));
    private static final ActivityIdentifier SINK = new ActivityIdentifier(Octets.ofText("sink"));

    /** What ends the waiting after a request. */
    private enum Reply {
        NONE,
        DATA,
        TYPED_DATA,
        EXPEDITED_DATA,
        CAPABILITY_DATA,
        /** The confirm of a step. */
        CONFIRM,
        TOKENS,
        RELEASE
    }

    /**
     * One thing to do.
     *
     * @param needs tokens, as far as they are available
     * @param request null if having the tokens is all
     * @param value what is to come back; null if nothing is
     */
    private record Errand<D>(String name, Tokens needs, BooleanSupplier request, Reply reply, D value) {}

    private final Dialogue<D> dialogue;
    private final WalkValues<D> values;
    private final Walk walk;
    private final Listener listener;
    private final Timer patience;
    private final Outbox outbox;
    private final ArrayDeque<Errand<D>> errands = new ArrayDeque<>();
    private final Iterator<Octets> lines;
    private final ActivityIdentifier activity;
    private LineService.Rounds rounds;
    private Errand<D> current;
    private Reply awaited = Reply.NONE;
    private FunctionalUnits units = FunctionalUnits.KERNEL;
    private int capabilityTurns;
    private long lastPoint;
    private int differences;
    private boolean ending;
    private boolean over;

    /** Make the walker of one connection, which may be still under way. */
    public EchoWalker(Host host, Dialogue<D> dialogue, WalkValues<D> values, Walk walk, Listener listener) {
        this.dialogue = dialogue;
        this.values = values;
        this.walk = walk;
        this.listener = listener;
        this.lines = walk.lines().iterator();
        this.activity = walk.sink() ? SINK : ECHO;
        this.outbox = new Outbox(dialogue);
        this.patience = host.newTimer(() -> fail("no answer in " + PATIENCE_NANOS / 1_000_000_000L + " s"));
        patience.arm(PATIENCE_NANOS);
    }

    /** The tokens that these units make available, all left to the called user's choice. */
    public static TokenSetting setting(FunctionalUnits units) {
        TokenSetting setting = TokenSetting.INITIATOR;
        for (Token token : available(units).tokens()) {
            setting = setting.with(token, TokenSetting.Side.CALLED_USERS_CHOICE);
        }
        return setting;
    }

    private static Tokens available(FunctionalUnits units) {
        int bits = units.has(FunctionalUnit.HALF_DUPLEX) ? Token.DATA.bit() : 0;
        bits |= units.has(FunctionalUnit.MINOR_SYNCHRONIZE) ? Token.SYNCHRONIZE_MINOR.bit() : 0;
        bits |= units.has(FunctionalUnit.MAJOR_SYNCHRONIZE) || units.has(FunctionalUnit.ACTIVITY_MANAGEMENT)
                ? Token.MAJOR_ACTIVITY.bit()
                : 0;
        bits |= units.has(FunctionalUnit.NEGOTIATED_RELEASE) ? Token.RELEASE.bit() : 0;
        return new Tokens(bits);
    }

    // ---- the plan ----

    /** The connection is there: begin. */
    public void begin() {
        units = dialogue.functionalUnits();
        rounds = new LineService.Rounds(units, values.maxExpedited());
        listener.step("connected: " + units);
        if (has(FunctionalUnit.ACTIVITY_MANAGEMENT)) {
            request("ACTIVITY-START", Tokens.NONE, Reply.NONE, new DialogueStep.ActivityStart(activity));
        }
        advance();
    }

    private boolean has(FunctionalUnit unit) {
        return units.has(unit);
    }

    /** Add errands for what comes next. */
    private void plan() {
        if (lines.hasNext()) {
            planLine(lines.next());
        } else {
            ending = true;
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
                                    setting(units)),
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

    private boolean giveData() {
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

    // ---- on the way ----

    /** Do what can be done before an answer comes. */
    private void advance() {
        try {
            while (!over && awaited == Reply.NONE && outbox.isEmpty()) {
                if (errands.isEmpty()) {
                    if (ending) {
                        return;
                    }
                    plan();
                } else if (!isDone(errands.peekFirst())) {
                    return;
                }
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            fail(e.getMessage());
        }
    }

    /** Go on with an errand; false if something has to come first. */
    private boolean isDone(Errand<D> errand) {
        int missing = errand.needs().bits()
                & available(units).bits()
                & ~dialogue.ownTokens().bits();
        if (missing != 0) {
            DialogueStep please = new DialogueStep.TokenPlease(new Tokens(missing));
            awaited = Reply.TOKENS;
            current = null;
            return orNot(dialogue.stepRequest(please, values.pleaseUserData()));
        }
        awaited = errand.reply();
        current = errand;
        errands.removeFirst();
        if (errand.request() != null && !orNot(errand.request().getAsBoolean())) {
            errands.addFirst(errand);
            return false;
        }
        if (errand.request() != null && errand.reply() == Reply.NONE) {
            listener.step(errand.name());
        }
        return true;
    }

    private boolean orNot(boolean taken) {
        if (!taken) {
            awaited = Reply.NONE;
        }
        patience.arm(PATIENCE_NANOS);
        return taken;
    }

    private void came(Reply reply, D value) {
        if (awaited != reply) {
            fail("a reply of the kind " + reply + " came, and not " + awaited);
            return;
        }
        Errand<D> errand = current;
        awaited = Reply.NONE;
        if (errand != null) {
            boolean same = errand.value() == null || errand.value().equals(value);
            differences += same ? 0 : 1;
            listener.step(errand.name() + ": " + outcome(errand, same));
        }
        advance();
    }

    private static String outcome(Errand<?> errand, boolean same) {
        if (errand.value() != null) {
            return same ? "came back" : "came back, and was not the same";
        }
        return errand.reply() == Reply.TOKENS ? "tokens came" : "confirmed";
    }

    // ---- what happens ----

    @Override
    public void data(D data) {
        came(Reply.DATA, data);
    }

    @Override
    public void typedData(D data) {
        came(Reply.TYPED_DATA, data);
    }

    @Override
    public void expeditedData(D data) {
        came(Reply.EXPEDITED_DATA, data);
    }

    @Override
    public void capabilityData(D data) {
        fail("capability data from the echo itself");
    }

    @Override
    public void capabilityDataConfirm(D data) {
        came(Reply.CAPABILITY_DATA, data);
    }

    @Override
    public void step(DialogueStep step, D data) {
        if (step instanceof DialogueStep.TokenGive || step instanceof DialogueStep.ControlGive) {
            if (awaited == Reply.TOKENS) {
                came(Reply.TOKENS, data);
            }
        } else if (step instanceof DialogueStep.TokenPlease please) {
            send(() -> {
                Tokens tokens =
                        new Tokens(please.tokens().bits() & dialogue.ownTokens().bits());
                return tokens.isEmpty() || dialogue.stepRequest(new DialogueStep.TokenGive(tokens), dialogue.nothing());
            });
        } else if (step instanceof DialogueStep.Resynchronize) {
            send(() -> dialogue.stepRequest(
                    new DialogueStep.ResynchronizeAnswer(DialogueStep.NEXT, null), values.userData()));
            if (awaited == Reply.CONFIRM) { // ISODE answers with one of its own, which outranks that of this side
                came(Reply.CONFIRM, data);
            }
        } else if (step instanceof DialogueStep.UserExceptionReport
                || step instanceof DialogueStep.ProviderExceptionReport) {
            send(this::giveData);
        } else if (step.isAnswer()) {
            came(Reply.CONFIRM, data);
        } else {
            fail(step.service() + " from the echo itself");
        }
    }

    @Override
    public void release(D data) {
        send(() -> dialogue.releaseResponse(!has(FunctionalUnit.NEGOTIATED_RELEASE), dialogue.nothing()));
        if (!has(FunctionalUnit.NEGOTIATED_RELEASE)) {
            finish("the echo has released the connection");
        }
    }

    @Override
    public void releaseConfirm(boolean affirmative, D data) {
        if (affirmative && awaited == Reply.RELEASE) {
            listener.step("RELEASE: confirmed");
            finish(null);
        } else {
            fail("the release was refused");
        }
    }

    @Override
    public void aborted(String why) {
        finish(why);
    }

    @Override
    public void ready() {
        try {
            outbox.ready();
        } catch (IllegalStateException | IllegalArgumentException e) {
            fail(e.getMessage());
        }
        advance();
    }

    private void send(BooleanSupplier request) {
        try {
            outbox.add(request);
        } catch (IllegalStateException | IllegalArgumentException e) {
            fail(e.getMessage());
        }
    }

    // ---- the end ----

    /** End at once, if it has not ended. */
    public void abort() {
        if (!over) {
            fail("aborted on this side");
        }
    }

    private void fail(String problem) {
        if (!over) {
            dialogue.abortRequest();
            finish(problem);
        }
    }

    private void finish(String problem) {
        if (!over) {
            over = true;
            errands.clear();
            outbox.clear();
            patience.disarm();
            listener.finished(differences, problem);
        }
    }
}
