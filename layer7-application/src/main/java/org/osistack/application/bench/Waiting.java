package org.osistack.application.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osistack.core.HostThread;

/** Waits for what a host's thread does. */
final class Waiting {
    static final long GRACE_SECONDS = 30; // for something to end somehow

    private Waiting() {}

    /** Run this on the thread, and wait for its result. */
    static <T> T call(HostThread thread, Callable<T> task) throws IOException {
        return get(thread.submit(task), GRACE_SECONDS);
    }

    /** Wait for a result that comes of the thread's work; it fails if the thread does. */
    static <T> T await(HostThread thread, CompletableFuture<T> future, long seconds) throws IOException {
        thread.ended().whenComplete((nothing, failure) -> {
            if (failure != null) {
                future.completeExceptionally(failure);
            }
        });
        return get(future, seconds);
    }

    private static <T> T get(CompletableFuture<T> future, long seconds) throws IOException {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("nothing has come of it in " + seconds + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
