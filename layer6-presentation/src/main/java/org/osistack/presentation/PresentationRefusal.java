package org.osistack.presentation;

/** Why a presentation connection did not come about. */
public enum PresentationRefusal {
    /** The called user refused; its answer's user data may say why. */
    USER("the called user refused"),
    /** The reasons of X.226's CPR PPDU, in its order. */
    NOT_SPECIFIED("the peer's presentation layer refused"),
    TEMPORARY_CONGESTION("the peer is busy"),
    LOCAL_LIMIT_EXCEEDED("a limit of the peer is exceeded"),
    CALLED_ADDRESS_UNKNOWN("the presentation address is not known there"),
    PROTOCOL_VERSION_NOT_SUPPORTED("the protocol version is not supported there"),
    DEFAULT_CONTEXT_NOT_SUPPORTED("the default context is not supported there"),
    USER_DATA_NOT_READABLE("the peer could not read the user data"),
    NO_PSAP_AVAILABLE("nobody is attached to that presentation address"),
    /** The session or a lower layer refused, or the peer could not be reached; the detail says why. */
    LOWER_LAYER("no session connection");

    private final String text;

    PresentationRefusal(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
