package org.osistack.application.management;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The argument of {@code end}.
 *
 * <pre>
 *   EndOrder ::= SEQUENCE {
 *     number  INTEGER (0..2147483647),   -- of the session
 *     abrupt  BOOLEAN }                  -- by A-ABORT; otherwise by A-RELEASE
 * </pre>
 */
record EndOrder(int number, boolean isAbrupt) {
    Octets emit() {
        return new BerWriter()
                .bool(Tag.BOOLEAN, isAbrupt)
                .integer(Tag.INTEGER, number)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }

    /** Read what {@link #emit} wrote; null if it is something else. */
    static EndOrder parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        reader.enter(Tag.SEQUENCE);
        int number = reader.integer(Tag.INTEGER, 0, Integer.MAX_VALUE);
        boolean isAbrupt = reader.bool(Tag.BOOLEAN);
        reader.end();
        reader.leave();
        reader.end();
        return reader.isMalformed() ? null : new EndOrder(number, isAbrupt);
    }
}
