package org.osistack.presentation.x226;

/** The provider-reason of the ARP PPDU; values as X.226 §8.5 writes them. */
enum AbortReason {
    NOT_SPECIFIED("no reason given"),
    UNRECOGNIZED_PPDU("unrecognized PPDU"),
    UNEXPECTED_PPDU("unexpected PPDU"),
    UNEXPECTED_SESSION_PRIMITIVE("unexpected session service primitive"),
    UNRECOGNIZED_PARAMETER("unrecognized PPDU parameter"),
    UNEXPECTED_PARAMETER("unexpected PPDU parameter"),
    INVALID_PARAMETER_VALUE("invalid PPDU parameter value");

    private final String text;

    AbortReason(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static String text(int value) {
        return value >= 0 && value < values().length ? values()[value].text : "reason " + value;
    }
}
