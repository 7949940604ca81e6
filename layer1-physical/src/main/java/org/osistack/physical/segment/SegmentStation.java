package org.osistack.physical.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osistack.core.Discard;
import org.osistack.core.EventLoop;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.Pdu;
import org.osistack.physical.impairment.ImpairedLink;
import org.osistack.physical.impairment.Impairments;
import org.osistack.physical.impairment.MediumStation;

/**
 * A member of a segment: the physical service of one host. What it sends in one turn is written in one go at the end of
 * the turn.
 */
final class SegmentStation extends MediumStation {
    private static final int OUT = 512 * 1024; // octets
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int FRAMES_A_TURN = 128; // so that timers and other devices have their turn, too

    private final Uplink uplink;
    private final ImpairedLink link;
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT);
    private final EventLoop.Poller poller = this::poll;
    private HubConnection connection; // the uplink's as this thread knows it

    SegmentStation(Host host, String name, int mtu, boolean fcs, Impairments impairments, Uplink uplink) {
        super(
                host,
                new Medium("segment \"" + name + '"', mtu, fcs, false, mtu + Framing.HEADERS + (fcs ? Framing.FCS : 0)),
                "segment",
                impairments);
        this.uplink = uplink;
        this.connection = uplink.connection();
        this.link = ImpairedLink.direct(
                impairments.outgoing(),
                host,
                discards(),
                counters(),
                impairments.newRandom(host.group()),
                this::enqueue);
        host.loop().addPoller(poller);
    }

    @Override
    protected boolean isMediumUp() {
        return connection != null;
    }

    @Override
    protected void transmit(Pdu frame, long extraNanos) {
        link.send(frame, extraNanos);
    }

    private void enqueue(Pdu frame) {
        int length = frame.length();
        if (connection == null) {
            counters().linkDown(discards(), frame);
        } else if (out.remaining() < Framing.LENGTH_FIELD + length) {
            counters().queueFull(discards(), frame);
        } else {
            out.putInt(length).put(frame.array(), frame.arrayOffset(), length);
            frame.release();
        }
    }

    private int poll() {
        int work = 0;
        if (connection != null) {
            work = receive();
            flush();
        }
        HubConnection present = uplink.connection();
        if (present != connection && work == 0) { // what came over the old connection comes first
            connection = present;
            out.clear();
            linkChanged();
            work++;
        }
        long dropped = uplink.takeDroppedByHub();
        if (dropped > 0) {
            counters().queueFull(discards(), dropped);
        }
        return work;
    }

    private int receive() {
        HubConnection from = connection;
        int frames = 0;
        while (frames < FRAMES_A_TURN) {
            int length = from.ring().firstLength();
            if (length < 0) {
                break;
            }
            if (!Framing.isValid(length)) {
                uplink.reportLost(from);
                break;
            }
            Pdu frame = host().pool().takeForReceiving(length);
            from.ring().take(length, frame);
            frames++;
            if (length > medium().maxReceiveLength()) {
                discards().drop(Discard.TOO_LONG, frame);
            } else {
                arrive(frame);
            }
        }
        if (frames > 0) {
            from.resume();
        }
        return frames;
    }

    private void flush() {
        if (out.position() == 0 || !connection.isWritable()) {
            return;
        }
        out.flip();
        try {
            connection.write(out);
        } catch (IOException | CancelledKeyException e) {
            uplink.reportLost(connection); // the hub has ended
        }
        out.compact();
    }

    @Override
    protected void loseWhatIsOnItsWay() {
        link.clear();
    }

    @Override
    protected void leave() {
        host().loop().removePoller(poller);
        link.clear();
        flushAll();
        uplink.close();
    }

    /** What was sent before the stack was closed, such as a disconnect request, still goes out. */
    private void flushAll() {
        long begin = System.nanoTime();
        while (connection != null && connection == uplink.connection() && out.position() > 0) {
            flush();
            if (out.position() > 0) {
                if (System.nanoTime() - begin > PATIENCE_NANOS) {
                    break; // the hub takes nothing any more
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
