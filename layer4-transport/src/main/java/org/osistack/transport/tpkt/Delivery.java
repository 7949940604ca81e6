package org.osistack.transport.tpkt;

import java.util.ArrayDeque;
import org.osistack.core.EventLoop;
import org.osistack.core.Pdu;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/**
 * What the user of a connection hears: TSDUs in order, and expedited ones at once. While the user wants no normal data,
 * what comes is kept here, so that expedited data behind it in the stream can be reached.
 */
final class Delivery {
    private final EventLoop loop;
    private TransportUser user; // null before there is one, and after the end
    private boolean paused;
    private ArrayDeque<Pdu> held; // null before the first
    private int heldOctets; // of memory: short TSDUs are kept in longer buffers

    Delivery(EventLoop loop) {
        this.loop = loop;
    }

    void user(TransportUser newUser) {
        user = newUser;
    }

    void confirm(TransportConnection connection) {
        user.connectConfirm(connection);
    }

    void ready() {
        user.readyIndication();
    }

    void data(Pdu tsdu) {
        if (!paused && heldOctets == 0) {
            user.dataIndication(tsdu);
            return;
        }
        if (held == null) {
            held = new ArrayDeque<>();
        }
        held.addLast(tsdu);
        heldOctets += memory(tsdu);
    }

    void expedited(Pdu tsdu) {
        user.expeditedDataIndication(tsdu);
    }

    boolean isPaused() {
        return paused;
    }

    /** How many octets of memory is taken by what the user has not heard yet. */
    int heldOctets() {
        return heldOctets;
    }

    void pause() {
        paused = true;
    }

    /** Go on, with what is here in the next turn: the user may be about to be told something else now. */
    void resume() {
        paused = false;
        if (heldOctets > 0) {
            loop.defer(() -> deliver(false));
        }
    }

    /** Let the user hear everything that is here, even if it has paused: the end is near. */
    void flush() {
        deliver(true);
    }

    private void deliver(boolean always) {
        while (heldOctets > 0 && (always || !paused)) {
            Pdu tsdu = held.pollFirst();
            heldOctets -= memory(tsdu);
            user.dataIndication(tsdu);
        }
    }

    private static int memory(Pdu pdu) {
        return pdu.headroom() + pdu.length() + pdu.tailroom();
    }

    /** The user, who hears nothing of this from now on; null if there was none. What is here is thrown away. */
    TransportUser end() {
        TransportUser last = user;
        user = null;
        if (held != null) {
            held.forEach(Pdu::release);
            held = null;
            heldOctets = 0;
        }
        return last;
    }
}
