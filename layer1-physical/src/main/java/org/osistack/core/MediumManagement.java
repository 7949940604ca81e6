package org.osistack.core;

/** Layer management (X.700) of a medium, as one of its stations sees it. */
public interface MediumManagement {
    /** What has passed so far. */
    MediumStatistics statistics();

    /** Let the filter decide about each frame that this station sends from now on; {@link FrameFilter#NONE} ends it. */
    void filter(FrameFilter filter);

    /**
     * Pull this station's plug: nothing is sent or heard any more, and what is on its way to or from the station is
     * lost. The user hears a PH-STATUS.indication. Nothing happens if it is pulled already.
     */
    void unplug();

    /** Put the plug back. The user hears a PH-STATUS.indication when the link is up. */
    void plugIn();
}
