package org.osistack.application.security;

import java.util.function.Supplier;

/** A user of the users file who has proved it. */
record Admitted(User known, Supplier<AuthenticationValue> answer) implements Authenticator.Admission {
    @Override
    public String user() {
        return known.name();
    }

    @Override
    public AuthenticationValue response() {
        return answer.get();
    }
}
