package org.osistack.core.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts one block of a pcapng file together (draft-ietf-opsawg-pcapng §3.1), and options in it (§3.5). Integers are big
 * endian throughout, which the format allows.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                          Block Type                           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                      Block Total Length                       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   /                          Block Body                           /
 *   /              variable length, padded to 32 bits               /
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                      Block Total Length                       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 *   An option, at the end of the body:
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |         Option Code           |         Option Length         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   /                          Option Value                         /
 *   /              variable length, padded to 32 bits               /
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class BlockWriter {
    private static final int END_OF_OPTIONS = 0;
    private static final int MAX_OPTION = 0xffff; // octets
    private static final int TOTAL_LENGTH = 4; // where it is in the block

    private final OutputStream out;
    private byte[] block = new byte[4096];
    private int length;
    private boolean hasOptions;

    BlockWriter(OutputStream out) {
        this.out = out;
    }

    /** Begin a block. */
    BlockWriter begin(int type) {
        length = 0;
        hasOptions = false;
        return uint32(type).uint32(0); // the length is known at the end
    }

    BlockWriter uint8(int value) {
        room(1);
        block[length++] = (byte) value;
        return this;
    }

    BlockWriter uint16(int value) {
        return uint8(value >>> 8).uint8(value);
    }

    BlockWriter uint32(int value) {
        return uint16(value >>> 16).uint16(value);
    }

    BlockWriter uint64(long value) {
        return uint32((int) (value >>> 32)).uint32((int) value);
    }

    BlockWriter octets(byte[] octets) {
        room(octets.length);
        System.arraycopy(octets, 0, block, length, octets.length);
        length += octets.length;
        return this;
    }

    /** Fill up to 32 bits. */
    BlockWriter pad() {
        while (length % 4 != 0) {
            uint8(0);
        }
        return this;
    }

    /** Add an option unless its value is empty; what is longer than an option can be is cut off. */
    BlockWriter option(int code, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        return value.length == 0 ? this : option(code, cut(value));
    }

    BlockWriter option(int code, byte... value) {
        hasOptions = true;
        return uint16(code).uint16(value.length).octets(value).pad();
    }

    /** Cut a text in UTF-8 between two of its characters. */
    private static byte[] cut(byte[] text) {
        if (text.length <= MAX_OPTION) {
            return text;
        }
        int end = MAX_OPTION;
        while ((text[end] & 0xc0) == 0x80) { // not the first octet of a character
            end--;
        }
        return Arrays.copyOf(text, end);
    }

    /** End the block and write it. */
    void end() throws IOException {
        if (hasOptions) {
            uint16(END_OF_OPTIONS).uint16(0);
        }
        int total = length + 4;
        uint32(total);
        length = TOTAL_LENGTH;
        uint32(total);
        out.write(block, 0, total);
    }

    private void room(int octets) {
        if (length + octets > block.length) {
            block = Arrays.copyOf(block, Math.max(2 * block.length, length + octets));
        }
    }
}
