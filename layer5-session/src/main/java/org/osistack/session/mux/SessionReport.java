package org.osistack.session.mux;

import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.PathManagement.FlowStatus;
import org.osistack.core.management.SessionStatus;
import org.osistack.session.SessionAddress;

/** What layer management tells of a session. */
final class SessionReport {
    private SessionReport() {}

    static FlowStatus flow(MuxSession session) {
        SendStream sending = session.sending();
        return new FlowStatus(
                session.number(),
                sending.highest(),
                sending.acknowledged(),
                session.receiving().expected());
    }

    static SessionStatus status(MuxSession session) {
        Tokens owned = session.owned();
        Tokens peers = new Tokens(Agreement.available(session.units()).bits() & ~owned.bits());
        SessionAddress remote = session.establishment().remote();
        return new SessionStatus(
                session.number(),
                session.state().name(),
                session.isInitiator(),
                remote == null ? "" : remote.toString(),
                session.units(),
                owned,
                peers,
                SerialNumbers.NONE,
                null,
                session.since(),
                SessionStatus.UNKNOWN);
    }
}
