package org.osistack.application.bank;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The argument of an operation that changes accounts.
 *
 * <pre>
 *   Order ::= SEQUENCE {
 *     client   OCTET STRING (SIZE (16)),     -- the same from one request to the next, and nobody else's
 *     number   INTEGER (1..MAX),             -- of the request; grows by 1
 *     account  UTF8String,
 *     amount   INTEGER,                      -- in cents; 0 if there is none
 *     to       UTF8String,                   -- the account that a transfer goes to; empty if there is none
 *     text     UTF8String }                  -- the owner, or the reference
 * </pre>
 */
record Order(Octets client, long number, String account, long amount, String to, String text) {
    static final int CLIENT_LENGTH = 16; // octets, at random

    Octets emit() {
        return new BerWriter()
                .utf8String(Tag.UTF8_STRING, text)
                .utf8String(Tag.UTF8_STRING, to)
                .integer(Tag.INTEGER, amount)
                .utf8String(Tag.UTF8_STRING, account)
                .integer(Tag.INTEGER, number)
                .octetString(Tag.OCTET_STRING, client)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }

    /** Read what {@link #emit} wrote; null if it is something else. */
    static Order parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        reader.enter(Tag.SEQUENCE);
        Octets client = reader.octetString(Tag.OCTET_STRING);
        long number = reader.integer(Tag.INTEGER);
        String account = reader.utf8String(Tag.UTF8_STRING);
        long amount = reader.integer(Tag.INTEGER);
        String to = reader.utf8String(Tag.UTF8_STRING);
        String text = reader.utf8String(Tag.UTF8_STRING);
        reader.end();
        reader.leave();
        reader.end();
        boolean isOrder = !reader.isMalformed()
                && client.length() == CLIENT_LENGTH
                && number > 0
                && BankApplication.isText(account, 1, BankApplication.MAX_NAME)
                && BankApplication.isText(to, 0, BankApplication.MAX_NAME)
                && BankApplication.isText(text, 0, BankApplication.MAX_TEXT);
        return isOrder ? new Order(client, number, account, amount, to, text) : null;
    }

    /** Whether it is the same but for the number. */
    boolean asksForTheSameAs(Order other) {
        return equals(new Order(client, number, other.account, other.amount, other.to, other.text));
    }
}
