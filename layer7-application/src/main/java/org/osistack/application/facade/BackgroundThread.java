package org.osistack.application.facade;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osistack.application.security.Background;
import org.osistack.core.HostThread;

/** A thread beside that of a host, which begins when it has something to do. */
final class BackgroundThread {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final HostThread host;
    private final String name;
    private ExecutorService worker; // null until somebody wants it

    BackgroundThread(HostThread host, String name) {
        this.host = host;
        this.name = name;
    }

    synchronized Background background() {
        if (worker == null) {
            worker = Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
            });
        }
        return new Background(worker, host::execute);
    }

    /** Let what was asked for come to its end, and begin nothing more. */
    synchronized void close() throws InterruptedException {
        if (worker != null) {
            worker.shutdown();
            worker.awaitTermination(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
