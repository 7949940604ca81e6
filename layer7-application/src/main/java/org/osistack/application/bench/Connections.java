package org.osistack.application.bench;

/**
 * Conversations that were opened and ended in an orderly way, one after another.
 *
 * @param count how many
 * @param nanos in what time
 */
record Connections(long count, long nanos) {
    double perSecond() {
        return 1e9 * count / nanos;
    }
}
