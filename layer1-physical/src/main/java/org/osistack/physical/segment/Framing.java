package org.osistack.physical.segment;

/** How long frames are and may be on the sockets of a segment. */
final class Framing {
    /** Octets of the length field in front of each frame. */
    static final int LENGTH_FIELD = 4;

    /** Octets of the frame check sequence. */
    static final int FCS = 4;

    /** The longest SDU of layer 2: that of a jumbo frame. */
    static final int MAX_MTU = 9000;

    /** Header and one 802.1Q tag. */
    static final int HEADERS = 14 + 4;

    /** The longest frame, FCS included. A longer length field is garbage. */
    static final int MAX_FRAME = MAX_MTU + HEADERS + FCS;

    /** The shortest frame without FCS that an interface may send (IEEE 802.3 §4A.4.2: minFrameSize). */
    static final int MIN_FRAME = 60;

    private Framing() {}

    static boolean isValid(int length) {
        return length > 0 && length <= MAX_FRAME;
    }
}
