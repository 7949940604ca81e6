package org.osistack.session;

import org.osistack.core.Pdu;

/** What the user of one session connection hears. */
public interface SessionUser {
    /** S-DATA.indication: an SSDU has arrived. It belongs to the user from now on. */
    void dataIndication(Pdu ssdu);

    /** Any other indication or confirm. An abort, a refusal or an affirmative release ends the connection. */
    void indication(SessionPrimitive primitive);

    /** A request that was not taken may be tried again. */
    default void readyIndication() {}
}
