package org.osistack.application.bank;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The result of all operations: how an account stands.
 *
 * <pre>
 *   Statement ::= SEQUENCE {
 *     account  UTF8String,
 *     owner    UTF8String,
 *     balance  INTEGER,                -- in cents
 *     entries  SEQUENCE OF Entry }     -- the eldest first; empty unless they were asked for
 * </pre>
 */
record Statement(String account, String owner, long balance, List<Entry> entries) {
    Statement {
        entries = List.copyOf(entries);
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        for (int i = entries.size() - 1; i >= 0; i--) {
            out.element(entries.get(i).emit());
        }
        return out.wrap(Tag.SEQUENCE, 0)
                .integer(Tag.INTEGER, balance)
                .utf8String(Tag.UTF8_STRING, owner)
                .utf8String(Tag.UTF8_STRING, account)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }

    /** Read what {@link #emit} wrote; null if it is something else. */
    static Statement parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        reader.enter(Tag.SEQUENCE);
        String account = reader.utf8String(Tag.UTF8_STRING);
        String owner = reader.utf8String(Tag.UTF8_STRING);
        long balance = reader.integer(Tag.INTEGER);
        List<Entry> entries = new ArrayList<>();
        reader.enter(Tag.SEQUENCE);
        while (!reader.isMalformed() && reader.hasMore() && entries.size() < BankApplication.MAX_ENTRIES) {
            entries.add(Entry.parse(reader));
        }
        reader.end();
        reader.leave();
        reader.end();
        reader.leave();
        reader.end();
        return reader.isMalformed() ? null : new Statement(account, owner, balance, entries);
    }
}
