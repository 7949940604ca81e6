package org.osistack.core;

/** Why a PDU that arrived was thrown away. Each protocol counts these apart: see {@link Discards}. */
public enum Discard {
    TOO_SHORT("shorter than its header"),
    TOO_LONG("longer than the medium or the protocol allows"),
    BAD_LENGTH("a length field that contradicts the octets"),
    BAD_VERSION("a version of the protocol that is not spoken here"),
    BAD_FCS("frame check sequence wrong"),
    BAD_CHECKSUM("checksum wrong"),
    BAD_FIELD("a field with a value that the standard forbids"),
    NOT_FOR_US("addressed to another station"),
    BAD_SOURCE("a source address that nobody may use"),
    NO_USER("no user is attached to the service access point it is for"),
    NO_CONNECTION("belongs to no connection"),
    UNEXPECTED("not allowed in the present state"),
    OUT_OF_WINDOW("outside the receive window"),
    DUPLICATE("received before"),
    OVERLAP("overlaps octets that were received before"),
    LIFETIME_EXPIRED("lifetime exceeded"),
    NO_ROUTE("no route to the destination"),
    UNRESOLVED("the neighbour does not answer"),
    REASSEMBLY_TIMEOUT("the rest of it did not come in time"),
    OVER_LIMIT("a limit for what may be stored is reached"),
    RATE_LIMITED("more than the rate limit allows"),
    QUEUE_FULL("the queue is full"),
    LOST("lost on the medium, as the medium was told to"),
    LINK_DOWN("the link is down"),
    MALFORMED("not a well-formed PDU"),
    UNKNOWN_PDU("a kind of PDU that is not known");

    private final String text;

    Discard(String text) {
        this.text = text;
    }

    /** The reason in words that complete "thrown away: …". */
    public String text() {
        return text;
    }
}
