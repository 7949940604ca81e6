package org.osistack.transport;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/** The connectionless mode of layer 4 (X.214 clause 17; UDP, X.234): single TSDUs, without a promise. */
public interface DatagramTransport {
    /**
     * Become the user of an address.
     *
     * @param local its host may be null for all of this host's addresses; its port may be 0 for the
     *     protocol's default, or for one that is free if it has none
     * @return the address with its port
     * @throws IllegalStateException if it has a user
     */
    TransportAddress attach(TransportAddress local, DatagramUser user);

    void detach(TransportAddress local);

    /**
     * T-UNITDATA.request: send a TSDU. It is taken over.
     *
     * @param source an address that was attached; its host may be null
     * @param lifetime how many hops it may take; -1 for the default
     * @throws IllegalArgumentException if it is longer than the protocol can carry; it is still the caller's then
     */
    void unitDataRequest(TransportAddress source, TransportAddress destination, int lifetime, Pdu tsdu);

    /** Hear TSDUs to this group of hosts too, until {@link #leaveGroup}. */
    void joinGroup(NetworkAddress group);

    void leaveGroup(NetworkAddress group);

    /** This host's address towards that destination; null while it has none, or no route. */
    NetworkAddress sourceFor(NetworkAddress destination);

    /** As {@link TransportService#parseAddress}. */
    NetworkAddress parseAddress(String text);
}
