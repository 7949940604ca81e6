package org.osistack.application.management;

import java.time.Duration;
import org.osistack.application.facade.OpenSession;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.SessionStatus;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * One session in a {@link SessionPage}.
 *
 * <pre>
 *   SessionEntry ::= SEQUENCE {
 *     number             INTEGER (1..2147483647),
 *     state              UTF8String (SIZE (0..400)),     -- by its standard's name
 *     initiator          BOOLEAN,                        -- whether the server asked for the session
 *     user               UTF8String (SIZE (0..400)),     -- empty if nobody had to prove it
 *     peer               UTF8String (SIZE (0..400)),
 *     functionalUnits    INTEGER (0..65535),             -- bits as in Session User Requirements (X.225 §8.3.1.16)
 *     tokens             INTEGER (0..255),               -- of the server; bits as in Token Item
 *     peersTokens        INTEGER (0..255),
 *     next               INTEGER,                        -- V(M)
 *     lowestUnconfirmed  INTEGER,                        -- V(A)
 *     lowestRestart      INTEGER,                        -- V(R)
 *     age                INTEGER,                        -- in milliseconds
 *     idle          [0]  INTEGER OPTIONAL,               -- in milliseconds; absent if it is not noted
 *     activity      [1]  OCTET STRING (SIZE (1..6)) OPTIONAL }
 * </pre>
 *
 * <p>Instants of the server's clock mean nothing elsewhere: in what is read they are {@link SessionStatus#UNKNOWN}.
 */
final class SessionEntry {
    private static final int IDLE = Tag.context(0);
    private static final int ACTIVITY = Tag.context(1);
    private static final int MAX_UNITS = 0xffff;
    private static final int MAX_TOKENS = 0xff;
    private static final int MAX_ACTIVITY = 6; // octets

    private SessionEntry() {}

    static Octets emit(OpenSession session) {
        SessionStatus status = session.status();
        SerialNumbers numbers = status.serialNumbers();
        BerWriter out = new BerWriter();
        if (status.activity() != null) {
            out.octetString(ACTIVITY, status.activity().octets());
        }
        if (session.idle() != null) {
            out.integer(IDLE, session.idle().toMillis());
        }
        return out.integer(Tag.INTEGER, session.age().toMillis())
                .integer(Tag.INTEGER, numbers.lowestRestart())
                .integer(Tag.INTEGER, numbers.lowestUnconfirmed())
                .integer(Tag.INTEGER, numbers.next())
                .integer(Tag.INTEGER, status.peersTokens().bits())
                .integer(Tag.INTEGER, status.tokens().bits())
                .integer(Tag.INTEGER, status.functionalUnits().bits())
                .utf8String(Tag.UTF8_STRING, ManagementApplication.shortened(session.peer()))
                .utf8String(Tag.UTF8_STRING, ManagementApplication.shortened(session.user()))
                .bool(Tag.BOOLEAN, status.initiator())
                .utf8String(Tag.UTF8_STRING, ManagementApplication.shortened(status.state()))
                .integer(Tag.INTEGER, status.number())
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }

    /** Read what {@link #emit} wrote; null if it is something else. */
    static OpenSession parse(BerReader reader) {
        reader.enter(Tag.SEQUENCE);
        int number = reader.integer(Tag.INTEGER, 1, Integer.MAX_VALUE);
        String state = text(reader);
        boolean initiator = reader.bool(Tag.BOOLEAN);
        String user = text(reader);
        String peer = text(reader);
        FunctionalUnits units = new FunctionalUnits(reader.integer(Tag.INTEGER, 0, MAX_UNITS));
        Tokens tokens = new Tokens(reader.integer(Tag.INTEGER, 0, MAX_TOKENS));
        Tokens peersTokens = new Tokens(reader.integer(Tag.INTEGER, 0, MAX_TOKENS));
        long next = reader.integer(Tag.INTEGER);
        long lowestUnconfirmed = reader.integer(Tag.INTEGER);
        long lowestRestart = reader.integer(Tag.INTEGER);
        Duration age = time(reader, Tag.INTEGER);
        Duration idle = reader.isAt(IDLE) ? time(reader, IDLE) : null;
        Octets activity = reader.isAt(ACTIVITY) ? reader.octetString(ACTIVITY) : null;
        reader.end();
        reader.leave();
        if (reader.isMalformed() || activity != null && (activity.isEmpty() || activity.length() > MAX_ACTIVITY)) {
            return null;
        }
        SessionStatus status = new SessionStatus(
                number,
                state,
                initiator,
                peer,
                units,
                tokens,
                peersTokens,
                new SerialNumbers(next, lowestUnconfirmed, lowestRestart),
                activity == null ? null : new ActivityIdentifier(activity),
                SessionStatus.UNKNOWN,
                SessionStatus.UNKNOWN);
        return new OpenSession(status, user, peer, age, idle);
    }

    private static String text(BerReader reader) {
        String text = reader.utf8String(Tag.UTF8_STRING);
        if (text.length() > ManagementApplication.MAX_TEXT) {
            reader.fail();
        }
        return text;
    }

    private static Duration time(BerReader reader, int tag) {
        long millis = reader.integer(tag);
        if (millis < 0) {
            reader.fail();
        }
        return Duration.ofMillis(millis);
    }
}
