package org.osistack.transport.tcp;

import org.osistack.core.Pdu;

/**
 * The octets that the user has handed over and the peer has not acknowledged, in a ring. Segments are built from it,
 * each time anew when they have to be sent again.
 *
 * <pre>
 *   offset 0                                         length         limit
 *   +----------------------+--------------------------+- - - - - - - -+
 *   | sent, not acknowledged |     not sent yet       |     free      |
 *   +----------------------+--------------------------+- - - - - - - -+
 *   SND.UNA              SND.NXT
 * </pre>
 *
 * <p>The array grows as needed, up to the limit, and is given back when the last octet is acknowledged. A single PDU
 * that is longer than the limit is taken when the buffer is empty.
 */
final class SendBuffer {
    private static final int MAX_PDU = 1 << 30; // a ring of a power of two must be able to hold it

    private final RingCache cache;
    private final int limit;
    private byte[] ring; // null while empty
    private int head; // where in the ring the first octet is
    private int length;
    private int refused; // length of the PDU that the user could not hand over; 0 if none

    SendBuffer(RingCache cache, int limit) {
        this.cache = cache;
        this.limit = limit;
    }

    /** How many octets it holds. */
    int length() {
        return length;
    }

    /** How many octets may be added. */
    int free() {
        return Math.max(0, limit - length);
    }

    /** Whether a PDU of so many octets may be added whole. */
    boolean fits(int octets) {
        if (octets > MAX_PDU) {
            throw new IllegalArgumentException("a PDU of " + octets + " octets");
        }
        return octets <= limit - length || length == 0;
    }

    /**
     * Take the data, or remember how much the user would like to hand over.
     *
     * @param tsdu remains the caller's
     */
    boolean accept(Pdu tsdu) {
        if (!fits(tsdu.length())) {
            refused = tsdu.length();
            return false;
        }
        if (tsdu.length() > 0) {
            append(tsdu);
        }
        return true;
    }

    /** Whether the user was refused, and is not to be refused any more. */
    boolean takeReady() {
        boolean ready = refused > 0 && fits(refused);
        if (ready) {
            refused = 0;
        }
        return ready;
    }

    /** Copy the data of the PDU, which must fit, behind the octets that are there. It remains the caller's. */
    void append(Pdu pdu) {
        int added = pdu.length();
        if (ring == null || length + added > ring.length) {
            grow(length + added);
        }
        int at = head + length & ring.length - 1;
        int first = Math.min(added, ring.length - at);
        pdu.copyTo(0, ring, at, first);
        pdu.copyTo(first, ring, 0, added - first);
        length += added;
    }

    private void grow(int needed) {
        byte[] larger = cache.take(needed);
        if (ring != null) {
            int first = Math.min(length, ring.length - head);
            System.arraycopy(ring, head, larger, 0, first);
            System.arraycopy(ring, 0, larger, first, length - first);
            cache.giveBack(ring);
        }
        ring = larger;
        head = 0;
    }

    /** Append {@code count} octets from {@code offset} on to a PDU. */
    void copyTo(int offset, int count, Pdu pdu) {
        int at = head + offset & ring.length - 1;
        int first = Math.min(count, ring.length - at);
        pdu.append(ring, at, first);
        if (first < count) {
            pdu.append(ring, 0, count - first);
        }
    }

    /** Remove the first octets: the peer has them. */
    void discard(int octets) {
        length -= octets;
        if (length == 0) {
            clear();
        } else {
            head = head + octets & ring.length - 1;
        }
    }

    /** Remove all octets. */
    void clear() {
        if (ring != null) {
            cache.giveBack(ring);
        }
        ring = null;
        head = 0;
        length = 0;
    }

    /** Nothing will be sent any more: remove all octets, and what the user would have liked to hand over. */
    void close() {
        clear();
        refused = 0;
    }
}
