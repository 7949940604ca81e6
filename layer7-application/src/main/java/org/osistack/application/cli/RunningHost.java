package org.osistack.application.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.trace.TraceOptions;
import org.osistack.core.NetworkAddress;

/** The host of one command. It is closed in good order however the command ends: by itself, or by a signal. */
public final class RunningHost implements AutoCloseable {
    private static final Duration ADDRESS_LIMIT =
            Duration.ofSeconds(20); // RFC 3927 takes up to 9 s, and conflicts more

    private final OpenSystem system;
    private final TraceOptions trace;
    private final Thread closer;

    /**
     * Watch over a system.
     *
     * @param trace what is seen of it; is ended when the system is closed
     * @param brokenDown is told, on a thread of its own, what one of its machines threw
     */
    RunningHost(OpenSystem system, TraceOptions trace, Consumer<Throwable> brokenDown) {
        this.system = system;
        this.trace = trace;
        this.closer = new Thread(this::end, "close " + system.host().name());
        Runtime.getRuntime().addShutdownHook(closer);
        system.thread().ended().whenCompleteAsync((nothing, failure) -> {
            if (failure != null) {
                brokenDown.accept(failure);
            }
        });
    }

    public OpenSystem system() {
        return system;
    }

    /** Wait for the host's address. */
    public NetworkAddress awaitAddress() {
        try {
            return system.awaitAddress(ADDRESS_LIMIT);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Wait for an address, and find that of a peer. */
    public NetworkAddress resolve(String hostOrAddress) {
        awaitAddress();
        try {
            NetworkAddress address = system.resolve(hostOrAddress);
            trace.name(address.toString(), hostOrAddress);
            return address;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The failure as one of the command. */
    RuntimeException failure(IOException e) {
        return new CommandFailure(e.getMessage(), e);
    }

    /** Wait until the host is closed. If it breaks down, the process ends. */
    void awaitEnd() {
        try {
            CompletableFuture<Void> ended = system.thread().ended();
            ended.handle((nothing, failure) -> nothing).join();
            if (ended.isCompletedExceptionally()) {
                Thread.currentThread().join(); // whoever was told of the failure ends the process
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            return; // the process is ending, and the hook does it
        }
        end();
    }

    private void end() {
        system.close();
        trace.close();
    }
}
