package org.osistack.session.x225;

/**
 * A parameter of an SPDU: one that holds a value (PI unit), or one that holds other parameters (PGI unit). Codes, names
 * and lengths are those of X.225 §8.3; {@link SpduType} says which SPDU has which.
 */
enum Parameter {
    CONNECTION_IDENTIFIER(1, "Connection Identifier", Kind.GROUP, 0, 512),
    CONNECT_ACCEPT_ITEM(5, "Connect/Accept Item", Kind.GROUP, 0, 512),
    LINKING_INFORMATION(33, "Linking Information", Kind.GROUP, 0, 512),

    CALLED_REFERENCE(9, "Called SS-user Reference", Kind.OCTETS, 0, 64),
    CALLING_REFERENCE(10, "Calling SS-user Reference", Kind.OCTETS, 0, 64),
    COMMON_REFERENCE(11, "Common Reference", Kind.OCTETS, 0, 64),
    ADDITIONAL_REFERENCE(12, "Additional Reference Information", Kind.OCTETS, 0, 4),
    SYNC_TYPE_ITEM(15, "Sync Type Item", Kind.NUMBER, 1, 1),
    TOKEN_ITEM(16, "Token Item", Kind.NUMBER, 1, 1),
    TRANSPORT_DISCONNECT(17, "Transport Disconnect", Kind.NUMBER, 1, 1),
    PROTOCOL_OPTIONS(19, "Protocol Options", Kind.NUMBER, 1, 1),
    SESSION_USER_REQUIREMENTS(20, "Session User Requirements", Kind.NUMBER, 2, 2),
    TSDU_MAXIMUM_SIZE(21, "TSDU Maximum Size", Kind.NUMBER, 4, 4),
    VERSION_NUMBER(22, "Version Number", Kind.NUMBER, 1, 1),
    INITIAL_SERIAL_NUMBER(23, "Initial Serial Number", Kind.SERIAL, 1, 6),
    PREPARE_TYPE(24, "Prepare Type", Kind.NUMBER, 1, 1),
    ENCLOSURE_ITEM(25, "Enclosure Item", Kind.NUMBER, 1, 1),
    TOKEN_SETTING_ITEM(26, "Token Setting Item", Kind.NUMBER, 1, 1),
    RESYNC_TYPE(27, "Resync Type", Kind.NUMBER, 1, 1),
    ACTIVITY_IDENTIFIER(41, "Activity Identifier", Kind.OCTETS, 1, 6),
    SERIAL_NUMBER(42, "Serial Number", Kind.SERIAL, 1, 18),
    /** User data of MINOR SYNC ACK alone. */
    USER_DATA_46(46, "User Data", Kind.USER_DATA, 0, 0xffff),
    REFLECT_PARAMETER_VALUES(49, "Reflect Parameter Values", Kind.OCTETS, 0, 0xffff),
    /** One octet of reason; in REFUSE, user data may follow in the same value. */
    REASON_CODE(50, "Reason Code", Kind.REASON, 1, 0xffff),
    CALLING_SESSION_SELECTOR(51, "Calling Session Selector", Kind.SELECTOR, 0, 16),
    CALLED_SESSION_SELECTOR(52, "Called/Responding Session Selector", Kind.SELECTOR, 0, 16),
    SECOND_RESYNC_TYPE(53, "Second Resync Type", Kind.NUMBER, 1, 1),
    SECOND_SERIAL_NUMBER(54, "Second Serial Number", Kind.SERIAL, 1, 18),
    SECOND_INITIAL_SERIAL_NUMBER(55, "Second Initial Serial Number", Kind.SERIAL, 1, 6),
    UPPER_LIMIT_SERIAL_NUMBER(56, "Upper Limit Serial Number", Kind.NUMBER, 1, 1),
    LARGE_INITIAL_SERIAL_NUMBER(57, "Large Initial Serial Number", Kind.SERIAL, 1, 18),
    LARGE_SECOND_INITIAL_SERIAL_NUMBER(58, "Large Second Initial Serial Number", Kind.SERIAL, 1, 18),
    DATA_OVERFLOW(60, "Data Overflow", Kind.NUMBER, 1, 1),
    USER_DATA(193, "User Data", Kind.USER_DATA, 0, 0xffff),
    EXTENDED_USER_DATA(194, "Extended User Data", Kind.USER_DATA, 0, 10_240);

    /** What the value of a parameter is made of. */
    enum Kind {
        GROUP,
        NUMBER,
        SERIAL,
        OCTETS,
        SELECTOR,
        REASON,
        USER_DATA
    }

    private static final Parameter[] BY_CODE = new Parameter[256];

    static {
        for (Parameter parameter : values()) {
            BY_CODE[parameter.code] = parameter;
        }
    }

    private final int code;
    private final String text;
    private final Kind kind;
    private final int minLength;
    private final int maxLength;

    Parameter(int code, String text, Kind kind, int minLength, int maxLength) {
        this.code = code;
        this.text = text;
        this.kind = kind;
        this.minLength = minLength;
        this.maxLength = maxLength;
    }

    /** The parameter with that PI or PGI code; null if X.225 has none. */
    static Parameter ofCode(int code) {
        return BY_CODE[code];
    }

    /** The PI or PGI code. */
    int code() {
        return code;
    }

    Kind kind() {
        return kind;
    }

    boolean isGroup() {
        return kind == Kind.GROUP;
    }

    /** Whether a value may have that many octets. A value of no octets counts as absent, whatever the parameter. */
    boolean allows(int length) {
        return length == 0 || length >= minLength && length <= maxLength;
    }

    /** The name of the standard. */
    @Override
    public String toString() {
        return text;
    }
}
