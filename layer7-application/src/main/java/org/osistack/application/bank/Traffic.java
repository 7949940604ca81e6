package org.osistack.application.bank;

import java.util.HashMap;
import java.util.Map;
import org.osistack.application.rose.ApduMeter;
import org.osistack.core.Octets;

/**
 * What one side has sent of orders and answers. An APDU that comes again, be it from another process, is known by its octets:
 * an order by its number, which is also the invocation's, and an answer by that of the order.
 */
final class Traffic implements ApduMeter {
    private final Map<Octets, Long> reached = new HashMap<>(); // the furthest offset of each APDU
    private final Map<Octets, Long> open = new HashMap<>(); // sent, and not confirmed
    private long handedOver; // octets, counted each time
    private long longest;
    private long unconfirmed; // octets, at the cuts before the last one
    private long unconfirmedNow; // octets, at the last cut or when it was noticed, whichever are more

    @Override
    public void sent(Octets apdu, long from, long to) {
        handedOver += to - from;
        reached.merge(apdu, to, Math::max);
        open.put(apdu, to);
        longest = Math.max(longest, apdu.length());
    }

    @Override
    public void over(Octets apdu) {
        open.remove(apdu);
    }

    @Override
    public void lost() {
        unconfirmedNow = Math.max(unconfirmedNow, open());
    }

    /** There is a cut, and nobody has noticed. */
    void cutting() {
        unconfirmed += unconfirmedNow;
        unconfirmedNow = open();
    }

    /** The process has ended: it waits for no confirmation any more. */
    void killed() {
        open.clear();
    }

    private long open() {
        return open.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Octets, each counted once. */
    long once() {
        return reached.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Octets that were sent more than once, counted each time but the first. */
    long again() {
        return handedOver - once();
    }

    /**
     * Octets that had been sent since the last confirmed APDU, for all cuts together: when this side noticed, for what is
     * sent into a cut cable is sent again too.
     */
    long unconfirmed() {
        return unconfirmed + unconfirmedNow;
    }

    /** The length of the longest APDU, in octets. */
    long longest() {
        return longest;
    }
}
