package org.osistack.application.security;

import java.util.function.Consumer;
import org.osistack.application.ApplicationContext;

/** Decides who may use an application, before the application hears of an association. */
@FunctionalInterface
public interface Authenticator {
    /**
     * What a caller says about itself.
     *
     * @param context the application that it wants
     * @param caller its address in the network
     * @param title the calling AP-title, for a person; empty if it says none
     * @param value null if it says nothing to prove who it is
     */
    record Claim(ApplicationContext context, String caller, String title, AuthenticationValue value) {}

    /**
     * Decide. Called on the host's thread.
     *
     * @param then hears once, on the host's thread, at once or later. The caller may have gone by then: an admission has
     *     to be told that it is over even so
     */
    void decide(Claim claim, Consumer<Decision> then);

    /** What comes of a claim. */
    sealed interface Decision permits Admission, Challenge, Refusal {}

    /** The caller is who it says, and may use the application. */
    non-sealed interface Admission extends Decision {
        /** Its name. */
        String user();

        /** What proves the responder's identity in turn; null if nothing does. Asked once, when the application accepts. */
        AuthenticationValue response();

        /** The association is over, or did not come about. Told once, whatever has become of it. */
        default void ended() {}
    }

    /** The caller has to answer this, with another association. */
    record Challenge(AuthenticationValue value) implements Decision {}

    /**
     * The caller may not use the application.
     *
     * @param text for the caller's person; empty if the reason says all
     */
    record Refusal(Reason reason, String text) implements Decision {}

    /** Why a caller is refused: where X.227 has a diagnostic for it, that one. */
    enum Reason {
        MECHANISM_NOT_RECOGNIZED,
        MECHANISM_REQUIRED,
        AUTHENTICATION_FAILURE,
        AUTHENTICATION_REQUIRED,
        /** It is known, and may not use this application. */
        NOT_AUTHORIZED,
        /** Not now. */
        BUSY
    }
}
