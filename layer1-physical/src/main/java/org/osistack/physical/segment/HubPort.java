package org.osistack.physical.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A member as the hub sees it. A member that is slow loses frames, and doesn't hold up others; one that sends a length
 * that no frame can have is disconnected, since nobody knows where its next frame would begin.
 */
final class HubPort implements Reactor.Handler {
    private static final int IN = 64 * 1024; // octets
    private static final int OUT = 256 * 1024;

    private final Hub hub;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final boolean fcs;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN);
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT);
    private boolean blocked;
    private boolean deaf;

    HubPort(Hub hub, Reactor reactor, SocketChannel channel, boolean fcs) throws IOException {
        this.hub = hub;
        this.channel = channel;
        this.fcs = fcs;
        this.key = reactor.register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    public void ready(SelectionKey ready) {
        if (ready.isWritable()) {
            blocked = false;
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
        if (ready.isReadable()) {
            read();
        }
    }

    /** Repeat what the member has sent; whether that was anything. */
    boolean read() {
        int count;
        try {
            count = channel.read(in);
        } catch (IOException e) {
            count = -1; // reset by the member
        }
        in.flip();
        boolean garbage = !repeatFrames();
        in.compact();
        if (count < 0 || garbage) {
            close();
        }
        return count > 0;
    }

    private boolean repeatFrames() {
        HubFrame frame = hub.frame();
        while (in.remaining() >= Framing.LENGTH_FIELD) {
            int length = in.getInt(in.position());
            if (!Framing.isValid(length) || !fcs && length > Framing.MAX_FRAME - Framing.FCS) {
                return false;
            }
            if (in.remaining() < Framing.LENGTH_FIELD + length) {
                return true;
            }
            in.position(in.position() + Framing.LENGTH_FIELD);
            if (fcs) {
                frame.setWithFcs(in, length);
            } else {
                frame.setPlain(in, length);
            }
            hub.repeat(frame, this);
        }
        return true;
    }

    /** Queue a frame for the member; false if there is no room for it. */
    boolean send(HubFrame sent) {
        if (deaf) {
            return true;
        }
        int length = fcs ? sent.lengthWithFcs() : sent.lengthWithoutFcs();
        if (length <= 0) {
            return true; // a wrong FCS: an interface would throw it away
        }
        if (out.remaining() < Framing.LENGTH_FIELD + length) {
            flush();
            if (out.remaining() < Framing.LENGTH_FIELD + length) {
                return false;
            }
        }
        out.putInt(length).put(sent.octets(), 0, length);
        return true;
    }

    /** Write what is queued. */
    void flush() {
        if (blocked || deaf || out.position() == 0) {
            return;
        }
        out.flip();
        try {
            channel.write(out);
        } catch (IOException e) {
            deaf = true; // it has left; what it sent before may still be there to read, up to the end
            out.position(out.limit());
        }
        out.compact();
        if (out.position() > 0) {
            blocked = true;
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    /** Write what is queued even if there was no room a moment ago; whether nothing is queued any more. */
    boolean flushAgain() {
        blocked = false;
        flush();
        return !blocked;
    }

    void close() {
        hub.remove(this);
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            deaf = true; // it is of no use any more, and there is nobody to tell
        }
    }
}
