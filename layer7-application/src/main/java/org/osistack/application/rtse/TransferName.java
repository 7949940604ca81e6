package org.osistack.application.rtse;

import org.osistack.core.dialogue.ActivityIdentifier;

/**
 * The name of a transfer: how its activity was called when it began, and on which session connection that was. The two
 * sides of a transfer call it the same, whatever connections it goes on later. The sides count their own activities, so
 * that a name is good for one direction of one association.
 *
 * <p>By it the receiver knows a transfer again: an APDU is handed to the user once for each name.
 */
public record TransferName(SessionConnectionIdentifier connection, ActivityIdentifier activity) {
    /** For a person. */
    @Override
    public String toString() {
        return "activity " + activity.octets() + " of " + connection;
    }
}
