package org.osistack.transport.tcp;

/** Lets something happen a few times in five seconds, and no more (RFC 5961 §7). Each connection has its own. */
final class RateLimit {
    private static final int TIMES = 10;
    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private long begin;
    private int used;

    /** Whether it may happen now; if so, it counts. */
    boolean allows(long now) {
        if (used == 0 || now - begin > INTERVAL_NANOS) {
            begin = now;
            used = 0;
        }
        if (used == TIMES) {
            return false;
        }
        used++;
        return true;
    }
}
