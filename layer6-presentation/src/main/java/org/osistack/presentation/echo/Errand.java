package org.osistack.presentation.echo;

import java.util.function.BooleanSupplier;
import org.osistack.core.dialogue.Tokens;

/**
 * One thing to do on a walk.
 *
 * @param needs tokens, as far as they are available
 * @param request null if having the tokens is all
 * @param value what is to come back; null if nothing is
 * @param <D> what a primitive carries
 */
record Errand<D>(String name, Tokens needs, BooleanSupplier request, Reply reply, D value) {
    /** What ends the waiting after a request. */
    enum Reply {
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
}
