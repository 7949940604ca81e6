package org.osistack.core;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * What one host has to do: timers that are due, work put off to the next turn, and devices to look at. It does nothing
 * by itself; a {@link HostGroup} gives it its turns.
 */
public final class EventLoop {
    private final LongSupplier clock;
    private final TimerQueue timers = new TimerQueue();
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private Poller[] pollers = {}; // copied on change, since a poller may remove itself or another

    /** Looks at a device and handles what has arrived. */
    @FunctionalInterface
    public interface Poller {
        /** Handle what there is, within bounds, and return how many things were done; 0 if there was nothing to do. */
        int poll();
    }

    EventLoop(LongSupplier clock) {
        this.clock = clock;
    }

    /** The time in nanoseconds. Only differences mean anything. */
    public long now() {
        return clock.getAsLong();
    }

    /** Make a timer that runs the given code when it fires. */
    public Timer newTimer(Runnable onExpiry) {
        return new Timer(this, onExpiry);
    }

    /** Run this in the next turn, when no primitive is under way. */
    public void defer(Runnable task) {
        deferred.addLast(task);
    }

    /** Let this be asked in every turn. */
    public void addPoller(Poller poller) {
        pollers = Arrays.copyOf(pollers, pollers.length + 1);
        pollers[pollers.length - 1] = poller;
    }

    /** Let this be asked no more. Nothing happens if it never was. */
    public void removePoller(Poller poller) {
        pollers = Arrays.stream(pollers).filter(p -> p != poller).toArray(Poller[]::new);
    }

    void arm(Timer timer, long delayNanos) {
        long now = now();
        long deadline = now + Math.max(0, delayNanos);
        timers.arm(timer, deadline < now ? Long.MAX_VALUE : deadline);
    }

    void disarm(Timer timer) {
        timers.disarm(timer);
    }

    /** The earliest deadline; {@link Long#MAX_VALUE} if there is none. */
    public long nextDeadline() {
        return deferred.isEmpty() ? timers.nextDeadline() : now();
    }

    /** Do what is due now and return how many things that were. */
    public int runOnce() {
        int work = 0;
        for (int n = deferred.size(); n > 0; n--) {
            deferred.pollFirst().run();
            work++;
        }
        long now = now();
        long limit = timers.armed(); // a timer that another one arms for this instant fires in the next turn
        for (Timer due = timers.pollDue(now, limit); due != null; due = timers.pollDue(now, limit)) {
            due.fire();
            work++;
        }
        for (Poller poller : pollers) {
            work += poller.poll();
        }
        return work;
    }
}
