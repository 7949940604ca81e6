package org.osistack.core;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Hosts in virtual time on the caller's thread. A run is a function of its configuration and its seed: the same seed
 * gives the same octets at the same times.
 */
public final class Simulation extends HostGroup {
    private static final int TURNS_AT_ONE_INSTANT = 10_000_000;

    private final SplittableRandom seeds;
    private long now;

    public Simulation(long seed) {
        this.seeds = new SplittableRandom(seed);
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public boolean isVirtual() {
        return true;
    }

    @Override
    public RandomGenerator newRandom() {
        return seeds.split();
    }

    @Override
    public void wakeUp() {
        // The caller's thread is the only one: it sees for itself what is due.
    }

    /** Let the given time pass, and do everything that falls due in it. */
    public void run(Duration duration) {
        long until = Math.addExact(now, duration.toNanos());
        runUntil(() -> false, until);
    }

    /**
     * Let time pass until something is so.
     *
     * @return whether it is so; false if the limit has passed before
     */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        return runUntil(condition, Math.addExact(now, limit.toNanos()));
    }

    private boolean runUntil(BooleanSupplier condition, long until) {
        if (settle(condition)) {
            return true;
        }
        for (long next = nextDeadline(); next <= until; next = nextDeadline()) {
            now = Math.max(now, next);
            if (settle(condition)) {
                return true;
            }
        }
        now = until;
        return condition.getAsBoolean();
    }

    /** Give turns until nobody has anything left to do at this instant, or the condition holds. */
    private boolean settle(BooleanSupplier condition) {
        for (int turn = 0; turn < TURNS_AT_ONE_INSTANT; turn++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (runOnce() == 0) {
                return false;
            }
        }
        throw new IllegalStateException("the hosts never come to rest at " + now + " ns");
    }
}
