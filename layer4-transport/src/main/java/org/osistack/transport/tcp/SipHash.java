package org.osistack.transport.tcp;

import java.util.random.RandomGenerator;

/**
 * A keyed hash of two numbers (SipHash-2-4, Aumasson and Bernstein 2012): who does not know the key cannot foresee it.
 * It is the function F of RFC 6528 here.
 */
final class SipHash {
    private final long k0;
    private final long k1;

    /** A hash with a key of this secret source. */
    SipHash(RandomGenerator random) {
        this(random.nextLong(), random.nextLong());
    }

    SipHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    /** The hash of sixteen octets, given as two numbers whose first octet is the least significant. */
    long of(long m0, long m1) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        for (int block = 0; block < 4; block++) {
            boolean last = block == 3;
            long m = block == 0 ? m0 : block == 1 ? m1 : block == 2 ? 16L << 56 : 0; // 16: the length of the message
            if (last) {
                v2 ^= 0xff;
            }
            v3 ^= m;
            for (int round = last ? 4 : 2; round > 0; round--) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= m;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
