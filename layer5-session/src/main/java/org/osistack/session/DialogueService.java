package org.osistack.session;

/**
 * A session service as X.215 has it: user data with every primitive, SSDUs kept whole, functional units that are
 * negotiated, tokens.
 */
public interface DialogueService extends SessionService {
    @Override
    default boolean keepsBoundaries() {
        return true;
    }
}
