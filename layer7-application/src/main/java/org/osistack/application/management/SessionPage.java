package org.osistack.application.management;

import java.util.ArrayList;
import java.util.List;
import org.osistack.application.facade.OpenSession;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The result of {@code list}.
 *
 * <pre>
 *   SessionPage ::= SEQUENCE {
 *     server    UTF8String (SIZE (0..400)),                    -- its name
 *     more      BOOLEAN,                                       -- whether there are sessions after these
 *     sessions  SEQUENCE (SIZE (0..200)) OF SessionEntry }     -- their numbers grow
 * </pre>
 */
record SessionPage(String server, boolean hasMore, List<OpenSession> sessions) {
    SessionPage {
        sessions = List.copyOf(sessions);
    }

    /** The answer to a query. */
    static SessionPage of(String server, List<OpenSession> all, SessionQuery query) {
        List<OpenSession> page = new ArrayList<>();
        for (OpenSession session : all) {
            if (session.status().number() > query.after()) {
                if (page.size() == query.maximum()) {
                    return new SessionPage(server, true, page);
                }
                page.add(session);
            }
        }
        return new SessionPage(server, false, page);
    }

    /** The number of the last session; 0 if there is none. */
    int last() {
        return sessions.isEmpty()
                ? 0
                : sessions.get(sessions.size() - 1).status().number();
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        for (int i = sessions.size() - 1; i >= 0; i--) {
            out.element(SessionEntry.emit(sessions.get(i)));
        }
        return out.wrap(Tag.SEQUENCE, 0)
                .bool(Tag.BOOLEAN, hasMore)
                .utf8String(Tag.UTF8_STRING, ManagementApplication.shortened(server))
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }

    /** Read what {@link #emit} wrote; null if it is something else. */
    static SessionPage parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        reader.enter(Tag.SEQUENCE);
        String server = reader.utf8String(Tag.UTF8_STRING);
        boolean hasMore = reader.bool(Tag.BOOLEAN);
        List<OpenSession> sessions = new ArrayList<>();
        reader.enter(Tag.SEQUENCE);
        int last = 0;
        while (!reader.isMalformed() && reader.hasMore()) {
            OpenSession session = SessionEntry.parse(reader);
            if (session == null
                    || session.status().number() <= last
                    || sessions.size() == ManagementApplication.MAX_PAGE) {
                return null;
            }
            last = session.status().number();
            sessions.add(session);
        }
        reader.leave();
        reader.end();
        reader.leave();
        reader.end();
        return reader.isMalformed() || server.length() > ManagementApplication.MAX_TEXT
                ? null
                : new SessionPage(server, hasMore, sessions);
    }
}
