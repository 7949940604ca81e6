package org.osistack.presentation;

import org.osistack.core.Pdu;

/** What the user of one presentation connection hears. */
public interface PresentationUser {
    /**
     * P-DATA.indication with one value; a provider without contexts gives context 0 and octets as they come. The PDU
     * belongs to the user from now on.
     */
    void dataIndication(int context, Pdu value);

    /** Any other indication or confirm. An abort, a refusal or an affirmative release ends the connection. */
    void indication(PresentationPrimitive primitive);

    /** A request that was not taken may be tried again. */
    default void readyIndication() {}
}
