package org.osistack.physical.segment;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A station's way to the hub: finds it, becomes it where there is none, and does so again when it has gone.
 *
 * <pre>
 *             connected
 *   seeking -------------> connected
 *    ^  |  &lt;-------------    the hub has ended, or sent garbage
 *    |  v
 *   waiting    1 ms, 2 ms, 4 ms … 64 ms
 * </pre>
 *
 * <p>It lives on the reactor's thread; what other threads may call is said.
 */
final class Uplink implements Reactor.Handler {
    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(64);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Reactor reactor;
    private final SegmentPlace place;
    private final boolean fcs;
    private final Runnable wakeUp;
    private final CompletableFuture<Void> firstConnection = new CompletableFuture<>();
    private volatile HubConnection connection;
    private boolean closed;
    private long waitNanos = FIRST_WAIT_NANOS;
    private long connectedSince;

    /**
     * Begin to seek.
     *
     * @param wakeUp run on the reactor's thread when there is something for the station
     */
    Uplink(Reactor reactor, SegmentPlace place, boolean fcs, Runnable wakeUp) {
        this.reactor = reactor;
        this.place = place;
        this.fcs = fcs;
        this.wakeUp = wakeUp;
        reactor.execute(() -> {
            reactor.join(place);
            seek();
        });
    }

    /** Completed once there was a connection; exceptionally if there can't be one. From any thread. */
    CompletableFuture<Void> firstConnection() {
        return firstConnection;
    }

    /** The connection to the hub; null while there is none. From any thread. */
    HubConnection connection() {
        return connection;
    }

    private void seek() {
        if (closed) {
            return;
        }
        try {
            SocketChannel channel = connect();
            if (channel == null && Hub.tryStart(reactor, place)) {
                channel = connect();
            }
            if (channel != null) {
                connected(channel);
                return;
            }
        } catch (IOException e) {
            firstConnection.completeExceptionally(e); // later ones may pass: a full disk, too many open files
        }
        reactor.schedule(waitNanos, this::seek);
        waitNanos = Math.min(2 * waitNanos, MAX_WAIT_NANOS);
    }

    /** A connection; null if nobody is there, or too many are waiting already. */
    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            channel.configureBlocking(false);
            connected = channel.connect(place.address(fcs));
        } catch (IOException e) {
            connected = false; // no such file, or nobody behind it
        } finally {
            if (!connected) {
                channel.close();
            }
        }
        return connected ? channel : null;
    }

    private void connected(SocketChannel channel) throws IOException {
        SelectionKey key = reactor.register(channel, SelectionKey.OP_READ, this);
        connectedSince = System.nanoTime();
        connection = new HubConnection(reactor, channel, key);
        firstConnection.complete(null);
        wakeUp.run();
    }

    @Override
    public void ready(SelectionKey key) {
        HubConnection present = connection;
        if (present == null) {
            return;
        }
        try {
            present.ready(key);
            wakeUp.run();
        } catch (IOException e) {
            lost(present); // the hub has ended
        }
    }

    /** The connection is of no use any more. From any thread. */
    void reportLost(HubConnection useless) {
        reactor.execute(() -> lost(useless));
    }

    private void lost(HubConnection useless) {
        if (useless == connection) {
            connection = null;
            useless.close();
            wakeUp.run();
            long lived = System.nanoTime() - connectedSince;
            if (lived >= STABLE_NANOS) {
                waitNanos = FIRST_WAIT_NANOS;
                seek();
            } else if (!closed) {
                reactor.schedule(waitNanos, this::seek);
                waitNanos = Math.min(2 * waitNanos, MAX_WAIT_NANOS);
            }
        }
    }

    /** How many frames the hub had no room for since this was asked last, if this process is the hub. */
    long takeDroppedByHub() {
        Hub hub = reactor.hubOf(place);
        return hub == null ? 0 : hub.takeDropped();
    }

    /**
     * Leave the segment for good, and wait, though not for ever, until that is done: the process may end right after
     * it, and if it is the hub, it has to repeat what was sent. From any thread but the reactor's.
     */
    void close() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        reactor.execute(() -> {
            closed = true;
            HubConnection present = connection;
            if (present != null) {
                connection = null;
                present.close();
            }
            reactor.leave(place);
            left.complete(null);
        });
        left.completeOnTimeout(null, PATIENCE_NANOS, TimeUnit.NANOSECONDS).join();
        reactor.release();
    }
}
