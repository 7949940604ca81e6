package org.osistack.transport;

import org.osistack.core.Pdu;

/** What a user of the connectionless transport service hears. */
public interface DatagramUser {
    /** T-UNITDATA.indication: a TSDU has arrived. It belongs to the user from now on. */
    void unitDataIndication(TransportAddress source, TransportAddress destination, Pdu tsdu);

    /** Something that this user sent did not arrive. */
    default void reportIndication(DisconnectReason reason, TransportAddress destination) {}
}
