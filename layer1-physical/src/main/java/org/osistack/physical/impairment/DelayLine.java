package org.osistack.physical.impairment;

import java.util.Arrays;
import org.osistack.core.Pdu;

/** Frames on their way: a binary heap ordered by the time they arrive, then by the order in which they were put in. */
final class DelayLine {
    private long[] dues = new long[16];
    private long[] orders = new long[16];
    private Pdu[] frames = new Pdu[16];
    private int size;
    private long put;

    int size() {
        return size;
    }

    /** The number that the next frame put in will have. */
    long nextOrder() {
        return put;
    }

    long firstDue() {
        return dues[0];
    }

    long firstOrder() {
        return orders[0];
    }

    void put(long due, Pdu frame) {
        if (size == frames.length) {
            dues = Arrays.copyOf(dues, 2 * size);
            orders = Arrays.copyOf(orders, 2 * size);
            frames = Arrays.copyOf(frames, 2 * size);
        }
        long order = put++;
        int i = size++;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (dues[parent] <= due) { // an equal one was put in before
                break;
            }
            move(parent, i);
            i = parent;
        }
        set(i, due, order, frame);
    }

    /** Take out the frame that arrives first. */
    Pdu poll() {
        Pdu first = frames[0];
        int last = --size;
        long due = dues[last];
        long order = orders[last];
        Pdu frame = frames[last];
        frames[last] = null;
        if (last > 0) {
            int i = 0;
            for (int child = 1; child < last; child = 2 * i + 1) {
                if (child + 1 < last && isBefore(dues[child + 1], orders[child + 1], dues[child], orders[child])) {
                    child++;
                }
                if (!isBefore(dues[child], orders[child], due, order)) {
                    break;
                }
                move(child, i);
                i = child;
            }
            set(i, due, order, frame);
        }
        return first;
    }

    private void move(int from, int to) {
        set(to, dues[from], orders[from], frames[from]);
    }

    private void set(int index, long due, long order, Pdu frame) {
        dues[index] = due;
        orders[index] = order;
        frames[index] = frame;
    }

    private static boolean isBefore(long due, long order, long otherDue, long otherOrder) {
        return due != otherDue ? due < otherDue : order < otherOrder;
    }
}
