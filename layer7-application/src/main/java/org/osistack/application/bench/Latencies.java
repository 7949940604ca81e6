package org.osistack.application.bench;

/** Many times, in classes that are no wider than 1/32 of what they hold: a percentile is off by 1.6 % at most. */
final class Latencies {
    private static final int SUB_BITS = 5;
    private static final int EXACT = 2 << SUB_BITS; // below, a class holds one value

    private final long[] classes = new long[(Long.SIZE - SUB_BITS) << SUB_BITS];
    private long count;

    void add(long nanos) {
        classes[indexOf(Math.max(0, nanos))]++;
        count++;
    }

    long count() {
        return count;
    }

    /** The time within which this part of all lie; 0 if there are none. */
    long percentile(double part) {
        long rank = Math.max(1, (long) Math.ceil(part * count));
        long seen = 0;
        for (int i = 0; i < classes.length; i++) {
            seen += classes[i];
            if (seen >= rank) {
                return middleOf(i);
            }
        }
        return 0;
    }

    RoundTrips roundTrips() {
        return new RoundTrips(count, percentile(0.50), percentile(0.99));
    }

    private static int indexOf(long value) {
        if (value < EXACT) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (shift << SUB_BITS) + (int) (value >>> shift);
    }

    private static long middleOf(int index) {
        if (index < EXACT) {
            return index;
        }
        int shift = (index >> SUB_BITS) - 1;
        long least = (long) (index - (shift << SUB_BITS)) << shift;
        return least + (1L << shift) / 2;
    }
}
