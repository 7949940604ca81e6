package org.osistack.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A protocol data unit: one array of octets with room in front for the headers of the layers below.
 *
 * <pre>
 *   0             start                          end            capacity
 *   +---------------+-----------------------------+----------------+
 *   |   headroom    |            data             |    tailroom    |
 *   +---------------+-----------------------------+----------------+
 *    &lt;- pushHeader    pullHeader -&gt;   &lt;- truncate   pushTrailer -&gt;
 * </pre>
 *
 * <p><b>Ownership.</b> A PDU has one owner at a time. Handing a PDU to a primitive hands it over; the callee passes it
 * on, keeps it, or {@linkplain #release() releases} it. Only a connection-mode data request that returns {@code false}
 * leaves it with the caller. Releasing twice throws, and every test ends by asking the pool whether one is missing.
 *
 * <p>Offsets count from the first octet of the data. Integers are big endian, as networks send them. Accessors check
 * the bounds of the array, not those of the data: a header view asks for the length once, before it reads.
 */
public final class Pdu {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final PduPool pool;
    private final byte[] octets;
    private int start;
    private int end;
    private boolean inUse;

    Pdu(PduPool pool, int capacity) {
        this.pool = pool;
        this.octets = new byte[capacity];
    }

    void lend(int headroom) {
        start = headroom;
        end = headroom;
        inUse = true;
    }

    /** How many octets the data has. */
    public int length() {
        return end - start;
    }

    /** How many octets fit in front of the data. */
    public int headroom() {
        return start;
    }

    /** How many octets fit behind the data. */
    public int tailroom() {
        return octets.length - end;
    }

    int capacity() {
        return octets.length;
    }

    /** The array that holds the data, from {@link #arrayOffset()} on; for checksums, devices and ciphers. */
    public byte[] array() {
        return octets;
    }

    /** Where in {@link #array()} the data begins. */
    public int arrayOffset() {
        return start;
    }

    /**
     * Open a gap of {@code length} octets in front of the data for a header. What the octets hold is undefined: the
     * header writes each one.
     */
    public Pdu pushHeader(int length) {
        if (length < 0 || length > start) {
            throw new IllegalStateException("a header of " + length + " octets in a headroom of " + start);
        }
        start -= length;
        return this;
    }

    /** Remove {@code length} octets in front of the data, such as a header that has been read. */
    public Pdu pullHeader(int length) {
        checkWithin(length);
        start += length;
        return this;
    }

    /** Add {@code length} octets of undefined content behind the data, such as a trailer's that writes each one. */
    public Pdu pushTrailer(int length) {
        if (length < 0 || length > tailroom()) {
            throw new IllegalStateException("a trailer of " + length + " octets in a tailroom of " + tailroom());
        }
        end += length;
        return this;
    }

    /** Cut the data to its first {@code length} octets. */
    public Pdu truncate(int length) {
        checkWithin(length);
        end = start + length;
        return this;
    }

    private void checkWithin(int length) {
        if (length < 0 || length > end - start) {
            throw new IllegalArgumentException(length + " octets of a PDU that has " + length());
        }
    }

    /** Copy the octets behind the data. */
    public Pdu append(byte[] source) {
        return append(source, 0, source.length);
    }

    /** Copy {@code length} octets of the array, from {@code offset} on, behind the data. */
    public Pdu append(byte[] source, int offset, int length) {
        int to = end;
        pushTrailer(length);
        System.arraycopy(source, offset, octets, to, length);
        return this;
    }

    /** Copy {@code length} octets of another PDU's data, from {@code offset} on, behind the data. */
    public Pdu append(Pdu source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length());
        return append(source.octets, source.start + offset, length);
    }

    /** Append one octet. */
    public Pdu appendUint8(int value) {
        pushTrailer(1);
        octets[end - 1] = (byte) value;
        return this;
    }

    /** Copy {@code length} octets of the data, from {@code offset} on, into the array at {@code to}. */
    public void copyTo(int offset, byte[] target, int to, int length) {
        Objects.checkFromIndexSize(offset, length, length());
        System.arraycopy(octets, start + offset, target, to, length);
    }

    /** A copy in a PDU of its own from the same pool, with the pool's usual headroom. */
    public Pdu copy() {
        return pool.take(length()).append(octets, start, length());
    }

    /** The data in an array of its own. */
    public byte[] toByteArray() {
        byte[] copy = new byte[length()];
        System.arraycopy(octets, start, copy, 0, copy.length);
        return copy;
    }

    public int getUint8(int offset) {
        return octets[start + offset] & 0xff;
    }

    public int getUint16(int offset) {
        return (short) SHORT.get(octets, start + offset) & 0xffff;
    }

    public int getInt32(int offset) {
        return (int) INT.get(octets, start + offset);
    }

    public long getUint32(int offset) {
        return getInt32(offset) & 0xffff_ffffL;
    }

    public long getUint48(int offset) {
        return (long) getUint16(offset) << 32 | getUint32(offset + 2);
    }

    public long getInt64(int offset) {
        return (long) LONG.get(octets, start + offset);
    }

    public Pdu putUint8(int offset, int value) {
        octets[start + offset] = (byte) value;
        return this;
    }

    public Pdu putUint16(int offset, int value) {
        SHORT.set(octets, start + offset, (short) value);
        return this;
    }

    public Pdu putInt32(int offset, int value) {
        INT.set(octets, start + offset, value);
        return this;
    }

    public Pdu putUint48(int offset, long value) {
        return putUint16(offset, (int) (value >>> 32)).putInt32(offset + 2, (int) value);
    }

    public Pdu putInt64(int offset, long value) {
        LONG.set(octets, start + offset, value);
        return this;
    }

    /** Give the PDU back to its pool. The caller must not touch it again. */
    public void release() {
        if (!inUse) {
            throw new IllegalStateException("released twice");
        }
        inUse = false;
        pool.giveBack(this);
    }

    /** The data in hexadecimal, without spaces. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets, start, end);
    }
}
