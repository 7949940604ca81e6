package org.osistack.core.dialogue;

import org.osistack.core.Octets;

/**
 * How the users call an activity (X.215 §13.11), so that they can resume it later, even on another session connection.
 *
 * @param octets 1 to 6 of them, to which the session layer gives no meaning
 */
public record ActivityIdentifier(Octets octets) {
    private static final int LONGEST = 6;

    public ActivityIdentifier {
        if (octets.isEmpty() || octets.length() > LONGEST) {
            throw new IllegalArgumentException("an activity identifier has 1 to " + LONGEST + " octets");
        }
    }
}
