package org.osistack.presentation.echo;

import java.util.function.BooleanSupplier;
import org.osistack.core.Host;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.ServiceEcho.Listener;
import org.osistack.core.management.ServiceEcho.Walk;
import org.osistack.presentation.echo.Errand.Reply;

/**
 * The initiator: walks through what was agreed on, one errand of the {@link WalkPlan} after the other. It waits for the
 * answer to each, and gets the tokens that an errand needs; after each confirm, all that there are.
 *
 * @param <D> what a primitive carries
 */
public final class EchoWalker<D> implements DialogueUser<D> {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final Dialogue<D> dialogue;
    private final WalkValues<D> values;
    private final WalkPlan<D> plan;
    private final Listener listener;
    private final Timer patience;
    private final Outbox outbox;
    private Errand<D> current;
    private Reply awaited = Reply.NONE;
    private FunctionalUnits units = FunctionalUnits.KERNEL;
    private int differences;
    private boolean over;

    /** Make the walker of one connection, which may be still under way. */
    public EchoWalker(Host host, Dialogue<D> dialogue, WalkValues<D> values, Walk walk, Listener listener) {
        this.dialogue = dialogue;
        this.values = values;
        this.plan = new WalkPlan<>(dialogue, values, walk);
        this.listener = listener;
        this.outbox = new Outbox(dialogue);
        this.patience = host.newTimer(() -> fail("no answer in " + PATIENCE_NANOS / 1_000_000_000L + " s"));
        patience.arm(PATIENCE_NANOS);
    }

    /** The tokens that these units make available, all left to the called user's choice. */
    public static TokenSetting setting(FunctionalUnits units) {
        TokenSetting setting = TokenSetting.INITIATOR;
        for (Token token : WalkPlan.available(units).tokens()) {
            setting = setting.with(token, TokenSetting.Side.CALLED_USERS_CHOICE);
        }
        return setting;
    }

    /** The connection is there: begin. */
    public void begin() {
        units = dialogue.functionalUnits();
        listener.step("connected: " + units);
        plan.begin(units);
        advance();
    }

    private boolean has(FunctionalUnit unit) {
        return units.has(unit);
    }

    // ---- on the way ----

    /** Do what can be done before an answer comes. */
    private void advance() {
        try {
            while (!over && awaited == Reply.NONE && outbox.isEmpty()) {
                if (plan.isEmpty()) {
                    if (plan.isComplete()) {
                        return;
                    }
                    plan.goOn();
                } else if (!isDone(plan.first())) {
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
                & WalkPlan.available(units).bits()
                & ~dialogue.ownTokens().bits();
        if (missing != 0) {
            DialogueStep please = new DialogueStep.TokenPlease(new Tokens(missing));
            awaited = Reply.TOKENS;
            current = null;
            return orNot(dialogue.stepRequest(please, values.pleaseUserData()));
        }
        awaited = errand.reply();
        current = errand;
        plan.removeFirst();
        if (errand.request() != null && !orNot(errand.request().getAsBoolean())) {
            plan.addFirst(errand);
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
            send(plan::giveData);
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
            plan.clear();
            outbox.clear();
            patience.disarm();
            listener.finished(differences, problem);
        }
    }
}
