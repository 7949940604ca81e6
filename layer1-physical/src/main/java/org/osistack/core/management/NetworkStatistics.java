package org.osistack.core.management;

/** What layer management (X.700) may ask a network entity to have counted since it was opened; see also RFC 4293. */
public interface NetworkStatistics {
    /** Datagrams that came from the link, fragments each counted. */
    long datagramsReceived();

    /** Whole datagrams that were handed to a user or to the protocol's own management, local ones included. */
    long datagramsDelivered();

    /** Datagrams that users or the protocol itself asked to send, before fragmentation. */
    long datagramsSent();

    /** Fragments made in sending. */
    long fragmentsSent();

    /** Fragments received. */
    long fragmentsReceived();

    /** Datagrams put together from fragments. */
    long datagramsReassembled();

    /** Error messages sent. */
    long errorsSent();

    /** Error messages not sent since there would have been too many. */
    long errorsSuppressed();
}
