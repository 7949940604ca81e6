package org.osistack.transport.tcp;

import org.osistack.core.Host;
import org.osistack.core.Timer;

/**
 * A timer that is set afresh with nearly every segment. Setting it to a later time and clearing it cost nothing: the
 * timer below fires at the old time, sees that it is too early, and goes on.
 */
final class Alarm {
    private static final long NEVER = Long.MAX_VALUE;

    private final Host host;
    private final Runnable onExpiry;
    private final Timer timer;
    private long deadline = NEVER;

    Alarm(Host host, Runnable onExpiry) {
        this.host = host;
        this.onExpiry = onExpiry;
        this.timer = host.newTimer(this::fire);
    }

    /** Let it go off once after so long; an earlier setting is forgotten. */
    void set(long nanos) {
        deadline = host.now() + nanos;
        timer.armNoLaterThan(nanos);
    }

    void clear() {
        deadline = NEVER;
    }

    boolean isSet() {
        return deadline != NEVER;
    }

    /** Clear it for good, so that nothing refers to its owner any more. */
    void cancel() {
        deadline = NEVER;
        timer.disarm();
    }

    private void fire() {
        if (deadline == NEVER) {
            return;
        }
        long rest = deadline - host.now();
        if (rest > 0) {
            timer.arm(rest);
            return;
        }
        deadline = NEVER;
        onExpiry.run();
    }
}
