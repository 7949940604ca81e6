package org.osistack.application.facade;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osistack.core.Host;
import org.osistack.core.Timer;
import org.osistack.core.management.TransportEndpoint;
import org.osistack.core.management.TransportManagement;

/**
 * Sees off the transport connections that were released before their stack is closed: what they still have to send is
 * sent and acknowledged. A kernel does that for processes that have ended; this stack ends with its process.
 */
final class Farewell {
    private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();
    private static final long LIMIT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long PEER_LIMIT_NANOS = Duration.ofSeconds(1).toNanos(); // it may go on sending as it likes

    // RFC 9293 §3.3.2
    private static final Set<String> UNACKNOWLEDGED = Set.of("FIN-WAIT-1", "CLOSING", "LAST-ACK");
    private static final Set<String> WAITING_FOR_PEER = Set.of("FIN-WAIT-2");

    private final Host host;
    private final TransportManagement transport;
    private final long begunAt;
    private final Timer timer;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** Wait until the transport connections of a system, if it has any, are gone, or too long about it. */
    static void await(OpenSystem system) {
        CompletableFuture<Void> over = system.call(() -> system.stack() == null
                ? CompletableFuture.<Void>completedFuture(null)
                : system.stack()
                        .management(TransportManagement.class)
                        .map(transport -> new Farewell(system.host(), transport).over())
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
        over.completeOnTimeout(null, 2 * LIMIT_NANOS, TimeUnit.NANOSECONDS).join();
    }

    /** To be made on the host's thread. */
    private Farewell(Host host, TransportManagement transport) {
        this.host = host;
        this.transport = transport;
        this.begunAt = host.now();
        this.timer = host.newTimer(this::look);
        look();
    }

    /** Completes when all are gone, or too long about it. */
    private CompletableFuture<Void> over() {
        return over;
    }

    private void look() {
        List<TransportEndpoint> endpoints = transport.endpoints();
        long waited = host.now() - begunAt;
        if (waited < LIMIT_NANOS && isAnyIn(UNACKNOWLEDGED, endpoints)
                || waited < PEER_LIMIT_NANOS && isAnyIn(WAITING_FOR_PEER, endpoints)) {
            timer.arm(LOOK_NANOS);
        } else {
            over.complete(null);
        }
    }

    private static boolean isAnyIn(Set<String> states, List<TransportEndpoint> endpoints) {
        return endpoints.stream().anyMatch(endpoint -> states.contains(endpoint.state()));
    }
}
