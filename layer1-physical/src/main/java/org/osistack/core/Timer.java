package org.osistack.core;

/**
 * A timer of one protocol machine, made once and armed as often as needed. Times are in nanoseconds of the host's
 * clock. Timers that are due at the same instant fire in the order in which they were armed.
 */
public final class Timer {
    private final EventLoop loop;
    private final Runnable onExpiry;
    long deadline;
    long order;
    int heapIndex = -1;

    Timer(EventLoop loop, Runnable onExpiry) {
        this.loop = loop;
        this.onExpiry = onExpiry;
    }

    /** Start the timer, or start it afresh, to fire once after the given time; after no time in the next turn. */
    public void arm(long delayNanos) {
        loop.arm(this, delayNanos);
    }

    /** Start the timer afresh unless it is armed for an earlier instant. */
    public void armNoLaterThan(long delayNanos) {
        if (!isArmed() || deadline - loop.now() > delayNanos) {
            arm(delayNanos);
        }
    }

    /** Stop the timer. Nothing happens if it isn't armed. */
    public void disarm() {
        loop.disarm(this);
    }

    public boolean isArmed() {
        return heapIndex >= 0;
    }

    /** How long until it fires, in nanoseconds; {@link Long#MAX_VALUE} if it isn't armed. */
    public long remainingNanos() {
        return isArmed() ? deadline - loop.now() : Long.MAX_VALUE;
    }

    void fire() {
        onExpiry.run();
    }
}
