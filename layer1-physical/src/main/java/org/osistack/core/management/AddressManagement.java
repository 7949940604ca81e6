package org.osistack.core.management;

import java.util.List;
import org.osistack.core.NetworkAddress;

/** Layer management of a network entity's own addresses. */
public interface AddressManagement {
    /**
     * One of the host's addresses.
     *
     * @param prefixLength how many of its leading bits all hosts on the link have in common
     */
    record OwnAddress(NetworkAddress address, int prefixLength) {
        @Override
        public String toString() {
            return address + "/" + prefixLength;
        }
    }

    /** The unicast addresses that may be used now, the preferred one first; empty while none has been found. */
    List<OwnAddress> ownAddresses();

    /** Run this on the host's thread after each change of {@link #ownAddresses()}. */
    void onAddressChange(Runnable listener);
}
