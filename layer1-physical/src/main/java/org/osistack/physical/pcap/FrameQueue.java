package org.osistack.physical.pcap;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Frames on their way from the thread that receives them to the thread of the host: bounded, in order, without locks,
 * for one thread that offers and one that polls.
 *
 * <p>A slot is empty or it holds a frame; each thread keeps its own count and looks at the slot only. Both use volatile
 * access, so that a frame is in the queue before its producer looks whether the host sleeps.
 */
final class FrameQueue {
    private final AtomicReferenceArray<byte[]> slots;
    private final int mask;
    private int offered; // used by the producer alone
    private int polled; // used by the consumer alone

    FrameQueue(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("a capacity of " + capacity + " is not a power of two");
        }
        slots = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    /** Put a frame at the end, and return false if there is no room for it. */
    boolean offer(byte[] frame) {
        int slot = offered & mask;
        if (slots.get(slot) != null) {
            return false;
        }
        slots.set(slot, frame);
        offered++;
        return true;
    }

    /** Take the frame at the front; null if there is none. */
    byte[] poll() {
        int slot = polled & mask;
        byte[] frame = slots.get(slot);
        if (frame != null) {
            slots.set(slot, null);
            polled++;
        }
        return frame;
    }
}
