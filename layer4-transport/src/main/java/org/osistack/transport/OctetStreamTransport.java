package org.osistack.transport;

/** A transport service whose connections carry octets without boundaries, such as TCP. */
public interface OctetStreamTransport extends TransportService {
    @Override
    OctetStreamConnection connectRequest(
            TransportAddress calling, TransportAddress called, boolean expedited, TransportUser user);
}
