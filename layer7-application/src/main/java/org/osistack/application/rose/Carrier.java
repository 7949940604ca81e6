package org.osistack.application.rose;

import org.osistack.core.Octets;

/** Carries the APDUs of ROSE: in P-DATA, or by reliable transfer. */
interface Carrier {
    /**
     * Send an APDU, now or when its turn comes.
     *
     * @param priority 0 is the highest
     * @param isAwaited whether this side has nothing more to say before it is answered
     */
    void send(Octets apdu, int priority, boolean isAwaited);

    /** How many APDUs are not under way. */
    int waiting();

    /** The name of the peer's user, who has proved to be that; empty if nobody had to. */
    String peerUser();

    /** The number under which layer management lists the session connection; 0 if there is none, or it may change. */
    int sessionNumber();

    void bindResponse(Octets result);

    void bindRefusal(String reason, Octets error);

    /** End in an orderly way when all that waits has been sent. */
    void unbindRequest(Octets argument);

    void unbindResponse(Octets result);

    void abort();
}
