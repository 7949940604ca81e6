package org.osistack.application.bench;

/**
 * How one figure is taken.
 *
 * @param size of the messages, in octets
 * @param warmUpNanos how long before anything is counted
 * @param nanos how long it is counted then
 */
record Window(int size, long warmUpNanos, long nanos) {
    Window {
        if (!Request.isSize(size) || warmUpNanos < 0 || nanos < 1) {
            throw new IllegalArgumentException(size + " octets, " + warmUpNanos + " ns, " + nanos + " ns");
        }
    }

    long totalNanos() {
        return warmUpNanos + nanos;
    }
}
