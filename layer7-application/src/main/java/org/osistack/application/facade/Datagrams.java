package org.osistack.application.facade;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.osistack.core.Host;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.PresentationAddress;

/** Sends and receives datagrams at one port. What arrives while {@value #QUEUE} wait is lost, as datagrams may be. */
public final class Datagrams implements AutoCloseable {
    /** The most that one datagram carries, in octets. */
    public static final int MAX_LENGTH = 65_507; // what IPv4 and UDP leave of 65,535

    private static final int QUEUE = 256;

    /** A datagram that has arrived. */
    public record Datagram(PresentationAddress source, byte[] octets) {}

    private final OpenSystem system;
    private final ConnectionlessPresentation service;
    private final BlockingQueue<Datagram> incoming = new ArrayBlockingQueue<>(QUEUE);
    private PresentationAddress local;

    private Datagrams(OpenSystem system, ConnectionlessPresentation service) {
        this.system = system;
        this.service = service;
    }

    static Datagrams open(OpenSystem system, int port) throws IOException {
        try {
            return system.call(() -> {
                ConnectionlessPresentation service = system.plain().connectionless();
                if (service == null) {
                    throw new IllegalStateException("the stack has no datagrams");
                }
                Datagrams datagrams = new Datagrams(system, service);
                datagrams.local = service.attach(new PresentationAddress(null, port), (source, destination, value) -> {
                    datagrams.incoming.offer(new Datagram(source, value.toByteArray()));
                    value.release();
                });
                return datagrams;
            });
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The port that it has. */
    public int port() {
        return local.port();
    }

    /**
     * Send a datagram. Nobody tells whether it arrives.
     *
     * @throws IllegalArgumentException if it is too long
     */
    public void send(PresentationAddress destination, byte[] octets) throws IOException {
        if (octets.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a datagram of " + octets.length + " octets; " + MAX_LENGTH + " is the most");
        }
        try {
            system.call(() -> {
                Host host = system.host();
                service.unitDataRequest(
                        local, destination, -1, host.pool().take(octets.length).append(octets));
                return null;
            });
        } catch (RejectedExecutionException e) {
            throw new IOException("the host has ended", e);
        }
    }

    /**
     * Wait for the next datagram.
     *
     * @throws SocketTimeoutException if none comes in time
     */
    public Datagram receive(Duration limit) throws IOException {
        try {
            Datagram datagram = incoming.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (datagram == null) {
                throw new SocketTimeoutException("nothing was received in " + limit.toMillis() + " ms");
            }
            return datagram;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        try {
            system.call(() -> {
                service.detach(local);
                return null;
            });
        } catch (RejectedExecutionException e) {
            return; // the host has ended, and its attachments with it
        }
    }
}
