package org.osistack.network.arp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.core.management.NeighbourManagement;
import org.osistack.core.management.NeighbourManagement.Neighbour.State;
import org.osistack.datalink.DataLinkService;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;
import org.osistack.network.Ipv4Address;

/**
 * The translation table of RFC 826: finds the station address of a neighbour, and holds what is to be sent to it
 * meanwhile.
 *
 * <pre>
 *              send                     heard                     LIFETIME, used
 *   (absent) --------> INCOMPLETE ---------------> REACHABLE ----------------------> POLLED
 *       ^                |   request each second       ^  |                          |   |
 *       |  3 requests    |                             |  | LIFETIME, not used       |   |
 *       +----------------+-----------------------------|--+--------------------------+   |
 *                                                      +---------------------------------+
 *                                              heard             2 polls without answer: absent
 * </pre>
 *
 * <p>An entry is made only for a neighbour that we ask for, or that asks for us; nobody fills the table by telling what
 * nobody asked. An entry that exists follows what its neighbour tells (RFC 826), but not twice within a second, so that
 * of two stations that both answer the first wins, and their quarrel doesn't move our traffic to and fro.
 */
final class NeighbourCache {
    static final int MAX_NEIGHBOURS = 512;
    static final int MAX_HELD_EACH = 16; // RFC 1122 §2.3.2.2: at least one, the latest
    static final int MAX_HELD = 64;
    static final int MAX_REQUESTS = 3;
    static final int MAX_POLLS = 2; // RFC 1122 §2.3.2.1 (2)
    static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos(); // RFC 1122 §2.3.2.1: at most one a second
    static final long LIFETIME_NANOS = Duration.ofMinutes(1).toNanos(); // RFC 1122 §2.3.2.1: of the order of a minute
    static final long LOCK_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int SLOTS = 2 * MAX_NEIGHBOURS; // a power of two; open addressing

    private final Host host;
    private final DataLinkService link;
    private final ArpTransmitter transmitter;
    private final ArpUser user;
    private final AddressClaim claim;
    private final Discards discards;
    private final Neighbour[] slots = new Neighbour[SLOTS];
    private Neighbour last; // whom we sent to last
    private int size;
    private int held;

    NeighbourCache(Host host, DataLinkService link, ArpTransmitter transmitter, ArpUser user, AddressClaim claim) {
        this.host = host;
        this.link = link;
        this.transmitter = transmitter;
        this.user = user;
        this.claim = claim;
        this.discards = host.discards(3, "ARP");
    }

    Timer newTimer(Neighbour neighbour) {
        return host.newTimer(() -> onTimer(neighbour));
    }

    /** Send a datagram to a neighbour, now or when its address is known. It is taken over. */
    void send(int address, Pdu datagram) {
        Neighbour neighbour = last;
        if (neighbour == null || neighbour.address != address) {
            neighbour = find(address);
            last = neighbour;
        }
        if (neighbour != null && neighbour.mac != null) {
            neighbour.used = true;
            link.unitDataRequest(neighbour.mac, NetworkProtocol.IPV4, datagram);
        } else {
            hold(neighbour, address, datagram);
        }
    }

    private void hold(Neighbour found, int address, Pdu datagram) {
        Neighbour neighbour = found;
        boolean isNew = neighbour == null;
        if (isNew) {
            neighbour = insert(address);
        }
        if (neighbour.held() == MAX_HELD_EACH) { // the latest is worth more than the first (RFC 1122 §2.3.2.2)
            held--;
            discards.drop(Discard.QUEUE_FULL, neighbour.unhold());
        }
        if (held == MAX_HELD) {
            discards.drop(Discard.OVER_LIMIT, datagram);
        } else {
            held++;
            neighbour.hold(datagram);
        }
        if (isNew) {
            ask(neighbour);
        }
    }

    private void ask(Neighbour neighbour) {
        neighbour.tries++;
        neighbour.timer.arm(RETRY_NANOS);
        int sender = claim.address();
        if (sender != 0) { // without an address it would be a probe
            transmitter.request(sender, neighbour.address);
        }
    }

    /**
     * A neighbour has been heard of in a valid packet.
     *
     * @param asksForUs whether the packet is a request for our address: its sender will want to hear from us
     */
    void heard(int address, MacAddress mac, boolean asksForUs) {
        Neighbour neighbour = find(address);
        if (neighbour == null) {
            if (!asksForUs || !user.isOnLink(address)) {
                return;
            }
            neighbour = insert(address);
        }
        update(neighbour, mac);
    }

    private void update(Neighbour neighbour, MacAddress mac) {
        long now = host.now();
        MacAddress before = neighbour.mac;
        if (before != null && !before.equals(mac)) {
            if (now - neighbour.heardAt < LOCK_NANOS) {
                return;
            }
            if (host.observer().isWatching()) {
                host.observer()
                        .note(
                                discards.origin(),
                                Ipv4Address.of(neighbour.address) + " has moved from " + before + " to " + mac);
            }
        }
        neighbour.mac = mac;
        neighbour.heardAt = now;
        neighbour.used = false;
        neighbour.tries = 0;
        neighbour.timer.arm(LIFETIME_NANOS);
        held -= neighbour.held();
        for (Pdu datagram = neighbour.unhold(); datagram != null; datagram = neighbour.unhold()) {
            neighbour.used = true;
            link.unitDataRequest(mac, NetworkProtocol.IPV4, datagram);
        }
    }

    private void onTimer(Neighbour neighbour) {
        if (neighbour.mac == null) {
            if (neighbour.tries < MAX_REQUESTS) {
                ask(neighbour);
            } else {
                fail(neighbour);
            }
        } else if (neighbour.used && neighbour.tries < MAX_POLLS) {
            neighbour.tries++;
            neighbour.timer.arm(RETRY_NANOS);
            int sender = claim.address();
            if (sender != 0) {
                transmitter.poll(sender, neighbour.mac, neighbour.address);
            }
        } else {
            remove(neighbour);
        }
    }

    private void fail(Neighbour neighbour) {
        remove(neighbour);
        held -= neighbour.held();
        for (Pdu datagram = neighbour.unhold(); datagram != null; datagram = neighbour.unhold()) {
            user.unresolved(datagram);
        }
    }

    /** Forget all neighbours, and throw away what is held for them. */
    void clear(Discard reason) {
        for (Neighbour neighbour : all()) {
            drop(neighbour, reason);
        }
    }

    private void drop(Neighbour neighbour, Discard reason) {
        remove(neighbour);
        held -= neighbour.held();
        for (Pdu datagram = neighbour.unhold(); datagram != null; datagram = neighbour.unhold()) {
            discards.drop(reason, datagram);
        }
    }

    int size() {
        return size;
    }

    /** All neighbours as management sees them, in the order of their addresses. */
    List<NeighbourManagement.Neighbour> list() {
        List<Neighbour> sorted = all();
        sorted.sort(Comparator.comparingLong(neighbour -> neighbour.address & 0xffff_ffffL));
        List<NeighbourManagement.Neighbour> list = new ArrayList<>();
        for (Neighbour neighbour : sorted) {
            State state =
                    neighbour.mac == null ? State.INCOMPLETE : neighbour.tries > 0 ? State.POLLED : State.REACHABLE;
            list.add(new NeighbourManagement.Neighbour(
                    Ipv4Address.of(neighbour.address),
                    neighbour.mac == null ? "" : neighbour.mac.toString(),
                    state,
                    host.now() - neighbour.heardAt));
        }
        return list;
    }

    private List<Neighbour> all() {
        List<Neighbour> all = new ArrayList<>(size);
        for (Neighbour neighbour : slots) {
            if (neighbour != null) {
                all.add(neighbour);
            }
        }
        return all;
    }

    private Neighbour find(int address) {
        for (int i = slotOf(address); slots[i] != null; i = i + 1 & SLOTS - 1) {
            if (slots[i].address == address) {
                return slots[i];
            }
        }
        return null;
    }

    private Neighbour insert(int address) {
        if (size == MAX_NEIGHBOURS) {
            drop(leastUseful(), Discard.OVER_LIMIT);
        }
        Neighbour neighbour = new Neighbour(address, this);
        neighbour.heardAt = host.now();
        int i = slotOf(address);
        while (slots[i] != null) {
            i = i + 1 & SLOTS - 1;
        }
        slots[i] = neighbour;
        size++;
        return neighbour;
    }

    /** Whom to forget when the table is full: one that we don't send to before one that we do, and the oldest of them. */
    private Neighbour leastUseful() {
        Neighbour least = null;
        for (Neighbour neighbour : slots) {
            if (neighbour != null
                    && (least == null
                            || (neighbour.used == least.used ? neighbour.heardAt < least.heardAt : least.used))) {
                least = neighbour;
            }
        }
        return least;
    }

    private void remove(Neighbour neighbour) {
        neighbour.timer.disarm();
        if (last == neighbour) {
            last = null;
        }
        int gap = slotOf(neighbour.address);
        while (slots[gap] != neighbour) {
            if (slots[gap] == null) {
                return; // removed before, by what its removal led to
            }
            gap = gap + 1 & SLOTS - 1;
        }
        slots[gap] = null;
        size--;
        for (int i = gap + 1 & SLOTS - 1; slots[i] != null; i = i + 1 & SLOTS - 1) { // close the gap
            int home = slotOf(slots[i].address);
            if ((i - home & SLOTS - 1) >= (i - gap & SLOTS - 1)) {
                slots[gap] = slots[i];
                slots[i] = null;
                gap = i;
            }
        }
    }

    private static int slotOf(int address) {
        return (address * 0x9e37_79b9 >>> 16) & SLOTS - 1;
    }
}
