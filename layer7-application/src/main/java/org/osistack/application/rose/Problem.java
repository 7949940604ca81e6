package org.osistack.application.rose;

/** Why an APDU is rejected (X.229 §9). */
public enum Problem {
    UNRECOGNIZED_APDU(Kind.GENERAL, 0, "unrecognized APDU"),
    MISTYPED_APDU(Kind.GENERAL, 1, "mistyped APDU"),
    BADLY_STRUCTURED_APDU(Kind.GENERAL, 2, "badly structured APDU"),

    DUPLICATE_INVOCATION(Kind.INVOKE, 0, "duplicate invocation"),
    UNRECOGNIZED_OPERATION(Kind.INVOKE, 1, "unrecognized operation"),
    MISTYPED_ARGUMENT(Kind.INVOKE, 2, "mistyped argument"),
    RESOURCE_LIMITATION(Kind.INVOKE, 3, "resource limitation"),
    INITIATOR_RELEASING(Kind.INVOKE, 4, "initiator releasing"),
    UNRECOGNIZED_LINKED_ID(Kind.INVOKE, 5, "unrecognized linked ID"),
    LINKED_RESPONSE_UNEXPECTED(Kind.INVOKE, 6, "linked response unexpected"),
    UNEXPECTED_CHILD_OPERATION(Kind.INVOKE, 7, "unexpected child operation"),

    RESULT_FOR_UNRECOGNIZED_INVOCATION(Kind.RETURN_RESULT, 0, "result for an unrecognized invocation"),
    RESULT_RESPONSE_UNEXPECTED(Kind.RETURN_RESULT, 1, "result response unexpected"),
    MISTYPED_RESULT(Kind.RETURN_RESULT, 2, "mistyped result"),

    ERROR_FOR_UNRECOGNIZED_INVOCATION(Kind.RETURN_ERROR, 0, "error for an unrecognized invocation"),
    ERROR_RESPONSE_UNEXPECTED(Kind.RETURN_ERROR, 1, "error response unexpected"),
    UNRECOGNIZED_ERROR(Kind.RETURN_ERROR, 2, "unrecognized error"),
    UNEXPECTED_ERROR(Kind.RETURN_ERROR, 3, "unexpected error"),
    MISTYPED_PARAMETER(Kind.RETURN_ERROR, 4, "mistyped parameter");

    /** What is wrong. Its tag is {@code 80} and its ordinal. */
    public enum Kind {
        /** Any APDU; found by the provider. */
        GENERAL,
        /** An invocation. */
        INVOKE,
        /** A result. */
        RETURN_RESULT,
        /** An error. */
        RETURN_ERROR
    }

    private static final int FIRST_TAG = 0x80;

    private final Kind kind;
    private final int value;
    private final String text;

    Problem(Kind kind, int value, String text) {
        this.kind = kind;
        this.value = value;
        this.text = text;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    int tag() {
        return FIRST_TAG + kind.ordinal();
    }

    int value() {
        return value;
    }

    /** For a person. */
    public String text() {
        return text;
    }

    /** The problem with that tag and value; null if there is none. */
    static Problem of(int tag, long value) {
        for (Problem problem : values()) {
            if (problem.tag() == tag && problem.value == value) {
                return problem;
            }
        }
        return null;
    }
}
