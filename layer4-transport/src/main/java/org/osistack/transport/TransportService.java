package org.osistack.transport;

import org.osistack.core.NetworkAddress;

/**
 * What layer 4 offers to layer 5: connections that deliver data whole and in order, and units of data without a
 * connection.
 *
 * <table>
 *   <caption>Primitives</caption>
 *   <tr><th></th><th>request</th><th>indication</th><th>response</th><th>confirm</th></tr>
 *   <tr><td>T-CONNECT</td><td>{@link #connectRequest}</td><td>{@link TransportListener#connectIndication}</td>
 *       <td>{@link TransportConnection#connectResponse}</td><td>{@link TransportUser#connectConfirm}</td></tr>
 *   <tr><td>T-DATA</td><td>{@link TransportConnection#dataRequest}</td><td>{@link TransportUser#dataIndication}</td>
 *       <td></td><td></td></tr>
 *   <tr><td>T-EXPEDITED-DATA</td><td>{@link TransportConnection#expeditedDataRequest}</td>
 *       <td>{@link TransportUser#expeditedDataIndication}</td><td></td><td></td></tr>
 *   <tr><td>T-DISCONNECT</td><td>{@link TransportConnection#disconnectRequest}</td>
 *       <td>{@link TransportUser#disconnectIndication}</td><td></td><td></td></tr>
 *   <tr><td>T-UNITDATA</td><td>{@link DatagramTransport#unitDataRequest}</td>
 *       <td>{@link DatagramUser#unitDataIndication}</td><td></td><td></td></tr>
 * </table>
 */
public interface TransportService {
    /**
     * Hear of connections to this address.
     *
     * @param local its host may be null for all of this host's addresses; its port may be 0 for the protocol's default
     * @throws IllegalStateException if somebody else does already
     */
    void attach(TransportAddress local, TransportListener listener);

    /** Hear no more of them. Connections that exist go on. */
    void detach(TransportAddress local);

    /**
     * T-CONNECT.request: open a connection. The user hears {@link TransportUser#connectConfirm} or
     * {@link TransportUser#disconnectIndication}, never before this call returns.
     *
     * @param calling this side's address; null, or parts that are null, 0 or empty, leave the choice to the provider
     * @param expedited whether to propose expedited data
     */
    TransportConnection connectRequest(
            TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user);

    /**
     * Read a network address in the form of the network below.
     *
     * @throws IllegalArgumentException if it is none
     */
    NetworkAddress parseAddress(String text);

    /** The connectionless mode of this layer; null if it has none. */
    DatagramTransport connectionless();
}
