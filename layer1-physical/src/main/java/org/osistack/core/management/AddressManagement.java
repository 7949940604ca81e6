package org.osistack.core.management;

import org.osistack.core.NetworkAddress;

/** What layer management (X.700) may ask and hear of the address that this host has on its link. */
public interface AddressManagement {
    /** How far the host has come with its address. */
    enum State {
        /** It asks whether another host has the address; the address is not used yet (RFC 5227 §2.1). */
        PROBING,
        /** It uses the address and tells the link so (RFC 5227 §2.3). */
        ANNOUNCING,
        /** It uses the address, and listens for others that do (RFC 5227 §2.4). */
        IN_USE,
        /** Another host has the address that this one was told to use; it is not used. */
        CONFLICT
    }

    /** Hears of changes, on the host's thread. */
    @FunctionalInterface
    interface Watcher {
        /**
         * The state or the address has changed.
         *
         * @param address the address that may be used from now on; null if none may
         */
        void addressChanged(State state, NetworkAddress address);
    }

    /**
     * Read an address in this network's form.
     *
     * @throws IllegalArgumentException if it is none
     */
    NetworkAddress parseAddress(String text);

    /** The address in use; null while there is none. */
    NetworkAddress address();

    /** How many of the address's leading bits all hosts of the link share. */
    int prefixLength();

    State state();

    /** How often another host was heard to use an address that this one used or wanted. */
    long conflicts();

    /** Tell this watcher how things stand, at once, and of each change from now on. */
    void watch(Watcher watcher);
}
