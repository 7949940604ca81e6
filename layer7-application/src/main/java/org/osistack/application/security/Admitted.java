package org.osistack.application.security;

import java.util.function.Consumer;

/**
 * A user of the users file who has proved it.
 *
 * @param answer makes what proves the responder's identity in turn, now or later; asked once, if the user may come in
 */
record Admitted(User known, Consumer<Consumer<AuthenticationValue>> answer) implements Authenticator.Admission {
    /** Somebody to whom nothing is proved. */
    static Admitted of(User known) {
        return new Admitted(known, then -> then.accept(null));
    }

    @Override
    public String user() {
        return known.name();
    }

    @Override
    public AuthenticationValue response() {
        throw new IllegalStateException("the answer is not made yet");
    }
}
