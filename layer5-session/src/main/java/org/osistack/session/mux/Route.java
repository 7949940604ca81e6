package org.osistack.session.mux;

import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportService;

/** A way to a peer: an address in a transport service. */
record Route(TransportService service, TransportAddress called) {}
