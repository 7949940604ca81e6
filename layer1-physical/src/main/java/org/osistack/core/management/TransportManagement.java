package org.osistack.core.management;

import java.util.List;
import java.util.Map;

/** Layer management of layer 4: what a person may want to see of a transport entity. Reading it changes nothing. */
public interface TransportManagement {
    /** The connections, those that still have to go away included, and the users of the connectionless mode. */
    List<TransportEndpoint> endpoints();

    /** What was counted since the stack was opened, by name, in a fixed order. */
    Map<String, Long> counters();
}
