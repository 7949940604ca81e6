package org.osistack.network.ipv4;

import java.util.random.RandomGenerator;

/**
 * Chooses the identification of datagrams that may be fragmented: none comes again before all 65536 were used (RFC 6864
 * §4.3), and from one nobody can guess the next, since a counter runs through a permutation that is drawn at random.
 */
final class DatagramIds {
    private static final int MASK = 0xffff;

    private final int first;
    private final int second;
    private final int key;
    private int counter;

    DatagramIds(RandomGenerator random) {
        first = random.nextInt() | 1; // odd: multiplication by it permutes the numbers of 16 bits
        second = random.nextInt() | 1;
        key = random.nextInt();
        counter = random.nextInt();
    }

    int next() {
        int id = (counter++ ^ key) & MASK;
        id = id * first & MASK;
        id ^= id >>> 7; // so does this
        id = id * second & MASK;
        id ^= id >>> 9;
        return id ^ key >>> 16 & MASK;
    }
}
