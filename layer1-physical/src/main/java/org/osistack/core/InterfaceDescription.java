package org.osistack.core;

import java.util.List;

/**
 * One network interface of this machine.
 *
 * @param name by which a stack asks for it, as in {@code pcap:eth1}
 * @param description what the system calls it; empty if it has no words for it
 * @param hardwareAddress its own address in the low 48 bits; -1 if it has none
 * @param mtu the longest SDU of the data link layer that it carries, in octets; -1 if unknown
 * @param addresses the network addresses that the system has on it, such as {@code 10.4.0.1/24}
 * @param up whether the system has switched it on
 * @param connected whether the other end of the link is there, such as a plugged-in cable; never so while it is down
 * @param loopback whether it leads back into this machine
 * @param unsuitable why a stack can't use it as it is, in words; empty if it can
 */
public record InterfaceDescription(
        String name,
        String description,
        long hardwareAddress,
        int mtu,
        List<String> addresses,
        boolean up,
        boolean connected,
        boolean loopback,
        String unsuitable) {
    public InterfaceDescription {
        addresses = List.copyOf(addresses);
    }

    /** Whether a stack can use it as it is. */
    public boolean isSuitable() {
        return unsuitable.isEmpty();
    }
}
