package org.osistack.application.facade;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive.Connect;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.PresentationUser;

/** Accepts connections; those that the program has not asked for yet wait, {@value #BACKLOG} at most. */
public final class Listener implements AutoCloseable {
    private static final int BACKLOG = 64;

    private final OpenSystem system;
    private final PresentationAddress local;
    private final BlockingQueue<Connection> accepted = new ArrayBlockingQueue<>(BACKLOG);

    private Listener(OpenSystem system, PresentationAddress local) {
        this.system = system;
        this.local = local;
    }

    static Listener open(OpenSystem system, int port) throws IOException {
        try {
            return system.call(() -> {
                PresentationService service = system.presentation();
                Values values = Values.of(service);
                Listener listener = new Listener(system, values.address(null, port));
                service.attach(
                        listener.local, (connection, connect) -> listener.indicated(values, connection, connect));
                return listener;
            });
        } catch (IllegalStateException e) {
            throw new IOException("port " + port + " is in use", e);
        }
    }

    private PresentationUser indicated(Values values, PresentationConnection connection, Connect connect) {
        if (accepted.remainingCapacity() == 0) { // and only this thread adds to it
            return null;
        }
        ConnectionEnd end = new ConnectionEnd(system, values);
        end.accept(connection, connect);
        accepted.add(new Connection(system, end));
        return end;
    }

    /** Wait for the next connection. */
    public Connection accept() throws IOException {
        return accept(Duration.ofNanos(Long.MAX_VALUE));
    }

    /**
     * Wait for the next connection.
     *
     * @throws SocketTimeoutException if none comes in time
     */
    public Connection accept(Duration limit) throws IOException {
        try {
            Connection connection = accepted.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (connection == null) {
                throw new SocketTimeoutException("no connection in " + limit.toMillis() + " ms");
            }
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Accept no more. Connections that were accepted go on; those nobody asked for are aborted. */
    @Override
    public void close() {
        try {
            system.call(() -> {
                system.presentation().detach(local);
                return null;
            });
        } catch (RejectedExecutionException e) {
            return; // the host has ended, and its attachments with it
        }
        for (Connection waiting = accepted.poll(); waiting != null; waiting = accepted.poll()) {
            waiting.abort();
        }
    }
}
