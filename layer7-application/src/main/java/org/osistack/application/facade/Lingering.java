package org.osistack.application.facade;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The connections that a program has closed, and that have not come to their end. */
final class Lingering {
    private final OpenSystem system;
    private final Set<ConnectionEnd> ends = new HashSet<>(); // the host's thread alone
    private Runnable whenNone = () -> {}; // the host's thread alone

    Lingering(OpenSystem system) {
        this.system = system;
    }

    /** The program has closed it. On the host's thread. */
    void begin(ConnectionEnd end) {
        ends.add(end);
    }

    /** It has come to its end, if it was one of them. On the host's thread. */
    void end(ConnectionEnd end) {
        if (ends.remove(end) && ends.isEmpty()) {
            whenNone.run();
        }
    }

    /** Let them come to their end. */
    void await() {
        CompletableFuture<Void> quiet = new CompletableFuture<>();
        system.call(() -> {
            whenNone = () -> quiet.complete(null);
            return ends.isEmpty() && quiet.complete(null);
        });
        quiet.completeOnTimeout(null, 2 * ConnectionEnd.LINGER_LIMIT_NANOS, TimeUnit.NANOSECONDS)
                .join();
    }
}
