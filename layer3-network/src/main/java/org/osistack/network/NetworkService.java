package org.osistack.network;

import org.osistack.core.Medium;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/**
 * What layer 3 offers to layer 4: SDUs between hosts, without connections, without a promise.
 *
 * <table>
 *   <caption>Primitives</caption>
 *   <tr><td>N-UNITDATA.request</td><td>{@link #unitDataRequest}</td></tr>
 *   <tr><td>N-UNITDATA.indication</td><td>{@link NetworkUser#unitDataIndication}</td></tr>
 *   <tr><td>N-REPORT.indication</td><td>{@link NetworkUser#reportIndication}</td></tr>
 * </table>
 */
public interface NetworkService {
    /** Lets the provider choose the lifetime. */
    int DEFAULT_LIFETIME = -1;

    Medium medium();

    /**
     * Become the user of a service access point.
     *
     * @throws IllegalStateException if it has a user
     */
    void attach(TransportProtocol protocol, NetworkUser user);

    /**
     * N-UNITDATA.request: send an SDU. It is taken over. What cannot be sent is discarded and counted; where the reason
     * is known at once, such as a missing route, the user hears N-REPORT.indication before this call returns.
     *
     * @param source one of this host's addresses; null to let the provider choose
     * @param lifetime how many hops it may take; {@link #DEFAULT_LIFETIME}
     * @param maySegment whether it may be sent in pieces if a link cannot take it whole
     */
    void unitDataRequest(
            NetworkAddress source,
            NetworkAddress destination,
            TransportProtocol protocol,
            int lifetime,
            boolean maySegment,
            Pdu sdu);

    /** Send with the default lifetime, in pieces if need be, from the address that the provider chooses. */
    default void unitDataRequest(NetworkAddress destination, TransportProtocol protocol, Pdu sdu) {
        unitDataRequest(null, destination, protocol, DEFAULT_LIFETIME, true, sdu);
    }

    /**
     * Read an address in this network's form.
     *
     * @throws IllegalArgumentException if it is none
     */
    NetworkAddress parseAddress(String text);

    /** The address to send from to this destination; null while this host has none, or no route. */
    NetworkAddress sourceFor(NetworkAddress destination);

    /** Whether it is one of this host's own unicast addresses. */
    boolean isLocal(NetworkAddress address);

    /** Whether it stands for several hosts: broadcast or multicast. */
    boolean isGroup(NetworkAddress address);

    /** The longest SDU that goes to this destination in one piece, as far as is known (path MTU), in octets. */
    int maxSduLength(NetworkAddress destination);

    /**
     * The sum of the pseudo-header that TCP and UDP take into their checksums: the one place where a transport protocol
     * looks into the network's. Zero in networks that have none. To be added to a
     * {@link org.osistack.core.Checksum} sum.
     */
    int pseudoHeaderSum(NetworkAddress source, NetworkAddress destination, TransportProtocol protocol, int sduLength);

    /**
     * Tell the sender that nobody uses the port that its SDU was for.
     *
     * @param sdu as it was indicated, from its first octet; remains the caller's
     */
    void reportPortUnreachable(NetworkAddress source, NetworkAddress destination, TransportProtocol protocol, Pdu sdu);

    /** Hear SDUs to this group too, until {@link #leaveGroup}. Joining twice takes leaving twice. */
    void joinGroup(NetworkAddress group);

    void leaveGroup(NetworkAddress group);
}
