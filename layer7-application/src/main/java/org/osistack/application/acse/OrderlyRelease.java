package org.osistack.application.acse;

import java.util.List;
import org.osistack.application.AssociationUser.Ending;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationPrimitive;

/** The normal release of an association (X.227 §7.2): A-RELEASE, and what happens when both sides want it at once. */
final class OrderlyRelease {
    private final Acpm acpm;
    private final boolean isInitiator; // of the association
    private Boolean heldResponse; // until the peer has answered our own request
    private Octets heldInformation = Octets.EMPTY; // of that response

    OrderlyRelease(Acpm acpm, boolean isInitiator) {
        this.acpm = acpm;
        this.isInitiator = isInitiator;
    }

    void request(Octets userInformation) {
        if (acpm.isIdle()) {
            return;
        }
        Acpm.check(acpm.state() == AcpmState.STA5, "not associated, or about to end");
        acpm.enter(AcpmState.STA3, "A-RELEASE.request");
        boolean taken = false;
        try {
            taken = acpm.connection()
                    .request(new PresentationPrimitive.Release(
                            acpm.apdu(AcseApdu.Release.request(acpm.data().listOf(userInformation)))));
        } finally {
            if (!taken) {
                acpm.enter(AcpmState.STA5, "not taken"); // such as for want of a token
            }
        }
    }

    void response(boolean affirmative, Octets userInformation) {
        if (acpm.isIdle()) {
            return;
        }
        AcpmState state = acpm.state();
        Acpm.check(
                state == AcpmState.STA4 || state == AcpmState.STA6 || state == AcpmState.STA7,
                "there is no release to answer");
        Acpm.check(
                affirmative || acpm.functionalUnits().has(FunctionalUnit.NEGOTIATED_RELEASE),
                "negotiated release was not agreed on");
        if (state == AcpmState.STA7) {
            heldResponse = affirmative; // the association initiator answers first
            heldInformation = userInformation;
            return;
        }
        boolean isCollision = state == AcpmState.STA6;
        acpm.connection()
                .request(new PresentationPrimitive.ReleaseAnswer(
                        affirmative,
                        acpm.apdu(AcseApdu.Release.response(
                                affirmative, acpm.data().listOf(userInformation)))));
        String cause = affirmative ? "A-RELEASE.response+" : "A-RELEASE.response-";
        acpm.enter(isCollision ? AcpmState.STA3 : affirmative ? AcpmState.STA0 : AcpmState.STA5, cause);
        if (acpm.isIdle()) {
            acpm.released();
        }
    }

    void indication(List<Pdv> userData) {
        AcseApdu apdu = acpm.apduIn(userData);
        AcpmState state = acpm.state();
        boolean isRequest = apdu instanceof AcseApdu.Release release && release.tag() == AcseApdu.RLRQ;
        if (!isRequest && !userData.isEmpty()) {
            acpm.abnormalRelease().protocolError("no RLRQ in a release");
        } else if (state == AcpmState.STA5 || state == AcpmState.STA3) {
            acpm.data().deliverWaiting(true);
            if (acpm.isIdle()) {
                return; // the user has aborted it meanwhile
            }
            AcpmState collision = isInitiator ? AcpmState.STA6 : AcpmState.STA7;
            acpm.enter(state == AcpmState.STA5 ? AcpmState.STA4 : collision, "RLRQ");
            acpm.associationUser().releaseIndication(userInformation(apdu));
        } else {
            acpm.abnormalRelease().protocolError("a second RLRQ");
        }
    }

    void confirm(PresentationPrimitive.ReleaseAnswer answer) {
        AcseApdu apdu = acpm.apduIn(answer.userData());
        AcpmState state = acpm.state();
        boolean isResponse = apdu instanceof AcseApdu.Release release && release.tag() == AcseApdu.RLRE;
        if (!isResponse && !answer.userData().isEmpty()) {
            acpm.abnormalRelease().protocolError("no RLRE in the answer to a release");
        } else if (state == AcpmState.STA7) {
            acpm.enter(AcpmState.STA4, answer.affirmative() ? "RLRE+" : "RLRE-");
            if (heldResponse != null) {
                response(heldResponse, heldInformation);
            }
        } else if (state != AcpmState.STA3) {
            acpm.abnormalRelease().protocolError("an RLRE that nobody asked for");
        } else if (answer.affirmative()) {
            acpm.enter(AcpmState.STA0, "RLRE+");
            acpm.over(Ending.RELEASED, "", userInformation(apdu));
        } else {
            acpm.enter(AcpmState.STA5, "RLRE-");
            acpm.associationUser().releaseRefused();
        }
    }

    private Octets userInformation(AcseApdu apdu) {
        return apdu instanceof AcseApdu.Release release ? acpm.data().valueOf(release.userInformation()) : Octets.EMPTY;
    }
}
