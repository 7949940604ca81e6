package org.osistack.application.cut;

import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.management.CableManagement;

/** The hosts on one cable, as a {@link Saboteur} sees them. */
public interface Victims {
    /** The names of all hosts, living or not. */
    List<String> names();

    /** The living host of that name; null if there is none, or it was killed. */
    Host host(String name);

    /** The cable as that host's station offers it, the first if there are several; null as above, and while its stack is being opened. */
    CableManagement cable(String name);

    /** Take the host off all its cables, as it dies. */
    default void leaveCables(String name) {
        cable(name).leaveCable();
    }

    /**
     * A host was killed: it has left the cable and takes no more turns. Forget it, and let go what it holds of the real
     * world without writing anything. It must not be closed, for closing says goodbye.
     */
    void killed(String name);

    /** Let a host that was killed begin anew, with nothing but what it has stored. */
    void restart(String name);

    /** The cut of a point that was just met: the last moment to see how things stand. Only to be looked at. */
    default void cutting(Cut cut) {}
}
