package org.osistack.session;

/** Why a provider ended a session connection: the reason of S-P-ABORT (X.215 §12.16.2.1). */
public enum ProviderAbortReason {
    TRANSPORT_DISCONNECT("the transport connection was lost"),
    PROTOCOL_ERROR("protocol error"),
    UNDEFINED("no reason given"),
    IMPLEMENTATION_RESTRICTION("a restriction of the peer's implementation");

    private final String text;

    ProviderAbortReason(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
