package org.osistack.network.arp;

import org.osistack.core.Pdu;
import org.osistack.core.management.AddressManagement;

/** What the network protocol tells ARP and hears from it. */
public interface ArpUser {
    /** Whether hosts of this address are on the link, so that one may hear of them by ARP. */
    boolean isOnLink(int address);

    /**
     * The state or the address has changed.
     *
     * @param address the address in use from now on; 0 if there is none
     */
    void addressChanged(AddressManagement.State state, int address);

    /** The neighbour that this datagram was for does not answer. The datagram belongs to the user from now on. */
    void unresolved(Pdu datagram);
}
