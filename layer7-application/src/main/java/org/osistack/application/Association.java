package org.osistack.application;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
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

    /** How the peer calls the session connection; {@link ConnectionIdentifier#NONE} if it does not. */
    default ConnectionIdentifier peerIdentifier() {
        return ConnectionIdentifier.NONE;
    }

    /**
     * A-ASSOCIATE.response: refuse.
     *
     * @param reason for a person; travels where the protocol has room for it
     */
    void refuse(String reason);

    /**
     * A-ASSOCIATE.response: refuse.
     *
     * @param reason as in {@link #refuse(String)}
     * @param userInformation an APDU of the application that goes along where the protocol has room for it
     */
    default void refuse(String reason, Octets userInformation) {
        refuse(reason);
    }

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

    /**
     * Send an APDU of few octets that may overtake others.
     *
     * @return as {@link #dataRequest}
     * @throws IllegalStateException if the association does not have expedited data
     */
    boolean expeditedDataRequest(Octets apdu);

    /**
     * Send an APDU between activities, which the peer confirms.
     *
     * @return as {@link #dataRequest}
     * @throws IllegalStateException if the state, the functional units, or the want of a token, forbid it
     */
    default boolean capabilityDataRequest(Octets apdu) {
        throw new IllegalStateException("capability data was not agreed on");
    }

    /**
     * Confirm the peer's capability data.
     *
     * @param apdu goes along; empty for none
     * @return as {@link #dataRequest}
     * @throws IllegalStateException if there is nothing to confirm
     */
    default boolean capabilityDataResponse(Octets apdu) {
        throw new IllegalStateException("capability data was not agreed on");
    }

    /**
     * Request or answer a step in the control of the dialogue: tokens, synchronization points, resynchronization,
     * exceptions, activities (X.215, which X.216 and X.217 hand through as it is).
     *
     * @param apdu goes along for the peer's application; empty for none
     * @return as {@link #dataRequest}
     * @throws IllegalStateException if the state, the functional units, or the want of a token, forbid it
     */
    boolean stepRequest(DialogueStep step, Octets apdu);

    /** As {@link #stepRequest(DialogueStep, Octets)}, without an APDU. */
    default boolean stepRequest(DialogueStep step) {
        return stepRequest(step, Octets.EMPTY);
    }

    /** A-RELEASE.request: end in an orderly way, after all that was handed over. The peer may still send until it agrees. */
    void releaseRequest();

    /**
     * A-RELEASE.request.
     *
     * @param userInformation an APDU of the application that goes along where the protocol has room for it
     */
    default void releaseRequest(Octets userInformation) {
        releaseRequest();
    }

    /** A-RELEASE.response: agree to the end, or, with negotiated release, go on. */
    void releaseResponse(boolean affirmative);

    /**
     * A-RELEASE.response.
     *
     * @param userInformation an APDU of the application that goes along where the protocol has room for it
     */
    default void releaseResponse(boolean affirmative, Octets userInformation) {
        releaseResponse(affirmative);
    }

    /** A-ABORT.request: end at once. */
    void abortRequest();

    /**
     * A-ABORT.request: end at once.
     *
     * @param userInformation an APDU of the application that goes along where the protocol has room for it
     */
    default void abortRequest(Octets userInformation) {
        abortRequest();
    }

    /** The session functional units that both sides agreed on. */
    FunctionalUnits functionalUnits();

    /** The tokens that this side holds. */
    Tokens ownTokens();

    /** The serial numbers of synchronization points, as this side has them. */
    SerialNumbers serialNumbers();

    /** The peer's address, and its title if it gave one, for a person. */
    String peer();

    /** The number under which layer management lists its session connection; 0 if there is none. */
    default int sessionNumber() {
        return 0;
    }

    /**
     * The name of the peer's user, who has proved to be that, for as long as the association lasts; empty if nobody had
     * to prove anything. Known to the side that was called.
     */
    default String user() {
        return "";
    }

    /**
     * Whether the application entity that was asked for this association has answered. One that has ended without that may
     * never have been heard of there.
     */
    default boolean wasAnswered() {
        return true;
    }

    /** Stop indicating data for now; the peer has to wait when what can be kept is full. */
    void pause();

    /** Go on indicating data. */
    void resume();
}
