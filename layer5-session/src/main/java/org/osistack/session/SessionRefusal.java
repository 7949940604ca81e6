package org.osistack.session;

import org.osistack.transport.DisconnectReason;

/** Why a session connection did not come about: X.225's reason codes of the REFUSE SPDU, and the transport's failure. */
public enum SessionRefusal {
    NOT_SPECIFIED_BY_USER(0, "the called user refused"),
    TEMPORARY_CONGESTION(1, "the called user is busy"),
    REJECTED_BY_USER(2, "the called user refused"),
    SELECTOR_UNKNOWN(129, "the session selector is not known there"),
    USER_NOT_ATTACHED(130, "nobody is attached to that session address"),
    CONGESTION(131, "the peer's session layer has no room for another connection"),
    VERSIONS_NOT_SUPPORTED(132, "the proposed protocol versions are not supported"),
    NOT_SPECIFIED(133, "the peer's session layer refused"),
    IMPLEMENTATION_RESTRICTION(134, "a restriction of the peer's implementation"),
    TRANSPORT(-1, "no transport connection"),
    TRANSPORT_REFUSED(-1, "the peer refused it"),
    TRANSPORT_UNREACHABLE(-1, "the peer cannot be reached"),
    TRANSPORT_TIMEOUT(-1, "the peer does not answer"),
    TRANSPORT_MISUNDERSTOOD(-1, "what answers does not speak the same transport protocol");

    private final int code;
    private final String text;

    SessionRefusal(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The Reason Code of X.225; -1 if it never travels. */
    public int code() {
        return code;
    }

    /** Whether the called user refused, not a provider. */
    public boolean isByUser() {
        return code >= 0 && code <= 2;
    }

    public String text() {
        return text;
    }

    /** What it means for a session connection that its transport connection did not come about. */
    public static SessionRefusal ofTransport(DisconnectReason reason) {
        return switch (reason) {
            case REFUSED, REMOTE_USER -> TRANSPORT_REFUSED;
            case SELECTOR_UNKNOWN -> SELECTOR_UNKNOWN;
            case CONGESTION -> CONGESTION;
            case UNREACHABLE -> TRANSPORT_UNREACHABLE;
            case TIMEOUT -> TRANSPORT_TIMEOUT;
            case PROTOCOL_ERROR, NEGOTIATION_FAILED -> TRANSPORT_MISUNDERSTOOD;
            default -> TRANSPORT;
        };
    }

    /** The refusal of that code; NOT_SPECIFIED if it is none of these. */
    public static SessionRefusal ofCode(int code) {
        for (SessionRefusal refusal : values()) {
            if (refusal.code == code && code >= 0) {
                return refusal;
            }
        }
        return NOT_SPECIFIED;
    }
}
