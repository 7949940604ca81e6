package org.osistack.presentation.ber;

import org.osistack.core.Pdu;

/** Finds out how long an encoding is: for those who have to cut a stream into values, or check that there is just one. */
public final class BerLength {
    /** The octets so far are the beginning of an encoding; more are needed to tell how long it is. */
    public static final int INCOMPLETE = -1;
    /** The octets are not the beginning of an encoding, or of one that is nested too deep or is far too long. */
    public static final int MALFORMED = -2;
    /** How deep values with indefinite lengths may be nested. */
    static final int MAX_DEPTH = 64;

    private static final int MAX_TAG_OCTETS = 5;
    private static final long INDEFINITE = 1L << 62;

    private BerLength() {}

    /**
     * The length of the encoding that begins with the PDU's first octet, header included. It is known as soon as the
     * header is there, and may be more than the PDU holds, unless its length is indefinite: then its end must be there.
     */
    public static int of(Pdu pdu) {
        int from = pdu.arrayOffset();
        return of(pdu.array(), from, from + pdu.length());
    }

    /** The same of the octets of an array from {@code from} up to, and without, {@code to}. */
    public static int of(byte[] octets, int from, int to) {
        long header = header(octets, from, to);
        if (header < 0) {
            return (int) header;
        }
        int contents = from + headerLength(header);
        if (!isIndefinite(header)) {
            long length = (long) headerLength(header) + contentLength(header);
            return length > Integer.MAX_VALUE ? MALFORMED : (int) length;
        }
        int end = endOfContents(octets, contents, to);
        return end < 0 ? end : end - from;
    }

    /** As {@link #of(Pdu)}, of an encoding whose length must be definite, so that its end need not be looked for. */
    public static int ofDefinite(Pdu pdu) {
        int from = pdu.arrayOffset();
        int to = from + pdu.length();
        return isIndefinite(header(pdu.array(), from, to)) ? MALFORMED : of(pdu.array(), from, to);
    }

    /** Whether the PDU is one whole encoding and nothing else. */
    public static boolean isOne(Pdu pdu) {
        return pdu.length() > 0 && of(pdu) == pdu.length();
    }

    /**
     * Where the contents of indefinite length that begin here end, their end-of-contents octets included; negative as
     * {@link #of}.
     */
    static int endOfContents(byte[] octets, int from, int to) {
        int at = from;
        for (int depth = 1; depth > 0; ) {
            if (at < to && octets[at] == 0) {
                if (at + 1 == to) {
                    return INCOMPLETE;
                }
                if (octets[at + 1] != 0) {
                    return MALFORMED;
                }
                at += 2;
                depth--;
                continue;
            }
            long header = header(octets, at, to);
            if (header < 0) {
                return (int) header;
            }
            at += headerLength(header);
            if (isIndefinite(header)) {
                if (++depth > MAX_DEPTH) {
                    return MALFORMED;
                }
            } else if (contentLength(header) > to - at) {
                return INCOMPLETE;
            } else {
                at += contentLength(header);
            }
        }
        return at;
    }

    /** The header that begins here, as {@link #headerLength} and the others take it; negative if there is none. */
    static long header(byte[] octets, int from, int to) {
        int at = from;
        if (at >= to) {
            return INCOMPLETE;
        }
        int leading = octets[at++] & 0xff;
        if (leading == 0) {
            return MALFORMED; // end-of-contents where none is due (X.690 §8.1.5)
        }
        if ((leading & 0x1f) == 0x1f) {
            do {
                if (at == to) {
                    return at - from < MAX_TAG_OCTETS ? INCOMPLETE : MALFORMED;
                }
                if (at - from == MAX_TAG_OCTETS) {
                    return MALFORMED;
                }
            } while ((octets[at++] & 0x80) != 0);
        }
        if (at >= to) {
            return INCOMPLETE;
        }
        int first = octets[at++] & 0xff;
        if (first < 0x80) {
            return pack(at - from, first);
        }
        if (first == 0x80) {
            return (leading & Tag.CONSTRUCTED) == 0 ? MALFORMED : INDEFINITE | pack(at - from, 0);
        }
        int count = first & 0x7f; // long form; 127 is reserved (X.690 §8.1.3.5)
        if (count == 0x7f) {
            return MALFORMED;
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            if (at >= to) {
                return INCOMPLETE;
            }
            length = length << 8 | octets[at++] & 0xff;
            if (length > Integer.MAX_VALUE) {
                return MALFORMED;
            }
        }
        return pack(at - from, (int) length);
    }

    private static long pack(int headerLength, int contentLength) {
        return (long) headerLength << 32 | contentLength;
    }

    static int headerLength(long header) {
        return (int) (header >>> 32 & 0xffff);
    }

    static int contentLength(long header) {
        return (int) header;
    }

    static boolean isIndefinite(long header) {
        return header >= INDEFINITE;
    }
}
