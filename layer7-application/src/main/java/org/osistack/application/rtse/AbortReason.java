package org.osistack.application.rtse;

/** Why an association is aborted, as RTAB says it (X.228 §8). */
enum AbortReason {
    LOCAL_SYSTEM_PROBLEM("local system problem"),
    INVALID_PARAMETER("invalid parameter"),
    UNRECOGNIZED_ACTIVITY("unrecognized activity"),
    TEMPORARY_PROBLEM("temporary problem: not again for a while"),
    PROTOCOL_ERROR("protocol error"),
    PERMANENT_PROBLEM("permanent problem: it gives up"),
    USER_ERROR("by the user"),
    TRANSFER_COMPLETED("the transfer to be discarded was complete");

    private final String text;

    AbortReason(String text) {
        this.text = text;
    }

    /** For a person. */
    String text() {
        return text;
    }
}
