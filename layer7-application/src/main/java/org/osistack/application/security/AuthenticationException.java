package org.osistack.application.security;

/** An identity cannot be proved, or the peer cannot prove its own. The message says why in a sentence for a person. */
public final class AuthenticationException extends Exception {
    private static final long serialVersionUID = 1;

    public AuthenticationException(String message) {
        super(message);
    }

    AuthenticationException(String message, Throwable cause) {
        super(message, cause);
    }
}
