package org.osistack.application;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;

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

    /** An APDU has arrived that may have overtaken others. */
    default void expeditedDataIndication(Octets apdu) {}

    /** An APDU has arrived between activities: it has to be answered by {@link Association#capabilityDataResponse}. */
    default void capabilityDataIndication(Octets apdu) {}

    /**
     * The peer confirms this side's capability data.
     *
     * @param apdu what came along with it; empty if nothing did
     */
    default void capabilityDataConfirm(Octets apdu) {}

    /**
     * The peer, or the provider, has taken a step in the control of the dialogue, or confirms one. An application hears
     * only of what belongs to the functional units that it asked for, and has to answer what X.215 has an answer for.
     *
     * @param apdu what came along with it; empty if nothing did
     */
    default void stepIndication(DialogueStep step, Octets apdu) {}

    /**
     * A-RELEASE.indication: the peer wants to end. The user answers with {@link Association#releaseResponse}, now or
     * after it has sent what it still has to send.
     */
    void releaseIndication();

    /**
     * A-RELEASE.indication, with what came along. Whoever has no use for that need not listen.
     *
     * @param userInformation an APDU of the application; empty if none came
     */
    default void releaseIndication(Octets userInformation) {
        releaseIndication();
    }

    /** A-RELEASE.confirm that says no: the association goes on. */
    default void releaseRefused() {}

    /**
     * The association has ended.
     *
     * @param detail for a person; empty if there is nothing to add
     */
    void ended(Ending ending, String detail);

    /**
     * The association has ended, with what came along. Whoever has no use for that need not listen.
     *
     * @param userInformation an APDU of the application, from a refusal, an abort, or the answer to a release; empty if
     *     none came
     */
    default void ended(Ending ending, String detail, Octets userInformation) {
        ended(ending, detail);
    }

    /** A data request that was not taken may be tried again. */
    default void readyIndication() {}
}
