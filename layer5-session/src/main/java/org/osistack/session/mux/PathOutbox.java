package org.osistack.session.mux;

import java.util.ArrayDeque;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.transport.TransportConnection;

/** What one path still has to send: frames of its own, such as those of the greeting, and PING and PONG when they are due. */
final class PathOutbox {
    private static final int MAX_FRAMES = 32; // LOST, which are hints, are left away when there are more

    private final Host host;
    private final ArrayDeque<Pdu> frames = new ArrayDeque<>();
    private TransportConnection transport;
    private boolean blocked; // the transport takes no more for now
    private boolean pingDue;
    private boolean pongDue;
    private int pingNumber;
    private int pongNumber;

    PathOutbox(Host host) {
        this.host = host;
    }

    /** Where it goes. */
    void transport(TransportConnection newTransport) {
        transport = newTransport;
    }

    /** Add a frame and send what the transport takes. The frame is taken over. */
    void say(Pdu frame) {
        frames.addLast(frame);
        flush();
    }

    void ping(int number) {
        pingDue = true;
        pingNumber = number;
        flush();
    }

    void pong(int number) {
        pongDue = true;
        pongNumber = number;
        flush();
    }

    private void flush() {
        while (!blocked && !frames.isEmpty()) {
            if (!transport.dataRequest(frames.peekFirst())) {
                blocked = true;
                return;
            }
            frames.pollFirst();
        }
        if (pingDue && !blocked && send(bare(FrameType.PING, pingNumber))) {
            pingDue = false;
        }
        if (pongDue && !blocked && send(bare(FrameType.PONG, pongNumber))) {
            pongDue = false;
        }
    }

    /** A frame without a body. */
    Pdu bare(FrameType type, int sequence) {
        return FrameHeader.append(host.pool().take(), type, 0, 0, 0, sequence);
    }

    /**
     * Send a frame now, before all that waits. It is taken over.
     *
     * @return whether the transport took it; if not, it is released
     */
    boolean send(Pdu frame) {
        if (transport.dataRequest(frame)) {
            return true;
        }
        blocked = true;
        frame.release();
        return false;
    }

    /** The transport takes more: send what waits. */
    void ready() {
        blocked = false;
        flush();
    }

    boolean isBlocked() {
        return blocked;
    }

    /** Whether a hint has no room any more. */
    boolean isFull() {
        return frames.size() >= MAX_FRAMES;
    }

    void clear() {
        frames.forEach(Pdu::release);
        frames.clear();
    }
}
