package org.osistack.application.acse;

import java.util.List;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationUser.Ending;
import org.osistack.application.ForeignText;
import org.osistack.application.security.AuthenticationException;
import org.osistack.application.security.AuthenticationValue;
import org.osistack.application.security.Credentials;
import org.osistack.core.Octets;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;

/**
 * The beginning of an association on the side that asks for it: one A-ASSOCIATE.request, or several, if the peer answers
 * the proof of the identity with a challenge.
 *
 * <pre>
 *   AARQ authentication value        AARE- transient, authentication required, authentication value
 *   AARQ authentication value        AARE+ authentication value
 * </pre>
 */
final class Initiation {
    private static final int MAX_ATTEMPTS = 4; // with a ticket, and then with the password, two each

    private final AcseService service;
    private final AssociationRequest request;
    private final PresentationAddress called;
    private Credentials.Proof proof; // null to say nothing about who asks
    private AuthenticationValue next;
    private int attempts;

    /**
     * Prepare the beginning.
     *
     * @throws IllegalStateException if the request's credentials have nothing to prove the identity with
     */
    Initiation(AcseService service, AssociationRequest request, PresentationAddress called) {
        this.service = service;
        this.request = request;
        this.called = called;
        this.proof = request.credentials() == null
                ? null
                : request.credentials().prove(request.context(), service.host.random());
        this.next = proof == null ? null : proof.first();
    }

    PresentationAddress called() {
        return called;
    }

    /** The next P-CONNECT.request with the next AARQ. */
    PresentationPrimitive.Connect connect() {
        attempts++;
        AcseApdu.Aarq aarq = AcseApdu.Aarq.of(
                request.context().name(),
                service.title,
                Authentication.of(next),
                External.listOf(AcseService.APPLICATION_CONTEXT, request.userInformation()));
        return new PresentationPrimitive.Connect(
                null,
                called,
                AcseService.contexts(request.context()),
                List.of(),
                request.identifier(),
                request.requirements(),
                -1,
                request.tokens(),
                List.of(new Pdv(AcseService.ACSE_CONTEXT, aarq.emit())));
    }

    /** P-CONNECT.confirm: with an AARE, or less. */
    void confirm(Acpm acpm, PresentationPrimitive.ConnectAnswer answer) {
        AcseApdu apdu = acpm.apduIn(answer.userData());
        AcseApdu.Aare aare = apdu instanceof AcseApdu.Aare read ? read : null;
        if (aare != null || answer.isAccepted()) {
            acpm.answered();
        }
        if (!answer.isAccepted()) {
            refused(acpm, aare, answer.refusalText());
        } else if (aare == null) {
            acpm.abnormalRelease().protocolError("no AARE in the answer");
        } else if (aare.result() != AcseApdu.Result.ACCEPTED) {
            acpm.abnormalRelease()
                    .abort(
                            AcseApdu.Abrt.by(AcseApdu.Abrt.Source.SERVICE_PROVIDER, List.of()),
                            "AARE-"); // where only AARE+ can come
            acpm.over(Ending.REFUSED, text(aare));
        } else if (!answer.results().get(1).isAccepted()) {
            acpm.abnormalRelease()
                    .abort(AcseApdu.Abrt.by(AcseApdu.Abrt.Source.SERVICE_USER, List.of()), "P-CONNECT.confirm+");
            acpm.over(Ending.REFUSED, "the peer does not know the application's abstract syntax");
        } else {
            accepted(acpm, aare, answer);
        }
    }

    private void accepted(Acpm acpm, AcseApdu.Aare aare, PresentationPrimitive.ConnectAnswer answer) {
        try {
            check(aare);
        } catch (AuthenticationException e) {
            boolean isAuthenticated = aare.authentication().isWanted();
            acpm.abnormalRelease()
                    .abort(
                            isAuthenticated
                                    ? AcseApdu.Abrt.forAuthenticationFailure()
                                    : AcseApdu.Abrt.by(AcseApdu.Abrt.Source.SERVICE_USER, List.of()),
                            "AARE+");
            acpm.over(Ending.REFUSED, e.getMessage());
            return;
        }
        acpm.associated(aare, answer);
    }

    /**
     * AARE-, or less than that.
     *
     * @param aare null if there is none
     */
    private void refused(Acpm acpm, AcseApdu.Aare aare, String refusalText) {
        acpm.enter(AcpmState.STA0, aare == null ? "P-CONNECT.confirm-" : "AARE-");
        AuthenticationValue challenge = aare == null ? null : challenge(aare);
        if (challenge != null) {
            Credentials.Proof challenged = proof;
            request.credentials().background().call(() -> answer(challenged, challenge), answer -> {
                if (!acpm.isOver()) {
                    answered(acpm, answer);
                }
            });
        } else if (aare != null && hasAnotherProof(aare)) {
            acpm.connect(connect());
        } else {
            String text = aare == null ? refusalText : text(aare);
            acpm.over(
                    Ending.REFUSED,
                    text,
                    aare == null ? Octets.EMPTY : acpm.data().valueOf(aare.userInformation()));
        }
    }

    /**
     * What comes of a challenge.
     *
     * @param value null if there is none
     * @param problem why there is none
     */
    private record Answer(AuthenticationValue value, String problem) {}

    /** Answer a challenge, which may take long. */
    private static Answer answer(Credentials.Proof proof, AuthenticationValue challenge) {
        try {
            return new Answer(proof.answer(challenge), "");
        } catch (AuthenticationException e) {
            return new Answer(null, e.getMessage());
        }
    }

    private void answered(Acpm acpm, Answer answer) {
        if (answer.value == null) {
            acpm.over(Ending.REFUSED, answer.problem);
        } else {
            next = answer.value;
            acpm.connect(connect());
        }
    }

    /** The challenge that another request may answer; null if this refusal is none. */
    private AuthenticationValue challenge(AcseApdu.Aare refusal) {
        return mayGoOn() && refusal.diagnostic().equals(Diagnostic.AUTHENTICATION_REQUIRED)
                ? refusal.authentication().claimed()
                : null;
    }

    private boolean mayGoOn() {
        return proof != null && attempts < MAX_ATTEMPTS;
    }

    /** Whether another request may try to prove the identity in another way, since the peer does not believe this one. */
    private boolean hasAnotherProof(AcseApdu.Aare refusal) {
        Diagnostic diagnostic = refusal.diagnostic();
        boolean isDisbelieved = diagnostic.equals(Diagnostic.AUTHENTICATION_FAILURE)
                || diagnostic.equals(Diagnostic.MECHANISM_NOT_RECOGNIZED);
        if (!mayGoOn() || !isDisbelieved) {
            return false;
        }
        proof = proof.afterFailure();
        next = proof == null ? null : proof.first();
        return proof != null;
    }

    /**
     * See that the peer that has accepted is who it should be.
     *
     * @throws AuthenticationException if it does not prove it
     */
    private void check(AcseApdu.Aare acceptance) throws AuthenticationException {
        if (proof != null) {
            proof.check(acceptance.authentication().claimed());
        }
    }

    /** Why it was refused, for a person. */
    private static String text(AcseApdu.Aare refusal) {
        String text = refusal.diagnostic().text();
        String more = refusal.implementationInformation() == null
                ? ""
                : ForeignText.harmless(refusal.implementationInformation());
        if (text.isEmpty() && more.isEmpty()) {
            return PresentationRefusal.USER.text();
        }
        return text + (text.isEmpty() || more.isEmpty() ? "" : ": ") + more;
    }
}
