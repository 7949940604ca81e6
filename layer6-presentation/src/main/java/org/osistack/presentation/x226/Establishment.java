package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.PresentationRequirements;
import org.osistack.presentation.ber.BitString;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/**
 * Turns P-CONNECT primitives into S-CONNECT primitives that carry a CP, CPA or CPR PPDU, and back, and keeps what the
 * two sides agree on by them.
 */
final class Establishment {
    private final X226Entity entity;
    private final ValueCodec codec;
    private final Contexts contexts;
    private SessionPrimitive.Connect connect;
    private List<PresentationContext> proposed = List.of();
    private List<ContextResult> providerResults = List.of();
    private Octets calledSelector = Octets.EMPTY;
    private Selector remoteSelector = Selector.EMPTY;
    private PresentationRequirements requirements = PresentationRequirements.KERNEL; // proposed, then agreed on
    private FunctionalUnits sessionRequirements; // by parameters of that name; null while there was none

    Establishment(X226Entity entity, ValueCodec codec, Contexts contexts) {
        this.entity = entity;
        this.codec = codec;
        this.contexts = contexts;
    }

    /** The presentation functional units on which the two sides have agreed. */
    PresentationRequirements requirements() {
        return requirements;
    }

    /** The presentation selector of the peer. */
    Selector remoteSelector() {
        return remoteSelector;
    }

    /** The called presentation selector of an indication, which may be longer than selectors are here. */
    Octets calledSelector() {
        return calledSelector;
    }

    /** The functional units without those that a user-session-requirements parameter leaves out. */
    FunctionalUnits restricted(FunctionalUnits units) {
        return sessionRequirements == null ? units : units.and(sessionRequirements);
    }

    /** The functional units are no more than those in a user-session-requirements parameter, if there was one. */
    private void restrict(FunctionalUnits units) {
        sessionRequirements = units == null ? sessionRequirements : restricted(units);
    }

    private boolean isStrict() {
        return entity.profile == Profile.STRICT;
    }

    private BitString presentationRequirements(PresentationRequirements units) {
        return isStrict() || !units.isKernel() ? Parameters.requirements(units) : null;
    }

    /**
     * The session functional units to ask for: AC and ACA PPDUs travel as typed data (X.226 Annex A).
     *
     * @return those of the user, and typed data if there is context management
     */
    private static FunctionalUnits below(FunctionalUnits units, PresentationRequirements with) {
        return with.contextManagement() ? units.with(FunctionalUnit.TYPED_DATA) : units;
    }

    /** The user-session-requirements parameter: only needed if session is asked for more than the user wants. */
    private BitString sessionRequirements(FunctionalUnits units, FunctionalUnits below) {
        if (units.equals(below)) {
            return null;
        }
        restrict(units);
        return Parameters.sessionRequirements(units);
    }

    /** What this provider can do of what is proposed, with what session has. */
    private static PresentationRequirements possible(PresentationRequirements proposed, FunctionalUnits units) {
        boolean management = proposed.contextManagement() && units.has(FunctionalUnit.TYPED_DATA);
        boolean restoration = proposed.contextRestoration() && !units.has(FunctionalUnit.SYMMETRIC_SYNCHRONIZE);
        return new PresentationRequirements(management, management && restoration);
    }

    /** P-CONNECT.request: the S-CONNECT.request with the CP PPDU. */
    SessionPrimitive.Connect request(PresentationPrimitive.Connect request) {
        proposed = request.contexts();
        requirements = request.presentationRequirements();
        FunctionalUnits units = below(request.requirements(), requirements);
        if (!possible(requirements, units).equals(requirements)) {
            throw new IllegalArgumentException("context restoration does not go with symmetric synchronize");
        }
        ContextSet offered = ContextSet.proposed(proposed);
        codec.use(offered);
        remoteSelector = request.called().presentation();
        CpPpdu cp = new CpPpdu(
                CpPpdu.NORMAL_MODE,
                isStrict() ? Parameters.VERSION_1 : null,
                request.calling() == null ? null : octets(request.calling().presentation()),
                octets(remoteSelector),
                proposed,
                null,
                presentationRequirements(requirements),
                sessionRequirements(request.requirements(), units),
                UserData.of(request.userData(), offered, offered.size() == 0)); // §8.4.2: fully, if there is a list
        connect = new SessionPrimitive.Connect(
                request.identifier(),
                X226Entity.sessionAddress(request.calling()),
                X226Entity.sessionAddress(request.called()),
                units,
                request.initialSerialNumber(),
                request.tokens(),
                cp.emit());
        return connect;
    }

    /** What an S-CONNECT.indication means: a P-CONNECT.indication, or a refusal by this provider. */
    record Indication(PresentationPrimitive.Connect connect, PresentationRefusal refusal) {
        static Indication refuse(PresentationRefusal refusal) {
            return new Indication(null, refusal);
        }
    }

    Indication indication(SessionPrimitive.Connect indication) {
        connect = indication;
        CpPpdu cp = CpPpdu.parse(indication.userData());
        if (cp == null) {
            return Indication.refuse(PresentationRefusal.NOT_SPECIFIED);
        }
        if (cp.mode() != CpPpdu.NORMAL_MODE
                || cp.protocolVersion() != null && !cp.protocolVersion().has(0)) {
            return Indication.refuse(PresentationRefusal.PROTOCOL_VERSION_NOT_SUPPORTED);
        }
        if (cp.defaultContext() != null
                && !Negotiation.isSupported(cp.defaultContext().transferSyntax())) {
            return Indication.refuse(PresentationRefusal.DEFAULT_CONTEXT_NOT_SUPPORTED);
        }
        proposed = cp.contexts();
        providerResults = Negotiation.offer(proposed, entity.maxContexts);
        codec.use(ContextSet.defined(proposed, providerResults));
        List<Pdv> values = codec.nested(cp.userData(), codec.receiving());
        if (values == null) {
            return Indication.refuse(PresentationRefusal.USER_DATA_NOT_READABLE);
        }
        calledSelector = cp.calledSelector() == null ? Octets.EMPTY : cp.calledSelector();
        remoteSelector = X226Entity.selector(cp.callingSelector());
        requirements = possible(Parameters.requirements(cp.presentationRequirements()), indication.requirements());
        restrict(Parameters.sessionRequirements(cp.sessionRequirements()));
        return new Indication(
                new PresentationPrimitive.Connect(
                        X226Entity.presentationAddress(remoteSelector, indication.calling()),
                        X226Entity.presentationAddress(X226Entity.selector(calledSelector), indication.called()),
                        proposed,
                        providerResults,
                        requirements,
                        indication.identifier(),
                        restricted(indication.requirements()),
                        indication.initialSerialNumber(),
                        indication.tokens(),
                        values),
                null);
    }

    /** The S-CONNECT.response that refuses with a CPR PPDU. */
    SessionPrimitive.ConnectAnswer refusal(PresentationRefusal refusal) {
        CprPpdu cpr = refusal == PresentationRefusal.USER
                ? new CprPpdu(null, null, providerResults, -1, -1, null)
                : CprPpdu.byProvider(refusal);
        return new SessionPrimitive.ConnectAnswer(
                SessionRefusal.REJECTED_BY_USER,
                ConnectionIdentifier.NONE,
                connect.called(),
                connect.requirements(),
                -1,
                connect.tokens(),
                Tokens.NONE,
                cpr.emit());
    }

    /** P-CONNECT.response: the S-CONNECT.response with the CPA or CPR PPDU. */
    SessionPrimitive.ConnectAnswer response(PresentationPrimitive.ConnectAnswer answer) {
        List<ContextResult> results = Negotiation.answer(proposed, providerResults, answer.results());
        Octets responding =
                answer.responding() == null ? null : octets(answer.responding().presentation());
        FunctionalUnits units = answer.requirements();
        Octets ppdu;
        if (answer.isAccepted()) {
            requirements = possible(
                    requirements.and(answer.presentationRequirements()),
                    below(answer.requirements(), requirements.and(answer.presentationRequirements())));
            units = below(answer.requirements(), requirements);
            ContextSet defined = ContextSet.defined(proposed, results);
            establish(defined);
            ppdu = new CpaPpdu(
                            CpPpdu.NORMAL_MODE,
                            isStrict() ? Parameters.VERSION_1 : null,
                            responding,
                            results,
                            presentationRequirements(requirements),
                            sessionRequirements(answer.requirements(), units),
                            codec.nested(answer.userData(), defined))
                    .emit();
        } else {
            ppdu = new CprPpdu(
                            isStrict() ? Parameters.VERSION_1 : null,
                            responding,
                            results,
                            -1,
                            -1,
                            codec.nested(answer.userData(), codec.sending()))
                    .emit();
        }
        return new SessionPrimitive.ConnectAnswer(
                answer.isAccepted() ? null : SessionRefusal.REJECTED_BY_USER,
                answer.identifier(),
                answer.responding() == null ? connect.called() : X226Entity.sessionAddress(answer.responding()),
                units,
                answer.initialSerialNumber(),
                answer.tokens(),
                answer.tokensPleased(),
                ppdu);
    }

    private void establish(ContextSet defined) {
        if (requirements.contextManagement()) {
            codec.manage();
        }
        contexts.establish(defined);
    }

    /** What an S-CONNECT.confirm means: a P-CONNECT.confirm, or an abort by this provider. */
    Meaning confirm(SessionPrimitive.ConnectAnswer confirm) {
        return confirm.isAccepted() ? accepted(confirm) : refused(confirm);
    }

    private Meaning accepted(SessionPrimitive.ConnectAnswer confirm) {
        CpaPpdu cpa = CpaPpdu.parse(confirm.userData());
        if (cpa == null) {
            return Meaning.abort(AbortReason.UNRECOGNIZED_PPDU);
        }
        if (cpa.mode() != CpPpdu.NORMAL_MODE || !Negotiation.isAnswerTo(proposed, cpa.results())) {
            return Meaning.abort(AbortReason.INVALID_PARAMETER_VALUE);
        }
        PresentationRequirements agreed = Parameters.requirements(cpa.presentationRequirements());
        ContextSet defined = ContextSet.defined(proposed, cpa.results());
        List<Pdv> values = codec.nested(cpa.userData(), defined);
        if (values == null
                || !requirements.hasAll(agreed)
                || !possible(agreed, confirm.requirements()).equals(agreed)) {
            return Meaning.abort(AbortReason.INVALID_PARAMETER_VALUE);
        }
        requirements = agreed;
        establish(defined);
        restrict(Parameters.sessionRequirements(cpa.sessionRequirements()));
        return answer(null, "", cpa.respondingSelector(), cpa.results(), confirm, values);
    }

    private Meaning refused(SessionPrimitive.ConnectAnswer confirm) {
        if (!confirm.refusal().isByUser()) {
            String detail = confirm.refusal().text();
            return answer(PresentationRefusal.LOWER_LAYER, detail, null, List.of(), confirm, List.of());
        }
        if (confirm.userData().isEmpty()) {
            return answer(PresentationRefusal.USER, "", null, List.of(), confirm, List.of());
        }
        CprPpdu cpr = CprPpdu.parse(confirm.userData());
        if (cpr == null) {
            String detail = "its answer is no CPR PPDU";
            return answer(PresentationRefusal.NOT_SPECIFIED, detail, null, List.of(), confirm, List.of());
        }
        List<ContextResult> results = Negotiation.isAnswerTo(proposed, cpr.results()) ? cpr.results() : List.of();
        List<Pdv> values = codec.nested(cpr.userData(), codec.receiving());
        return answer(
                cpr.refusal(), "", cpr.respondingSelector(), results, confirm, values == null ? List.of() : values);
    }

    private Meaning answer(
            PresentationRefusal refusal,
            String detail,
            Octets respondingSelector,
            List<ContextResult> results,
            SessionPrimitive.ConnectAnswer confirm,
            List<Pdv> values) {
        if (respondingSelector != null) {
            remoteSelector = X226Entity.selector(respondingSelector);
        }
        PresentationAddress responding = X226Entity.presentationAddress(remoteSelector, confirm.responding());
        return Meaning.of(new PresentationPrimitive.ConnectAnswer(
                refusal,
                detail,
                responding,
                results,
                refusal == null ? requirements : PresentationRequirements.KERNEL,
                confirm.identifier(),
                restricted(confirm.requirements()),
                confirm.initialSerialNumber(),
                confirm.tokens(),
                confirm.tokensPleased(),
                values));
    }

    private static Octets octets(Selector selector) {
        return selector.isEmpty() ? null : Octets.of(selector.toByteArray());
    }
}
