package org.osistack.datalink.ethernet;

import java.util.zip.CRC32;
import org.osistack.core.Pdu;

/**
 * The frame check sequence of IEEE 802.3 §3.2.9: the CRC-32 of all octets before it. The CRC's coefficients travel from
 * the highest to the lowest while each octet travels least significant bit first; with the CRC computed bit-reflected,
 * as {@link CRC32} does, this makes its least significant octet the first on the wire.
 */
final class FrameCheckSequence {
    private final CRC32 crc = new CRC32();

    /** Add the sequence to the end of the frame. */
    void append(Pdu frame) {
        int length = frame.length();
        int value = compute(frame, length);
        frame.pushTrailer(EthernetHeader.FCS_LENGTH).putInt32(length, Integer.reverseBytes(value));
    }

    /** Whether the last four octets of the frame are the sequence of those before; false for fewer than four octets. */
    boolean isRight(Pdu frame) {
        int covered = frame.length() - EthernetHeader.FCS_LENGTH;
        return covered >= 0 && frame.getInt32(covered) == Integer.reverseBytes(compute(frame, covered));
    }

    private int compute(Pdu frame, int length) {
        crc.reset();
        crc.update(frame.array(), frame.arrayOffset(), length);
        return (int) crc.getValue();
    }
}
