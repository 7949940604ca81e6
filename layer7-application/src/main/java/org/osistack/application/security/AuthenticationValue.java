package org.osistack.application.security;

import org.osistack.application.ApplicationContexts;
import org.osistack.presentation.ObjectIdentifier;

/**
 * What one side says to the other about its identity: the mechanism-name and the authentication-value of an AARQ or AARE
 * (X.227 §9.1), a charstring.
 *
 * @param mechanism how the text is to be understood; null if it is not said
 * @param text empty if the value is none, or no charstring
 */
public record AuthenticationValue(ObjectIdentifier mechanism, String text) {
    /** The password itself, in the clear: {@code {joint-iso-itu-t association-control(2) authentication-mechanism(3) password-1(1)}}. */
    public static final ObjectIdentifier PASSWORD = ObjectIdentifier.of("2.2.3.1");
    /** The messages of SCRAM-SHA-256 (RFC 5802, RFC 7677). */
    public static final ObjectIdentifier SCRAM_SHA_256 = ApplicationContexts.ownMechanism(1);
    /** The messages by which a ticket is used: see {@link Ticket}. */
    public static final ObjectIdentifier TICKET = ApplicationContexts.ownMechanism(2);

    /** Longer texts are not looked at. */
    static final int MAX_TEXT = 2000;

    /** The text if it is of that mechanism and not too long; empty otherwise. */
    static String text(AuthenticationValue value, ObjectIdentifier mechanism) {
        return value != null && mechanism.equals(value.mechanism) && value.text.length() <= MAX_TEXT ? value.text : "";
    }
}
