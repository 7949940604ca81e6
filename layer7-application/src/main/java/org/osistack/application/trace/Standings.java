package org.osistack.application.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osistack.core.TraceEvent;

/** How all dialogues of a trace stand, by what their machines tell, and by the connections that they are told on. */
final class Standings {
    private static final int SESSION = 5;
    private static final int MAX_REMEMBERED = 4096;

    private final Map<String, Standing> bySession = new Bounded();
    private final Map<String, Standing> byConnection = new Bounded(); // of the session or transport service

    private static final class Bounded extends LinkedHashMap<String, Standing> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Standing> eldest) {
            return size() > MAX_REMEMBERED;
        }
    }

    /**
     * Something has happened inside a machine.
     *
     * @return how its dialogue stands now; null if it is none of a session protocol machine
     */
    Standing hear(Step step) {
        TraceEvent event = step.event();
        String session = event.parameter("connection");
        if (event.layer() != SESSION || session.isEmpty()) {
            return null;
        }
        Standing standing = bySession.computeIfAbsent(event.host() + '/' + session, key -> new Standing(session));
        standing.hear(event);
        if (step.cause() != null && step.cause().connection != 0) {
            byConnection.put(step.cause().connectionKey(), standing);
        }
        return standing;
    }

    /** How the dialogue stands that a primitive is of, or was caused by; null if that is not known. */
    Standing of(Message message) {
        for (Message each = message; each != null; each = each.parent) {
            Standing standing = each.connection == 0 ? null : byConnection.get(each.connectionKey());
            if (standing != null) {
                if (message.layer == SESSION && message.connection != 0) {
                    byConnection.put(message.connectionKey(), standing);
                }
                return standing;
            }
        }
        return null;
    }
}
