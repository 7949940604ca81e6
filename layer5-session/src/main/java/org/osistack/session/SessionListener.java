package org.osistack.session;

/** Hears of session connections that others want. */
@FunctionalInterface
public interface SessionListener {
    /**
     * S-CONNECT.indication: somebody wants a session connection. The user that is returned answers with a
     * {@link SessionPrimitive.ConnectAnswer}, now or later.
     *
     * @return the user of the new connection; null to refuse at once
     */
    SessionUser connectIndication(SessionConnection connection, SessionPrimitive.Connect connect);
}
