package org.osistack.core;

import java.util.EnumMap;
import java.util.Map;

/** Counts what one protocol of one host throws away, by reason, and tells the host's observer. */
public final class Discards {
    private final Host host;
    private final Origin origin;
    private final long[] counts = new long[Discard.values().length];

    Discards(Host host, Origin origin) {
        this.host = host;
        this.origin = origin;
    }

    /** Who discards. */
    public Origin origin() {
        return origin;
    }

    /** Count the PDU under this reason and release it. */
    public void drop(Discard reason, Pdu pdu) {
        counts[reason.ordinal()]++;
        host.observer().discarded(origin, reason, pdu);
        pdu.release();
    }

    /** Count PDUs that were lost before they became ours, such as in a device's queue that ran over. */
    public void add(Discard reason, long lost) {
        counts[reason.ordinal()] += lost;
    }

    public long count(Discard reason) {
        return counts[reason.ordinal()];
    }

    /** How many PDUs were thrown away for whatever reason. */
    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** The counts that aren't zero. */
    public Map<Discard, Long> counts() {
        Map<Discard, Long> map = new EnumMap<>(Discard.class);
        for (Discard reason : Discard.values()) {
            if (counts[reason.ordinal()] > 0) {
                map.put(reason, counts[reason.ordinal()]);
            }
        }
        return map;
    }
}
