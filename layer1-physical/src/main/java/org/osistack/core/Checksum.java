package org.osistack.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The Internet checksum (RFC 1071): the one's complement of the one's complement sum of 16-bit words.
 *
 * <p>Sums are plain numbers that may be added to one another as {@code long} values, if each but the last covers an even
 * number of octets; {@link #fold} makes them 16 bits wide. The octets are added four at a time in little-endian order,
 * which RFC 1071 §2 (B) and (C) show to give the same result, but for the order of its two octets.
 */
public final class Checksum {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Checksum() {}

    /** The sum of {@code length} octets of the PDU's data from {@code offset} on, as if a zero octet followed. */
    public static int sum(Pdu pdu, int offset, int length) {
        return sum(pdu.array(), pdu.arrayOffset() + offset, length);
    }

    /** The sum of {@code length} octets of the array from {@code offset} on, folded to 16 bits, in network order. */
    public static int sum(byte[] octets, int offset, int length) {
        long sum = 0;
        long other = 0; // two sums at a time, since neither has to wait for the other: some 1.6 times as fast
        int i = offset;
        int end = offset + length;
        for (; i <= end - 8; i += 8) {
            long eight = (long) LONG.get(octets, i);
            sum += eight & 0xffff_ffffL;
            other += eight >>> 32;
        }
        sum += other;
        if (i <= end - 4) {
            sum += (int) INT.get(octets, i) & 0xffff_ffffL;
            i += 4;
        }
        for (; i <= end - 2; i += 2) {
            sum += (octets[i] & 0xff) | (octets[i + 1] & 0xff) << 8;
        }
        if (i < end) {
            sum += octets[i] & 0xff;
        }
        return Short.reverseBytes((short) fold(sum)) & 0xffff;
    }

    /** Fold a sum to 16 bits by adding its carries (RFC 1071 §4.1). */
    public static int fold(long sum) {
        long folded = (sum & 0xffff_ffffL) + (sum >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return (int) ((folded & 0xffff) + (folded >>> 16));
    }

    /** The checksum that belongs to a sum: the value for the header field. */
    public static int of(long sum) {
        return ~fold(sum) & 0xffff;
    }
}
