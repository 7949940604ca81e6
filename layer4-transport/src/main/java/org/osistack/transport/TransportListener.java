package org.osistack.transport;

/** Hears of connections that others want. */
@FunctionalInterface
public interface TransportListener {
    /**
     * T-CONNECT.indication: somebody wants a connection. The user that is returned answers it with
     * {@link TransportConnection#connectResponse} or {@link TransportConnection#disconnectRequest}, now or later. From
     * an {@link OctetStreamTransport} it is an {@link OctetStreamConnection}.
     *
     * @param expedited whether expedited data is proposed
     * @return the user of the new connection; null to refuse at once
     */
    TransportUser connectIndication(TransportConnection connection, boolean expedited);
}
