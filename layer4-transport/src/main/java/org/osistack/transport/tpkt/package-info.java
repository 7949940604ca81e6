/**
 * RFC 1006: the transport protocol X.224, class 0, over TCP. Each TPDU travels in a packet of its own (TPKT), so that the
 * octet stream keeps the boundaries of TSDUs.
 */
package org.osistack.transport.tpkt;
