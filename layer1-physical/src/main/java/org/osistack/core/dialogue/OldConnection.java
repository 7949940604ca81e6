package org.osistack.core.dialogue;

import org.osistack.core.Octets;

/**
 * The session connection on which an activity began that is resumed on another one (X.215 §13.12): its identifier with the
 * references of both users.
 *
 * @param calledReference at most 64 octets
 * @param callingReference at most 64 octets
 * @param commonReference at most 64 octets
 * @param additionalInformation at most 4 octets
 */
public record OldConnection(
        Octets calledReference, Octets callingReference, Octets commonReference, Octets additionalInformation) {
    public OldConnection {
        if (calledReference.length() > 64
                || callingReference.length() > 64
                || commonReference.length() > 64
                || additionalInformation.length() > 4) {
            throw new IllegalArgumentException("a part of the old session connection identifier is too long");
        }
    }
}
