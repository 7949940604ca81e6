package org.osistack.physical.segment;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The repeater of a segment: what a member sends, all others get. All its methods are the reactor's, but for
 * {@link #takeDropped}.
 *
 * <p>Frames of members whose frames have no FCS are given one, and padding, as a network interface does; on the way to
 * such members the FCS is checked and taken off.
 */
final class Hub {
    private static final int BACKLOG = 256; // members that may be waiting to be accepted
    private static final int MAX_MEMBERS = 256; // each costs the hub some 320 KiB
    private static final long ACCEPT_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int LAST_READS = 8; // 512 KiB: more than a socket holds
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Where members come in whose frames do, or do not, end with an FCS. */
    private record Door(ServerSocketChannel server, boolean fcs) {}

    private final Reactor reactor;
    private final SegmentPlace place;
    private final HubLock lock;
    private final List<Door> doors = new ArrayList<>();
    private final List<HubPort> ports = new ArrayList<>();
    private final HubFrame frame = new HubFrame();
    private final AtomicLong dropped = new AtomicLong();

    private Hub(Reactor reactor, SegmentPlace place, HubLock lock) {
        this.reactor = reactor;
        this.place = place;
        this.lock = lock;
    }

    /** Become the hub unless somebody is; whether this process is now. */
    static boolean tryStart(Reactor reactor, SegmentPlace place) throws IOException {
        HubLock lock = HubLock.tryAcquire(place.lock());
        if (lock == null) {
            return false;
        }
        Hub hub = new Hub(reactor, place, lock);
        boolean complete = false;
        try {
            hub.listen(true);
            hub.listen(false);
            complete = true;
        } finally {
            if (!complete) {
                hub.close();
            }
        }
        reactor.add(place, hub);
        return true;
    }

    /** Whoever bound the socket before is dead, since this process holds the lock. */
    private void listen(boolean fcs) throws IOException {
        Files.deleteIfExists(place.address(fcs).getPath());
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Door door = new Door(server, fcs);
        doors.add(door);
        server.bind(place.address(fcs), BACKLOG);
        reactor.register(server, SelectionKey.OP_ACCEPT, key -> accept(door, key));
    }

    private void accept(Door door, SelectionKey key) {
        try {
            acceptAll(door);
        } catch (IOException e) {
            // out of file descriptors, as a rule: the member waits in the backlog meanwhile
            key.interestOps(0);
            reactor.schedule(ACCEPT_RETRY_NANOS, () -> {
                if (key.isValid()) {
                    key.interestOps(SelectionKey.OP_ACCEPT);
                }
            });
        }
    }

    private void acceptAll(Door door) throws IOException {
        for (SocketChannel channel = door.server.accept(); channel != null; channel = door.server.accept()) {
            if (ports.size() == MAX_MEMBERS) {
                channel.close();
            } else {
                ports.add(new HubPort(this, reactor, channel, door.fcs));
            }
        }
    }

    /** The hub has one frame in its hands at a time. */
    HubFrame frame() {
        return frame;
    }

    /** A member has sent a frame. */
    void repeat(HubFrame sent, HubPort from) {
        for (int i = 0; i < ports.size(); i++) {
            HubPort port = ports.get(i);
            if (port != from && !port.send(sent)) {
                dropped.incrementAndGet();
            }
        }
    }

    /** Write what the members have waiting for them. */
    void flush() {
        for (int i = 0; i < ports.size(); i++) {
            ports.get(i).flush();
        }
    }

    void remove(HubPort port) {
        ports.remove(port);
    }

    /** How many frames did not fit in the queue of a member since this was asked last; from any thread. */
    long takeDropped() {
        return dropped.get() == 0 ? 0 : dropped.getAndSet(0);
    }

    /** Let in who has come, repeat what has been sent, and wait a little for members that are slow to take it. */
    private void drain() {
        try {
            for (Door door : doors) {
                acceptAll(door);
            }
        } catch (IOException e) {
            dropped.incrementAndGet(); // who can't be let in seeks the next hub, and does not hear this one's last
            // words
        }
        for (HubPort port : List.copyOf(ports)) {
            for (int reads = 0; reads < LAST_READS && port.read(); reads++) {
                flush();
            }
        }
        long begin = System.nanoTime();
        while (!flushAgain() && System.nanoTime() - begin < PATIENCE_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean flushAgain() {
        boolean complete = true;
        for (int i = 0; i < ports.size(); i++) {
            complete &= ports.get(i).flushAgain();
        }
        return complete;
    }

    /** Repeat what has been sent already, and make room for another hub. */
    void close() {
        reactor.remove(place);
        try {
            drain();
            for (Door door : doors) {
                door.server.close();
            }
            for (HubPort port : List.copyOf(ports)) {
                port.close();
            }
            Files.deleteIfExists(place.socket());
            Files.deleteIfExists(place.plainSocket());
        } catch (IOException e) {
            // a socket file that can't be deleted now is deleted by the next hub
        } finally {
            lock.release();
        }
    }
}
