package org.osistack.transport.tcp;

import java.util.ArrayDeque;

/**
 * Arrays of send buffers that are empty at the moment, kept for the next connection that has much to send. So an idle
 * connection holds no buffer, and a busy one doesn't make one anew each time.
 */
final class RingCache {
    private static final int MIN_SHIFT = 12; // rings of 4 KiB and more
    private static final int SIZES = 31 - MIN_SHIFT;
    private static final int KEEP = 16; // arrays of each size

    private final ArrayDeque<byte[]>[] free = newQueues();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ArrayDeque<byte[]>[] newQueues() {
        ArrayDeque[] queues = new ArrayDeque[SIZES];
        for (int i = 0; i < SIZES; i++) {
            queues[i] = new ArrayDeque<>(1);
        }
        return queues;
    }

    /** An array of at least so many octets; its length is a power of two. */
    byte[] take(int length) {
        int shift = Math.max(MIN_SHIFT, 32 - Integer.numberOfLeadingZeros(length - 1));
        byte[] ring = free[shift - MIN_SHIFT].pollLast();
        return ring != null ? ring : new byte[1 << shift];
    }

    void giveBack(byte[] ring) {
        ArrayDeque<byte[]> queue = free[31 - Integer.numberOfLeadingZeros(ring.length) - MIN_SHIFT];
        if (queue.size() < KEEP) {
            queue.addLast(ring);
        }
    }
}
