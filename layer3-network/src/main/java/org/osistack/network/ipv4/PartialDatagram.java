package org.osistack.network.ipv4;

import java.util.Arrays;
import org.osistack.core.Pdu;

/**
 * A datagram of which some fragments have come: the buffer of RFC 791 §3.2, with the fragments themselves in order of
 * their offsets. It is used again for another when it is done.
 */
final class PartialDatagram {
    /** What {@link #add} made of a fragment. */
    enum Result {
        /** It was taken over. */
        KEPT,
        /** It was taken over, and was the last one missing. */
        COMPLETE,
        /** The same fragment is there already. */
        DUPLICATE,
        /** It contradicts what is there: neither it nor the others can be trusted. */
        OVERLAP
    }

    private static final int FIRST_ROOM = 16;

    private int source;
    private int destination;
    private int identification;
    private int protocol;
    long deadline;
    private boolean poisoned;
    private Pdu[] fragments = new Pdu[FIRST_ROOM]; // each without its header, which still stands in front of its data
    private int[] offsets = new int[FIRST_ROOM];
    private int count;
    private int octets; // of data that are here
    private int dataLength; // of the whole datagram; 0 while the last fragment hasn't come
    private int headerLength; // of the first fragment; 0 while it hasn't come
    private int memory;

    /** Begin with a new datagram. */
    void begin(int newSource, int newDestination, int newIdentification, int newProtocol, long newDeadline) {
        source = newSource;
        destination = newDestination;
        identification = newIdentification;
        protocol = newProtocol;
        deadline = newDeadline;
        poisoned = false;
        count = 0;
        octets = 0;
        dataLength = 0;
        headerLength = 0;
        memory = 0;
    }

    boolean is(int aSource, int aDestination, int anIdentification, int aProtocol) {
        return identification == anIdentification
                && source == aSource
                && destination == aDestination
                && protocol == aProtocol;
    }

    /** Whether its fragments were thrown away since they contradicted each other, so that those still to come are too. */
    boolean isPoisoned() {
        return poisoned;
    }

    /** Remember that the fragments, which have been removed, contradicted each other. */
    void poison() {
        poisoned = true;
        headerLength = 0;
    }

    /** How many octets of memory the fragments occupy. */
    int memory() {
        return memory;
    }

    /**
     * Take in a fragment.
     *
     * @param fragment begins with its data, which its header stands in front of; it remains the caller's unless it is
     *     kept
     * @param ownHeaderLength of this fragment
     */
    Result add(int offset, boolean isLast, int ownHeaderLength, Pdu fragment) {
        int end = offset + fragment.length();
        int at = count;
        while (at > 0 && offsets[at - 1] > offset) { // from behind: most come in order
            at--;
        }
        if (at > 0 && offsets[at - 1] == offset && isSame(fragments[at - 1], fragment)) {
            return isLast == (dataLength == end) ? Result.DUPLICATE : Result.OVERLAP;
        }
        boolean overlaps = at > 0 && offsets[at - 1] + fragments[at - 1].length() > offset
                || at < count && offsets[at] < end
                || dataLength != 0 && (isLast || end > dataLength)
                || isLast && at < count;
        if (overlaps) {
            return Result.OVERLAP;
        }
        insert(at, offset, fragment);
        if (isLast) {
            dataLength = end;
        }
        if (offset == 0) {
            headerLength = ownHeaderLength;
        }
        return octets == dataLength ? Result.COMPLETE : Result.KEPT;
    }

    private static boolean isSame(Pdu one, Pdu other) {
        return Arrays.equals(
                one.array(),
                one.arrayOffset(),
                one.arrayOffset() + one.length(),
                other.array(),
                other.arrayOffset(),
                other.arrayOffset() + other.length());
    }

    private void insert(int at, int offset, Pdu fragment) {
        if (count == fragments.length) {
            fragments = Arrays.copyOf(fragments, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        System.arraycopy(fragments, at, fragments, at + 1, count - at);
        System.arraycopy(offsets, at, offsets, at + 1, count - at);
        fragments[at] = fragment;
        offsets[at] = offset;
        count++;
        octets += fragment.length();
        memory += fragment.array().length;
    }

    /** How long header and data of the complete datagram are, in octets. */
    int totalLength() {
        return headerLength + dataLength;
    }

    /** Copy the header of the first fragment and all data behind what {@code whole} holds. */
    void copyTo(Pdu whole) {
        Pdu first = fragments[0];
        whole.append(first.array(), first.arrayOffset() - headerLength, headerLength);
        for (int i = 0; i < count; i++) {
            whole.append(fragments[i], 0, fragments[i].length());
        }
    }

    /** The first fragment with its header in front, removed from here; null if it hasn't come. */
    Pdu removeFirst() {
        if (headerLength == 0) {
            return null;
        }
        Pdu first = fragments[0].pushHeader(headerLength);
        count--;
        System.arraycopy(fragments, 1, fragments, 0, count);
        fragments[count] = null;
        headerLength = 0;
        return first;
    }

    /** Some fragment, removed from here; null if none is left. */
    Pdu remove() {
        if (count == 0) {
            memory = 0;
            return null;
        }
        Pdu fragment = fragments[--count];
        fragments[count] = null;
        return fragment;
    }
}
