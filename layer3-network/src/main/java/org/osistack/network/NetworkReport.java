package org.osistack.network;

/** Why a datagram that this host sent did not arrive, as N-REPORT.indication tells it. */
public enum NetworkReport {
    /** The network or the host can't be reached now; it may be again (a soft error, RFC 1122 §4.2.3.9). */
    DESTINATION_UNREACHABLE("the host cannot be reached"),
    /** The host does not have that transport protocol. */
    PROTOCOL_UNREACHABLE("the host does not have that protocol"),
    /** Nobody uses that port. */
    PORT_UNREACHABLE("nobody uses that port"),
    /** It was too long for a link on the way and must not be segmented: see {@link NetworkService#maxSduLength}. */
    TOO_LONG("too long for a link on the way"),
    /** Its lifetime ran out on the way. */
    LIFETIME_EXPIRED("its lifetime ran out on the way"),
    /** It was not reassembled in time. */
    REASSEMBLY_TIMEOUT("not reassembled in time"),
    /** A field of its header was refused. */
    PARAMETER_PROBLEM("a field of its header was refused"),
    /** It was forbidden on the way. */
    PROHIBITED("forbidden on the way");

    private final String text;

    NetworkReport(String text) {
        this.text = text;
    }

    /** The report in words. */
    public String text() {
        return text;
    }
}
