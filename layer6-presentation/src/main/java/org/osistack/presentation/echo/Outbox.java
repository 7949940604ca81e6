package org.osistack.presentation.echo;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/** Requests in their order: those that are not taken wait, and the peer's data with them. */
final class Outbox {
    private final Dialogue<?> dialogue;
    private final ArrayDeque<BooleanSupplier> waiting = new ArrayDeque<>();

    Outbox(Dialogue<?> dialogue) {
        this.dialogue = dialogue;
    }

    /** Make a request now, or when those before it are taken. */
    void add(BooleanSupplier request) {
        if (!waiting.isEmpty() || !request.getAsBoolean()) {
            waiting.addLast(request);
            dialogue.pause();
        }
    }

    void ready() {
        if (waiting.isEmpty()) {
            return;
        }
        while (!waiting.isEmpty() && waiting.peekFirst().getAsBoolean()) {
            waiting.pollFirst();
        }
        if (waiting.isEmpty()) {
            dialogue.resume();
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void clear() {
        waiting.clear();
    }
}
