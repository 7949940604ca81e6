package org.osistack.application.shell;

import org.osistack.application.security.Ticket;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.application.store.StoreMap;
import org.osistack.core.Octets;

/**
 * What a client's next process needs to know to go on with a session: its name, and what proves who the user is. By server
 * and user. On one thread at a time.
 */
final class ClientMemory implements AutoCloseable {
    private final Store store;
    private final StoreMap sessions;
    private final StoreMap tickets;
    private final String key;

    /**
     * Use a store, which is closed with this.
     *
     * @param server as the person calls it
     * @param user empty if the server does not ask
     */
    ClientMemory(Store store, String server, String user) {
        this.store = store;
        this.sessions = store.map("sessions");
        this.tickets = store.map("tickets");
        this.key = user + "@" + server;
    }

    /** The name of the session; null if there is none. */
    Octets session() throws StoreException {
        return sessions.get(key);
    }

    /** The last ticket; null if there is none. */
    Ticket ticket() throws StoreException {
        Octets ticket = tickets.get(key);
        return ticket == null ? null : Ticket.of(ticket);
    }

    /** Remember a session. When this returns, it is on the disk. */
    void keep(Octets session) throws StoreException {
        sessions.put(key, session);
        store.commit();
    }

    /** Remember a ticket. */
    void keep(Ticket ticket) throws StoreException {
        tickets.put(key, ticket.toOctets());
        store.commit();
    }

    /** The session has ended. */
    void forget() throws StoreException {
        sessions.remove(Octets.ofText(key));
        tickets.remove(Octets.ofText(key));
        store.commit();
    }

    @Override
    public void close() {
        store.close();
    }
}
