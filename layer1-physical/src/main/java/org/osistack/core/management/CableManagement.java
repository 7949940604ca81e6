package org.osistack.core.management;

import org.osistack.core.Host;
import org.osistack.core.Pdu;

/**
 * What layer management (X.700) may do to a cable in memory that several stations share: more than a person could do at
 * one station's plug. A station on such a cable offers it.
 */
public interface CableManagement {
    /** Decides whether a frame comes out of the cable. */
    @FunctionalInterface
    interface ArrivalFilter {
        /** Lets everything come out. */
        ArrivalFilter NONE = (sender, receiver, frame) -> true;

        /**
         * A frame has crossed the cable and is about to be heard. The method may cut the cable: then this frame was in the
         * middle of it if false is returned.
         *
         * @param frame only to be read, and only before the method returns
         * @return false to lose the frame
         */
        boolean letsArrive(Host sender, Host receiver, Pdu frame);
    }

    /** Cut the cable: what is on its way is lost, and every station loses its link. Nothing happens if it is cut. */
    void cutCable();

    /** Join the ends again. Nothing happens if it is not cut. */
    void joinCable();

    /** Let the filter decide about each frame that comes out, at any station; {@link ArrivalFilter#NONE} ends it. */
    void filterArrivals(ArrivalFilter filter);

    /**
     * Take this station off the cable, for good and without a word to anybody, as when its host dies. What it has sent
     * before goes on.
     */
    void leaveCable();
}
