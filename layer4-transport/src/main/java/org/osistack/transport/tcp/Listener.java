package org.osistack.transport.tcp;

import java.util.Iterator;
import java.util.LinkedHashSet;
import org.osistack.core.NetworkAddress;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportListener;

/** A port in state LISTEN, with the connections that are being opened to it. */
final class Listener {
    private static final long STALE_NANOS = 1_000_000_000L; // a SYN,ACK without an answer: sent twice by then

    final TransportAddress address;
    final TransportListener user;
    private final int backlog;
    private final LinkedHashSet<TcpConnection> halfOpen = new LinkedHashSet<>(); // in SYN-RECEIVED, oldest first
    private int unanswered; // indicated to the user, who has neither accepted nor refused yet

    Listener(TransportAddress address, TransportListener user, int backlog) {
        this.address = address;
        this.user = user;
        this.backlog = backlog;
    }

    boolean matches(NetworkAddress host, int port) {
        return address.port() == port
                && (address.host() == null || address.host().equals(host));
    }

    /**
     * Make room for one more connection. When all places are taken, one that has been half open for a while goes, since
     * its SYN may have been forged; without such a one there is no room, and the caller's SYN will come again.
     */
    boolean makeRoom(long now) {
        if (halfOpen.size() + unanswered < backlog) {
            return true;
        }
        Iterator<TcpConnection> oldest = halfOpen.iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        TcpConnection candidate = oldest.next();
        if (now - candidate.createdAt < STALE_NANOS) {
            return false;
        }
        candidate.drop("backlog full");
        return true;
    }

    void opening(TcpConnection connection) {
        halfOpen.add(connection);
    }

    /** The handshake is complete: tell the user. */
    void opened(TcpConnection connection) {
        halfOpen.remove(connection);
        unanswered++;
    }

    /** The user has accepted or refused. */
    void answered() {
        unanswered--;
    }

    void closed(TcpConnection connection) {
        halfOpen.remove(connection);
    }

    /** Nobody listens any more: drop what is half open. */
    void close() {
        for (TcpConnection connection : halfOpen.toArray(new TcpConnection[0])) {
            connection.disconnectRequest();
        }
    }
}
