package org.osistack.network;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/** What a user hears from layer 3. */
public interface NetworkUser {
    /** N-UNITDATA.indication: an SDU has arrived, whole. It belongs to the user from now on. */
    void unitDataIndication(NetworkAddress source, NetworkAddress destination, Pdu sdu);

    /**
     * N-REPORT.indication: an SDU that this user sent did not arrive.
     *
     * @param source as it was sent
     * @param destination as it was sent
     * @param sdu its first octets, at least 8 where the network tells so many; remains the caller's
     */
    default void reportIndication(NetworkReport report, NetworkAddress source, NetworkAddress destination, Pdu sdu) {}
}
