package org.osistack.session.mux;

/** What may happen to a session (mux §7): its user's requests, the peer's frames, and what the trunk finds out. */
enum Event {
    CONNECT_ACCEPT("S-CONNECT.response +"),
    CONNECT_REFUSE("S-CONNECT.response −"),
    DATA_REQUEST("S-DATA.request"),
    TYPED_REQUEST("S-TYPED-DATA.request"),
    GIVE_REQUEST("S-TOKEN-GIVE.request"),
    PLEASE_REQUEST("S-TOKEN-PLEASE.request"),
    RELEASE_REQUEST("S-RELEASE.request"),
    RELEASE_ACCEPT("S-RELEASE.response +"),
    RELEASE_REFUSE("S-RELEASE.response −"),
    ABORT_REQUEST("S-U-ABORT.request"),
    ACCEPT("ACCEPT"),
    REFUSE("REFUSE"),
    DATA("DATA"),
    TYPED("TYPED"),
    GIVE("GIVE"),
    PLEASE("PLEASE"),
    RELEASE("RELEASE"),
    RELEASED("RELEASED"),
    NOT_RELEASED("NOT-RELEASED"),
    ABORT("ABORT"),
    GONE("GONE"),
    /** The peer broke the rules: this side aborts. */
    FAULT("fault"),
    /** Everything that was sent is acknowledged. */
    ALL_ACKNOWLEDGED("all acknowledged"),
    /** There is no way to the peer any more, or none was found in time. */
    TRUNK_ENDED("trunk ended");

    private final String text;

    Event(String text) {
        this.text = text;
    }

    boolean isRequest() {
        return ordinal() <= ABORT_REQUEST.ordinal();
    }

    /** The event that a unit makes; null for an OPEN, which makes a session. */
    static Event of(FrameType unit) {
        return switch (unit) {
            case ACCEPT -> ACCEPT;
            case REFUSE -> REFUSE;
            case DATA -> DATA;
            case TYPED -> TYPED;
            case GIVE -> GIVE;
            case PLEASE -> PLEASE;
            case RELEASE -> RELEASE;
            case RELEASED -> RELEASED;
            case NOT_RELEASED -> NOT_RELEASED;
            default -> null;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
