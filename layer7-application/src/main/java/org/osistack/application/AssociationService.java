package org.osistack.application;

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

    /** Hear no more of them. Associations that exist go on. */
    void detach(ApplicationContext context);

    /** A-ASSOCIATE.request. The user hears the answer later, never before this call returns. */
    Association associateRequest(AssociationRequest request, AssociationUser user);

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
