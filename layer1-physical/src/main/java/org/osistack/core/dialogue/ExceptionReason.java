package org.osistack.core.dialogue;

/**
 * Why a user reports an exception, or interrupts or discards an activity (X.215 §13.10, §13.14). The codes are those of
 * X.225's Reason Code parameter.
 */
public enum ExceptionReason {
    NON_SPECIFIC(0, "no specific reason"),
    RECEIVING_JEOPARDIZED(1, "the user's ability to receive is in danger"),
    USER_SEQUENCE_ERROR(3, "the user has lost the order of things"),
    LOCAL_USER_ERROR(5, "an error at the user"),
    UNRECOVERABLE_PROCEDURAL_ERROR(6, "an error of procedure that cannot be mended"),
    DEMAND_DATA_TOKEN(128, "the data token is wanted");

    private final int code;
    private final String text;

    ExceptionReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** As in the Reason Code parameter. */
    public int code() {
        return code;
    }

    /** For a person. */
    public String text() {
        return text;
    }

    /** The reason with that code; those that are not known are {@link #NON_SPECIFIC}. */
    public static ExceptionReason ofCode(int code) {
        for (ExceptionReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return NON_SPECIFIC;
    }
}
