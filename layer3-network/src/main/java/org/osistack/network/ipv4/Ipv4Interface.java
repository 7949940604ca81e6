package org.osistack.network.ipv4;

/** This host's address on its link, and what follows from it for other addresses (RFC 1122 §3.2.1.3). */
final class Ipv4Interface {
    /** 127.0.0.1: this host, whatever its address is. */
    static final int LOOPBACK = 0x7f00_0001;
    /** 224.0.0.1: all hosts of the link (RFC 1112 §4). */
    static final int ALL_HOSTS = 0xe000_0001;

    static final int LIMITED_BROADCAST = 0xffff_ffff;

    private final int prefixLength;
    private final int mask;
    private final boolean hearsItself;
    private int address;

    /**
     * An interface without an address.
     *
     * @param hearsItself as the medium's
     */
    Ipv4Interface(int prefixLength, boolean hearsItself) {
        this.hearsItself = hearsItself;
        this.prefixLength = prefixLength;
        this.mask = mask(prefixLength);
    }

    /** The number whose given number of leading bits is set. */
    static int mask(int prefixLength) {
        return prefixLength == 0 ? 0 : -1 << 32 - prefixLength;
    }

    /** The address; 0 while there is none. */
    int address() {
        return address;
    }

    void address(int newAddress) {
        address = newAddress;
    }

    int prefixLength() {
        return prefixLength;
    }

    static boolean isLoopback(int ip) {
        return ip >>> 24 == 127;
    }

    static boolean isMulticast(int ip) {
        return ip >>> 28 == 0xe;
    }

    /** Whether it is this host's own: its address on the link, or one of 127/8. */
    boolean isOwn(int ip) {
        return address != 0 && ip == address || isLoopback(ip);
    }

    /** Whether what is sent there reaches this host without the link. A link that hears itself is used all the same. */
    boolean isInternal(int ip) {
        return isLoopback(ip) || address != 0 && ip == address && !hearsItself;
    }

    /** Whether it stands for all hosts of the link: 255.255.255.255, or the highest of our prefix. */
    boolean isBroadcast(int ip) {
        return ip == LIMITED_BROADCAST
                || address != 0 && prefixLength < 31 && ip == (address | ~mask); // RFC 3021: none in a prefix of 31
    }

    boolean isGroup(int ip) {
        return isMulticast(ip) || isBroadcast(ip);
    }

    /**
     * Whether a datagram from the link may come from there. 0.0.0.0 is a host that looks for its address, and may only
     * ask everybody.
     */
    boolean mayBeSource(int source, int destination) {
        if (source == 0) {
            return destination == LIMITED_BROADCAST;
        }
        return source >>> 28 < 0xe // class D is no sender, class E reserved
                && source >>> 24 != 0
                && (!isOwn(source) || hearsItself && source == address)
                && !isBroadcast(source);
    }

    /** Whether it stands for exactly one other host, so that an error message may go there (RFC 1122 §3.2.2). */
    boolean isOneHost(int ip) {
        return ip >>> 24 != 0 && ip >>> 28 < 0xe && !isBroadcast(ip);
    }
}
