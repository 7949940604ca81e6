package org.osistack.datalink;

import java.util.Arrays;

/**
 * A 48-bit MAC address (IEEE 802, EUI-48). There is one object a value in a small cache, so that a steady flow of
 * frames makes none.
 */
public final class MacAddress {
    private static final int CACHE = 1024; // a power of two; a collision costs an allocation, no more
    private static final MacAddress[] CACHED = new MacAddress[CACHE];
    private static final long MASK = 0xffff_ffff_ffffL;

    /** ff:ff:ff:ff:ff:ff, all stations. */
    public static final MacAddress BROADCAST = of(MASK);

    private final long bits;

    private MacAddress(long bits) {
        this.bits = bits;
    }

    /** The address whose octets, first to last, are the low 48 bits of the number. */
    public static MacAddress of(long bits) {
        long value = bits & MASK;
        int slot = (int) (value ^ value >>> 13 ^ value >>> 29) & CACHE - 1;
        MacAddress cached = CACHED[slot]; // a race is harmless: equal values are equal objects to everybody
        if (cached == null || cached.bits != value) {
            cached = new MacAddress(value);
            CACHED[slot] = cached;
        }
        return cached;
    }

    /**
     * Read an address such as {@code 02:00:00:00:00:01}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static MacAddress parse(String text) {
        if (!text.matches("[0-9a-fA-F]{1,2}([:-][0-9a-fA-F]{1,2}){5}")) {
            throw new IllegalArgumentException("not a MAC address: " + text);
        }
        return of(Arrays.stream(text.split("[:-]"))
                .mapToLong(octet -> Long.parseLong(octet, 16))
                .reduce(0, (bits, octet) -> bits << 8 | octet));
    }

    /** The six octets as a number. */
    public long bits() {
        return bits;
    }

    /** Whether it stands for a group of stations: the first octet's lowest bit is set. */
    public boolean isGroup() {
        return (bits >>> 40 & 1) != 0;
    }

    public boolean isBroadcast() {
        return bits == MASK;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MacAddress address && address.bits == bits;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bits);
    }

    @Override
    public String toString() {
        return String.format(
                "%02x:%02x:%02x:%02x:%02x:%02x",
                bits >>> 40 & 0xff,
                bits >>> 32 & 0xff,
                bits >>> 24 & 0xff,
                bits >>> 16 & 0xff,
                bits >>> 8 & 0xff,
                bits & 0xff);
    }
}
