package org.osistack.transport;

/** One end of a connection that carries octets without boundaries, and ends one direction at a time. */
public interface OctetStreamConnection extends TransportConnection {
    /**
     * Release this side's direction: what was handed over is still delivered, then the peer hears
     * {@link TransportUser#releaseIndication()}. The other direction stays open.
     */
    void releaseRequest();

    /** How many octets a data request takes at this moment. */
    int sendCapacity();

    /** How many octets were handed over that the peer has not acknowledged. */
    int unacknowledged();
}
