package org.osistack.application.file;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.osistack.core.Host;
import org.osistack.core.HostThread;

/**
 * Does what has to do with disks, and reports back on the host's thread. For a host in real time that is a thread of its
 * own, so that the host need not wait until something is durable; in a simulation it is done at once.
 */
final class Disk implements AutoCloseable {
    private static final int MAX_WAITING = 16 << 20; // octets that are to be written

    private final HostThread host; // null in a simulation
    private final ExecutorService worker; // null in a simulation
    private final Semaphore room = new Semaphore(MAX_WAITING);

    Disk(Host host) {
        if (host.group() instanceof HostThread thread) {
            this.host = thread;
            worker = Executors.newSingleThreadExecutor(task -> daemon(task, "disk of " + host.name()));
        } else {
            this.host = null;
            worker = null;
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Whether what is asked for is done before the call returns. */
    boolean isImmediate() {
        return worker == null;
    }

    /** Do this after all that was asked for before. */
    void execute(Runnable task) {
        if (worker == null) {
            task.run();
            return;
        }
        try {
            worker.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            return; // it is closed: what is not done yet is taken for not done
        }
    }

    /**
     * As {@link #execute(Runnable)}, for a task that keeps so many octets in memory until it is done. Waits if there are
     * too many.
     */
    void execute(int octets, Runnable task) {
        if (worker == null) {
            task.run();
            return;
        }
        int permits = Math.min(octets, MAX_WAITING);
        room.acquireUninterruptibly(permits);
        execute(() -> {
            try {
                task.run();
            } finally {
                room.release(permits);
            }
        });
    }

    /** Do this, which takes long, beside all else. */
    void executeBeside(Runnable task) {
        if (worker == null) {
            task.run();
        } else {
            daemon(() -> guarded(task), "file check").start();
        }
    }

    /** A fault of the program ends the host, as it does on the host's own thread. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            report(() -> {
                throw e;
            });
        }
    }

    /** Run this on the host's thread. */
    void report(Runnable task) {
        if (host == null) {
            task.run();
            return;
        }
        try {
            host.execute(task);
        } catch (RejectedExecutionException e) {
            return; // the host is closed: nobody is left to hear of it
        }
    }

    /** Begin nothing more. */
    @Override
    public void close() {
        if (worker != null) {
            worker.shutdown();
        }
    }
}
