package org.osistack.application;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.presentation.PresentationAddress;

/**
 * A-UNIT-DATA (X.217): single APDUs between application entities that have no association. Each travels with all that is
 * needed to understand it, and may be lost, doubled or overtaken.
 */
public interface UnitDataService {
    /** Who hears units. */
    @FunctionalInterface
    interface User {
        /**
         * A-UNIT-DATA.indication: an APDU has arrived, one whole BER encoding. It belongs to the user from now on.
         *
         * @param source where an answer is to go
         */
        void unitDataIndication(PresentationAddress source, Pdu apdu);
    }

    /** Where units of one application context come from and arrive. */
    interface AccessPoint {
        /**
         * A-UNIT-DATA.request: send an APDU, one whole BER encoding. It is taken over, whatever happens.
         *
         * @throws IllegalArgumentException if the unit is longer than the layers below can carry
         */
        void unitDataRequest(PresentationAddress destination, Pdu apdu);

        /** Hear no more. */
        void detach();
    }

    /**
     * Hear units at the selectors of an application context, as its servers do.
     *
     * @throws IllegalStateException if somebody else does already
     */
    AccessPoint attach(ApplicationContext context, User user);

    /** Hear units at a presentation selector that is chosen at random, as a client does, who wants answers only. */
    AccessPoint attachAnywhere(ApplicationContext context, User user);

    /** Where the servers of an application hear units on that host. */
    PresentationAddress server(ApplicationContext context, NetworkAddress host);
}
