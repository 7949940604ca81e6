package org.osistack.transport.tcp;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.NetworkAddress;

/**
 * The connections of an entity by their pair of sockets (RFC 9293 §3.10): a hash table with open addressing, so that
 * looking one up for a segment allocates nothing. A secret enters the hash, so that nobody can make it slow.
 */
final class ConnectionTable {
    private final int secret;
    private TcpConnection[] slots = new TcpConnection[64]; // a power of two, at most half full
    private int size;

    ConnectionTable(int secret) {
        this.secret = secret;
    }

    int size() {
        return size;
    }

    /** The connection; null if there is none. */
    TcpConnection find(NetworkAddress local, int localPort, NetworkAddress remote, int remotePort) {
        int mask = slots.length - 1;
        for (int i = hash(local, localPort, remote, remotePort) & mask; slots[i] != null; i = i + 1 & mask) {
            TcpConnection candidate = slots[i];
            if (candidate.remotePort == remotePort
                    && candidate.localPort == localPort
                    && candidate.remote.equals(remote)
                    && candidate.local.equals(local)) {
                return candidate;
            }
        }
        return null;
    }

    void add(TcpConnection connection) {
        if (2 * (size + 1) > slots.length) {
            TcpConnection[] old = slots;
            slots = new TcpConnection[2 * old.length];
            for (TcpConnection moved : old) {
                if (moved != null) {
                    place(moved);
                }
            }
        }
        place(connection);
        size++;
    }

    private void place(TcpConnection connection) {
        int mask = slots.length - 1;
        int i = home(connection) & mask;
        while (slots[i] != null) {
            i = i + 1 & mask;
        }
        slots[i] = connection;
    }

    /** Remove a connection, if it is there, and close the gap. */
    void remove(TcpConnection connection) {
        int mask = slots.length - 1;
        int gap = home(connection) & mask;
        while (slots[gap] != connection) {
            if (slots[gap] == null) {
                return;
            }
            gap = gap + 1 & mask;
        }
        size--;
        for (int i = gap + 1 & mask; slots[i] != null; i = i + 1 & mask) {
            int wanted = home(slots[i]) & mask;
            if ((i - wanted & mask) >= (i - gap & mask)) { // the gap lies between where it should be and where it is
                slots[gap] = slots[i];
                gap = i;
            }
        }
        slots[gap] = null;
    }

    /** All connections, in no particular order. */
    List<TcpConnection> all() {
        List<TcpConnection> all = new ArrayList<>(size);
        for (TcpConnection connection : slots) {
            if (connection != null) {
                all.add(connection);
            }
        }
        return all;
    }

    private int home(TcpConnection connection) {
        return hash(connection.local, connection.localPort, connection.remote, connection.remotePort);
    }

    private int hash(NetworkAddress local, int localPort, NetworkAddress remote, int remotePort) {
        int h = secret ^ remote.hashCode();
        h = (h ^ h >>> 15) * 0x2c1b3c6d + (localPort << 16 | remotePort);
        h = (h ^ h >>> 12) * 0x297a2d39 + local.hashCode();
        h = (h ^ h >>> 15) * 0x2c1b3c6d;
        return h ^ h >>> 16;
    }
}
