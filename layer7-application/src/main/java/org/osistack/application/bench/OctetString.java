package org.osistack.application.bench;

import org.osistack.core.Pdu;

/**
 * A BER OCTET STRING in primitive form (X.690 §8.7) where it lies in a PDU. {@code BerReader} would copy the contents,
 * which a measurement does not look at.
 */
final class OctetString {
    /** Tag, and a length in up to four octets behind their number. */
    static final int MAX_HEADER = 6;

    private static final int TAG = 0x04;
    private static final int LONG_FORM = 0x80; // X.690 §8.1.3.5

    private OctetString() {}

    /** Append the first {@code length} octets of the array as one encoding. */
    static Pdu append(Pdu pdu, byte[] octets, int length) {
        pdu.appendUint8(TAG);
        if (length < LONG_FORM) {
            pdu.appendUint8(length);
        } else {
            int count = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            pdu.appendUint8(LONG_FORM | count);
            for (int i = count - 1; i >= 0; i--) {
                pdu.appendUint8(length >>> 8 * i & 0xff);
            }
        }
        return pdu.append(octets, 0, length);
    }

    /** How many of the last octets are the contents; -1 if it is not one whole encoding of this kind. */
    static int contentsLength(Pdu pdu) {
        int available = pdu.length();
        if (available < 2 || pdu.getUint8(0) != TAG) {
            return -1;
        }
        int first = pdu.getUint8(1);
        if (first < LONG_FORM) {
            return first == available - 2 ? first : -1;
        }
        int count = first & 0x7f;
        int header = 2 + count;
        if (count == 0 || count > 4 || available < header) {
            return -1;
        }
        long length = 0;
        for (int i = 2; i < header; i++) {
            length = length << 8 | pdu.getUint8(i);
        }
        return length == available - header ? (int) length : -1;
    }
}
