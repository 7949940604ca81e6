package org.osistack.application.shell;

import org.osistack.application.ForeignText;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The APDUs of the shell application:
 *
 * <pre>
 *   ShellApdu ::= CHOICE {
 *     enter        [0] IMPLICIT SEQUENCE {          -- in AARQ
 *                    session   OCTET STRING,         -- empty: whichever of this user's is there
 *                    mayCreate BOOLEAN,              -- if there is none of that name
 *                    point     INTEGER OPTIONAL },   -- the last one seen; absent: nothing is on the screen
 *     entered      [1] IMPLICIT SEQUENCE {          -- in AARE
 *                    session   OCTET STRING,
 *                    taken     INTEGER,              -- the last input that has arrived
 *                    over      INTEGER,              -- the last input whose work is done
 *                    patience  INTEGER },            -- seconds; 0: the session ends with the association
 *     refusal      [2] IMPLICIT ENUMERATED {        -- in AARE, or ABRT
 *                    unknownSession(0), tooMany(1), elsewhere(2) },
 *     line         [3] IMPLICIT SEQUENCE { number INTEGER, text UTF8String },
 *     interrupt    [4] IMPLICIT INTEGER,            -- number; in S-RESYNCHRONIZE, where there is that
 *     exit         [5] IMPLICIT INTEGER,            -- number
 *     started      [6] IMPLICIT SEQUENCE { number INTEGER, text UTF8String },
 *     output       [7] IMPLICIT OCTET STRING,
 *     errors       [8] IMPLICIT OCTET STRING,
 *     finished     [9] IMPLICIT SEQUENCE { number INTEGER, outcome ENUMERATED, code INTEGER, text UTF8String },
 *     interrupted [10] IMPLICIT INTEGER,            -- number; nothing of before it runs or waits any more
 *     farewell    [11] IMPLICIT UTF8String }        -- why the server ends the session
 * </pre>
 */
sealed interface ShellApdu {
    /** The longest line, in characters; longer ones are cut. */
    int MAX_LINE = 4096;
    /** How much output an APDU carries at most, in octets. */
    int MAX_OUTPUT = 4096;
    /** How long the name of a session is, in octets. */
    int NAME_LENGTH = 16;

    /** The highest number of an input. */
    long MAX_NUMBER = 1L << 50;

    /** In {@link Enter}: there is nothing on the screen. */
    long NOTHING_SEEN = -1;

    private static int tag(int number) {
        return Tag.contextConstructed(number);
    }

    /** What a person types; counted from 1 on within a session. */
    sealed interface Input extends ShellApdu {
        long number();
    }

    /** Come into a session: a new one, or one that is there. */
    record Enter(Octets session, boolean mayCreate, long point) implements ShellApdu {
        @Override
        public BerWriter write() {
            BerWriter out = new BerWriter();
            if (point != NOTHING_SEEN) {
                out.integer(Tag.INTEGER, point);
            }
            return out.bool(Tag.BOOLEAN, mayCreate)
                    .octetString(Tag.OCTET_STRING, session)
                    .wrap(tag(0), 0);
        }

        private static Enter read(BerReader in) {
            in.enter(tag(0));
            Octets session = in.octetString(Tag.OCTET_STRING);
            boolean mayCreate = in.bool(Tag.BOOLEAN);
            long point = in.isAt(Tag.INTEGER) ? in.integer(Tag.INTEGER, 0, OutputLog.LAST_POINT) : NOTHING_SEEN;
            in.leave();
            boolean isName = session.length() == NAME_LENGTH || session.isEmpty() && !mayCreate;
            return isName ? new Enter(session, mayCreate, point) : null;
        }
    }

    /** The answer: this is how far the session is. */
    record Entered(Octets session, long taken, long over, int patience) implements ShellApdu {
        static final int MAX_PATIENCE = 7 * 24 * 3600;

        @Override
        public BerWriter write() {
            return new BerWriter()
                    .integer(Tag.INTEGER, patience)
                    .integer(Tag.INTEGER, over)
                    .integer(Tag.INTEGER, taken)
                    .octetString(Tag.OCTET_STRING, session)
                    .wrap(tag(1), 0);
        }

        private static Entered read(BerReader in) {
            in.enter(tag(1));
            Octets session = in.octetString(Tag.OCTET_STRING);
            long taken = in.integer(Tag.INTEGER);
            long over = in.integer(Tag.INTEGER);
            int patience = in.integer(Tag.INTEGER, 0, MAX_PATIENCE);
            in.leave();
            boolean isRight = session.length() == NAME_LENGTH && over >= 0 && over <= taken && taken < MAX_NUMBER;
            return isRight ? new Entered(session, taken, over, patience) : null;
        }
    }

    /** Why somebody does not come in, or is put out, where the client needs to know. */
    record Refusal(Reason reason) implements ShellApdu {
        enum Reason {
            /** It has ended, or never was, or is another user's. */
            UNKNOWN_SESSION,
            /** There are as many sessions as there may be. */
            TOO_MANY,
            /** Another association has taken it over. */
            ELSEWHERE
        }

        @Override
        public BerWriter write() {
            return new BerWriter().integer(Tag.context(2), reason.ordinal());
        }
    }

    /** A line that a person has typed. */
    record Line(long number, String text) implements Input {
        public Line {
            text = line(text);
        }

        @Override
        public BerWriter write() {
            return numbered(3, number, text);
        }
    }

    /** Stop what runs, and forget what waits. */
    record Interrupt(long number) implements Input {
        @Override
        public BerWriter write() {
            return new BerWriter().integer(Tag.context(4), number);
        }
    }

    /** End the session when all before it is done. */
    record Exit(long number) implements Input {
        @Override
        public BerWriter write() {
            return new BerWriter().integer(Tag.context(5), number);
        }
    }

    /** The work on a line begins. */
    record Started(long number, String text) implements ShellApdu {
        public Started {
            text = line(text);
        }

        @Override
        public BerWriter write() {
            return numbered(6, number, text);
        }
    }

    /** What a command has written. */
    record Output(boolean isError, Octets octets) implements ShellApdu {
        @Override
        public BerWriter write() {
            return new BerWriter().octetString(Tag.context(isError ? 8 : 7), octets);
        }
    }

    /**
     * The work on a line is done.
     *
     * @param code the exit code, if it exited
     * @param text for a person; empty if it exited
     */
    record Finished(long number, Outcome outcome, int code, String text) implements ShellApdu {
        enum Outcome {
            EXITED,
            /** It was never started, such as for want of a right. */
            NOT_RUN,
            /** It was stopped for it took too long, or said too much. */
            STOPPED
        }

        public Finished {
            text = line(text);
        }

        @Override
        public BerWriter write() {
            return new BerWriter()
                    .utf8String(Tag.UTF8_STRING, text)
                    .integer(Tag.INTEGER, code)
                    .integer(Tag.ENUMERATED, outcome.ordinal())
                    .integer(Tag.INTEGER, number)
                    .wrap(tag(9), 0);
        }

        private static Finished read(BerReader in) {
            in.enter(tag(9));
            long number = readNumber(in, Tag.INTEGER);
            int outcome = in.integer(Tag.ENUMERATED, 0, Outcome.values().length - 1);
            int code = in.integer(Tag.INTEGER, Integer.MIN_VALUE, Integer.MAX_VALUE);
            String text = in.utf8String(Tag.UTF8_STRING);
            in.leave();
            return new Finished(number, Outcome.values()[outcome], code, text);
        }
    }

    /** An interrupt has been obeyed. */
    record Interrupted(long number) implements ShellApdu {
        @Override
        public BerWriter write() {
            return new BerWriter().integer(Tag.context(10), number);
        }
    }

    /** The server ends the session of its own accord. */
    record Farewell(String text) implements ShellApdu {
        public Farewell {
            text = line(text);
        }

        @Override
        public BerWriter write() {
            return new BerWriter().utf8String(Tag.context(11), text);
        }
    }

    /** The encoding, in a writer. */
    BerWriter write();

    /** The encoding. */
    default Octets toOctets() {
        return write().toOctets();
    }

    private static BerWriter numbered(int tag, long number, String text) {
        return new BerWriter()
                .utf8String(Tag.UTF8_STRING, text)
                .integer(Tag.INTEGER, number)
                .wrap(tag(tag), 0);
    }

    /** One line without control characters. */
    private static String line(String text) {
        return ForeignText.harmless(text.length() > MAX_LINE ? text.substring(0, MAX_LINE) : text);
    }

    private static long readNumber(BerReader in, int tag) {
        long number = in.integer(tag);
        if (number < 1 || number >= MAX_NUMBER) {
            in.fail();
        }
        return number;
    }

    /** Read an APDU; null if it is none. */
    static ShellApdu parse(Pdu apdu) {
        return parse(new BerReader(apdu));
    }

    /** Read an APDU; null if it is none. */
    static ShellApdu parse(Octets apdu) {
        return parse(new BerReader(apdu));
    }

    private static ShellApdu parse(BerReader in) {
        ShellApdu apdu = read(in);
        in.end();
        return in.isMalformed() ? null : apdu;
    }

    private static ShellApdu read(BerReader in) {
        int tag = in.tag();
        return switch (tag) {
            case 0xa0 -> Enter.read(in);
            case 0xa1 -> Entered.read(in);
            case 0x82 -> new Refusal(Refusal.Reason.values()[in.integer(tag, 0, Refusal.Reason.values().length - 1)]);
            case 0xa3, 0xa6 -> readNumbered(in, tag);
            case 0x84 -> new Interrupt(readNumber(in, tag));
            case 0x85 -> new Exit(readNumber(in, tag));
            case 0x87, 0x88 -> readOutput(in, tag);
            case 0xa9 -> Finished.read(in);
            case 0x8a -> new Interrupted(readNumber(in, tag));
            case 0x8b -> new Farewell(in.utf8String(tag));
            default -> null;
        };
    }

    private static ShellApdu readNumbered(BerReader in, int tag) {
        in.enter(tag);
        long number = readNumber(in, Tag.INTEGER);
        String text = in.utf8String(Tag.UTF8_STRING);
        in.leave();
        return tag == 0xa3 ? new Line(number, text) : new Started(number, text);
    }

    private static Output readOutput(BerReader in, int tag) {
        Octets octets = in.octetString(tag);
        return octets.length() > MAX_OUTPUT ? null : new Output(tag == 0x88, octets);
    }
}
