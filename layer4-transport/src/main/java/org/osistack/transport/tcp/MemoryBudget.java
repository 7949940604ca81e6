package org.osistack.transport.tcp;

/** How much memory all connections of an entity together may spend on what arrived out of order, in octets. */
final class MemoryBudget {
    private final long limit;
    private long used;

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** Take so much, if it is there. */
    boolean take(int octets) {
        if (used + octets > limit) {
            return false;
        }
        used += octets;
        return true;
    }

    void giveBack(int octets) {
        used -= octets;
    }

    long used() {
        return used;
    }
}
