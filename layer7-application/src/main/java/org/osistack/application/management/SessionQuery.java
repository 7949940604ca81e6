package org.osistack.application.management;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The argument of {@code list}: since there may be thousands of sessions, they are asked for page by page.
 *
 * <pre>
 *   SessionQuery ::= SEQUENCE {
 *     after    INTEGER (0..2147483647),   -- the number of the last session that is known; 0 to begin
 *     maximum  INTEGER (1..200) }         -- how many are wanted
 * </pre>
 */
record SessionQuery(int after, int maximum) {
    Octets emit() {
        return new BerWriter()
                .integer(Tag.INTEGER, maximum)
                .integer(Tag.INTEGER, after)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }

    /** Read what {@link #emit} wrote; null if it is something else. */
    static SessionQuery parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        reader.enter(Tag.SEQUENCE);
        int after = reader.integer(Tag.INTEGER, 0, Integer.MAX_VALUE);
        int maximum = reader.integer(Tag.INTEGER, 1, ManagementApplication.MAX_PAGE);
        reader.end();
        reader.leave();
        reader.end();
        return reader.isMalformed() ? null : new SessionQuery(after, maximum);
    }
}
