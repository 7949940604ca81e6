package org.osistack.application.cli;

/** A command could not do what was asked. The message says why in a sentence, and is shown as it is. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message);
    }

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
