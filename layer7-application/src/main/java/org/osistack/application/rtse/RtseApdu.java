package org.osistack.application.rtse;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/**
 * An APDU of RTSE (X.228 §8) but RTTR, which has no record of its own: {@link Rttr} puts its header in front of the
 * octets and takes it off. In X.228 all tags are explicit where IMPLICIT is not written.
 */
sealed interface RtseApdu {
    int RTORQ = 0xb0;
    int RTOAC = 0xb1;
    int RTORJ = 0xb2;
    int RTAB = 0xb6;
    /** What ISODE sends in place of RTAB when its provider aborts: the number without the class. */
    int RTAB_OF_ISODE = 0x36;

    int CHECKPOINT_SIZE = 0x80;
    int WINDOW_SIZE = 0x81;
    int DIALOGUE_MODE = 0x82;
    int OPEN = 0xa0;
    int RECOVER = 0xa1;
    int DEFAULT_WINDOW = 3;

    /** The whole encoding. */
    Octets emit();

    /** Read an APDU that travels with an A-ASSOCIATE or A-ABORT; null if it is none. */
    static RtseApdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        RtseApdu apdu = switch (reader.tag()) {
            case RTORQ -> Rtorq.parse(reader);
            case RTOAC -> Rtoac.parse(reader);
            case RTORJ -> Rtorj.parse(reader);
            case RTAB, RTAB_OF_ISODE -> Rtab.parse(reader);
            default -> null;
        };
        reader.end();
        return reader.isMalformed() ? null : apdu;
    }

    /**
     * RT-OPEN request.
     *
     * <pre>
     *   B0 L [80 checkpointSize, default 0] [81 windowSize, default 3] [82 dialogueMode, default 0 monologue]
     *        A3 L (A0 L open | A1 L recover) connectionDataRQ  [84 applicationProtocol, X.410 mode only]
     * </pre>
     *
     * @param checkpointSize in units of 1024 octets; 0 leaves it to the responder
     * @param recovered the association to be continued; null for a new one
     * @param userData of a new one: one encoding; empty for none
     */
    record Rtorq(
            int checkpointSize,
            int windowSize,
            DialogueMode mode,
            SessionConnectionIdentifier recovered,
            Octets userData)
            implements RtseApdu {
        private static final int CONNECTION_DATA = 0xa3;

        private static Rtorq parse(BerReader reader) {
            int checkpointSize = 0;
            int windowSize = DEFAULT_WINDOW;
            DialogueMode mode = DialogueMode.MONOLOGUE;
            ConnectionData data = null;
            reader.enter(RTORQ);
            while (reader.hasMore()) {
                switch (reader.tag()) {
                    case CHECKPOINT_SIZE -> checkpointSize = reader.integer(CHECKPOINT_SIZE, 0, Integer.MAX_VALUE);
                    case WINDOW_SIZE -> windowSize = reader.integer(WINDOW_SIZE, 1, Integer.MAX_VALUE);
                    case DIALOGUE_MODE -> mode = DialogueMode.values()[reader.integer(DIALOGUE_MODE, 0, 1)];
                    case CONNECTION_DATA -> data = ConnectionData.parse(reader, CONNECTION_DATA);
                    default -> reader.skip();
                }
            }
            reader.leave();
            if (data == null) {
                reader.fail();
                return null;
            }
            return new Rtorq(checkpointSize, windowSize, mode, data.recovered(), data.userData());
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter();
            new ConnectionData(recovered, userData).emit(out, CONNECTION_DATA);
            if (mode != DialogueMode.MONOLOGUE) {
                out.integer(DIALOGUE_MODE, mode.ordinal());
            }
            emitSizes(out, checkpointSize, windowSize);
            return out.wrap(RTORQ, 0).toOctets();
        }
    }

    /**
     * RT-OPEN response that accepts.
     *
     * <pre>
     *   B1 L [80 checkpointSize, default 0] [81 windowSize, default 3]  A2 L (A0 L open | A1 L recover) connectionDataAC
     * </pre>
     *
     * @param checkpointSize in units of 1024 octets; 0 for no checkpoints
     * @param recovered the association that is continued; null for a new one
     */
    record Rtoac(int checkpointSize, int windowSize, SessionConnectionIdentifier recovered, Octets userData)
            implements RtseApdu {
        private static final int CONNECTION_DATA = 0xa2;

        private static Rtoac parse(BerReader reader) {
            int checkpointSize = 0;
            int windowSize = DEFAULT_WINDOW;
            ConnectionData data = null;
            reader.enter(RTOAC);
            while (reader.hasMore()) {
                switch (reader.tag()) {
                    case CHECKPOINT_SIZE -> checkpointSize = reader.integer(CHECKPOINT_SIZE, 0, Integer.MAX_VALUE);
                    case WINDOW_SIZE -> windowSize = reader.integer(WINDOW_SIZE, 1, Integer.MAX_VALUE);
                    case CONNECTION_DATA -> data = ConnectionData.parse(reader, CONNECTION_DATA);
                    default -> reader.skip();
                }
            }
            reader.leave();
            if (data == null) {
                reader.fail();
                return null;
            }
            return new Rtoac(checkpointSize, windowSize, data.recovered(), data.userData());
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter();
            new ConnectionData(recovered, userData).emit(out, CONNECTION_DATA);
            emitSizes(out, checkpointSize, windowSize);
            return out.wrap(RTOAC, 0).toOctets();
        }
    }

    /**
     * RT-OPEN response that refuses.
     *
     * <pre>
     *   B2 L [80 refuseReason, X.410 mode only] [A1 L userDataRJ]
     * </pre>
     */
    record Rtorj(Octets userData) implements RtseApdu {
        private static final int USER_DATA = 0xa1;

        private static Rtorj parse(BerReader reader) {
            Octets userData = Octets.EMPTY;
            reader.enter(RTORJ);
            while (reader.hasMore()) {
                if (reader.isAt(USER_DATA)) {
                    userData = explicit(reader, USER_DATA);
                } else {
                    reader.skip();
                }
            }
            reader.leave();
            return new Rtorj(userData);
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter();
            if (!userData.isEmpty()) {
                out.element(userData).wrap(USER_DATA, 0);
            }
            return out.wrap(RTORJ, 0).toOctets();
        }
    }

    /**
     * RT-TURN-PLEASE.
     *
     * <pre>
     *   02 L priority
     * </pre>
     *
     * @param priority 0 is the highest, and for closing
     */
    record Rttp(int priority) implements RtseApdu {
        /** Read the APDU that came with a P-TOKEN-PLEASE; without one the priority is 0. Null if it is something else. */
        static Rttp parse(Octets octets) {
            if (octets.isEmpty()) {
                return new Rttp(0);
            }
            BerReader reader = new BerReader(octets);
            int priority = reader.integer(Tag.INTEGER, 0, Integer.MAX_VALUE);
            reader.end();
            return reader.isMalformed() ? null : new Rttp(priority);
        }

        @Override
        public Octets emit() {
            return new BerWriter().integer(Tag.INTEGER, priority).toOctets();
        }
    }

    /**
     * An abort.
     *
     * <pre>
     *   B6 L [80 abortReason] [81 reflectedParameter BIT STRING, with reason 1] [A2 L userdataAB, with reason 6]
     * </pre>
     *
     * @param reason null if absent
     * @param reflected the wrong parameter of RTORQ or RTOAC by its tag's number; -1 if absent
     */
    record Rtab(AbortReason reason, int reflected, Octets userData) implements RtseApdu {
        private static final int REASON = 0x80;
        private static final int REFLECTED = 0x81;
        private static final int USER_DATA = 0xa2;
        private static final int REFLECTED_BITS = 8;

        static Rtab of(AbortReason reason) {
            return new Rtab(reason, -1, Octets.EMPTY);
        }

        private static Rtab parse(BerReader reader) {
            AbortReason reason = null;
            int reflected = -1;
            Octets userData = Octets.EMPTY;
            reader.enter(reader.tag());
            while (reader.hasMore()) {
                switch (reader.tag()) {
                    case REASON ->
                        reason = AbortReason.values()[reader.integer(REASON, 0, AbortReason.values().length - 1)];
                    case REFLECTED ->
                        reflected = Integer.numberOfTrailingZeros(
                                reader.bitString(REFLECTED).named() | 1 << REFLECTED_BITS);
                    case USER_DATA -> userData = explicit(reader, USER_DATA);
                    default -> reader.skip();
                }
            }
            reader.leave();
            return new Rtab(reason, reflected, userData);
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter();
            if (!userData.isEmpty()) {
                out.element(userData).wrap(USER_DATA, 0);
            }
            if (reflected >= 0) {
                out.bitString(REFLECTED, BitString.ofNamed(1 << reflected, REFLECTED_BITS));
            }
            if (reason != null) {
                out.integer(REASON, reason.ordinal());
            }
            return out.wrap(RTAB, 0).toOctets();
        }
    }

    /**
     * What RTORQ and RTOAC are about: a new association with the user's data, or an old one. That there are no user data is
     * written {@code 80 00}; ISODE writes {@code A0 02 05 00} and can't read the other.
     */
    record ConnectionData(SessionConnectionIdentifier recovered, Octets userData) {
        private static final int OPEN_WITHOUT_DATA = 0x80;
        private static final Octets NULL = Octets.of((byte) Tag.NULL, (byte) 0);

        private static ConnectionData parse(BerReader reader, int tag) {
            SessionConnectionIdentifier recovered = null;
            Octets userData = Octets.EMPTY;
            reader.enter(tag);
            switch (reader.tag()) {
                case OPEN_WITHOUT_DATA -> reader.skip();
                case OPEN -> userData = explicit(reader, OPEN);
                case RECOVER -> {
                    reader.enter(RECOVER);
                    recovered = SessionConnectionIdentifier.parse(reader);
                    reader.leave();
                }
                default -> reader.fail();
            }
            reader.end();
            reader.leave();
            return new ConnectionData(recovered, userData.equals(NULL) ? Octets.EMPTY : userData);
        }

        private void emit(BerWriter out, int tag) {
            int end = out.mark();
            if (recovered != null) {
                recovered.emit(out);
                out.wrap(RECOVER, end);
            } else if (userData.isEmpty()) {
                out.nul(OPEN_WITHOUT_DATA);
            } else {
                out.element(userData).wrap(OPEN, end);
            }
            out.wrap(tag, end);
        }
    }

    private static Octets explicit(BerReader reader, int tag) {
        reader.enter(tag);
        Octets value = reader.hasMore() ? reader.element() : Octets.EMPTY;
        reader.end();
        reader.leave();
        return value;
    }

    private static void emitSizes(BerWriter out, int checkpointSize, int windowSize) {
        if (windowSize != DEFAULT_WINDOW) {
            out.integer(WINDOW_SIZE, windowSize);
        }
        if (checkpointSize != 0) {
            out.integer(CHECKPOINT_SIZE, checkpointSize);
        }
    }
}
