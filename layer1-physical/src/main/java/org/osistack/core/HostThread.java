package org.osistack.core;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Hosts in real time on a thread of their own. Other threads speak to them through {@link #execute} only.
 *
 * <p>The thread sleeps when there is nothing to do; a deadline, a device or a command wakes it.
 */
public final class HostThread extends HostGroup implements AutoCloseable {
    private static final int IDLE_TURNS_BEFORE_SLEEP = 20;
    private static final long MAX_SLEEP_NANOS = 100_000_000L;

    private final SecureRandom seeds = new SecureRandom();
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean sleeping;

    /** Start a thread of the given name; hosts are added by commands, or before the first command. */
    public HostThread(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public boolean isVirtual() {
        return false;
    }

    @Override
    public RandomGenerator newRandom() {
        return new SplittableRandom(seeds.nextLong());
    }

    /** Run this on the hosts' thread, soon. */
    public void execute(Runnable command) {
        commands.add(command);
        wakeUp();
    }

    /** Run this on the hosts' thread and hand over its result, or what it threw. */
    public <T> CompletableFuture<T> submit(Callable<T> command) {
        CompletableFuture<T> result = new CompletableFuture<>();
        execute(() -> {
            try {
                result.complete(command.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Completed when the thread has ended; exceptionally, with what a protocol machine threw, if that ended it. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void wakeUp() {
        if (sleeping) {
            LockSupport.unpark(thread);
        }
    }

    /** Stop giving turns and wait for the thread to end. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            loop();
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            running = false;
            ended.completeExceptionally(e);
        }
    }

    private void loop() {
        int idleTurns = 0;
        while (running) {
            int work = runCommands() + runOnce();
            if (work > 0) {
                idleTurns = 0;
            } else if (++idleTurns > IDLE_TURNS_BEFORE_SLEEP) {
                sleep();
            } else {
                Thread.onSpinWait();
            }
        }
        runCommands();
    }

    /** Commands and devices set their flags before they look at {@code sleeping}, so no wake-up is lost. */
    private void sleep() {
        sleeping = true;
        if (commands.isEmpty() && runOnce() == 0) {
            long nanos = Math.min(MAX_SLEEP_NANOS, nextDeadline() - now());
            if (nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            }
        }
        sleeping = false;
    }

    private int runCommands() {
        int count = 0;
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
            count++;
        }
        return count;
    }
}
