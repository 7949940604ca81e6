package org.osistack.application.bank;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * A line of an account's log.
 *
 * <pre>
 *   Entry ::= SEQUENCE {
 *     number   INTEGER,        -- from 1 in each account
 *     change   INTEGER,        -- in cents; below 0 if something was taken
 *     balance  INTEGER,        -- afterwards, in cents
 *     other    UTF8String,     -- the other account of a transfer; empty if there is none
 *     text     UTF8String }    -- the reference
 * </pre>
 */
record Entry(long number, long change, long balance, String other, String text) {
    Octets emit() {
        return new BerWriter()
                .utf8String(Tag.UTF8_STRING, text)
                .utf8String(Tag.UTF8_STRING, other)
                .integer(Tag.INTEGER, balance)
                .integer(Tag.INTEGER, change)
                .integer(Tag.INTEGER, number)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }

    /** Read one; a malformed reader is the caller's to notice. */
    static Entry parse(BerReader reader) {
        reader.enter(Tag.SEQUENCE);
        Entry entry = new Entry(
                reader.integer(Tag.INTEGER),
                reader.integer(Tag.INTEGER),
                reader.integer(Tag.INTEGER),
                reader.utf8String(Tag.UTF8_STRING),
                reader.utf8String(Tag.UTF8_STRING));
        reader.end();
        reader.leave();
        return entry;
    }
}
