package org.osistack.core;

import java.util.Arrays;

/** The armed timers of a host: a binary heap ordered by deadline, then by order of arming. */
final class TimerQueue {
    private Timer[] heap = new Timer[16];
    private int size;
    private long armed;

    void arm(Timer timer, long deadline) {
        disarm(timer);
        timer.deadline = deadline;
        timer.order = armed++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        siftUp(size++, timer);
    }

    void disarm(Timer timer) {
        int index = timer.heapIndex;
        if (index < 0) {
            return;
        }
        timer.heapIndex = -1;
        Timer last = heap[--size];
        heap[size] = null;
        if (last != timer) {
            siftDown(index, last);
            if (heap[index] == last) {
                siftUp(index, last);
            }
        }
    }

    long nextDeadline() {
        return size == 0 ? Long.MAX_VALUE : heap[0].deadline;
    }

    /** How many times a timer was armed. */
    long armed() {
        return armed;
    }

    /** Take out the first timer that is due; null if none is that was among the first {@code limit} to be armed. */
    Timer pollDue(long now, long limit) {
        if (size == 0 || heap[0].deadline > now || heap[0].order >= limit) {
            return null;
        }
        Timer due = heap[0];
        disarm(due);
        return due;
    }

    private void siftUp(int index, Timer timer) {
        int i = index;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (!isBefore(timer, heap[parent])) {
                break;
            }
            place(i, heap[parent]);
            i = parent;
        }
        place(i, timer);
    }

    private void siftDown(int index, Timer timer) {
        int i = index;
        for (int child = 2 * i + 1; child < size; child = 2 * i + 1) {
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], timer)) {
                break;
            }
            place(i, heap[child]);
            i = child;
        }
        place(i, timer);
    }

    private void place(int index, Timer timer) {
        heap[index] = timer;
        timer.heapIndex = index;
    }

    private static boolean isBefore(Timer a, Timer b) {
        return a.deadline != b.deadline ? a.deadline < b.deadline : a.order < b.order;
    }
}
