package org.osistack.application.cli;

/** A command could not do what was asked. The message says why in a sentence, and is shown as it is. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
