package org.osistack.core.management;

import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

/**
 * One session connection as an operator sees it.
 *
 * @param number tells the session connections of one layer entity apart, from 1
 * @param state by its standard's name, such as {@code STA713}
 * @param initiator whether this side asked for it
 * @param peer the other side's address, as far as is known
 * @param functionalUnits those that were agreed on; the kernel alone until then
 * @param tokens those that this side holds
 * @param peersTokens the available tokens that the peer holds, or that are under way to this side
 * @param serialNumbers V(M), V(A) and V(R), as this side has them
 * @param activity the activity in progress; null if there is none
 * @param since when it began, in nanoseconds of the host's clock
 * @param lastUse when either side has said something; {@link #UNKNOWN} if the module does not note it
 */
public record SessionStatus(
        int number,
        String state,
        boolean initiator,
        String peer,
        FunctionalUnits functionalUnits,
        Tokens tokens,
        Tokens peersTokens,
        SerialNumbers serialNumbers,
        ActivityIdentifier activity,
        long since,
        long lastUse) {
    /** Stands for an instant that was not noted. */
    public static final long UNKNOWN = Long.MIN_VALUE;
}
