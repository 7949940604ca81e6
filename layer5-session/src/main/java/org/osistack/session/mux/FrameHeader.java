package org.osistack.session.mux;

import org.osistack.core.Pdu;

/**
 * The header of a frame, as a view of the octets of a PDU (mux §3).
 *
 * <pre>
 *   octet   0      1       2             4                  8                  12
 *           | type | flags | body length | session          | sequence         | body
 * </pre>
 */
final class FrameHeader {
    static final int LENGTH = 12;
    /** The longest body that the length field can tell. */
    static final int MAX_BODY = 0xffff;

    /** Of a unit: this is its last frame. */
    static final int END = 0x01;
    /** Of RESUME: the peer is asked for the same. */
    static final int ASK = 0x02;

    private static final int TYPE = 0;
    private static final int FLAGS = 1;
    private static final int BODY_LENGTH = 2;
    private static final int SESSION = 4;
    private static final int SEQUENCE = 8;

    private Pdu frame;

    FrameHeader wrap(Pdu newFrame) {
        this.frame = newFrame;
        return this;
    }

    /**
     * Whether the octets begin with a header that can be: a type that exists, flags that the type has, a length that it
     * allows, and a session where there has to be one.
     *
     * @param octets at least {@link #LENGTH}
     */
    static boolean isPossible(Pdu octets) {
        FrameType type = FrameType.of(octets.getUint8(TYPE));
        if (type == null || !type.allows(octets.getUint16(BODY_LENGTH))) {
            return false;
        }
        int flags = octets.getUint8(FLAGS);
        int allowed = type.isUnit() ? END : type == FrameType.RESUME ? ASK : 0;
        return (flags & ~allowed) == 0 && octets.getInt32(SESSION) != 0 == (type.kind() != FrameType.Kind.PATH);
    }

    /** The length of the whole frame that the octets begin with, which has a possible header. */
    static int frameLength(Pdu octets) {
        return LENGTH + octets.getUint16(BODY_LENGTH);
    }

    /** Write a header into an array, as a send buffer needs it. */
    static void write(byte[] target, FrameType type, int flags, int bodyLength, int session, int sequence) {
        target[TYPE] = (byte) type.code();
        target[FLAGS] = (byte) flags;
        target[BODY_LENGTH] = (byte) (bodyLength >>> 8);
        target[BODY_LENGTH + 1] = (byte) bodyLength;
        for (int i = 0; i < 4; i++) {
            target[SESSION + i] = (byte) (session >>> 24 - 8 * i);
            target[SEQUENCE + i] = (byte) (sequence >>> 24 - 8 * i);
        }
    }

    /** Append a header to an empty PDU. */
    static Pdu append(Pdu pdu, FrameType type, int flags, int bodyLength, int session, int sequence) {
        pdu.pushTrailer(LENGTH);
        return pdu.putUint8(TYPE, type.code())
                .putUint8(FLAGS, flags)
                .putUint16(BODY_LENGTH, bodyLength)
                .putInt32(SESSION, session)
                .putInt32(SEQUENCE, sequence);
    }

    FrameType type() {
        return FrameType.of(frame.getUint8(TYPE));
    }

    boolean isEnd() {
        return (frame.getUint8(FLAGS) & END) != 0;
    }

    boolean isAsking() {
        return (frame.getUint8(FLAGS) & ASK) != 0;
    }

    int bodyLength() {
        return frame.getUint16(BODY_LENGTH);
    }

    int session() {
        return frame.getInt32(SESSION);
    }

    /** The low 32 bits of a position in the session's sequence; of PING and PONG, a number that comes back. */
    int sequence() {
        return frame.getInt32(SEQUENCE);
    }

    /** The 64-bit position nearest to a known one whose low 32 bits are these. */
    static long expand(long near, int low) {
        return near + (low - (int) near);
    }
}
