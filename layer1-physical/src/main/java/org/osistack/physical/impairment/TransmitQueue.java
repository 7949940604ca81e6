package org.osistack.physical.impairment;

/**
 * The queue before a transmitter of a given rate. It holds no frames, only when each will have left: since nothing is
 * ever taken out of the middle, that is known when a frame joins.
 */
final class TransmitQueue {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double nanosPerOctet;
    private final int maxFrames;
    private final long maxOctets;
    private final long[] departures; // a ring, as large as the queue may become
    private final int[] lengths;
    private int first;
    private int frames;
    private long octets;
    private long busyUntil = Long.MIN_VALUE;

    TransmitQueue(long bitsPerSecond, int maxFrames, long maxOctets) {
        this.nanosPerOctet = 8 * NANOS_PER_SECOND / bitsPerSecond;
        this.maxFrames = maxFrames;
        this.maxOctets = maxOctets;
        this.departures = new long[maxFrames];
        this.lengths = new int[maxFrames];
    }

    /** Let a frame join and return when it will have left; -1 if there is no room for it. */
    long join(int length, long now) {
        while (frames > 0 && departures[first] <= now) {
            octets -= lengths[first];
            first = first + 1 == maxFrames ? 0 : first + 1;
            frames--;
        }
        if (frames == maxFrames || octets + length > maxOctets) {
            return -1;
        }
        busyUntil = Math.max(busyUntil, now) + Math.max(1, Math.round(length * nanosPerOctet));
        int last = first + frames < maxFrames ? first + frames : first + frames - maxFrames;
        departures[last] = busyUntil;
        lengths[last] = length;
        frames++;
        octets += length;
        return busyUntil;
    }
}
