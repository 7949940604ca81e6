package org.osistack.application;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;

/**
 * One end of an association between two application entities (X.217).
 *
 * <p>It ends exactly once: {@link AssociationUser#ended}, or this side's {@link #abortRequest}, after which the user
 * hears nothing more. Requests after the end are ignored.
 */
public interface Association {
    /** A-ASSOCIATE.response: accept. */
    default void accept() {
        accept(Octets.EMPTY);
    }

    /**
     * A-ASSOCIATE.response: accept.
     *
     * @param userInformation an APDU of the application that goes along; empty for none. Only ACSE can carry one
     */
    void accept(Octets userInformation);

    /** The APDU that came along with the peer's request or acceptance; empty if there was none. */
    Octets userInformation();

    /**
     * A-ASSOCIATE.response: refuse.
     *
     * @param reason for a person; travels where the protocol has room for it
     */
    void refuse(String reason);

    /**
     * Send an APDU: one whole BER encoding in the application's abstract syntax.
     *
     * @return whether it was taken over; if not, it stays the caller's, and {@link AssociationUser#readyIndication()}
     *     says when to try again
     * @throws IllegalStateException if the data token is the peer's
     */
    boolean dataRequest(Pdu apdu);

    /**
     * Send an APDU that needs no token.
     *
     * @return as {@link #dataRequest}
     * @throws IllegalStateException if the association does not have typed data
     */
    boolean typedDataRequest(Octets apdu);

    /** Give tokens to the peer. */
    void giveTokens(Tokens tokens);

    /** Ask the peer for tokens. */
    void pleaseTokens(Tokens tokens);

    /** A-RELEASE.request: end in an orderly way, after all that was handed over. The peer may still send until it agrees. */
    void releaseRequest();

    /** A-RELEASE.response: agree to the end, or, with negotiated release, go on. */
    void releaseResponse(boolean affirmative);

    /** A-ABORT.request: end at once. */
    void abortRequest();

    /** The session functional units that both sides agreed on. */
    FunctionalUnits functionalUnits();

    /** The tokens that this side holds. */
    Tokens ownTokens();

    /** The peer's address, and its title if it gave one, for a person. */
    String peer();

    /** Stop indicating data for now; the peer has to wait when what can be kept is full. */
    void pause();

    /** Go on indicating data. */
    void resume();
}
