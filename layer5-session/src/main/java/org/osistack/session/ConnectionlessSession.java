package org.osistack.session;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/** The connectionless mode of layer 5 (S-UNIT-DATA of X.215; X.235): single SSDUs, without a promise. */
public interface ConnectionlessSession {
    /** What a user of the connectionless session service hears. */
    interface User {
        /** S-UNIT-DATA.indication: an SSDU has arrived. It belongs to the user from now on. */
        void unitDataIndication(SessionAddress source, SessionAddress destination, Pdu ssdu);
    }

    /**
     * Become the user of an address.
     *
     * @return the address, with the parts that the provider chose
     * @throws IllegalStateException if it has a user
     */
    SessionAddress attach(SessionAddress local, User user);

    void detach(SessionAddress local);

    /**
     * S-UNIT-DATA.request: send an SSDU. It is taken over.
     *
     * @param lifetime how many hops it may take; -1 for the default
     * @throws IllegalArgumentException if it is longer than the layers below can carry; it is still the caller's then
     */
    void unitDataRequest(SessionAddress source, SessionAddress destination, int lifetime, Pdu ssdu);

    /** Hear SSDUs to this group of hosts too, until {@link #leaveGroup}. */
    void joinGroup(NetworkAddress group);

    void leaveGroup(NetworkAddress group);

    /** This host's address towards that destination; null while it has none, or no route. */
    NetworkAddress sourceFor(NetworkAddress destination);

    /** As the transport service's. */
    NetworkAddress parseAddress(String text);
}
