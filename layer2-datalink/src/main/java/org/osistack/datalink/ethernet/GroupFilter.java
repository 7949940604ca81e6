package org.osistack.datalink.ethernet;

import java.util.Arrays;
import org.osistack.datalink.MacAddress;

/** The multicast groups that a station hears, each with the number of times that it was joined. */
final class GroupFilter {
    private long[] groups = new long[8];
    private int[] joined = new int[8];
    private int size;

    /** Whether frames to this group are to be heard. */
    boolean contains(MacAddress group) {
        return indexOf(group) >= 0;
    }

    void join(MacAddress group) {
        int index = indexOf(group);
        if (index < 0) {
            if (size == groups.length) {
                groups = Arrays.copyOf(groups, 2 * size);
                joined = Arrays.copyOf(joined, 2 * size);
            }
            index = size++;
            groups[index] = group.bits();
            joined[index] = 0;
        }
        joined[index]++;
    }

    /** Undo one {@link #join}. Nothing happens if the group wasn't joined. */
    void leave(MacAddress group) {
        int index = indexOf(group);
        if (index >= 0 && --joined[index] == 0) {
            size--;
            groups[index] = groups[size];
            joined[index] = joined[size];
        }
    }

    private int indexOf(MacAddress group) {
        for (int i = 0; i < size; i++) {
            if (groups[i] == group.bits()) {
                return i;
            }
        }
        return -1;
    }
}
