package org.osistack.network;

/** Why a datagram that this host sent did not arrive, as N-REPORT.indication tells it. */
public enum NetworkReport {
    /** The network or the host can't be reached now; it may be again (a soft error, RFC 1122 §4.2.3.9). */
    DESTINATION_UNREACHABLE,
    /** The host does not have that transport protocol. */
    PROTOCOL_UNREACHABLE,
    /** Nobody uses that port. */
    PORT_UNREACHABLE,
    /** It was too long for a link on the way and must not be segmented: see {@link NetworkService#maxSduLength}. */
    TOO_LONG,
    /** Its lifetime ran out on the way. */
    LIFETIME_EXPIRED,
    /** It was not reassembled in time. */
    REASSEMBLY_TIMEOUT,
    /** A field of its header was refused. */
    PARAMETER_PROBLEM,
    /** It was forbidden on the way. */
    PROHIBITED
}
