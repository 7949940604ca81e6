package org.osistack.presentation.x226;

import org.osistack.presentation.PresentationPrimitive;

/**
 * What something from the peer means: a primitive for the user, or an abort by this provider.
 *
 * @param primitive null if there is an abort
 * @param abort why; null if there is none
 */
record Meaning(PresentationPrimitive primitive, AbortReason abort) {
    static Meaning of(PresentationPrimitive primitive) {
        return new Meaning(primitive, null);
    }

    static Meaning abort(AbortReason reason) {
        return new Meaning(null, reason);
    }
}
