package org.osistack.presentation;

import java.util.List;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/** The connectionless mode of layer 6 (P-UNIT-DATA): single values, without a promise. */
public interface ConnectionlessPresentation {
    /** What a user of the connectionless presentation service hears. */
    interface User {
        /**
         * P-UNIT-DATA.indication: a value has arrived, of the default context where there are contexts. It belongs to the
         * user from now on.
         */
        void unitDataIndication(PresentationAddress source, PresentationAddress destination, Pdu value);

        /**
         * P-UNIT-DATA.indication of values with their contexts; see {@link NegotiatedConnectionless}.
         *
         * @param contexts those that came with the unit, whether they can be read or not
         * @return whether the user understands them; if not, the provider counts the unit as thrown away
         */
        default boolean unitDataIndication(
                PresentationAddress source,
                PresentationAddress destination,
                List<PresentationContext> contexts,
                List<Pdv> values) {
            return false;
        }
    }

    /**
     * Become the user of an address.
     *
     * @return the address, with the parts that the provider chose
     * @throws IllegalStateException if it has a user
     */
    PresentationAddress attach(PresentationAddress local, User user);

    void detach(PresentationAddress local);

    /**
     * P-UNIT-DATA.request: send a value. It is taken over.
     *
     * @param lifetime how many hops it may take; -1 for the default
     * @throws IllegalArgumentException if it is longer than the layers below can carry; it is still the caller's then
     */
    void unitDataRequest(PresentationAddress source, PresentationAddress destination, int lifetime, Pdu value);

    /** Hear values to this group of hosts too, until {@link #leaveGroup}. */
    void joinGroup(NetworkAddress group);

    void leaveGroup(NetworkAddress group);

    /** This host's address towards that destination; null while it has none, or no route. */
    NetworkAddress sourceFor(NetworkAddress destination);

    /** As the session service's. */
    NetworkAddress parseAddress(String text);
}
