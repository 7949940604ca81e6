package org.osistack.presentation;

import java.util.List;

/**
 * The connectionless mode of a presentation service with contexts (P-UNIT-DATA of X.216; X.236). Nothing is negotiated:
 * each unit brings the definitions of the contexts that its values belong to, and who cannot read them loses the unit.
 *
 * <p>{@link #unitDataRequest(PresentationAddress, PresentationAddress, int, org.osistack.core.Pdu)} sends a value of the
 * default context, which two users know beforehand.
 */
public interface NegotiatedConnectionless extends ConnectionlessPresentation {
    /**
     * P-UNIT-DATA.request: send values of several contexts as one unit.
     *
     * @param lifetime how many hops it may take; -1 for the default
     * @param contexts those that the values belong to; none for the default context, which is 0 then
     * @param values at least one
     * @throws IllegalArgumentException if a value belongs to none of the contexts, or if the unit is longer than the
     *     layers below can carry
     */
    void unitDataRequest(
            PresentationAddress source,
            PresentationAddress destination,
            int lifetime,
            List<PresentationContext> contexts,
            List<Pdv> values);
}
