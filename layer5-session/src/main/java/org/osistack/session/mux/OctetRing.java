package org.osistack.session.mux;

/**
 * Octets of a sequence from one position on, in an array that grows with them and is used round and round. It has no limit
 * of its own.
 */
final class OctetRing {
    private static final byte[] NONE = {};
    private static final int FIRST = 1024;
    private static final int KEPT = 4096; // octets of an array that is kept though it is empty

    private byte[] octets = NONE; // a power of two long
    private long start;
    private long end;

    /** The position of the first octet that is kept. */
    long start() {
        return start;
    }

    /** The position behind the last one. */
    long end() {
        return end;
    }

    int length() {
        return (int) (end - start);
    }

    boolean isEmpty() {
        return start == end;
    }

    /** Begin anew at that position, with nothing. */
    void clear(long position) {
        start = position;
        end = position;
        shrink();
    }

    void append(byte[] source, int offset, int length) {
        if (length == 0) {
            return;
        }
        reserve(length);
        int at = (int) end & octets.length - 1;
        int first = Math.min(length, octets.length - at);
        System.arraycopy(source, offset, octets, at, first);
        System.arraycopy(source, offset + first, octets, 0, length - first);
        end += length;
    }

    private void reserve(int more) {
        int needed = Math.addExact(length(), more);
        if (needed <= octets.length) {
            return;
        }
        int size = Math.max(FIRST, octets.length);
        while (size < needed) {
            size *= 2;
        }
        byte[] larger = new byte[size];
        for (long position = start; position < end; ) {
            int from = (int) position & octets.length - 1;
            int to = (int) position & size - 1;
            int run = (int) Math.min(end - position, Math.min(octets.length - from, size - to));
            System.arraycopy(octets, from, larger, to, run);
            position += run;
        }
        octets = larger;
    }

    void copyTo(long position, byte[] target, int to, int length) {
        if (length == 0) {
            return;
        }
        int at = (int) position & octets.length - 1;
        int first = Math.min(length, octets.length - at);
        System.arraycopy(octets, at, target, to, first);
        System.arraycopy(octets, 0, target, to + first, length - first);
    }

    int getUint8(long position) {
        return octets[(int) position & octets.length - 1] & 0xff;
    }

    int getUint16(long position) {
        return getUint8(position) << 8 | getUint8(position + 1);
    }

    /** Forget what comes before that position. */
    void discardTo(long position) {
        start = position;
        shrink();
    }

    private void shrink() {
        if (start == end && octets.length > KEPT) {
            octets = NONE;
        }
    }

    /** How many octets of memory it holds. */
    int capacity() {
        return octets.length;
    }
}
