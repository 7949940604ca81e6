package org.osistack.application.rose;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/** An APDU of ROSE (X.229 §9). */
sealed interface RoseApdu {
    int ROIV = 0xa1;
    int RORS = 0xa2;
    int ROER = 0xa3;
    int RORJ = 0xa4;

    /** The whole encoding. */
    Octets emit();

    /**
     * What was read: an APDU, or what is wrong with it.
     *
     * @param apdu null if there is none
     * @param problem null if there is none
     * @param invokeId of a wrong APDU, if it could be read; otherwise null
     * @param isReject whether a wrong APDU is a RORJ, to which no RORJ may answer
     */
    record Parsed(RoseApdu apdu, Problem problem, Long invokeId, boolean isReject) {}

    /** Read an APDU, or find out what is wrong with it. */
    static Parsed parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        int tag = reader.tag();
        if (tag < ROIV || tag > RORJ) {
            return new Parsed(null, Problem.UNRECOGNIZED_APDU, null, false);
        }
        RoseApdu apdu = switch (tag) {
            case ROIV -> Roiv.parse(reader);
            case RORS -> Rors.parse(reader);
            case ROER -> Roer.parse(reader);
            default -> Rorj.parse(reader);
        };
        reader.end();
        if (!reader.isMalformed()) {
            return new Parsed(apdu, null, null, false);
        }
        BerReader again = new BerReader(octets);
        Long invokeId = again.enter(tag).isAt(Tag.INTEGER) ? Long.valueOf(again.integer(Tag.INTEGER)) : null;
        if (again.isMalformed()) {
            invokeId = null;
        }
        Problem problem = isWellFormed(octets) ? Problem.MISTYPED_APDU : Problem.BADLY_STRUCTURED_APDU;
        return new Parsed(null, problem, invokeId, tag == RORJ);
    }

    private static boolean isWellFormed(Octets octets) {
        BerReader reader = new BerReader(octets);
        skip(reader, 0);
        reader.end();
        return !reader.isMalformed();
    }

    private static void skip(BerReader reader, int depth) {
        int tag = reader.tag();
        if (!Tag.isConstructed(tag) || depth > 16) {
            reader.skip();
            return;
        }
        reader.enter(tag);
        while (reader.hasMore()) {
            skip(reader, depth + 1);
        }
        reader.leave();
    }

    /**
     * RO-INVOKE.
     *
     * <pre>
     *   A1 L  02 L invokeID [80 L linked-ID] (02 L | 06 L) operation-value [argument]
     * </pre>
     *
     * @param linkedId null if absent
     * @param argument one encoding; empty if absent
     */
    record Roiv(long invokeId, Long linkedId, Code operation, Octets argument) implements RoseApdu {
        private static final int LINKED_ID = 0x80;

        private static Roiv parse(BerReader reader) {
            reader.enter(ROIV);
            long invokeId = reader.integer(Tag.INTEGER);
            Long linkedId = reader.isAt(LINKED_ID) ? Long.valueOf(reader.integer(LINKED_ID)) : null;
            Code operation = Code.parse(reader);
            Octets argument = optional(reader);
            reader.leave();
            return new Roiv(invokeId, linkedId, operation, argument);
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter().element(argument);
            operation.emit(out);
            if (linkedId != null) {
                out.integer(LINKED_ID, linkedId);
            }
            return out.integer(Tag.INTEGER, invokeId).wrap(ROIV, 0).toOctets();
        }
    }

    /**
     * RO-RESULT.
     *
     * <pre>
     *   A2 L  02 L invokeID [30 L (02 L | 06 L) operation-value result]
     * </pre>
     *
     * @param operation null if there is no result
     * @param result one encoding; empty if absent
     */
    record Rors(long invokeId, Code operation, Octets result) implements RoseApdu {
        private static Rors parse(BerReader reader) {
            Code operation = null;
            Octets result = Octets.EMPTY;
            reader.enter(RORS);
            long invokeId = reader.integer(Tag.INTEGER);
            if (reader.hasMore()) {
                reader.enter(Tag.SEQUENCE);
                operation = Code.parse(reader);
                result = reader.element();
                reader.end();
                reader.leave();
            }
            reader.end();
            reader.leave();
            return new Rors(invokeId, operation, result);
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter();
            if (operation != null && !result.isEmpty()) {
                out.element(result);
                operation.emit(out);
                out.wrap(Tag.SEQUENCE, 0);
            }
            return out.integer(Tag.INTEGER, invokeId).wrap(RORS, 0).toOctets();
        }
    }

    /**
     * RO-ERROR.
     *
     * <pre>
     *   A3 L  02 L invokeID (02 L | 06 L) error-value [parameter]
     * </pre>
     *
     * @param parameter one encoding; empty if absent
     */
    record Roer(long invokeId, Code error, Octets parameter) implements RoseApdu {
        private static Roer parse(BerReader reader) {
            reader.enter(ROER);
            long invokeId = reader.integer(Tag.INTEGER);
            Code error = Code.parse(reader);
            Octets parameter = optional(reader);
            reader.leave();
            return new Roer(invokeId, error, parameter);
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter().element(parameter);
            error.emit(out);
            return out.integer(Tag.INTEGER, invokeId).wrap(ROER, 0).toOctets();
        }
    }

    /**
     * RO-REJECT.
     *
     * <pre>
     *   A4 L  (02 L invokeID | 05 00)  (80 | 81 | 82 | 83) L problem
     * </pre>
     *
     * @param invokeId null if it could not be read
     */
    record Rorj(Long invokeId, Problem problem) implements RoseApdu {
        private static Rorj parse(BerReader reader) {
            Long invokeId = null;
            reader.enter(RORJ);
            if (reader.isAt(Tag.NULL)) {
                reader.nul(Tag.NULL);
            } else {
                invokeId = reader.integer(Tag.INTEGER);
            }
            int tag = reader.tag();
            Problem problem = Problem.of(tag, reader.integer(tag));
            if (problem == null) {
                reader.fail();
            }
            reader.end();
            reader.leave();
            return new Rorj(invokeId, problem);
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter().integer(problem.tag(), problem.value());
            if (invokeId == null) {
                out.nul(Tag.NULL);
            } else {
                out.integer(Tag.INTEGER, invokeId);
            }
            return out.wrap(RORJ, 0).toOctets();
        }
    }

    private static Octets optional(BerReader reader) {
        Octets value = reader.hasMore() ? reader.element() : Octets.EMPTY;
        reader.end();
        return value;
    }
}
