package org.osistack.application.acse;

import org.osistack.application.AssociationListener;
import org.osistack.application.security.Authenticator;
import org.osistack.core.Octets;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;

/** The called side of the establishment of an association (X.227 §7.1): who may come in, and what is answered. */
final class AssociationResponder {
    private final Acpm acpm;
    private final PresentationConnection connection;
    private final Proposal proposal;
    private final AssociationListener listener;
    private Authenticator.Admission admission; // of the peer's user; null if nobody had to be admitted

    /**
     * Make the responder to one AARQ.
     *
     * @param listener the application that may have the association
     */
    AssociationResponder(
            Acpm acpm, PresentationConnection connection, Proposal proposal, AssociationListener listener) {
        this.acpm = acpm;
        this.connection = connection;
        this.proposal = proposal;
        this.listener = listener;
    }

    /**
     * The AARQ has come: answer it here, or let the application do so.
     *
     * @param authenticator null to admit everybody
     */
    void indication(Authenticator authenticator) {
        PresentationPrimitive.ConnectAnswer objection = proposal.objection();
        if (objection != null) {
            connection.request(objection);
            return;
        }
        acpm.enter(AcpmState.STA2, "AARQ");
        if (authenticator == null) {
            acpm.associateIndication(proposal, listener);
        } else {
            authenticator.decide(proposal.claim(), this::decided);
        }
    }

    /** The authenticator has decided, perhaps after some time, in which the peer may have gone. */
    private void decided(Authenticator.Decision decision) {
        Authenticator.Admission admitted = decision instanceof Authenticator.Admission yes ? yes : null;
        if (acpm.isIdle()) {
            if (admitted != null) {
                admitted.ended();
            }
        } else if (admitted == null) {
            acpm.enter(AcpmState.STA0, "the authenticator's decision");
            connection.request(proposal.objection(decision));
        } else {
            admission = admitted;
            acpm.associateIndication(proposal, listener);
        }
    }

    /** A-ASSOCIATE.response that accepts. */
    void accept(Octets userInformation) {
        acpm.enter(AcpmState.STA5, "A-ASSOCIATE.response+");
        connection.request(proposal.accept(userInformation, admission == null ? null : admission.response()));
    }

    /** A-ASSOCIATE.response that refuses. */
    void refuse(String reason, Octets userInformation) {
        acpm.enter(AcpmState.STA0, "A-ASSOCIATE.response-");
        connection.request(proposal.reject(Diagnostic.NO_REASON, reason, userInformation));
    }

    /** The association is over, however it ended. */
    void ended() {
        if (admission != null) {
            admission.ended();
        }
    }

    /** Whom the authenticator has admitted; empty if nobody had to be. */
    String user() {
        return admission == null ? "" : admission.user();
    }
}
