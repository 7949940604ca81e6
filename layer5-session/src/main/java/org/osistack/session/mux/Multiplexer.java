package org.osistack.session.mux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;

/** Which frame of a trunk goes next, and by which path (mux §9). */
final class Multiplexer {
    private static final long ACK_DELAY_NANOS = 200_000_000;

    private final Host host;
    private final int maxGone;
    private final List<Path> paths = new ArrayList<>(); // those that are up
    private final Scheduler scheduler = new Scheduler();
    private final ArrayDeque<MuxSession> controls = new ArrayDeque<>(); // sessions that have something due
    private final ArrayDeque<MuxSession> lateAcks = new ArrayDeque<>();
    private final Set<Integer> gone = new LinkedHashSet<>(); // sessions that the peer is to forget
    private final FrameHeader header = new FrameHeader();
    private final Timer ackTimer;
    private int turn; // of the paths
    private boolean pumping;
    private boolean wakeDue;

    /**
     * Make a multiplexer without paths.
     *
     * @param maxGone how many sessions the peer may have to be told to forget; one that keeps to the limits needs no more
     */
    Multiplexer(Host host, int maxGone) {
        this.host = host;
        this.maxGone = maxGone;
        this.ackTimer = host.newTimer(this::acknowledge);
    }

    /** The paths that are up, oldest first. */
    List<Path> paths() {
        return paths;
    }

    /** The longest frame that the peer takes. */
    void maxFrame(int octets) {
        scheduler.quantum(octets);
    }

    /** The session may have a frame to send. */
    void schedule(MuxSession session) {
        scheduler.add(session);
        wake();
    }

    /** The session has something due outside of its sequence. */
    void controlDue(MuxSession session) {
        SessionControls due = session.controls();
        if (!due.isQueued) {
            due.isQueued = true;
            controls.addLast(session);
        }
        wake();
    }

    void ackLater(MuxSession session) {
        lateAcks.addLast(session);
        if (!ackTimer.isArmed()) {
            ackTimer.arm(ACK_DELAY_NANOS);
        }
    }

    private void acknowledge() {
        for (MuxSession session = lateAcks.pollFirst(); session != null; session = lateAcks.pollFirst()) {
            session.controls().ackTimer();
        }
        pump();
    }

    /** Tell the peer that there is no such session any more. */
    void gone(int number) {
        if (gone.size() <= maxGone) {
            gone.add(number);
            wake();
        }
    }

    /** Send in the next turn. */
    void wake() {
        if (!wakeDue) {
            wakeDue = true;
            host.loop().defer(() -> {
                wakeDue = false;
                pump();
            });
        }
    }

    /** Send what there is to send, as far as the paths take it. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            for (Path path = writable(); path != null && sendNext(path); ) {
                path = writable();
            }
        } finally {
            pumping = false;
        }
    }

    /** The paths by turns; one on which the peer is silent only if there is no other. */
    private Path writable() {
        Path suspect = null;
        for (int i = 0; i < paths.size(); i++) {
            turn = turn + 1 < paths.size() ? turn + 1 : 0;
            Path path = paths.get(turn);
            if (path.isWritable()) {
                if (!path.isSuspect()) {
                    return path;
                }
                suspect = path;
            }
        }
        return suspect;
    }

    /** Send the next frame by this path; says whether there was one. */
    private boolean sendNext(Path path) {
        if (!gone.isEmpty()) {
            int number = gone.iterator().next();
            gone.remove(number);
            if (!path.send(FrameHeader.append(host.pool().take(), FrameType.GONE, 0, 0, number, 0))) {
                gone.add(number);
            }
            return true;
        }
        MuxSession due = controls.pollFirst();
        if (due != null) {
            sendControl(path, due);
            return true;
        }
        MuxSession session = scheduler.next();
        if (session == null) {
            return false;
        }
        SendStream sending = session.sending();
        int length = sending.sendable();
        Pdu frame = sending.frame(host.pool(), length);
        sending.sent(length);
        session.deficit -= length;
        if (!path.send(frame)) {
            sending.notSent(length);
            session.deficit += length;
        }
        return true;
    }

    private void sendControl(Path path, MuxSession session) {
        SessionControls due = session.controls();
        due.isQueued = false;
        if (session.state() == State.ENDED || !due.isDue()) {
            return;
        }
        Pdu frame = due.next(host.pool());
        FrameType type = header.wrap(frame).type();
        boolean asking = header.isAsking();
        if (!path.send(frame)) {
            due.notSent(type, asking);
        } else if (due.isDue()) {
            controlDue(session);
        }
    }

    /** Forget what is due; the trunk has ended. */
    void stop() {
        ackTimer.disarm();
        controls.clear();
        lateAcks.clear();
        gone.clear();
        scheduler.clear();
        paths.clear();
    }
}
