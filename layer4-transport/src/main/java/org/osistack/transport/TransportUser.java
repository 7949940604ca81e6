package org.osistack.transport;

import org.osistack.core.Pdu;

/** What the user of one transport connection hears. */
public interface TransportUser {
    /** T-CONNECT.confirm: the peer has accepted. */
    default void connectConfirm(TransportConnection connection) {}

    /** T-DATA.indication: a TSDU, or the next octets of a stream. It belongs to the user from now on. */
    void dataIndication(Pdu tsdu);

    /**
     * T-EXPEDITED-DATA.indication: up to 16 octets, perhaps earlier than normal data that was sent before them, and even
     * while normal data is paused. The TSDU belongs to the user from now on.
     */
    default void expeditedDataIndication(Pdu tsdu) {
        tsdu.release();
    }

    /** A data request that was not taken may be tried again. */
    default void readyIndication() {}

    /** The peer sends nothing more, and can still receive (octet-stream transports only). */
    default void releaseIndication() {}

    /** T-DISCONNECT.indication: the connection has ended, or did not come about. */
    void disconnectIndication(DisconnectReason reason);
}
