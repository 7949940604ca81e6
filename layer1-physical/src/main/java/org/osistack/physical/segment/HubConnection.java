package org.osistack.physical.segment;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A connection to the hub. The reactor's thread reads from it into a ring; the station's thread takes frames out of the
 * ring, and writes.
 */
final class HubConnection {
    private static final int RING = 512 * 1024; // octets

    private final Reactor reactor;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteRing ring = new ByteRing(RING);
    private volatile boolean ringWasFull;
    private volatile boolean writable = true;

    HubConnection(Reactor reactor, SocketChannel channel, SelectionKey key) {
        this.reactor = reactor;
        this.channel = channel;
        this.key = key;
    }

    /** Read and note what has become possible. The reactor's. */
    void ready(SelectionKey ready) throws IOException {
        if (ready.isWritable()) {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            writable = true;
        }
        if (ready.isReadable()) {
            if (ring.isFull()) {
                key.interestOpsAnd(~SelectionKey.OP_READ);
                ringWasFull = true; // the station, which is woken up now, sees it
            } else if (ring.readFrom(channel) < 0) {
                throw new EOFException("the hub has ended");
            }
        }
    }

    /** What has arrived. The station's to read from; it calls {@link #resume} when it has. */
    ByteRing ring() {
        return ring;
    }

    /** Go on reading if the ring was full. The station's. */
    void resume() {
        if (ringWasFull && key.isValid()) {
            ringWasFull = false;
            try {
                key.interestOpsOr(SelectionKey.OP_READ);
                reactor.wakeUp();
            } catch (CancelledKeyException e) {
                ringWasFull = true; // closed by the reactor in this very moment: there is nothing more to read
            }
        }
    }

    boolean isWritable() {
        return writable;
    }

    /** Write as much as possible; the station's. */
    void write(ByteBuffer octets) throws IOException {
        channel.write(octets);
        if (octets.hasRemaining()) {
            writable = false;
            key.interestOpsOr(SelectionKey.OP_WRITE);
            reactor.wakeUp();
        }
    }

    /** The reactor's. */
    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            writable = false; // it is of no use any more, and there is nobody to tell
        }
    }
}
