package org.osistack.transport.tcp;

/**
 * Arithmetic of sequence numbers, which count octets modulo 2^32 (RFC 9293 §3.4). Timestamps are compared in the same
 * way (RFC 7323 §5.2).
 */
final class SequenceNumber {
    private SequenceNumber() {}

    static boolean isBefore(int a, int b) {
        return a - b < 0;
    }

    static boolean isAfter(int a, int b) {
        return a - b > 0;
    }

    /** Whether {@code first <= number < first + length}. */
    static boolean isWithin(int number, int first, int length) {
        return Integer.compareUnsigned(number - first, length) < 0;
    }

    static int later(int a, int b) {
        return a - b > 0 ? a : b;
    }

    static int earlier(int a, int b) {
        return a - b < 0 ? a : b;
    }
}
