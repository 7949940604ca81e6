package org.osistack.application.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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

    RunningHost(OpenSystem system, TraceOptions trace) {
        this.system = system;
        this.trace = trace;
        this.closer = new Thread(this::end, "close " + system.host().name());
        Runtime.getRuntime().addShutdownHook(closer);
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

    /** Tell in a sentence what the failure says; if the host has broken down, tell that instead. */
    RuntimeException failure(IOException e) {
        CompletableFuture<Void> ended = system.thread().ended();
        return ended.isCompletedExceptionally() ? brokenDown() : new CommandFailure(e.getMessage(), e);
    }

    /** Wait until the host has ended: because it was closed, or because it broke down. */
    void awaitEnd() {
        try {
            system.thread().ended().get();
        } catch (ExecutionException e) {
            throw brokenDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RuntimeException brokenDown() {
        try {
            system.thread().ended().join();
            return new CommandFailure("the host has ended");
        } catch (RuntimeException e) {
            return new IllegalStateException("the host broke down: " + e.getCause(), e.getCause());
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
