package org.osistack.presentation;

import org.osistack.core.dialogue.FunctionalUnits;

/** A presentation service as X.216 has it: contexts that are negotiated, user data with every primitive. */
public interface NegotiatedPresentation extends PresentationService {
    @Override
    NegotiatedConnectionless connectionless();

    @Override
    default boolean keepsBoundaries() {
        return true;
    }

    /** The session functional units that the provider below has. */
    default FunctionalUnits functionalUnits() {
        return FunctionalUnits.ALL;
    }
}
