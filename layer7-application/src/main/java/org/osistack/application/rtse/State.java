package org.osistack.application.rtse;

/** The states of the reliable transfer protocol machine. A state's number is its ordinal. */
enum State {
    IDLE("idle"),
    AWAITING_ASSOCIATION("awaiting A-ASSOCIATE confirm"),
    AWAITING_OPEN_RESPONSE("awaiting RT-OPEN response"),
    TURN_HERE("turn here"),
    TURN_THERE("turn there"),
    SENDING("sending"),
    AWAITING_END("awaiting the end's confirmation"),
    RECEIVING("receiving"),
    REPORTED("exception reported"),
    CLOSING("awaiting A-RELEASE confirm"),
    AWAITING_CLOSE_RESPONSE("awaiting RT-CLOSE response"),
    AWAITING_STOP("awaiting AIA or ADA"),
    RECOVERING("recovering"),
    AWAITING_RECOVERY("awaiting recovery");

    private final String text;

    State(String text) {
        this.text = text;
    }

    /** Number and name. */
    @Override
    public String toString() {
        return ordinal() + " " + text;
    }
}
