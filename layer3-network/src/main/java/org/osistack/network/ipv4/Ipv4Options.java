package org.osistack.network.ipv4;

import org.osistack.core.Pdu;

/**
 * The options of a datagram's header (RFC 791 §3.1). A host passes them over (RFC 1122 §3.2.1.8); it has to know that
 * they are well formed, and whether the sender wrote the route.
 */
final class Ipv4Options {
    static final int END_OF_LIST = 0;
    static final int NO_OPERATION = 1;
    static final int RECORD_ROUTE = 7;
    static final int TIMESTAMP = 68;
    static final int LOOSE_SOURCE_ROUTE = 131;
    static final int STRICT_SOURCE_ROUTE = 137;
    static final int ROUTER_ALERT = 148; // RFC 2113

    /** {@link #check} found nothing wrong. */
    static final int FINE = 0;
    /** {@link #check} found a source route. */
    static final int SOURCE_ROUTED = -1;

    private Ipv4Options() {}

    /**
     * Go through the options.
     *
     * @return {@link #FINE}, {@link #SOURCE_ROUTED}, or the offset of the octet in the header that is wrong
     */
    static int check(Pdu datagram, int headerLength) {
        int at = Ipv4Header.LENGTH;
        while (at < headerLength) {
            int type = datagram.getUint8(at);
            if (type == END_OF_LIST) {
                return FINE;
            }
            if (type == NO_OPERATION) {
                at++;
                continue;
            }
            int length = at + 1 < headerLength ? datagram.getUint8(at + 1) : 0;
            if (length < 2 || at + length > headerLength) {
                return at + 1 < headerLength ? at + 1 : at;
            }
            if (type == LOOSE_SOURCE_ROUTE || type == STRICT_SOURCE_ROUTE) {
                return SOURCE_ROUTED;
            }
            at += length;
        }
        return FINE;
    }

    /** The name of an option by its type. */
    static String name(int type) {
        return switch (type) {
            case END_OF_LIST -> "End of Option List";
            case NO_OPERATION -> "No Operation";
            case RECORD_ROUTE -> "Record Route";
            case TIMESTAMP -> "Internet Timestamp";
            case LOOSE_SOURCE_ROUTE -> "Loose Source Route";
            case STRICT_SOURCE_ROUTE -> "Strict Source Route";
            case ROUTER_ALERT -> "Router Alert";
            default -> "Option " + type;
        };
    }
}
