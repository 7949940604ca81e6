package org.osistack.transport;

import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * The ports that a host chooses from for its own side (RFC 6335 §6: the dynamic ports). The choice is random, so that
 * nobody off the path can guess it (RFC 6056 §3.3.1, algorithm 1).
 */
public final class EphemeralPorts {
    private static final int FIRST = 49152;

    /** How many there are. */
    public static final int COUNT = 65536 - FIRST;

    private EphemeralPorts() {}

    /**
     * Choose a port.
     *
     * @param isFree whether a port may be chosen
     * @return the port; 0 if none is free
     */
    public static int choose(RandomGenerator random, IntPredicate isFree) {
        int begin = random.nextInt(COUNT);
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + (begin + i) % COUNT;
            if (isFree.test(port)) {
                return port;
            }
        }
        return 0;
    }
}
