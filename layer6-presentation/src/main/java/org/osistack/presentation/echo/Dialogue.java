package org.osistack.presentation.echo;

import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;

/**
 * One end of a connection of the session or of the presentation service, which have the same dialogue, and differ in what
 * their primitives carry. Each request tells whether it was taken, and may throw as {@code SessionConnection.request} may.
 *
 * @param <D> what a primitive carries
 */
public interface Dialogue<D> {
    /** What a primitive carries that carries nothing. */
    D nothing();

    boolean dataRequest(D data);

    boolean typedDataRequest(D data);

    boolean expeditedDataRequest(D data);

    boolean capabilityDataRequest(D data);

    boolean capabilityDataResponse(D data);

    boolean stepRequest(DialogueStep step, D data);

    boolean releaseRequest(D data);

    boolean releaseResponse(boolean affirmative, D data);

    /** End at once. */
    void abortRequest();

    /** What both sides agreed on. */
    FunctionalUnits functionalUnits();

    /** What this side holds. */
    Tokens ownTokens();

    /** V(M): the number of the next synchronization point. */
    long nextSerialNumber();

    /** Hear no data for now. */
    void pause();

    /** Hear data again. */
    void resume();
}
