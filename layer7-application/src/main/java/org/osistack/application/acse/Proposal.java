package org.osistack.application.acse;

import java.util.ArrayList;
import java.util.List;
import org.osistack.application.ApplicationContext;
import org.osistack.application.security.AuthenticationValue;
import org.osistack.application.security.Authenticator;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;

/** What a P-CONNECT.indication proposes to an application, what is wrong with it, and the answers that can be given. */
final class Proposal {
    private static final int MAX_REASON_LENGTH = 120; // characters of a person's reason in an AARE

    private final ApplicationContext context;
    private final AeTitle title;
    private final PresentationPrimitive.Connect connect;
    private final int acseContext;
    private final int applicationContext;
    private final AcseApdu.Aarq aarq; // null if there is none
    private final FunctionalUnits agreed; // null if nothing can be agreed on

    /**
     * Look at a proposal.
     *
     * @param supported what the application can use
     * @param title by which the answers name their sender
     */
    Proposal(
            PresentationPrimitive.Connect connect,
            ApplicationContext context,
            FunctionalUnits supported,
            AeTitle title) {
        this.connect = connect;
        this.context = context;
        this.title = title;
        this.acseContext = contextOf(ObjectIdentifier.ACSE);
        this.applicationContext = contextOf(context.abstractSyntax());
        AcseApdu apdu = AcseApdu.in(connect.userData(), acseContext);
        this.aarq = apdu instanceof AcseApdu.Aarq read ? read : null;
        this.agreed = agree(connect.requirements().and(supported));
    }

    /** The presentation context that was accepted for this abstract syntax; 0 if there is none. */
    private int contextOf(ObjectIdentifier abstractSyntax) {
        for (int i = 0; i < connect.contexts().size(); i++) {
            if (connect.contexts().get(i).abstractSyntax().equals(abstractSyntax)
                    && connect.results().get(i).isAccepted()) {
                return connect.contexts().get(i).id();
            }
        }
        return 0;
    }

    /** A dialogue is duplex or half-duplex, not both (X.215 §8): duplex where there is a choice. */
    private static FunctionalUnits agree(FunctionalUnits common) {
        if (common.has(FunctionalUnit.DUPLEX)) {
            return common.without(FunctionalUnit.HALF_DUPLEX);
        }
        return common.has(FunctionalUnit.HALF_DUPLEX) ? common : null;
    }

    int acseContext() {
        return acseContext;
    }

    int applicationContext() {
        return applicationContext;
    }

    /** The application context in which to answer: that of the caller, where the application takes any. */
    private ObjectIdentifier contextName() {
        if (context.name() != null) {
            return context.name();
        }
        return aarq == null ? ObjectIdentifier.ACSE : aarq.applicationContext();
    }

    ConnectionIdentifier identifier() {
        return connect.identifier() == null ? ConnectionIdentifier.NONE : connect.identifier();
    }

    FunctionalUnits agreed() {
        return agreed;
    }

    PresentationAddress from() {
        return connect.calling();
    }

    AeTitle calling() {
        return aarq.calling();
    }

    /** The user's APDU that came along; empty if there was none. */
    Octets userInformation() {
        return External.valueOf(aarq.userInformation(), applicationContext);
    }

    /** The answer that refuses the proposal because of what it is; null if the application may have it. */
    PresentationPrimitive.ConnectAnswer objection() {
        if (aarq == null) {
            return reject(Diagnostic.PROVIDER_NO_REASON, "no AARQ");
        }
        if (aarq.protocolVersion() != null && !aarq.protocolVersion().has(0)) {
            return reject(Diagnostic.NO_COMMON_VERSION, "");
        }
        if (!aarq.applicationContext().equals(contextName())) {
            return reject(Diagnostic.APPLICATION_CONTEXT_NOT_SUPPORTED, "");
        }
        if (applicationContext == 0) {
            return reject(Diagnostic.NO_REASON, "no presentation context for the application's abstract syntax");
        }
        return agreed == null ? reject(Diagnostic.NO_REASON, "neither duplex nor half-duplex in common") : null;
    }

    /** What the caller says about itself. */
    Authenticator.Claim claim() {
        String caller =
                connect.calling().host() == null ? "" : connect.calling().host().toString();
        return new Authenticator.Claim(
                context, caller, calling().toString(), aarq.authentication().claimed());
    }

    /**
     * The answer to a caller that the authenticator does not admit, or not yet.
     *
     * @return null if it is admitted
     */
    PresentationPrimitive.ConnectAnswer objection(Authenticator.Decision decision) {
        if (decision instanceof Authenticator.Challenge challenge) {
            return reject(
                    AcseApdu.Result.REJECTED_TRANSIENT,
                    Diagnostic.AUTHENTICATION_REQUIRED,
                    Authentication.of(challenge.value()),
                    "",
                    Octets.EMPTY);
        }
        if (decision instanceof Authenticator.Refusal refusal) {
            boolean isTransient = refusal.reason() == Authenticator.Reason.BUSY;
            return reject(
                    isTransient ? AcseApdu.Result.REJECTED_TRANSIENT : AcseApdu.Result.REJECTED_PERMANENT,
                    Diagnostic.of(refusal.reason()),
                    Authentication.NONE,
                    refusal.text(),
                    Octets.EMPTY);
        }
        return null;
    }

    /**
     * The answer with AARE+.
     *
     * @param authentication the proof of this side's identity; null for none
     */
    PresentationPrimitive.ConnectAnswer accept(Octets userInformation, AuthenticationValue authentication) {
        AcseApdu.Aare aare = AcseApdu.Aare.of(
                contextName(),
                AcseApdu.Result.ACCEPTED,
                Diagnostic.NULL,
                title,
                Authentication.of(authentication),
                null,
                External.listOf(applicationContext, userInformation));
        return answer(null, aare, agreed);
    }

    /**
     * The answer with AARE-.
     *
     * @param reason for a person; empty to say nothing
     */
    PresentationPrimitive.ConnectAnswer reject(Diagnostic diagnostic, String reason) {
        return reject(diagnostic, reason, Octets.EMPTY);
    }

    /** The same with user information. */
    PresentationPrimitive.ConnectAnswer reject(Diagnostic diagnostic, String reason, Octets userInformation) {
        return reject(AcseApdu.Result.REJECTED_PERMANENT, diagnostic, Authentication.NONE, reason, userInformation);
    }

    private PresentationPrimitive.ConnectAnswer reject(
            AcseApdu.Result result,
            Diagnostic diagnostic,
            Authentication authentication,
            String reason,
            Octets userInformation) {
        String text = reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason;
        AcseApdu.Aare aare = AcseApdu.Aare.of(
                contextName(),
                result,
                diagnostic,
                title,
                authentication,
                text.isEmpty() ? null : text,
                External.listOf(applicationContext, userInformation));
        return answer(PresentationRefusal.USER, aare, connect.requirements());
    }

    private PresentationPrimitive.ConnectAnswer answer(
            PresentationRefusal refusal, AcseApdu.Aare aare, FunctionalUnits units) {
        List<ContextResult> results = new ArrayList<>();
        for (int i = 0; i < connect.contexts().size(); i++) {
            int id = connect.contexts().get(i).id();
            boolean isOurs = id == acseContext || id == applicationContext;
            results.add(isOurs ? connect.results().get(i) : ContextResult.rejectedByUser());
        }
        return new PresentationPrimitive.ConnectAnswer(
                refusal,
                "",
                null,
                results,
                ConnectionIdentifier.NONE,
                units,
                connect.initialSerialNumber(),
                settled(connect.tokens()),
                Tokens.NONE,
                acseContext == 0 ? List.of() : List.of(new Pdv(acseContext, aare.emit())));
    }

    /** Where the choice of a token's place is ours, it goes to the side that asked for the association. */
    private static TokenSetting settled(TokenSetting proposed) {
        TokenSetting setting = proposed;
        for (Token token : Token.values()) {
            if (setting.side(token) != TokenSetting.Side.RESPONDER) {
                setting = setting.with(token, TokenSetting.Side.INITIATOR);
            }
        }
        return setting;
    }
}
