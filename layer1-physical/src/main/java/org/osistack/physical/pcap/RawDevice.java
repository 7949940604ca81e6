package org.osistack.physical.pcap;

import org.osistack.core.Discard;
import org.osistack.core.Pdu;

/** A network interface that is open for frames. Used by the thread of one host; what it does on others is its own. */
interface RawDevice {
    /** The name of the interface. */
    String name();

    /** The longest SDU of the data link layer that a frame may carry, in octets. */
    int mtu();

    /** The address that the interface has of its own, in the low 48 bits; -1 if it has none. */
    long address();

    /** The longest frame that {@link #receive()} returns whole, in octets. */
    int maxReceiveLength();

    /** Whether frames can be sent now. */
    boolean isUp();

    /** Why the device isn't up, in words. */
    String trouble();

    /** The next frame that arrived, which is the caller's from now on; null if there is none. */
    byte[] receive();

    /** How many frames were lost on their way to {@link #receive()} since the last time that this was asked. */
    long takeLost();

    /**
     * Send a frame. It stays with the caller.
     *
     * @return null if it was sent, otherwise why it was not
     */
    Discard send(Pdu frame);

    /** Give the interface back. Does not fail. */
    void close();
}
