package org.osistack.session;

import org.osistack.core.dialogue.FunctionalUnits;

/**
 * A session service as X.215 has it: user data with every primitive, SSDUs kept whole, functional units that are
 * negotiated, tokens.
 */
public interface DialogueService extends SessionService {
    @Override
    default boolean keepsBoundaries() {
        return true;
    }

    /** The functional units that this provider has: what it can negotiate. */
    default FunctionalUnits functionalUnits() {
        return FunctionalUnits.ALL;
    }
}
