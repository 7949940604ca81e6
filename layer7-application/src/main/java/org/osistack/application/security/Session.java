package org.osistack.application.security;

import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * What began with a password and goes on with tickets.
 *
 * @param id in hexadecimal
 * @param application the application context's name
 * @param begun when the password was proved, in seconds since 1970
 * @param expires when it has to be proved again, however often the session was resumed
 * @param count how often it was resumed
 */
public record Session(String id, String user, ObjectIdentifier application, long begun, long expires, long count) {
    Octets toOctets() {
        return new BerWriter()
                .integer(Tag.INTEGER, count)
                .integer(Tag.INTEGER, expires)
                .integer(Tag.INTEGER, begun)
                .objectIdentifier(Tag.OBJECT_IDENTIFIER, application)
                .utf8String(Tag.UTF8_STRING, user)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }

    /** Read what {@link #toOctets} has written; null if it is something else. */
    static Session of(String id, Octets octets) {
        BerReader in = new BerReader(octets);
        in.enter(Tag.SEQUENCE);
        String user = in.utf8String(Tag.UTF8_STRING);
        ObjectIdentifier application = in.objectIdentifier(Tag.OBJECT_IDENTIFIER);
        long begun = in.integer(Tag.INTEGER);
        long expires = in.integer(Tag.INTEGER);
        long count = in.integer(Tag.INTEGER);
        in.leave();
        in.end();
        return in.isMalformed() ? null : new Session(id, user, application, begun, expires, count);
    }

    Session resumed(long newCount) {
        return new Session(id, user, application, begun, expires, newCount);
    }
}
