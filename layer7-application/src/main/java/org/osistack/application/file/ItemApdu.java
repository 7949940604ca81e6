package org.osistack.application.file;

import java.util.Arrays;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;

/**
 * The APDU that one RT-TRANSFER carries: a file or folder with all its octets, which need not fit into memory.
 *
 * <pre>
 *   ItemApdu ::= [9] SEQUENCE {
 *     item     [4] Item,                             -- as in FileApdu
 *     contents [5] OCTET STRING OPTIONAL,            -- of a file: all of it
 *     sha256   [6] OCTET STRING (SIZE (32)) OPTIONAL }
 *
 *   |&lt;---------- prefix ----------&gt;|&lt;- contents -&gt;|&lt;--- suffix ---&gt;|
 *   | a9 L | a4 L item… | 85 L     | size octets  | 86 20 SHA-256  |
 * </pre>
 *
 * <p>All lengths are definite, so that the prefix tells them.
 *
 * @param item what it is
 * @param prefixLength octets before the contents; of a folder, all of them
 */
record ItemApdu(FileApdu.Item item, int prefixLength) {
    /** The longest prefix, in octets. */
    static final int MAX_PREFIX = 2048;
    /** Octets behind the contents of a file. */
    static final int SUFFIX = 2 + Digests.LENGTH;

    private static final int TAG = 0xa9; // [9], constructed
    private static final int LONG_FORM = 0x80;

    /** The octets before the contents. */
    static byte[] prefix(FileApdu.Item item) {
        BerWriter out = new BerWriter();
        item.write(out);
        byte[] encoded = out.toOctets().toByteArray();
        byte[] contents = item.isFolder() ? new byte[0] : header(FileApdu.DATA, item.size());
        long length = encoded.length + (item.isFolder() ? 0 : contents.length + item.size() + SUFFIX);
        byte[] outer = header(TAG, length);
        byte[] prefix = Arrays.copyOf(outer, outer.length + encoded.length + contents.length);
        System.arraycopy(encoded, 0, prefix, outer.length, encoded.length);
        System.arraycopy(contents, 0, prefix, outer.length + encoded.length, contents.length);
        return prefix;
    }

    /** The octets behind the contents. */
    static byte[] suffix(byte[] sha256) {
        byte[] suffix = new byte[SUFFIX];
        suffix[0] = (byte) FileApdu.ITEM_END;
        suffix[1] = Digests.LENGTH;
        System.arraycopy(sha256, 0, suffix, 2, Digests.LENGTH);
        return suffix;
    }

    /** Whether these are the octets behind the contents, if that is their SHA-256. */
    static boolean isSuffix(byte[] octets, byte[] sha256) {
        return Arrays.equals(octets, suffix(sha256));
    }

    private static byte[] header(int tag, long length) {
        int octets = 0;
        for (long rest = length; rest > 0; rest >>>= 8) {
            octets++;
        }
        if (length < LONG_FORM) {
            return new byte[] {(byte) tag, (byte) length};
        }
        byte[] header = new byte[2 + octets];
        header[0] = (byte) tag;
        header[1] = (byte) (LONG_FORM | octets);
        for (int i = 0; i < octets; i++) {
            header[2 + i] = (byte) (length >>> 8 * (octets - 1 - i));
        }
        return header;
    }

    /** How many octets the APDU has. */
    long length() {
        return prefixLength + (item.isFolder() ? 0 : item.size() + SUFFIX);
    }

    /**
     * Read the prefix from the beginning of an APDU.
     *
     * @return null if there are not enough octets yet
     * @throws TransferException if it is none
     */
    static ItemApdu parse(byte[] octets, int length) throws TransferException {
        Cursor in = new Cursor(octets, length);
        long whole = in.enter(TAG);
        int begin = in.at;
        int itemBegin = in.at;
        long itemLength = in.enter(FileApdu.ITEM);
        if (itemLength > MAX_PREFIX) {
            throw malformed();
        }
        in.at += (int) Math.max(0, itemLength);
        if (in.isShort()) {
            return incomplete(length);
        }
        FileApdu.Item item = item(Octets.of(Arrays.copyOfRange(octets, itemBegin, in.at)));
        if (!item.isFolder()) {
            long contents = in.enter(FileApdu.DATA);
            if (in.isShort()) {
                return incomplete(length);
            }
            if (contents != item.size()) {
                throw malformed();
            }
        }
        ItemApdu apdu = new ItemApdu(item, in.at);
        if (whole != apdu.length() - begin) {
            throw malformed();
        }
        return apdu;
    }

    private static ItemApdu incomplete(int length) throws TransferException {
        if (length >= MAX_PREFIX) {
            throw malformed();
        }
        return null;
    }

    private static FileApdu.Item item(Octets encoding) throws TransferException {
        BerReader reader = new BerReader(encoding);
        FileApdu apdu = FileApdu.read(reader);
        reader.end();
        if (reader.isMalformed() || !(apdu instanceof FileApdu.Item item)) {
            throw malformed();
        }
        return item;
    }

    private static TransferException malformed() {
        return new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "an APDU that is not understood");
    }

    /** Where tags and lengths are read, as far as there are octets. */
    private static final class Cursor {
        private final byte[] octets;
        private final int length;
        private int at;

        Cursor(byte[] octets, int length) {
            this.octets = octets;
            this.length = length;
        }

        boolean isShort() {
            return at > length;
        }

        private int next() {
            int octet = at < length ? octets[at] & 0xff : 0;
            at++;
            return octet;
        }

        /** Pass a tag and a length: the latter. Without meaning if there were not enough octets. */
        long enter(int tag) throws TransferException {
            boolean isThere = at < length;
            if (next() != tag && isThere) {
                throw malformed();
            }
            int first = next();
            if (first < LONG_FORM || isShort()) {
                return first;
            }
            int count = first & 0x7f;
            if (count == 0 || count > 8) {
                throw malformed();
            }
            long value = 0;
            for (int i = 0; i < count; i++) {
                value = value << 8 | next();
            }
            if (value < 0) {
                throw malformed();
            }
            return value;
        }
    }
}
