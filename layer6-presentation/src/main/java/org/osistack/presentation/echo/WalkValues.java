package org.osistack.presentation.echo;

import org.osistack.core.Octets;

/**
 * How a walk fills the primitives of one service.
 *
 * @param <D> what a primitive carries
 */
public interface WalkValues<D> {
    /** The value for a line; each may have another presentation context. */
    D line(Octets line);

    /** The value for a line in expedited data. */
    D expeditedLine(Octets line);

    /** The longest line that expedited data takes, in octets. */
    int maxExpedited();

    /** What goes along with a release, an activity, a resynchronization, an exception, a major point. */
    D userData();

    /** What goes along with a minor synchronization point. */
    D minorUserData();

    /** What goes along with TOKEN-PLEASE. */
    D pleaseUserData();
}
