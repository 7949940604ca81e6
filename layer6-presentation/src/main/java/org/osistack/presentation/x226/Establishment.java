package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/**
 * Turns P-CONNECT primitives into S-CONNECT primitives that carry a CP, CPA or CPR PPDU, and back, and keeps what the
 * two sides agree on by them.
 */
final class Establishment {
    private final X226Entity entity;
    private final ValueCodec codec;
    private SessionPrimitive.Connect connect;
    private List<PresentationContext> proposed = List.of();
    private List<ContextResult> providerResults = List.of();
    private Octets calledSelector = Octets.EMPTY;
    private Selector remoteSelector = Selector.EMPTY;
    private FunctionalUnits sessionRequirements; // by the parameter of that name; null if it was absent

    Establishment(X226Entity entity, ValueCodec codec) {
        this.entity = entity;
        this.codec = codec;
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

    private boolean isStrict() {
        return entity.profile == Profile.STRICT;
    }

    /** P-CONNECT.request: the S-CONNECT.request with the CP PPDU. */
    SessionPrimitive.Connect request(PresentationPrimitive.Connect request) {
        proposed = request.contexts();
        ContextSet contexts = ContextSet.proposed(proposed);
        codec.contexts(contexts);
        remoteSelector = request.called().presentation();
        CpPpdu cp = new CpPpdu(
                CpPpdu.NORMAL_MODE,
                isStrict() ? Parameters.VERSION_1 : null,
                request.calling() == null ? null : octets(request.calling().presentation()),
                octets(remoteSelector),
                proposed,
                null,
                isStrict() ? Parameters.NO_REQUIREMENTS : null,
                null,
                UserData.of(request.userData(), contexts, contexts.size() == 0)); // §8.4.2: fully, if there is a list
        connect = new SessionPrimitive.Connect(
                request.identifier(),
                X226Entity.sessionAddress(request.calling()),
                X226Entity.sessionAddress(request.called()),
                request.requirements(),
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
        codec.contexts(ContextSet.defined(proposed, providerResults));
        List<Pdv> values = codec.nested(cp.userData(), codec.contexts());
        if (values == null) {
            return Indication.refuse(PresentationRefusal.USER_DATA_NOT_READABLE);
        }
        calledSelector = cp.calledSelector() == null ? Octets.EMPTY : cp.calledSelector();
        remoteSelector = X226Entity.selector(cp.callingSelector());
        sessionRequirements = Negotiation.sessionRequirements(cp.sessionRequirements());
        return new Indication(
                new PresentationPrimitive.Connect(
                        X226Entity.presentationAddress(remoteSelector, indication.calling()),
                        X226Entity.presentationAddress(X226Entity.selector(calledSelector), indication.called()),
                        proposed,
                        providerResults,
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
        ContextSet defined = ContextSet.defined(proposed, results);
        Octets responding =
                answer.responding() == null ? null : octets(answer.responding().presentation());
        Octets ppdu = answer.isAccepted()
                ? new CpaPpdu(
                                CpPpdu.NORMAL_MODE,
                                isStrict() ? Parameters.VERSION_1 : null,
                                responding,
                                results,
                                isStrict() ? Parameters.NO_REQUIREMENTS : null,
                                null,
                                codec.nested(answer.userData(), defined))
                        .emit()
                : new CprPpdu(
                                isStrict() ? Parameters.VERSION_1 : null,
                                responding,
                                results,
                                -1,
                                -1,
                                codec.nested(answer.userData(), codec.contexts()))
                        .emit();
        codec.contexts(defined);
        return new SessionPrimitive.ConnectAnswer(
                answer.isAccepted() ? null : SessionRefusal.REJECTED_BY_USER,
                answer.identifier(),
                answer.responding() == null ? connect.called() : X226Entity.sessionAddress(answer.responding()),
                answer.requirements(),
                answer.initialSerialNumber(),
                answer.tokens(),
                answer.tokensPleased(),
                ppdu);
    }

    /** What an S-CONNECT.confirm means: a P-CONNECT.confirm, or an abort by this provider. */
    record Confirm(PresentationPrimitive.ConnectAnswer answer, AbortReason abort) {
        static Confirm abort(AbortReason reason) {
            return new Confirm(null, reason);
        }
    }

    Confirm confirm(SessionPrimitive.ConnectAnswer confirm) {
        return confirm.isAccepted() ? accepted(confirm) : refused(confirm);
    }

    private Confirm accepted(SessionPrimitive.ConnectAnswer confirm) {
        CpaPpdu cpa = CpaPpdu.parse(confirm.userData());
        if (cpa == null) {
            return Confirm.abort(AbortReason.UNRECOGNIZED_PPDU);
        }
        if (cpa.mode() != CpPpdu.NORMAL_MODE || !Negotiation.isAnswerTo(proposed, cpa.results())) {
            return Confirm.abort(AbortReason.INVALID_PARAMETER_VALUE);
        }
        ContextSet defined = ContextSet.defined(proposed, cpa.results());
        List<Pdv> values = codec.nested(cpa.userData(), defined);
        if (values == null) {
            return Confirm.abort(AbortReason.INVALID_PARAMETER_VALUE);
        }
        codec.contexts(defined);
        sessionRequirements = Negotiation.sessionRequirements(cpa.sessionRequirements());
        return answer(null, "", cpa.respondingSelector(), cpa.results(), confirm, values);
    }

    private Confirm refused(SessionPrimitive.ConnectAnswer confirm) {
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
        List<Pdv> values = codec.nested(cpr.userData(), codec.contexts());
        return answer(
                cpr.refusal(), "", cpr.respondingSelector(), results, confirm, values == null ? List.of() : values);
    }

    private Confirm answer(
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
        return new Confirm(
                new PresentationPrimitive.ConnectAnswer(
                        refusal,
                        detail,
                        responding,
                        results,
                        confirm.identifier(),
                        restricted(confirm.requirements()),
                        confirm.initialSerialNumber(),
                        confirm.tokens(),
                        confirm.tokensPleased(),
                        values),
                null);
    }

    private static Octets octets(Selector selector) {
        return selector.isEmpty() ? null : Octets.of(selector.toByteArray());
    }
}
