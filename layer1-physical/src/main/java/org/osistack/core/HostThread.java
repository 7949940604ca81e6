package org.osistack.core;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
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
    private static final int COMMANDS_IN_A_TURN = 256;

    /**
     * What another thread wants done.
     *
     * @param reject called instead if the thread ends first
     */
    private record Command(Runnable run, Runnable reject) {}

    private final long begin = System.nanoTime();
    private final RandomGenerator seeds;
    private final ConcurrentLinkedQueue<Command> commands = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean sleeping;
    private volatile boolean terminated;

    /** Start a thread of the given name; hosts are added by commands, or before the first command. */
    public HostThread(String name) {
        this(name, new SecureRandom());
    }

    /**
     * As {@link #HostThread(String)}, with randomness that is the same for the same seed. Then others can foresee what
     * the hosts choose, such as TCP's initial sequence numbers: for experiments only.
     */
    public HostThread(String name, long seed) {
        this(name, new SplittableRandom(seed));
    }

    private HostThread(String name, RandomGenerator seeds) {
        this.seeds = seeds;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public long now() {
        return System.nanoTime() - begin;
    }

    @Override
    public boolean isVirtual() {
        return false;
    }

    @Override
    public RandomGenerator newRandom() {
        return new SplittableRandom(seeds.nextLong());
    }

    /**
     * Run this on the hosts' thread, soon. What it throws ends the thread.
     *
     * @throws RejectedExecutionException if the thread has ended
     */
    public void execute(Runnable command) {
        add(new Command(command, () -> {}));
    }

    /**
     * Run this on the hosts' thread and hand over its result, or what it threw.
     *
     * @return completed exceptionally, with a {@link RejectedExecutionException}, if the thread ends before
     */
    public <T> CompletableFuture<T> submit(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable run = () -> {
            try {
                result.complete(task.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        };
        try {
            add(new Command(run, () -> result.completeExceptionally(hasEnded())));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    /** A command that comes as the thread ends is taken back here, or rejected by the thread. */
    private void add(Command command) {
        if (!terminated) {
            commands.add(command);
            wakeUp();
            if (!terminated || !commands.remove(command)) {
                return;
            }
        }
        throw hasEnded();
    }

    private RejectedExecutionException hasEnded() {
        return new RejectedExecutionException("the hosts' thread " + thread.getName() + " has ended");
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

    /** Carry out the commands that have come, then give no more turns and wait for the thread to end. */
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
        Throwable failure = null;
        try {
            loop();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        running = false;
        terminated = true;
        for (Command command = commands.poll(); command != null; command = commands.poll()) {
            command.reject().run();
        }
        if (failure == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(failure);
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
        int commandsRun;
        do {
            commandsRun = runCommands();
        } while (commandsRun > 0);
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
        for (int count = 0; count < COMMANDS_IN_A_TURN; count++) {
            Command command = commands.poll();
            if (command == null) {
                return count;
            }
            command.run().run();
        }
        return COMMANDS_IN_A_TURN;
    }
}
