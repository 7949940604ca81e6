package org.osistack.network;

import org.osistack.core.NetworkAddress;

/** An IPv4 address (RFC 791). There is one object a value in a small cache, so that a steady flow makes none. */
public final class Ipv4Address implements NetworkAddress {
    private static final int CACHE = 1024; // a power of two
    private static final Ipv4Address[] CACHED = new Ipv4Address[CACHE];

    /** 0.0.0.0: this host, address not known yet. */
    public static final Ipv4Address ANY = of(0);
    /** 255.255.255.255: all hosts on this link (RFC 919). */
    public static final Ipv4Address BROADCAST = of(0xffff_ffff);

    private final int bits;

    private Ipv4Address(int bits) {
        this.bits = bits;
    }

    /** The address whose first octet is the most significant of the number. */
    public static Ipv4Address of(int bits) {
        int slot = (bits ^ bits >>> 11 ^ bits >>> 22) & CACHE - 1;
        Ipv4Address cached = CACHED[slot]; // a race is harmless: equal values are equal objects to everybody
        if (cached == null || cached.bits != bits) {
            cached = new Ipv4Address(bits);
            CACHED[slot] = cached;
        }
        return cached;
    }

    /**
     * Read an address such as {@code 10.0.0.1}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Ipv4Address parse(String text) {
        String[] parts = text.split("\\.", -1);
        int bits = 0;
        for (String part : parts) {
            if (parts.length != 4 || !part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
                throw new IllegalArgumentException("not an IPv4 address: " + text);
            }
            bits = bits << 8 | Integer.parseInt(part);
        }
        return of(bits);
    }

    public int bits() {
        return bits;
    }

    /** 224.0.0.0/4 (RFC 1112). */
    public boolean isMulticast() {
        return bits >>> 28 == 0xe;
    }

    /** 169.254.0.0/16 (RFC 3927). */
    public boolean isLinkLocal() {
        return bits >>> 16 == 0xa9fe;
    }

    /** 127.0.0.0/8: never on a link (RFC 1122 §3.2.1.3). */
    public boolean isLoopback() {
        return bits >>> 24 == 127;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ipv4Address address && address.bits == bits;
    }

    @Override
    public int hashCode() {
        return bits * 0x9e3779b9;
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
