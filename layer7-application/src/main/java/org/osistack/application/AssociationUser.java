package org.osistack.application;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.Tokens;

/** What the user of one association hears. */
public interface AssociationUser {
    /** How an association ended. */
    enum Ending {
        /** Released by agreement: nothing is lost. */
        RELEASED,
        /** It never began. */
        REFUSED,
        /** The peer's user aborted it. */
        ABORTED,
        /** A provider aborted it: a lost connection, a protocol error. */
        PROVIDER_ABORTED
    }

    /** A-ASSOCIATE.confirm: the peer has accepted. */
    default void associateConfirm(Association association) {}

    /** An APDU has arrived: one whole BER encoding. It belongs to the user from now on. */
    void dataIndication(Pdu apdu);

    /** An APDU has arrived that needed no token. */
    default void typedDataIndication(Octets apdu) {}

    /** The peer gives tokens. */
    default void tokensGiven(Tokens tokens) {}

    /** The peer asks for tokens. */
    default void tokensPleased(Tokens tokens) {}

    /**
     * A-RELEASE.indication: the peer wants to end. The user answers with {@link Association#releaseResponse}, now or
     * after it has sent what it still has to send.
     */
    void releaseIndication();

    /** A-RELEASE.confirm that says no: the association goes on. */
    default void releaseRefused() {}

    /**
     * The association has ended.
     *
     * @param detail for a person; empty if there is nothing to add
     */
    void ended(Ending ending, String detail);

    /** A data request that was not taken may be tried again. */
    default void readyIndication() {}
}
