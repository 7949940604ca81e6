package org.osistack.core.management;

import java.util.List;
import java.util.Map;

/** Layer management (X.700) of layer 5: what an operator may ask of it. */
public interface SessionManagement {
    /** The session connections that exist at this moment, oldest first. */
    List<SessionStatus> sessions();

    /**
     * End a session connection at once, if no protocol above has to say good-bye. Its user hears S-P-ABORT.
     *
     * @return false if there is none of that number, or the module leaves it to the association
     */
    default boolean abort(int number) {
        return false;
    }

    /** What was counted since the stack was opened, by name, in a fixed order; empty if the module counts nothing. */
    default Map<String, Long> counters() {
        return Map.of();
    }
}
