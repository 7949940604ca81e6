package org.osistack.core;

import java.util.ArrayDeque;

/**
 * Lends PDUs and takes them back. It belongs to one host, and is used by that host's thread alone.
 *
 * <p>A PDU has at least the capacity that was asked for, behind a headroom that is large enough for the headers of all
 * layers of the host's stack. Capacities come in three sizes (one frame, a large TPDU, a super-frame); PDUs of these
 * sizes are used again, larger ones are made when needed and left to the garbage collector.
 */
public final class PduPool {
    /** The capacity, headroom included, of the PDU that {@link #take()} lends: more than an Ethernet frame. */
    public static final int FRAME = 2048;

    private static final int[] SIZES = {FRAME, 16 * 1024, 72 * 1024};
    private static final int KEEP = 1024;
    private static final int TAILROOM = 4; // a frame check sequence

    private final int headroom;
    private final ArrayDeque<Pdu>[] free = newQueues();
    private long outstanding;

    /**
     * Make a pool.
     *
     * @param headroom how many octets are kept free in front of the data of every PDU lent
     */
    public PduPool(int headroom) {
        if (headroom < 0 || headroom > FRAME / 2) {
            throw new IllegalArgumentException("a headroom of " + headroom + " octets");
        }
        this.headroom = headroom;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ArrayDeque<Pdu>[] newQueues() {
        ArrayDeque[] queues = new ArrayDeque[SIZES.length];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new ArrayDeque<>();
        }
        return queues;
    }

    /** The headroom of the PDUs that this pool lends, in octets. */
    public int headroom() {
        return headroom;
    }

    /** Lend an empty PDU with room for the data of an Ethernet frame. */
    public Pdu take() {
        return lend(0, headroom);
    }

    /** Lend an empty PDU with room for {@code length} octets of data behind the usual headroom, and for an FCS. */
    public Pdu take(int length) {
        return take(length, TAILROOM);
    }

    /**
     * Lend an empty PDU with room for {@code length} octets of data behind the usual headroom, and before at least
     * {@code tailroom} octets for trailers that are not part of that length.
     */
    public Pdu take(int length, int tailroom) {
        if (length < 0 || tailroom < 0) {
            throw new IllegalArgumentException(length + " octets and a tailroom of " + tailroom);
        }
        int capacity = Math.addExact(headroom + tailroom, length);
        return lend(sizeFor(capacity), headroom, capacity);
    }

    /** Lend an empty PDU without headroom, for what arrives: {@code length} octets that will only be read. */
    public Pdu takeForReceiving(int length) {
        if (length < 0) {
            throw new IllegalArgumentException(length + " octets");
        }
        return lend(sizeFor(length), 0, length);
    }

    private static int sizeFor(int capacity) {
        int size = 0;
        while (size < SIZES.length && SIZES[size] < capacity) {
            size++;
        }
        return size;
    }

    private Pdu lend(int size, int front) {
        return lend(size, front, SIZES[size]);
    }

    private Pdu lend(int size, int front, int capacity) {
        Pdu pdu = size < SIZES.length ? free[size].pollLast() : null;
        if (pdu == null) {
            pdu = new Pdu(this, size < SIZES.length ? SIZES[size] : capacity);
        }
        outstanding++;
        pdu.lend(front);
        return pdu;
    }

    void giveBack(Pdu pdu) {
        outstanding--;
        int size = sizeFor(pdu.capacity());
        if (size < SIZES.length && SIZES[size] == pdu.capacity() && free[size].size() < KEEP) {
            free[size].addLast(pdu);
        }
    }

    /** How many PDUs are lent and not yet given back. */
    public long outstanding() {
        return outstanding;
    }
}
