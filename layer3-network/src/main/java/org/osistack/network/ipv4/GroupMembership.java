package org.osistack.network.ipv4;

import java.util.Arrays;
import org.osistack.datalink.DataLinkService;
import org.osistack.datalink.MacAddress;

/** The host groups that this host is a member of (RFC 1112 §7), each with the number of times that it was joined. */
final class GroupMembership {
    private final DataLinkService link;
    private int[] groups = new int[8];
    private int[] joined = new int[8];
    private int size;

    /** Memberships of no group but 224.0.0.1, of which all hosts are members (RFC 1112 §4). */
    GroupMembership(DataLinkService link) {
        this.link = link;
        join(Ipv4Interface.ALL_HOSTS);
    }

    /** The low 23 bits of the group in the low 23 bits of 01-00-5E-00-00-00 (RFC 1112 §6.4). */
    static MacAddress station(int group) {
        return MacAddress.of(0x01_00_5e_00_00_00L | group & 0x7f_ffff);
    }

    boolean contains(int group) {
        return indexOf(group) >= 0;
    }

    void join(int group) {
        int index = indexOf(group);
        if (index < 0) {
            if (size == groups.length) {
                groups = Arrays.copyOf(groups, 2 * size);
                joined = Arrays.copyOf(joined, 2 * size);
            }
            index = size++;
            groups[index] = group;
            joined[index] = 0;
            link.joinGroup(station(group));
        }
        joined[index]++;
    }

    /** Undo one {@link #join}. Nothing happens if this host is no member. */
    void leave(int group) {
        int index = indexOf(group);
        if (index >= 0 && --joined[index] == 0) {
            size--;
            groups[index] = groups[size];
            joined[index] = joined[size];
            link.leaveGroup(station(group));
        }
    }

    private int indexOf(int group) {
        for (int i = 0; i < size; i++) {
            if (groups[i] == group) {
                return i;
            }
        }
        return -1;
    }
}
