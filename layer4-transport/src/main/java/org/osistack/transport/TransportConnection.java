package org.osistack.transport;

import org.osistack.core.Pdu;

/**
 * One end of a transport connection.
 *
 * <p>It ends exactly once: by this side's {@link #disconnectRequest()}, after which the user hears nothing more, or by
 * {@link TransportUser#disconnectIndication}. Requests after the end are ignored; the PDUs that they carry are released.
 */
public interface TransportConnection {
    /** This side's address, as far as is known. */
    TransportAddress local();

    /** The peer's address. */
    TransportAddress remote();

    /**
     * T-CONNECT.response: accept the connection that was indicated.
     *
     * @param expedited whether expedited data may be used; takes effect only if it was proposed
     */
    void connectResponse(boolean expedited);

    /** Whether both sides and the protocol agreed to use expedited data. Known once the connection is open. */
    boolean isExpedited();

    /**
     * T-DATA.request: send a TSDU, or the next octets in an octet-stream transport.
     *
     * @return whether it was taken over; if not, it stays the caller's, and {@link TransportUser#readyIndication()} says
     *     when to try again
     */
    boolean dataRequest(Pdu tsdu);

    /**
     * T-EXPEDITED-DATA.request: send 1 to 16 octets that may overtake normal data, and are never overtaken by what is
     * handed over later (X.214).
     *
     * @return as {@link #dataRequest}
     * @throws IllegalStateException if {@link #isExpedited()} is false
     * @throws IllegalArgumentException if there are no octets, or more than 16
     */
    boolean expeditedDataRequest(Pdu tsdu);

    /** T-DISCONNECT.request: end the connection at once, or refuse it. Data under way may be lost. */
    void disconnectRequest();

    /**
     * Stop indicating normal data for now: what arrives is kept up to the receive window, and then the peer has to wait.
     * At most what is already under way may still be indicated. Expedited data is still indicated, as far as the
     * protocol can reach it.
     */
    void pause();

    /** Go on indicating data. */
    void resume();
}
