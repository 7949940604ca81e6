package org.osistack.application.acse;

import org.osistack.application.security.Authenticator;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The result-source-diagnostic of an AARE: who decided, and why.
 *
 * @param isByUser whether the called user decided, not its ACSE
 * @param value as X.227 §9.1 counts them
 */
record Diagnostic(boolean isByUser, int value) {
    /** The user has nothing to say about its decision. */
    static final Diagnostic NULL = new Diagnostic(true, 0);

    static final Diagnostic NO_REASON = new Diagnostic(true, 1);
    static final Diagnostic APPLICATION_CONTEXT_NOT_SUPPORTED = new Diagnostic(true, 2);
    static final Diagnostic MECHANISM_NOT_RECOGNIZED = new Diagnostic(true, 11);
    static final Diagnostic MECHANISM_REQUIRED = new Diagnostic(true, 12);
    static final Diagnostic AUTHENTICATION_FAILURE = new Diagnostic(true, 13);
    static final Diagnostic AUTHENTICATION_REQUIRED = new Diagnostic(true, 14);
    static final Diagnostic PROVIDER_NO_REASON = new Diagnostic(false, 1);
    static final Diagnostic NO_COMMON_VERSION = new Diagnostic(false, 2);

    private static final String[] BY_USER = {
        "",
        "",
        "the application context is not supported there",
        "the calling AP title is not recognized",
        "the calling AP invocation identifier is not recognized",
        "the calling AE qualifier is not recognized",
        "the calling AE invocation identifier is not recognized",
        "the called AP title is not recognized",
        "the called AP invocation identifier is not recognized",
        "the called AE qualifier is not recognized",
        "the called AE invocation identifier is not recognized",
        "the authentication mechanism is not recognized",
        "an authentication mechanism is required",
        "authentication failed",
        "authentication is required"
    };
    private static final String[] BY_PROVIDER = {"", "", "no version of ACSE in common"};
    private static final int MAX_VALUE = 127;

    /** The diagnostic of a refusal by an authenticator. */
    static Diagnostic of(Authenticator.Reason reason) {
        return switch (reason) {
            case MECHANISM_NOT_RECOGNIZED -> MECHANISM_NOT_RECOGNIZED;
            case MECHANISM_REQUIRED -> MECHANISM_REQUIRED;
            case AUTHENTICATION_FAILURE -> AUTHENTICATION_FAILURE;
            case AUTHENTICATION_REQUIRED -> AUTHENTICATION_REQUIRED;
            case NOT_AUTHORIZED, BUSY -> NO_REASON; // X.227 has none for them
        };
    }

    /** For a person; empty if it says nothing. */
    String text() {
        String[] texts = isByUser ? BY_USER : BY_PROVIDER;
        return value < texts.length ? texts[value] : "diagnostic " + value;
    }

    static Diagnostic parse(BerReader reader) {
        reader.enter(0xa3);
        boolean byUser = reader.isAt(0xa1);
        reader.enter(byUser ? 0xa1 : 0xa2);
        int value = reader.integer(Tag.INTEGER, 0, MAX_VALUE);
        reader.leave();
        reader.leave();
        return new Diagnostic(byUser, value);
    }

    void emit(BerWriter out) {
        int end = out.mark();
        out.integer(Tag.INTEGER, value).wrap(isByUser ? 0xa1 : 0xa2, end).wrap(0xa3, end);
    }
}
