package org.osistack.network.arp;

import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.datalink.MacAddress;

/** What is known of one neighbour, and what waits for its address. A record of {@link NeighbourCache}, without logic. */
final class Neighbour {
    private static final int FIRST_ROOM = 4;

    final int address;
    final Timer timer;
    /** Its station address; null while it isn't known. */
    MacAddress mac;
    /** When it was last heard of; when it was first asked for while it is incomplete. */
    long heardAt;
    /** Whether something was sent to it since it was last heard of. */
    boolean used;
    /** How many requests or polls were sent since it was last heard of. */
    int tries;

    private Pdu[] held = new Pdu[FIRST_ROOM];
    private int first;
    private int count;

    Neighbour(int address, NeighbourCache cache) {
        this.address = address;
        this.timer = cache.newTimer(this);
    }

    int held() {
        return count;
    }

    void hold(Pdu datagram) {
        if (count == held.length) {
            Pdu[] larger = new Pdu[2 * count];
            for (int i = 0; i < count; i++) {
                larger[i] = held[(first + i) % count];
            }
            held = larger;
            first = 0;
        }
        held[(first + count++) % held.length] = datagram;
    }

    /** Take out what has waited longest; null if nothing waits. */
    Pdu unhold() {
        if (count == 0) {
            return null;
        }
        Pdu oldest = held[first];
        held[first] = null;
        first = (first + 1) % held.length;
        count--;
        return oldest;
    }
}
