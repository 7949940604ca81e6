package org.osistack.application.bank;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The argument of an operation that changes nothing, as {@link BankOperation} has it.
 *
 * @param last how many entries are wanted
 */
record Question(String account, int last) {
    Octets emit() {
        return new BerWriter()
                .integer(Tag.INTEGER, last)
                .utf8String(Tag.UTF8_STRING, account)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }

    /** Read what {@link #emit} wrote; null if it is something else. */
    static Question parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        reader.enter(Tag.SEQUENCE);
        String account = reader.utf8String(Tag.UTF8_STRING);
        int last = reader.integer(Tag.INTEGER, 0, BankApplication.MAX_ENTRIES);
        reader.end();
        reader.leave();
        reader.end();
        return !reader.isMalformed() && BankApplication.isText(account, 1, BankApplication.MAX_NAME)
                ? new Question(account, last)
                : null;
    }
}
