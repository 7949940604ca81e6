package org.osistack.presentation.ber;

import org.osistack.core.Octets;

/**
 * A value of BIT STRING.
 *
 * @param octets the bits, first one in the most significant bit
 * @param unusedBits how many bits of the last octet don't count, from 0 to 7
 */
public record BitString(Octets octets, int unusedBits) {
    public BitString {
        if (unusedBits < 0 || unusedBits > 7 || octets.isEmpty() && unusedBits > 0) {
            throw new IllegalArgumentException(unusedBits + " unused bits in " + octets.length() + " octets");
        }
    }

    /**
     * A value of named bits.
     *
     * @param bits bit 0 of the value in the least significant bit
     * @param length how many bits there are; at most 32
     */
    public static BitString ofNamed(int bits, int length) {
        byte[] octets = new byte[(length + 7) / 8];
        for (int i = 0; i < length; i++) {
            if ((bits >>> i & 1) != 0) {
                octets[i / 8] |= (byte) (0x80 >>> i % 8);
            }
        }
        return new BitString(Octets.of(octets), octets.length * 8 - length);
    }

    /** How many bits it has. */
    public int length() {
        return octets.length() * 8 - unusedBits;
    }

    /** Whether that bit is there and set. */
    public boolean has(int bit) {
        return bit < length() && (octets.at(bit / 8) << bit % 8 & 0x80) != 0;
    }

    /** The first 32 bits, bit 0 in the least significant bit; bits that are not there are 0. */
    public int named() {
        int bits = 0;
        for (int i = 0; i < 32; i++) {
            if (has(i)) {
                bits |= 1 << i;
            }
        }
        return bits;
    }
}
