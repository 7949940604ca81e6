package org.osistack.application.demo;

/** The story cannot go on. The message says what did not happen, or what somebody was told. */
final class StoryCut extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoryCut(String message) {
        super(message);
    }
}
