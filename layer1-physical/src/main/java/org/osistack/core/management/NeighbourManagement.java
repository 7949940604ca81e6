package org.osistack.core.management;

import java.util.List;
import org.osistack.core.NetworkAddress;

/** The neighbours that this host knows on its link, as layer management (X.700) sees them. */
public interface NeighbourManagement {
    /**
     * One neighbour.
     *
     * @param address its network address
     * @param linkAddress its data link address as a person reads it; empty while it isn't known
     * @param ageNanos how long ago it was heard of; since it was first asked for while it is incomplete
     */
    record Neighbour(NetworkAddress address, String linkAddress, State state, long ageNanos) {
        /** How far the host has come with a neighbour. */
        public enum State {
            /** It was asked for and has not answered yet. */
            INCOMPLETE,
            /** Its data link address is known. */
            REACHABLE,
            /** Its data link address is known, has grown old, and is being checked. */
            POLLED
        }
    }

    /** All neighbours in the order of their addresses. */
    List<Neighbour> neighbours();

    /** Forget all neighbours. What was held for them is thrown away. */
    void forgetNeighbours();
}
