package org.osistack.presentation.echo;

import org.osistack.core.dialogue.DialogueStep;

/**
 * What happens on a {@link Dialogue}, as far as both ends of an echo listen to it.
 *
 * @param <D> what a primitive carries
 */
public interface DialogueUser<D> {
    /** DATA indication. */
    void data(D data);

    /** TYPED-DATA indication. */
    void typedData(D data);

    /** EXPEDITED-DATA indication. */
    void expeditedData(D data);

    /** CAPABILITY-DATA indication. */
    void capabilityData(D data);

    /** CAPABILITY-DATA confirm. */
    void capabilityDataConfirm(D data);

    /** A step of the peer or the provider, or the confirm of one. */
    void step(DialogueStep step, D data);

    /** RELEASE indication. */
    void release(D data);

    /** RELEASE confirm. */
    void releaseConfirm(boolean affirmative, D data);

    /** The connection is gone, and nothing more will be heard of it. */
    void aborted(String why);

    /** What was not taken may be requested again. */
    void ready();
}
