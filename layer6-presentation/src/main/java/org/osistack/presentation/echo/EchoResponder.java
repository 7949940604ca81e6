package org.osistack.presentation.echo;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;

/**
 * The echo: sends each kind of data back in kind, confirms what can be confirmed with the user data that came along, and
 * gives tokens when it is asked for them. A sink confirms with nothing, and sends no data.
 *
 * <p>In half-duplex, data waits until the peer gives the data token, for which the echo asks. A peer that sends much
 * more without giving it, or for whose state an echo comes too late, is aborted.
 *
 * @param <D> what a primitive carries
 */
public final class EchoResponder<D> implements DialogueUser<D> {
    private static final int MAX_HELD = 1 << 22; // octets that wait for the data token
    private static final int OVERHEAD = 64; // octets that each value costs, however short it is
    private static final FunctionalUnits NUMBERED = FunctionalUnits.of(
            FunctionalUnit.MINOR_SYNCHRONIZE, FunctionalUnit.MAJOR_SYNCHRONIZE, FunctionalUnit.RESYNCHRONIZE);

    private final Dialogue<D> dialogue;
    private final boolean sink;
    private final ToIntFunction<D> length;
    private final Consumer<String> log;
    private final Outbox outbox;
    private final ArrayDeque<D> held = new ArrayDeque<>();
    private int heldOctets;
    private boolean asked;

    /**
     * Make the echo of one connection.
     *
     * @param length how many octets a value has
     * @param log takes lines for the person who runs the server
     */
    public EchoResponder(Dialogue<D> dialogue, boolean sink, ToIntFunction<D> length, Consumer<String> log) {
        this.dialogue = dialogue;
        this.sink = sink;
        this.length = length;
        this.log = log;
        this.outbox = new Outbox(dialogue);
    }

    /** What it accepts of the functional units that are proposed: of half-duplex and duplex, half-duplex. */
    public static FunctionalUnits accepted(FunctionalUnits proposed) {
        FunctionalUnits units =
                proposed.without(FunctionalUnit.SYMMETRIC_SYNCHRONIZE).without(FunctionalUnit.DATA_SEPARATION);
        return units.has(FunctionalUnit.HALF_DUPLEX) ? units.without(FunctionalUnit.DUPLEX) : units;
    }

    /** The initial serial number that it answers: the one proposed, if there is something to count; else -1. */
    public static long serialNumber(FunctionalUnits accepted, long proposed) {
        return accepted.and(NUMBERED).bits() == 0 ? -1 : proposed;
    }

    // ---- data ----

    @Override
    public void data(D data) {
        if (!sink) {
            answer(data);
        }
    }

    /** Send data by DATA, when the data token is here if there is one. */
    public void answer(D data) {
        if (!dialogue.functionalUnits().has(FunctionalUnit.HALF_DUPLEX)) {
            send(() -> dialogue.dataRequest(data));
            return;
        }
        held.addLast(data);
        heldOctets += OVERHEAD + length.applyAsInt(data);
        if (owns(Token.DATA)) {
            sendHeld();
        } else if (heldOctets > MAX_HELD) {
            abort("so much data without the data token");
        } else if (!asked) {
            asked = true;
            step(new DialogueStep.TokenPlease(Tokens.of(Token.DATA)));
        }
    }

    @Override
    public void typedData(D data) {
        if (!sink) {
            send(() -> dialogue.typedDataRequest(data));
        }
    }

    @Override
    public void expeditedData(D data) {
        if (!sink) {
            send(() -> dialogue.expeditedDataRequest(data));
        }
    }

    @Override
    public void capabilityData(D data) {
        send(() -> dialogue.capabilityDataResponse(data));
    }

    @Override
    public void capabilityDataConfirm(D data) {
        abort("a confirm of what was not requested");
    }

    private void sendHeld() {
        asked = false;
        heldOctets = 0;
        for (D data = held.pollFirst(); data != null; data = held.pollFirst()) {
            D next = data;
            send(() -> dialogue.dataRequest(next));
        }
    }

    private void dropHeld() {
        asked = false;
        heldOctets = 0;
        held.clear();
    }

    // ---- steps ----

    @Override
    public void step(DialogueStep step, D data) {
        D echo = sink ? dialogue.nothing() : data;
        if (step instanceof DialogueStep.TokenGive) {
            tokensCame();
        } else if (step instanceof DialogueStep.TokenPlease please) {
            give(please.tokens());
        } else if (step instanceof DialogueStep.ControlGive) {
            tokensCame();
            give(dialogue.ownTokens());
        } else if (step instanceof DialogueStep.SyncMinor minor) {
            if (minor.explicitConfirmation()) {
                request(new DialogueStep.SyncMinorAnswer(minor.serialNumber()), echo);
            }
        } else if (step instanceof DialogueStep.SyncMajor) {
            request(new DialogueStep.SyncMajorAnswer(), echo);
        } else if (step instanceof DialogueStep.Resynchronize) {
            dropHeld();
            request(new DialogueStep.ResynchronizeAnswer(DialogueStep.NEXT, null), echo);
        } else if (step instanceof DialogueStep.UserExceptionReport
                || step instanceof DialogueStep.ProviderExceptionReport) {
            dropHeld();
            give(Tokens.of(Token.DATA)); // which ends the exception
        } else if (step instanceof DialogueStep.ActivityInterrupt) {
            dropHeld();
            request(new DialogueStep.ActivityInterruptAnswer(), dialogue.nothing());
        } else if (step instanceof DialogueStep.ActivityDiscard) {
            dropHeld();
            request(new DialogueStep.ActivityDiscardAnswer(), dialogue.nothing());
        } else if (step instanceof DialogueStep.ActivityEnd) {
            request(new DialogueStep.ActivityEndAnswer(), echo);
        } else if (step.isAnswer()) {
            abort("a confirm of what was not requested");
        }
    }

    private void tokensCame() {
        if (owns(Token.DATA)) {
            sendHeld();
        }
    }

    private boolean owns(Token token) {
        return dialogue.ownTokens().has(token);
    }

    /** Give what is asked for, as far as it is here when its turn comes. */
    private void give(Tokens wanted) {
        send(() -> {
            Tokens tokens = new Tokens(wanted.bits() & dialogue.ownTokens().bits());
            return tokens.isEmpty() || dialogue.stepRequest(new DialogueStep.TokenGive(tokens), dialogue.nothing());
        });
    }

    private void step(DialogueStep step) {
        request(step, dialogue.nothing());
    }

    private void request(DialogueStep step, D data) {
        send(() -> dialogue.stepRequest(step, data));
    }

    // ---- the end ----

    @Override
    public void release(D data) {
        releaseWith(sink ? dialogue.nothing() : data);
    }

    /** Agree to a release, with this data. */
    public void releaseWith(D data) {
        log.accept("released");
        send(() -> dialogue.releaseResponse(true, data));
    }

    @Override
    public void releaseConfirm(boolean affirmative, D data) {
        abort("a confirm of what was not requested");
    }

    @Override
    public void aborted(String why) {
        outbox.clear();
        dropHeld();
        log.accept(why);
    }

    @Override
    public void ready() {
        guarded(outbox::ready);
    }

    private void send(BooleanSupplier request) {
        guarded(() -> outbox.add(request));
    }

    /** An echo may come too late for the state in which the peer has brought the connection meanwhile. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (IllegalStateException | IllegalArgumentException e) {
            abort(e.getMessage());
        }
    }

    private void abort(String why) {
        outbox.clear();
        dropHeld();
        log.accept("aborted: " + why);
        dialogue.abortRequest();
    }
}
