package org.osistack.datalink;

import org.osistack.core.Medium;
import org.osistack.core.Pdu;

/**
 * What layer 2 offers to layer 3: SDUs to and from the stations of one link, without connections, without a promise.
 *
 * <table>
 *   <caption>Primitives</caption>
 *   <tr><td>DL-UNITDATA.request</td><td>{@link #unitDataRequest}</td></tr>
 *   <tr><td>DL-UNITDATA.indication</td><td>{@link DataLinkUser#unitDataIndication}</td></tr>
 * </table>
 */
public interface DataLinkService {
    /** This station's own address. */
    MacAddress address();

    Medium medium();

    /** The longest SDU that a request takes, in octets. */
    int maxSduLength();

    /**
     * Become the user of a service access point.
     *
     * @throws IllegalStateException if it has a user
     * @throws IllegalArgumentException if this data link cannot carry that protocol
     */
    void attach(NetworkProtocol protocol, DataLinkUser user);

    /**
     * DL-UNITDATA.request: send an SDU to a station, a group or all. It is taken over.
     *
     * @throws IllegalArgumentException if it is longer than {@link #maxSduLength()}
     */
    void unitDataRequest(MacAddress destination, NetworkProtocol protocol, Pdu sdu);

    /** Hear frames to this group too, until {@link #leaveGroup}. Joining twice takes leaving twice. */
    void joinGroup(MacAddress group);

    void leaveGroup(MacAddress group);
}
