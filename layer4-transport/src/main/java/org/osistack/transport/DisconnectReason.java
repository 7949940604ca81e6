package org.osistack.transport;

/** Why a transport connection ended or did not come about, as T-DISCONNECT.indication tells it (X.214 §12.2.2). */
public enum DisconnectReason {
    /** Both users have released it in an orderly way (octet-stream transports only). */
    RELEASED("released by both sides"),
    /** The peer's user ended it. */
    REMOTE_USER("ended by the peer"),
    /** Nobody is attached to the called address, or its user refused. */
    REFUSED("refused by the peer"),
    /** The called transport selector is not known there. */
    SELECTOR_UNKNOWN("the transport selector is not known there"),
    /** The peer has no room for another connection. */
    CONGESTION("the peer has no room for another connection"),
    /** The two could not agree on class or options. */
    NEGOTIATION_FAILED("no agreement on how to talk"),
    /** The peer broke the protocol. */
    PROTOCOL_ERROR("protocol error"),
    /** The network says that the peer can't be reached. */
    UNREACHABLE("the peer cannot be reached"),
    /** The peer did not answer in time, however often it was asked. */
    TIMEOUT("the peer does not answer"),
    /** This host ended it, since its stack was closed. */
    LOCAL_CLOSE("closed on this host");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** The reason in words for a person. */
    public String text() {
        return text;
    }
}
