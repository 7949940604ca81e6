package org.osistack.application.isode;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * Performs remote operations (X.229 §9) as ISODE's echo does: to whatever operation it answers by turns with a result and
 * with an error, and the argument is in both. A linked-ID makes no difference.
 *
 * <pre>
 *   A1 L id [80 linked] operation [argument]   is answered by   A2 L id [30 L operation argument]
 *                                              or by            A3 L id 02 L number [argument]
 * </pre>
 */
final class OperationEcho {
    private static final int ROIV = 0xa1;
    private static final int RORS = 0xa2;
    private static final int ROER = 0xa3;
    private static final int RORJ = 0xa4;
    private static final int LINKED_ID = 0x80;
    private static final int GENERAL_PROBLEM = 0x80;
    private static final int RESULT_PROBLEM = 0x82;
    private static final int ERROR_PROBLEM = 0x83;
    private static final int UNRECOGNIZED = 0; // of each kind of problem the first
    private static final Octets NULL = Octets.of((byte) 0x05, (byte) 0x00);

    private final boolean sink;
    private int invocations;

    OperationEcho(boolean sink) {
        this.sink = sink;
    }

    /** The answer to an APDU; null to a reject, which has none. */
    Octets answer(Octets apdu) {
        BerReader reader = new BerReader(apdu);
        int tag = reader.tag();
        if (tag == RORJ) {
            return null;
        }
        if (tag != ROIV && tag != RORS && tag != ROER) {
            return reject(NULL, GENERAL_PROBLEM);
        }
        reader.enter(tag);
        Octets id = reader.isAt(Tag.INTEGER) ? reader.element() : Octets.EMPTY;
        if (reader.isMalformed() || id.isEmpty()) {
            return reject(NULL, GENERAL_PROBLEM);
        }
        if (tag != ROIV) {
            return reject(id, tag == RORS ? RESULT_PROBLEM : ERROR_PROBLEM);
        }
        if (reader.isAt(LINKED_ID)) {
            reader.skip();
        }
        boolean named = reader.isAt(Tag.INTEGER) || reader.isAt(Tag.OBJECT_IDENTIFIER);
        Octets operation = named ? reader.element() : Octets.EMPTY;
        Octets argument = reader.hasMore() ? reader.element() : Octets.EMPTY;
        reader.leave();
        reader.end();
        return reader.isMalformed() || !named ? reject(NULL, GENERAL_PROBLEM) : perform(id, operation, argument);
    }

    private Octets perform(Octets id, Octets operation, Octets argument) {
        Octets value = sink ? NULL : argument;
        BerWriter out = new BerWriter().element(value);
        if (++invocations % 2 == 0) {
            return out.integer(Tag.INTEGER, invocations)
                    .element(id)
                    .wrap(ROER, 0)
                    .toOctets();
        }
        if (!value.isEmpty()) {
            out.element(operation).wrap(Tag.SEQUENCE, 0);
        }
        return out.element(id).wrap(RORS, 0).toOctets();
    }

    private static Octets reject(Octets id, int problem) {
        return new BerWriter()
                .integer(problem, UNRECOGNIZED)
                .element(id)
                .wrap(RORJ, 0)
                .toOctets();
    }

    /** The invocation of an operation. */
    static Octets invoke(long id, long operation, Octets argument) {
        return new BerWriter()
                .element(argument)
                .integer(Tag.INTEGER, operation)
                .integer(Tag.INTEGER, id)
                .wrap(ROIV, 0)
                .toOctets();
    }

    /** What kind of answer that is to an invocation, in words; null if it isn't the right one. */
    static String judge(Octets answer, long id, long operation, Octets argument) {
        BerReader reader = new BerReader(answer);
        int tag = reader.tag();
        reader.enter(tag);
        boolean same = reader.integer(Tag.INTEGER) == id;
        if (tag == RORS) {
            reader.enter(Tag.SEQUENCE);
            same &= reader.integer(Tag.INTEGER) == operation;
        } else if (tag == ROER) {
            reader.integer(Tag.INTEGER);
        } else {
            return null;
        }
        same &= reader.element().equals(argument);
        return reader.isMalformed() || !same ? null : tag == RORS ? "result" : "error";
    }
}
