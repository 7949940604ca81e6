package org.osistack.application.bank;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The outcome of an operation, as it is sent and as it is kept.
 *
 * @param error null if it was done
 * @param statement how the account stands; null if it was not done
 * @param sentence why it was not done; empty if it was
 */
record Answer(BankError error, Statement statement, String sentence) {
    static Answer of(Statement statement) {
        return new Answer(null, statement, "");
    }

    static Answer of(BankError error, String sentence) {
        return new Answer(error, null, sentence);
    }

    /** The parameter of the error: the sentence. */
    Octets parameter() {
        return new BerWriter().utf8String(Tag.UTF8_STRING, sentence).toOctets();
    }

    /** The answer to which this is the parameter. */
    static Answer ofParameter(BankError error, Octets parameter) {
        BerReader reader = new BerReader(parameter);
        String sentence = reader.utf8String(Tag.UTF8_STRING);
        reader.end();
        return of(error, reader.isMalformed() ? "the bank does not say why" : sentence);
    }

    /** With the number of the request, for the store: {@code SEQUENCE { number, error (0 for none), value }}. */
    Octets emit(long number) {
        return new BerWriter()
                .element(error == null ? statement.emit() : parameter())
                .integer(Tag.INTEGER, error == null ? 0 : error.code().local())
                .integer(Tag.INTEGER, number)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }
}
