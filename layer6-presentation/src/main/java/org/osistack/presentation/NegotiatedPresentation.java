package org.osistack.presentation;

/** A presentation service as X.216 has it: contexts that are negotiated, user data with every primitive. */
public interface NegotiatedPresentation extends PresentationService {
    @Override
    NegotiatedConnectionless connectionless();

    @Override
    default boolean keepsBoundaries() {
        return true;
    }
}
