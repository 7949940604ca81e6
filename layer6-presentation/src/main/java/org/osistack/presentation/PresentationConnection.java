package org.osistack.presentation;

import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

/** One end of a presentation connection. It ends exactly once, as a session connection does. */
public interface PresentationConnection {
    /**
     * P-DATA.request with one value: with BER, one whole encoding.
     *
     * @param context the presentation context; 0 in providers without contexts
     * @return whether it was taken over; if not, it stays the caller's, and {@link PresentationUser#readyIndication()}
     *     says when to try again
     * @throws IllegalStateException if the state, or the want of a token, forbids it
     * @throws IllegalArgumentException if there is no such context
     */
    boolean dataRequest(int context, Pdu value);

    /**
     * Any other request or response.
     *
     * @return as {@link org.osistack.session.SessionConnection#request}
     * @throws IllegalStateException if the state, the functional units, or the want of a token, forbid it
     */
    boolean request(PresentationPrimitive primitive);

    /** The session functional units that both sides agreed on; the kernel alone until then. */
    FunctionalUnits functionalUnits();

    /** The tokens that this side holds. */
    Tokens ownTokens();

    /** The serial numbers of synchronization points, as this side has them. */
    SerialNumbers serialNumbers();

    PresentationAddress remote();

    /** The number under which layer management lists its session connection; 0 if there is none. */
    default int sessionNumber() {
        return 0;
    }

    /** Stop indicating data for now; the peer has to wait when what can be kept is full. */
    void pause();

    /** Go on indicating data. */
    void resume();
}
