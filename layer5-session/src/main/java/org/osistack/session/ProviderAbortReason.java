package org.osistack.session;

import org.osistack.transport.DisconnectReason;

/** Why a provider ended a session connection: the reason of S-P-ABORT (X.215 §12.16.2.1). */
public enum ProviderAbortReason {
    TRANSPORT_DISCONNECT("the transport connection was lost"),
    TRANSPORT_UNREACHABLE("the peer cannot be reached any more"),
    TRANSPORT_TIMEOUT("the peer does not answer any more"),
    PROTOCOL_ERROR("protocol error"),
    UNDEFINED("no reason given"),
    IMPLEMENTATION_RESTRICTION("a restriction of the peer's implementation");

    private final String text;

    ProviderAbortReason(String text) {
        this.text = text;
    }

    /** What it means for a session connection that its transport connection has ended. */
    public static ProviderAbortReason ofTransport(DisconnectReason reason) {
        return switch (reason) {
            case UNREACHABLE -> TRANSPORT_UNREACHABLE;
            case TIMEOUT -> TRANSPORT_TIMEOUT;
            default -> TRANSPORT_DISCONNECT;
        };
    }

    public String text() {
        return text;
    }
}
