package org.osistack.session.mux;

/** The kinds of frames (mux §3). */
enum FrameType {
    // units: numbered, acknowledged, sent again, delivered once and in order
    OPEN(0x01, Kind.UNIT, 0, "ask for a session", "§4.1"),
    ACCEPT(0x02, Kind.UNIT, 0, "accept a session", "§4.2"),
    REFUSE(0x03, Kind.UNIT, 0, "refuse a session", "§4.3"),
    DATA(0x04, Kind.UNIT, 0, "data", "§4.4"),
    TYPED(0x05, Kind.UNIT, 0, "typed data", "§4.4"),
    GIVE(0x06, Kind.UNIT, 0, "give tokens", "§4.5"),
    PLEASE(0x07, Kind.UNIT, 0, "ask for tokens", "§4.5"),
    RELEASE(0x08, Kind.UNIT, 0, "ask for the release", "§4.6"),
    RELEASED(0x09, Kind.UNIT, 0, "agree to the release", "§4.6"),
    NOT_RELEASED(0x0a, Kind.UNIT, 0, "decline the release", "§4.6"),

    // of one session, not numbered
    ACK(0x11, Kind.SESSION, 4, "acknowledgement and credit", "§5.1"),
    RESUME(0x12, Kind.SESSION, 4, "go on from here", "§5.2"),
    ABORT(0x13, Kind.SESSION, -1, "abort a session", "§5.3"),
    GONE(0x14, Kind.SESSION, 0, "there is no such session any more", "§5.4"),

    // of one path
    HELLO(0x21, Kind.PATH, HelloFrame.LENGTH, "who is there, and for which trunk", "§6.1"),
    JOIN(0x22, Kind.PATH, TrunkSecret.PROOF_LENGTH, "proof that this side is the same as before", "§6.2"),
    PING(0x23, Kind.PATH, 0, "is there anybody", "§6.3"),
    PONG(0x24, Kind.PATH, 0, "yes", "§6.3"),
    LOST(0x25, Kind.PATH, 4, "another path is lost", "§6.4"),
    BYE(0x26, Kind.PATH, 0, "no more sessions on this trunk", "§6.5");

    /** What a frame is about. */
    enum Kind {
        UNIT,
        SESSION,
        PATH
    }

    private static final FrameType[] BY_CODE = new FrameType[0x40];

    static {
        for (FrameType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final Kind kind;
    private final int bodyLength;
    private final String text;
    private final String clause;

    /**
     * Make a type.
     *
     * @param bodyLength in octets, if it is always the same; 0 of a unit for any length, -1 for at least one octet
     */
    FrameType(int code, Kind kind, int bodyLength, String text, String clause) {
        this.code = code;
        this.kind = kind;
        this.bodyLength = bodyLength;
        this.text = text;
        this.clause = clause;
    }

    /** The type of that code; null if there is none. */
    static FrameType of(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }

    int code() {
        return code;
    }

    Kind kind() {
        return kind;
    }

    boolean isUnit() {
        return kind == Kind.UNIT;
    }

    /** Whether a body may have so many octets. */
    boolean allows(int length) {
        return isUnit() || (bodyLength < 0 ? length > 0 : length == bodyLength);
    }

    String text() {
        return text;
    }

    /** Where {@code docs/mux.md} describes it. */
    String clause() {
        return "mux " + clause;
    }
}
