package org.osistack.network.ipv4;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;

/**
 * Puts datagrams together from their fragments (RFC 791 §3.2, RFC 1122 §3.3.2).
 *
 * <p>A fragment that overlaps another, other than as its exact repetition, makes the whole datagram suspect: it is
 * thrown away with all that is still to come of it, as RFC 5722 has it for IPv6 and Linux does for IPv4. So nobody can
 * slip a port number past a filter, or make us and a monitor read the same octets differently.
 *
 * <p>Memory is limited: in octets, buffers counted by their size, and in datagrams. Where the limit is reached, the
 * oldest incomplete datagram makes room, so that a flood of first fragments can't shut out the others for longer than
 * it lasts.
 */
final class Reassembler {
    static final int MAX_OCTETS = 1024 * 1024;
    static final int MAX_DATAGRAMS = 64;
    static final long TIMEOUT_NANOS =
            Duration.ofSeconds(30).toNanos(); // RFC 1122 §3.3.2: a fixed value; Linux has 30 s

    private static final int TCP = 6;

    /** Hears of a datagram that did not become whole in time although its first fragment was there. */
    @FunctionalInterface
    interface TimeoutUser {
        /** The first fragment, with its header; remains the caller's. */
        void timedOut(Pdu firstFragment);
    }

    private final Host host;
    private final TimeoutUser user;
    private final Discards discards;
    private final Timer timer;
    private final List<PartialDatagram> partials = new ArrayList<>(MAX_DATAGRAMS); // the oldest first
    private final ArrayDeque<PartialDatagram> unused = new ArrayDeque<>();
    private final Ipv4Header header = new Ipv4Header();
    private int memory;
    private long fragmentsReceived;
    private long reassembled;

    Reassembler(Host host, TimeoutUser user) {
        this.host = host;
        this.user = user;
        this.discards = host.discards(3, "IPv4");
        this.timer = host.newTimer(this::onTimer);
    }

    long fragmentsReceived() {
        return fragmentsReceived;
    }

    long reassembled() {
        return reassembled;
    }

    /** How many octets of memory the fragments occupy that wait for others. */
    int memory() {
        return memory;
    }

    /**
     * Take in a fragment, which is taken over.
     *
     * @param fragment with its header, checked, and cut to its total length
     * @return the whole datagram if this was the last fragment missing; it is the caller's then; null otherwise
     */
    Pdu add(Pdu fragment) {
        fragmentsReceived++;
        header.wrap(fragment);
        int headerLength = header.headerLength();
        int offset = header.fragmentOffset();
        boolean isLast = !header.moreFragments();
        int length = fragment.length() - headerLength;
        int source = header.source();
        int destination = header.destination();
        int identification = header.identification();
        int protocol = header.protocol();
        Discard fault = fault(headerLength, offset, length, isLast, protocol);
        if (fault != null) {
            discards.drop(fault, fragment);
            return null;
        }
        PartialDatagram partial = find(source, destination, identification, protocol);
        if (partial == null) {
            partial = begin(source, destination, identification, protocol);
        }
        if (partial.isPoisoned()) {
            discards.drop(Discard.OVERLAP, fragment);
            return null;
        }
        fragment.pullHeader(headerLength);
        return switch (partial.add(offset, isLast, headerLength, fragment)) {
            case KEPT -> {
                memory += fragment.array().length;
                limitMemory();
                yield null;
            }
            case COMPLETE -> {
                memory += fragment.array().length;
                yield complete(partial);
            }
            case DUPLICATE -> {
                discards.drop(Discard.DUPLICATE, fragment);
                yield null;
            }
            case OVERLAP -> {
                discards.drop(Discard.OVERLAP, fragment);
                drop(partial, Discard.OVERLAP);
                partial.poison();
                yield null;
            }
        };
    }

    private static Discard fault(int headerLength, int offset, int length, boolean isLast, int protocol) {
        if (length == 0 || !isLast && length % Ipv4Header.FRAGMENT_UNIT != 0) { // RFC 791 §3.2: units of 8 octets
            return Discard.BAD_LENGTH;
        }
        if (headerLength + offset + length > Ipv4Header.MAX_TOTAL_LENGTH) { // no datagram is that long: "ping of death"
            return Discard.TOO_LONG;
        }
        // RFC 3128, RFC 1858 §3: nobody needs to divide a TCP header, but for hiding it from a filter.
        return protocol == TCP && offset == Ipv4Header.FRAGMENT_UNIT ? Discard.BAD_FIELD : null;
    }

    private PartialDatagram find(int source, int destination, int identification, int protocol) {
        for (int i = partials.size() - 1; i >= 0; i--) { // the latest is the likeliest
            PartialDatagram partial = partials.get(i);
            if (partial.is(source, destination, identification, protocol)) {
                return partial;
            }
        }
        return null;
    }

    private PartialDatagram begin(int source, int destination, int identification, int protocol) {
        if (partials.size() == MAX_DATAGRAMS) {
            forget(partials.get(0), Discard.OVER_LIMIT);
        }
        PartialDatagram partial = unused.isEmpty() ? new PartialDatagram() : unused.pollLast();
        partial.begin(source, destination, identification, protocol, host.now() + TIMEOUT_NANOS);
        partials.add(partial);
        if (!timer.isArmed()) {
            timer.arm(TIMEOUT_NANOS);
        }
        return partial;
    }

    private void limitMemory() {
        while (memory > MAX_OCTETS) {
            forget(partials.get(0), Discard.OVER_LIMIT);
        }
    }

    private Pdu complete(PartialDatagram partial) {
        int totalLength = partial.totalLength();
        if (totalLength > Ipv4Header.MAX_TOTAL_LENGTH) { // the first header is longer than the others
            forget(partial, Discard.TOO_LONG);
            return null;
        }
        Pdu whole = host.pool().takeForReceiving(totalLength);
        partial.copyTo(whole);
        header.wrap(whole).totalLength(totalLength).fragment(0, 0).fillChecksum();
        memory -= partial.memory();
        for (Pdu fragment = partial.remove(); fragment != null; fragment = partial.remove()) {
            fragment.release();
        }
        retire(partial);
        reassembled++;
        return whole;
    }

    private void forget(PartialDatagram partial, Discard reason) {
        drop(partial, reason);
        retire(partial);
    }

    private void drop(PartialDatagram partial, Discard reason) {
        memory -= partial.memory();
        for (Pdu fragment = partial.remove(); fragment != null; fragment = partial.remove()) {
            discards.drop(reason, fragment);
        }
    }

    private void retire(PartialDatagram partial) {
        partials.remove(partial);
        unused.addLast(partial);
    }

    private void onTimer() {
        while (!partials.isEmpty() && partials.get(0).deadline - host.now() <= 0) {
            PartialDatagram late = partials.remove(0);
            memory -= late.memory();
            Pdu first = late.removeFirst();
            for (Pdu fragment = late.remove(); fragment != null; fragment = late.remove()) {
                discards.drop(Discard.REASSEMBLY_TIMEOUT, fragment);
            }
            unused.addLast(late);
            if (first != null) {
                user.timedOut(first);
                discards.drop(Discard.REASSEMBLY_TIMEOUT, first);
            }
        }
        if (!partials.isEmpty()) {
            timer.arm(partials.get(0).deadline - host.now());
        }
    }

    /** Throw away what waits. */
    void close() {
        timer.disarm();
        while (!partials.isEmpty()) {
            forget(partials.get(0), Discard.UNEXPECTED);
        }
    }
}
