package org.osistack.application.security;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where is done what takes long, such as hashing a password or waiting for a disk, so that a host's thread has not to wait
 * for it.
 */
public final class Background {
    /** Nowhere else: all is done at once, as a simulation needs it. */
    public static final Background NONE = new Background(Runnable::run, Runnable::run);

    private final Executor worker;
    private final Executor host;

    /**
     * Do it by these.
     *
     * @param worker does one task after another, in the order in which they come
     * @param host runs what is to be run on the host's thread
     */
    public Background(Executor worker, Executor host) {
        this.worker = worker;
        this.host = host;
    }

    /**
     * Do this, after all that was asked for before, and hand its result to that on the host's thread. If either has been
     * closed, nobody hears of it any more. What the task throws is thrown on the host's thread.
     */
    public <T> void call(Supplier<T> task, Consumer<T> then) {
        execute(worker, () -> {
            Runnable after;
            try {
                T result = task.get();
                after = () -> then.accept(result);
            } catch (RuntimeException e) {
                after = () -> {
                    throw e;
                };
            }
            execute(host, after);
        });
    }

    private static void execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            return; // closed: nobody is left to be told
        }
    }
}
