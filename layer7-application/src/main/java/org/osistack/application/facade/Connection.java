package org.osistack.application.facade;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.osistack.core.NetworkAddress;
import org.osistack.presentation.PresentationService;

/**
 * One end of a connection, with calls that wait. Over {@code plain} it carries octets without boundaries, and
 * {@link #receive} gives them as they come; over a presentation protocol each {@link #send} is one message.
 *
 * <p>One thread may send while another receives.
 */
public final class Connection implements AutoCloseable {
    static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

    private final OpenSystem system;
    private final ConnectionEnd end;
    private Duration receiveLimit = Duration.ZERO;

    Connection(OpenSystem system, ConnectionEnd end) {
        this.system = system;
        this.end = end;
    }

    static Connection open(OpenSystem system, NetworkAddress host, int port, Duration limit) throws IOException {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        ConnectionEnd end = system.call(() -> {
            PresentationService service = system.presentation();
            ConnectionEnd newEnd = new ConnectionEnd(system, Values.of(service));
            newEnd.call(service, host, port, opened);
            return newEnd;
        });
        try {
            return Waits.await(opened, limit, "no answer from " + host + " after " + limit.toSeconds() + " s");
        } catch (IOException e) {
            end.abort();
            throw e;
        }
    }

    /** The peer's address. */
    public String peer() {
        return end.peer();
    }

    /** How long {@link #receive()} waits before it fails; zero, as at first, for ever. */
    public Connection receiveLimit(Duration limit) {
        receiveLimit = limit;
        return this;
    }

    /**
     * Send octets, or a message. Returns when they are on their way or queued here; waits while too many are queued.
     *
     * @throws IOException if the connection has ended
     * @throws IllegalArgumentException if a message is too long
     */
    public void send(byte[] octets) throws IOException {
        end.send(octets, 0, octets.length);
    }

    /**
     * Wait for the next octets, or the next message.
     *
     * @return null if the peer has sent all it wanted to send
     * @throws IOException if the connection broke, or nothing came in time
     */
    public byte[] receive() throws IOException {
        return end.receive(receiveLimit);
    }

    /** The octets that arrive, as a stream; of messages, one after the other. */
    public InputStream input() {
        return new InputStream() {
            private byte[] current = new byte[0];
            private int position;

            @Override
            public int read() throws IOException {
                return fill() ? current[position++] & 0xff : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, target.length);
                if (length == 0) {
                    return 0;
                }
                if (!fill()) {
                    return -1;
                }
                int count = Math.min(length, current.length - position);
                System.arraycopy(current, position, target, offset, count);
                position += count;
                return count;
            }

            private boolean fill() throws IOException {
                while (current != null && position == current.length) {
                    current = receive();
                    position = 0;
                }
                return current != null;
            }
        };
    }

    /** Sends what is written to it. Closing it is {@link #finish()}. */
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet});
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, source.length);
                end.send(source, offset, length);
            }

            @Override
            public void close() throws IOException {
                finish();
            }
        };
    }

    /** Say that nothing more will be sent. The peer may still send. */
    public void finish() throws IOException {
        end.finish();
    }

    /**
     * End the connection in an orderly way: what was sent arrives, what still comes is thrown away. Returns at once; the
     * system sees to the rest, and breaks the connection if the peer doesn't agree within 5 s.
     */
    @Override
    public void close() {
        end.close();
    }

    /** End the connection at once; what is under way may be lost. */
    public void abort() {
        end.abort();
    }
}
