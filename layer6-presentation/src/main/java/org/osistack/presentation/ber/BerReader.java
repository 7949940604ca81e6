package org.osistack.presentation.ber;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ObjectIdentifier;

/**
 * Reads BER encodings, one after another, from octets that nobody has vouched for.
 *
 * <p>The reader stands before an encoding; {@link #tag()} tells which, the reading methods take its value and go on to
 * the next, {@link #enter} goes into a constructed one and {@link #leave} out of it. What cannot be read makes the
 * reader {@linkplain #isMalformed() malformed}, once and for all: from then on there is nothing more to read, and
 * values are zero or empty. So a parser reads all that it expects, and asks once, at the end, whether it was there.
 *
 * <pre>
 *   reader.enter(Tag.SEQUENCE);
 *   int context = reader.integer(Tag.INTEGER, 1, MAX_CONTEXT);
 *   while (reader.hasMore()) { … }
 *   reader.leave();
 *   return reader.isMalformed() ? null : new …;
 * </pre>
 *
 * <p>Definite and indefinite lengths are read alike, and so are strings in one piece and in segments.
 */
public final class BerReader {
    /** What is read where an object identifier is malformed. */
    private static final ObjectIdentifier NO_OBJECT = ObjectIdentifier.of("0.0");

    private byte[] octets;
    private int origin;
    private final int[] limitsOutside = new int[BerLength.MAX_DEPTH];
    private final int[] positionsAfter = new int[BerLength.MAX_DEPTH];
    private int depth;
    private int position;
    private int limit;
    private boolean malformed;

    // Of the encoding that was opened last.
    private int contents;
    private int contentsEnd;
    private int after;

    /** Read the octets of an array from {@code from} up to, and without, {@code to}. */
    public BerReader(byte[] octets, int from, int to) {
        begin(octets, from, to);
    }

    public BerReader(byte[] octets) {
        this(octets, 0, octets.length);
    }

    public BerReader(Octets octets) {
        this(octets.toByteArray());
    }

    /** Read the data of a PDU where it lies. The PDU remains the caller's, who must not touch it meanwhile. */
    public BerReader(Pdu pdu) {
        this(pdu.array(), pdu.arrayOffset(), pdu.arrayOffset() + pdu.length());
    }

    /** Begin afresh with the data of another PDU, on the same terms. */
    public BerReader over(Pdu pdu) {
        begin(pdu.array(), pdu.arrayOffset(), pdu.arrayOffset() + pdu.length());
        return this;
    }

    private void begin(byte[] array, int from, int to) {
        octets = array;
        origin = from;
        position = from;
        limit = to;
        depth = 0;
        malformed = false;
    }

    /** Whether something could not be read, or was declared wrong by {@link #fail()}. */
    public boolean isMalformed() {
        return malformed;
    }

    /** Declare what was read wrong. */
    public void fail() {
        malformed = true;
    }

    /** Declare it wrong if there is more to read here. */
    public void end() {
        if (hasMore()) {
            fail();
        }
    }

    /** Whether another encoding follows, inside the constructed value that was entered last. */
    public boolean hasMore() {
        return !malformed && position < limit;
    }

    /** The offset of the next encoding from the first octet that this reader was given. */
    public int offset() {
        return position - origin;
    }

    /** How many octets are left inside the constructed value that was entered last. */
    public int remaining() {
        return malformed ? 0 : limit - position;
    }

    /** The length of the next encoding, header included; 0 if none follows that can be read. */
    public int length() {
        if (!hasMore()) {
            return 0;
        }
        boolean opened = open(tag());
        malformed = false; // only asked, not read
        return opened ? after - position : 0;
    }

    /** The tag of the next encoding; {@link Tag#NONE} if none follows. */
    public int tag() {
        if (!hasMore()) {
            return Tag.NONE;
        }
        int leading = octets[position] & 0xff;
        if ((leading & 0x1f) != 0x1f) {
            return leading; // 0, an end-of-contents out of place, is no tag either
        }
        if (BerLength.header(octets, position, limit) < 0) {
            return Tag.NONE;
        }
        int number = 0;
        for (int at = position + 1; ; at++) {
            number = number << 7 | octets[at] & 0x7f;
            if ((octets[at] & 0x80) == 0) {
                break;
            }
        }
        return number > Tag.MAX_NUMBER ? Tag.NONE : Tag.high(leading, number);
    }

    public boolean isAt(int tag) {
        return tag() == tag;
    }

    /** Go into a constructed value that has this tag. */
    public BerReader enter(int tag) {
        if (!open(tag) || depth == BerLength.MAX_DEPTH || !Tag.isConstructed(tag)) {
            fail();
            return this;
        }
        limitsOutside[depth] = limit;
        positionsAfter[depth] = after;
        depth++;
        position = contents;
        limit = contentsEnd;
        return this;
    }

    /** Go on behind the constructed value that was entered last, whatever was left in it. */
    public BerReader leave() {
        if (!malformed) {
            depth--;
            limit = limitsOutside[depth];
            position = positionsAfter[depth];
        }
        return this;
    }

    /** Go on behind the next encoding, whatever it is. */
    public void skip() {
        if (open(tag())) {
            position = after;
        }
    }

    /** Go on behind the next encoding, whose contents lie where {@link #contentsOffset} and the length say. */
    public void pass(int tag) {
        if (open(tag)) {
            position = after;
        }
    }

    /** The offset of the contents of the encoding read last, from the first octet that this reader was given. */
    public int contentsOffset() {
        return contents - origin;
    }

    /** How many octets of contents the encoding read last has, without the end of an indefinite length. */
    public int contentsLength() {
        return contentsEnd - contents;
    }

    /** The next encoding as it stands, header included. */
    public Octets element() {
        int from = position;
        if (!open(tag())) {
            return Octets.EMPTY;
        }
        position = after;
        return octets(from, after);
    }

    /** The contents of the next encoding as they stand. */
    public Octets contents(int tag) {
        if (!open(tag)) {
            return Octets.EMPTY;
        }
        position = after;
        return octets(contents, contentsEnd);
    }

    public boolean bool(int tag) {
        if (!openPrimitive(tag, 1, 1)) {
            return false;
        }
        return octets[contents] != 0;
    }

    /** An INTEGER or ENUMERATED of at most 64 bits. */
    public long integer(int tag) {
        if (!openPrimitive(tag, 1, 8)) {
            return 0;
        }
        long value = octets[contents];
        for (int at = contents + 1; at < contentsEnd; at++) {
            value = value << 8 | octets[at] & 0xff;
        }
        return value;
    }

    /** An INTEGER or ENUMERATED that is wrong outside these bounds. */
    public int integer(int tag, int min, int max) {
        long value = integer(tag);
        if (value < min || value > max) {
            fail();
            return min;
        }
        return (int) value;
    }

    public void nul(int tag) {
        openPrimitive(tag, 0, 0);
    }

    public ObjectIdentifier objectIdentifier(int tag) {
        ObjectIdentifier identifier = openPrimitive(tag, 1, Integer.MAX_VALUE)
                ? ObjectIdentifier.ofContents(octets, contents, contentsEnd)
                : null;
        if (identifier == null) {
            fail();
            return NO_OBJECT;
        }
        return identifier;
    }

    public Octets octetString(int tag) {
        if (tag() != Tag.constructed(tag)) {
            return openPrimitive(tag, 0, Integer.MAX_VALUE) ? octets(contents, contentsEnd) : Octets.EMPTY;
        }
        enter(Tag.constructed(tag));
        BerWriter joined = new BerWriter();
        ArrayDeque<Octets> segments = new ArrayDeque<>();
        while (hasMore()) {
            segments.push(octetString(Tag.OCTET_STRING));
        }
        segments.forEach(joined::element);
        leave();
        return malformed ? Octets.EMPTY : joined.toOctets();
    }

    public BitString bitString(int tag) {
        BitString none = new BitString(Octets.EMPTY, 0);
        if (tag() == Tag.constructed(tag)) {
            return segmentedBitString(tag, none);
        }
        if (!openPrimitive(tag, 1, Integer.MAX_VALUE)) {
            return none;
        }
        int unused = octets[contents] & 0xff;
        if (unused > 7 || unused > 0 && contentsEnd - contents == 1) {
            fail();
            return none;
        }
        return new BitString(octets(contents + 1, contentsEnd), unused);
    }

    private BitString segmentedBitString(int tag, BitString none) {
        enter(Tag.constructed(tag));
        ArrayDeque<Octets> segments = new ArrayDeque<>();
        int unused = 0;
        while (hasMore()) {
            if (unused != 0) { // only the last segment may have some (X.690 §8.6.4)
                fail();
            }
            BitString segment = bitString(Tag.BIT_STRING);
            segments.push(segment.octets());
            unused = segment.unusedBits();
        }
        leave();
        BerWriter joined = new BerWriter();
        segments.forEach(joined::element);
        return malformed ? none : new BitString(joined.toOctets(), unused);
    }

    public String utf8String(int tag) {
        return new String(octetString(tag).toByteArray(), StandardCharsets.UTF_8);
    }

    /** A GraphicString or IA5String; each octet a character of ISO 8859-1, of which ASCII is the part that is sure. */
    public String latinString(int tag) {
        return new String(octetString(tag).toByteArray(), StandardCharsets.ISO_8859_1);
    }

    private boolean openPrimitive(int tag, int minLength, int maxLength) {
        if (Tag.isConstructed(tag) || !open(tag)) {
            fail();
            return false;
        }
        int length = contentsEnd - contents;
        if (length < minLength || length > maxLength) {
            fail();
            return false;
        }
        position = after;
        return true;
    }

    /** Find the contents of the next encoding, which must have this tag. */
    private boolean open(int tag) {
        if (tag == Tag.NONE || tag() != tag) {
            fail();
            return false;
        }
        long header = BerLength.header(octets, position, limit);
        if (header < 0) {
            fail();
            return false;
        }
        contents = position + BerLength.headerLength(header);
        if (BerLength.isIndefinite(header)) {
            after = BerLength.endOfContents(octets, contents, limit);
            contentsEnd = after - 2;
        } else {
            contentsEnd = contents + BerLength.contentLength(header);
            after = BerLength.contentLength(header) > limit - contents ? -1 : contentsEnd;
        }
        if (after < 0) {
            fail();
            return false;
        }
        return true;
    }

    private Octets octets(int from, int to) {
        return Octets.of(Arrays.copyOfRange(octets, from, to));
    }
}
