package org.osistack.physical.impairment;

/**
 * The queue before a transmitter of a given rate. It holds no frames, only when each will have left: since nothing is
 * ever taken out of the middle, that is known when a frame joins.
 */
final class TransmitQueue {
    private static final double NANOS_PER_SECOND = 1e9;

    private static final int INITIAL = 16; // frames; a power of two

    private final double nanosPerOctet;
    private final int maxFrames;
    private final long maxOctets;
    private long[] departures = new long[INITIAL]; // a ring
    private int[] lengths = new int[INITIAL];
    private int first;
    private int frames;
    private long octets;
    private long busyUntil = Long.MIN_VALUE;

    TransmitQueue(long bitsPerSecond, int maxFrames, long maxOctets) {
        this.nanosPerOctet = 8 * NANOS_PER_SECOND / bitsPerSecond;
        this.maxFrames = maxFrames;
        this.maxOctets = maxOctets;
    }

    /** Let a frame join and return when it will have left; -1 if there is no room for it. */
    long join(int length, long now) {
        while (frames > 0 && departures[first] <= now) {
            octets -= lengths[first];
            first = first + 1 & departures.length - 1;
            frames--;
        }
        if (frames == maxFrames || octets + length > maxOctets) {
            return -1;
        }
        busyUntil = Math.max(busyUntil, now) + Math.max(1, Math.round(length * nanosPerOctet));
        if (frames == departures.length) {
            grow();
        }
        int last = first + frames & departures.length - 1;
        departures[last] = busyUntil;
        lengths[last] = length;
        frames++;
        octets += length;
        return busyUntil;
    }

    private void grow() {
        long[] moreDepartures = new long[2 * frames];
        int[] moreLengths = new int[2 * frames];
        for (int i = 0; i < frames; i++) {
            moreDepartures[i] = departures[first + i & frames - 1];
            moreLengths[i] = lengths[first + i & frames - 1];
        }
        departures = moreDepartures;
        lengths = moreLengths;
        first = 0;
    }
}
