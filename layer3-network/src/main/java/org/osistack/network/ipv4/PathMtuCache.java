package org.osistack.network.ipv4;

import java.time.Duration;
import org.osistack.core.Host;

/**
 * What routers have told about the paths to some destinations (RFC 1191): the longest datagram that needs no
 * fragmentation.
 *
 * <p>Whatever is told, the table does not grow: it has a fixed number of places, four
 * for each hash value, of which the oldest is used again. What it holds is believed for ten minutes (RFC 1191 §6.3).
 */
final class PathMtuCache {
    /** What every link must carry (RFC 791 §3.2); less is not believed. */
    static final int MIN = 68;
    /**
     * Less than this is not stored: whoever can send us a word could cut our datagrams to pieces. What comes lower stands
     * at this and allows routers to fragment. (As Linux has it, 512 + 20 + 20.)
     */
    static final int FLOOR = 552;

    static final long LIFETIME_NANOS = Duration.ofMinutes(10).toNanos();

    private static final int WAYS = 4;
    private static final int SETS = 64;
    // RFC 1191 §7.1, for routers that don't tell the length that fits
    private static final int[] PLATEAUS = {32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68};

    private final Host host;
    private final int linkMtu;
    private final int[] destinations = new int[WAYS * SETS];
    private final int[] mtus = new int[WAYS * SETS];
    private final long[] expiries = new long[WAYS * SETS];
    private boolean isEmpty = true;

    PathMtuCache(Host host, int linkMtu) {
        this.host = host;
        this.linkMtu = linkMtu;
    }

    /** The longest datagram for this destination, in octets, as far as is known. */
    int mtu(int destination) {
        int place = isEmpty ? -1 : find(destination);
        return place < 0 ? linkMtu : Math.max(mtus[place], Math.min(FLOOR, linkMtu));
    }

    /** Whether the path is narrower than we care to follow, so that routers must be allowed to fragment. */
    boolean isNarrow(int destination) {
        int place = isEmpty ? -1 : find(destination);
        return place >= 0 && mtus[place] < FLOOR;
    }

    /**
     * A router could not forward a datagram to this destination.
     *
     * @param told the length that fits, in octets; 0 from a router that doesn't tell (RFC 1191 §5)
     * @param sent the total length of the datagram, in octets
     * @return whether this is news
     */
    boolean tooLong(int destination, int told, int sent) {
        int mtu = told == 0 ? plateauBelow(sent) : told;
        if (mtu < MIN || mtu >= sent || mtu >= mtu(destination)) {
            return false;
        }
        int place = find(destination);
        if (place < 0) {
            place = oldest(destination);
        }
        destinations[place] = destination;
        mtus[place] = mtu;
        expiries[place] = host.now() + LIFETIME_NANOS;
        isEmpty = false;
        return true;
    }

    private static int plateauBelow(int sent) {
        for (int plateau : PLATEAUS) {
            if (plateau < sent) {
                return plateau;
            }
        }
        return 0;
    }

    private int find(int destination) {
        int first = setOf(destination);
        for (int i = first; i < first + WAYS; i++) {
            if (destinations[i] == destination && mtus[i] != 0) {
                if (expiries[i] - host.now() > 0) {
                    return i;
                }
                mtus[i] = 0;
            }
        }
        return -1;
    }

    private int oldest(int destination) {
        int first = setOf(destination);
        int oldest = first;
        for (int i = first; i < first + WAYS; i++) {
            if (mtus[i] == 0) {
                return i;
            }
            if (expiries[i] - expiries[oldest] < 0) {
                oldest = i;
            }
        }
        return oldest;
    }

    private static int setOf(int destination) {
        return (destination * 0x9e37_79b9 >>> 26) * WAYS; // 6 bits: 64 sets
    }
}
