package org.osistack.core.management;

/**
 * One end of a transport connection, or one attached address, as layer management shows it.
 *
 * @param protocol such as {@code TCP}
 * @param state by its standard's name, such as {@code ESTABLISHED}; empty without a connection
 * @param local this side's address as a person reads it, such as {@code 10.0.0.1:102}
 * @param remote the peer's address; empty if there is none
 * @param sendQueue octets that were handed over and are not acknowledged
 * @param receiveQueue octets that have arrived and wait for the user
 * @param congestionWindow in octets; 0 without one
 * @param slowStartThreshold in octets; 0 without one
 * @param peerWindow how many octets the peer is ready to receive
 * @param maxSegment the longest segment text that is sent, in octets
 * @param roundTripNanos the smoothed round-trip time; 0 while unknown
 * @param retransmitNanos the present retransmission time-out; 0 without one
 * @param octetsSent user data acknowledged by the peer
 * @param octetsReceived user data that has arrived in order
 * @param retransmissions segments that were sent again
 */
public record TransportEndpoint(
        String protocol,
        String state,
        String local,
        String remote,
        int sendQueue,
        int receiveQueue,
        int congestionWindow,
        int slowStartThreshold,
        int peerWindow,
        int maxSegment,
        long roundTripNanos,
        long retransmitNanos,
        long octetsSent,
        long octetsReceived,
        long retransmissions) {

    /** An address where somebody listens, or that a user of the connectionless mode is attached to. */
    public static TransportEndpoint attached(String protocol, String state, String local) {
        return new TransportEndpoint(protocol, state, local, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
