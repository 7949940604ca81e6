package org.osistack.presentation.ber;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ObjectIdentifier;

/**
 * Writes BER encodings from the last to the first.
 *
 * <p>The length of a value stands before the value: who writes backwards knows it when its turn comes. So a parser's
 * fields are written in reverse, and a constructed value gets its header after its contents:
 *
 * <pre>
 *   int end = out.mark();
 *   out.integer(0x81, event);
 *   out.integer(0x80, reason);
 *   out.wrap(Tag.SEQUENCE, end);        30 06  80 01 reason  81 01 event
 * </pre>
 *
 * <p>All lengths are definite and minimal. The encodings go into memory of the writer's own, or in front of the data of
 * a PDU, as the header of a layer does.
 */
public final class BerWriter {

    private byte[] octets;
    private int start;
    private Pdu pdu;

    /** Write into memory of the writer's own. */
    public BerWriter() {
        octets = new byte[128];
        start = octets.length;
    }

    /**
     * Write in front of the data of a PDU, which must have the headroom for it. The PDU remains the caller's.
     *
     * @throws IllegalStateException from the writing methods, if the headroom is used up
     */
    public BerWriter(Pdu pdu) {
        this.pdu = pdu;
    }

    /** Write in front of the data of another PDU from now on. */
    public BerWriter before(Pdu another) {
        pdu = another;
        octets = null;
        return this;
    }

    /** How many octets there are; with a PDU, its data is counted. To be passed to {@link #wrap} later. */
    public int mark() {
        return pdu != null ? pdu.length() : octets.length - start;
    }

    /** Put a header before all that was written since the mark was taken; with mark 0, before the data of the PDU too. */
    public BerWriter wrap(int tag, int mark) {
        int length = mark() - mark;
        if (length < 0x80) {
            put(length);
        } else {
            int count = 0;
            for (int rest = length; rest != 0; rest >>>= 8) {
                put(rest);
                count++;
            }
            put(0x80 | count);
        }
        return tag(tag);
    }

    private BerWriter tag(int tag) {
        if (Tag.isHigh(tag)) {
            int number = Tag.number(tag);
            put(number & 0x7f);
            while ((number >>>= 7) != 0) {
                put(0x80 | number & 0x7f);
            }
        }
        return put(Tag.leadingOctet(tag));
    }

    public BerWriter bool(int tag, boolean value) {
        int end = mark();
        return put(value ? 0xff : 0).wrap(tag, end);
    }

    /** An INTEGER or ENUMERATED. */
    public BerWriter integer(int tag, long value) {
        int end = mark();
        long rest = value;
        do {
            put((int) rest);
            rest >>= 8;
        } while (rest != 0 && rest != -1);
        int first = octets()[position()];
        if (first < 0 != value < 0) { // the first bit is the sign
            put((int) rest);
        }
        return wrap(tag, end);
    }

    public BerWriter nul(int tag) {
        return wrap(tag, mark());
    }

    public BerWriter objectIdentifier(int tag, ObjectIdentifier value) {
        return octetString(tag, value.contents());
    }

    public BerWriter octetString(int tag, Octets value) {
        int end = mark();
        return element(value).wrap(tag, end);
    }

    public BerWriter bitString(int tag, BitString value) {
        int end = mark();
        return element(value.octets()).put(value.unusedBits()).wrap(tag, end);
    }

    public BerWriter utf8String(int tag, String value) {
        return octetString(tag, Octets.ofText(value));
    }

    /** A GraphicString or IA5String, of which only ASCII characters are sure to arrive; others become a question mark. */
    public BerWriter asciiString(int tag, String value) {
        return octetString(tag, Octets.of(value.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Octets as they stand, such as a whole encoding. */
    public BerWriter element(Octets encoding) {
        byte[] source = encoding.toByteArray();
        return element(source, 0, source.length);
    }

    /** Octets as they stand: {@code length} of an array, from {@code offset} on. */
    public BerWriter element(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, octets(), position(), length);
        return this;
    }

    private BerWriter put(int octet) {
        reserve(1);
        octets()[position()] = (byte) octet;
        return this;
    }

    private void reserve(int length) {
        if (pdu != null) {
            pdu.pushHeader(length);
            return;
        }
        if (length > start) {
            int used = octets.length - start;
            byte[] larger = new byte[Math.max(2 * octets.length, used + length)];
            System.arraycopy(octets, start, larger, larger.length - used, used);
            start = larger.length - used;
            octets = larger;
        }
        start -= length;
    }

    private byte[] octets() {
        return pdu != null ? pdu.array() : octets;
    }

    private int position() {
        return pdu != null ? pdu.arrayOffset() : start;
    }

    /** What was written, as a value; with a PDU, its data included. */
    public Octets toOctets() {
        return pdu != null ? Octets.of(pdu) : Octets.of(Arrays.copyOfRange(octets, start, octets.length));
    }

    /** What was written into the writer's own memory, copied into a PDU that becomes the caller's. */
    public Pdu toPdu(PduPool pool) {
        if (pdu != null) {
            throw new IllegalStateException("it was written into a PDU");
        }
        int length = octets.length - start;
        return pool.take(length).append(octets, start, length);
    }
}
