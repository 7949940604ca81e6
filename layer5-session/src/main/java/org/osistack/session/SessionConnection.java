package org.osistack.session;

import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

/**
 * One end of a session connection.
 *
 * <p>If both users ask for the release at the same time, each hears the other's S-RELEASE.indication, answers it, and hears
 * the confirm of its own request as the last.
 *
 * <p>It ends exactly once: by an abort, a refusal, an affirmative release, or by this side's S-U-ABORT.request, after
 * which the user hears nothing more. Requests after the end are ignored.
 */
public interface SessionConnection {
    /**
     * S-DATA.request: send an SSDU.
     *
     * @return whether it was taken over; if not, it stays the caller's, and {@link SessionUser#readyIndication()} says
     *     when to try again
     * @throws IllegalStateException if the state, or the want of a token, forbids it
     */
    boolean dataRequest(Pdu ssdu);

    /**
     * Any other request or response.
     *
     * @return whether it was taken; if not, {@link SessionUser#readyIndication()} says when to try again. An abort, a
     *     release, a resynchronization, and what ends an activity, are never put off like that
     * @throws IllegalStateException if the state, the functional units, or the want of a token, forbid it
     * @throws IllegalArgumentException if the provider cannot carry what the primitive says, such as more than 512 octets
     *     of user data in version 1 of X.225. User data of an abort or a refusal that does not fit is left away instead
     */
    boolean request(SessionPrimitive primitive);

    /** The functional units that both sides agreed on; the kernel alone until then. */
    FunctionalUnits functionalUnits();

    /** The tokens that this side holds. */
    Tokens ownTokens();

    /** The serial numbers of synchronization points, as this side has them. */
    SerialNumbers serialNumbers();

    /**
     * The serial numbers of the flow that this side receives, with symmetric synchronize; without it both flows have the
     * same.
     */
    default SerialNumbers receivedSerialNumbers() {
        return serialNumbers();
    }

    /** The number under which layer management lists it. */
    int number();

    /** The peer's address. */
    SessionAddress remote();

    /** Stop indicating data for now; the peer has to wait when what can be kept is full. */
    void pause();

    /** Go on indicating data. */
    void resume();
}
