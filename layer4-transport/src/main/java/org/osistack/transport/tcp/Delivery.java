package org.osistack.transport.tcp;

import java.util.ArrayDeque;
import org.osistack.core.Pdu;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportUser;

/**
 * What the user of a connection hears, in the order in which it has to: the confirm, the octets, the peer's release, the
 * end. It keeps octets back while the user wants none.
 */
final class Delivery {
    private final TcpConnection connection;
    private TransportUser user;
    private boolean open; // the user may hear data: the connection was confirmed, or accepted by this side
    private boolean paused;
    private boolean delivering;
    private ArrayDeque<Pdu> held; // null before the first octet
    private int heldOctets;
    private boolean finReceived;
    private boolean releaseIndicated;
    private boolean released; // both directions are
    private boolean ended;

    Delivery(TcpConnection connection) {
        this.connection = connection;
    }

    void user(TransportUser newUser) {
        user = newUser;
    }

    /** Whether the user has heard of the end, or made it. */
    boolean isEnded() {
        return ended;
    }

    /** How many octets have arrived and wait for the user. */
    int heldOctets() {
        return heldOctets;
    }

    /** The next octets, to be handed up in {@link #run}. Takes the PDU over. */
    void add(Pdu text) {
        if (ended) {
            text.release();
            return;
        }
        if (held == null) {
            held = new ArrayDeque<>();
        }
        heldOctets += text.length();
        Pdu last = held.peekLast();
        if (last != null && last.tailroom() >= text.length()) {
            last.append(text, 0, text.length()); // so that many small segments don't keep many large buffers
            text.release();
        } else {
            held.addLast(text);
        }
    }

    /** The peer sends nothing more. */
    void finReceived() {
        finReceived = true;
    }

    /** Both directions are released, and the peer knows it. */
    void released() {
        released = true;
    }

    /** The connection that this side asked for has come about. */
    void confirm() {
        open = true;
        user.connectConfirm(connection);
    }

    /** The user wants the connection that it was told of. */
    void accepted() {
        open = true;
    }

    boolean isOpen() {
        return open;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    /** Let the user hear everything that is due. */
    void run() {
        if (delivering || user == null) {
            return;
        }
        delivering = true;
        while (heldOctets > 0 && open && !paused && !ended) {
            Pdu text = held.pollFirst();
            heldOctets -= text.length();
            user.dataIndication(text);
        }
        if (finReceived && !releaseIndicated && open && heldOctets == 0 && !ended) {
            releaseIndicated = true;
            user.releaseIndication();
        }
        if (connection.snd.buffer.takeReady() && !ended) {
            user.readyIndication();
        }
        if (released && releaseIndicated && !ended) {
            ended = true;
            user.disconnectIndication(DisconnectReason.RELEASED);
        }
        delivering = false;
    }

    /** The user hears nothing more; data that it has not taken is gone. */
    void end() {
        ended = true;
        if (held != null) {
            held.forEach(Pdu::release);
            held = null;
        }
        heldOctets = 0;
    }

    /** The connection has ended abruptly. */
    void end(DisconnectReason reason) {
        if (!ended) {
            end();
            if (user != null) {
                user.disconnectIndication(reason);
            }
        }
    }
}
