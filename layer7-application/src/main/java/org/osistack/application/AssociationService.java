package org.osistack.application;

import org.osistack.application.security.Authenticator;
import org.osistack.core.NetworkAddress;
import org.osistack.core.dialogue.FunctionalUnits;

/** Associations for applications, over whatever presentation service the stack has. */
public interface AssociationService {
    /**
     * Hear of associations in this application context.
     *
     * @param supported the session functional units that the application can use; what a caller proposes beyond is left
     *     out
     * @throws IllegalStateException if somebody else does already
     */
    void attach(ApplicationContext context, FunctionalUnits supported, AssociationListener listener);

    /**
     * Hear of associations in this application context, of those alone that the authenticator admits.
     *
     * @param supported as {@link #attach(ApplicationContext, FunctionalUnits, AssociationListener)}
     * @throws IllegalStateException if somebody else does already, or there is no ACSE to carry the proof
     */
    default void attach(
            ApplicationContext context,
            FunctionalUnits supported,
            Authenticator authenticator,
            AssociationListener listener) {
        throw new IllegalStateException("who calls cannot be told without ACSE: layer 6 has to be x226");
    }

    /** Hear no more of them. Associations that exist go on. */
    void detach(ApplicationContext context);

    /**
     * A-ASSOCIATE.request. The user hears the answer later, never before this call returns.
     *
     * @throws IllegalArgumentException if the stack cannot have what is asked for
     * @throws IllegalStateException if the request's credentials have nothing to prove the identity with
     */
    Association associateRequest(AssociationRequest request, AssociationUser user);

    /**
     * Whether associations have the functional units that both sides want: there is a session layer that negotiates
     * them. Otherwise they are duplex, and nothing else.
     */
    default boolean negotiatesFunctionalUnits() {
        return true;
    }

    /** The session functional units that associations can have. */
    default FunctionalUnits functionalUnits() {
        return FunctionalUnits.ALL;
    }

    /**
     * Read a host's address in the form of the network below.
     *
     * @throws IllegalArgumentException if it is none
     */
    NetworkAddress parseAddress(String text);

    /** The connectionless mode, A-UNIT-DATA; null if there is none. */
    default UnitDataService connectionless() {
        return null;
    }
}
