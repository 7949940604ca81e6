package org.osistack.core.dialogue;

import org.osistack.core.Octets;

/**
 * The session connection identifier (X.215 §12.1.2.1): how the users call this session connection, so that they can
 * refer to it later. The session protocol carries it and gives it no meaning.
 *
 * @param userReference the calling, or in a response the called, SS-user reference; at most 64 octets
 * @param commonReference at most 64 octets
 * @param additionalInformation at most 4 octets
 */
public record ConnectionIdentifier(Octets userReference, Octets commonReference, Octets additionalInformation) {
    public static final ConnectionIdentifier NONE = new ConnectionIdentifier(Octets.EMPTY, Octets.EMPTY, Octets.EMPTY);

    public ConnectionIdentifier {
        if (userReference.length() > 64 || commonReference.length() > 64 || additionalInformation.length() > 4) {
            throw new IllegalArgumentException("a part of the session connection identifier is too long");
        }
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
