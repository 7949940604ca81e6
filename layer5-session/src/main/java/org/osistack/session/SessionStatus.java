package org.osistack.session;

import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;

/**
 * One session connection as an operator sees it.
 *
 * @param number tells the session connections of one layer entity apart, from 1
 * @param state by its standard's name, such as {@code STA713}
 * @param initiator whether this side asked for it
 * @param peer the other side, as far as is known
 * @param functionalUnits those that were agreed on; the kernel alone until then
 * @param tokens those that this side holds
 * @param since when it began, in nanoseconds of the host's clock
 */
public record SessionStatus(
        int number,
        String state,
        boolean initiator,
        SessionAddress peer,
        FunctionalUnits functionalUnits,
        Tokens tokens,
        long since) {}
