package org.osistack.physical.segment;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** One frame in the hub, as each kind of member wants it: with FCS and without. Used again for frame after frame. */
final class HubFrame {
    private static final int UNKNOWN = -1;
    private static final int BAD = 0;
    private static final int GOOD = 1;

    private final byte[] octets = new byte[Framing.MAX_FRAME + Framing.FCS];
    private final CRC32 crc = new CRC32();
    private int lengthWithFcs;
    private int fcs;

    /** Take a frame over whose FCS is there already; whether it is right is found out when somebody asks. */
    void setWithFcs(ByteBuffer source, int length) {
        source.get(octets, 0, length);
        lengthWithFcs = length;
        fcs = UNKNOWN;
    }

    /** Take a frame over that has no FCS, and give it padding and FCS. */
    void setPlain(ByteBuffer source, int length) {
        source.get(octets, 0, length);
        int padded = length;
        while (padded < Framing.MIN_FRAME) {
            octets[padded++] = 0;
        }
        int value = fcs(padded);
        for (int i = 0; i < Framing.FCS; i++) {
            octets[padded + i] = (byte) (value >>> 8 * i);
        }
        lengthWithFcs = padded + Framing.FCS;
        fcs = GOOD;
    }

    /** The FCS of the first octets; its first octet on the line is the least significant (IEEE 802.3 §3.2.9). */
    private int fcs(int length) {
        crc.reset();
        crc.update(octets, 0, length);
        return (int) crc.getValue();
    }

    byte[] octets() {
        return octets;
    }

    int lengthWithFcs() {
        return lengthWithFcs;
    }

    /** How many of the octets are the frame without FCS; -1 if the FCS is wrong. */
    int lengthWithoutFcs() {
        int length = lengthWithFcs - Framing.FCS;
        if (fcs == UNKNOWN) {
            fcs = length >= 0 && isRight(length) ? GOOD : BAD;
        }
        return fcs == GOOD ? length : -1;
    }

    private boolean isRight(int length) {
        int value = fcs(length);
        for (int i = 0; i < Framing.FCS; i++) {
            if (octets[length + i] != (byte) (value >>> 8 * i)) {
                return false;
            }
        }
        return true;
    }
}
