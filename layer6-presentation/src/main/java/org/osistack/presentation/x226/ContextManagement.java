package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osistack.core.Octets;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;

/**
 * The context management functional unit: turns P-ALTER-CONTEXT primitives into AC and ACA PPDUs, and back (X.226 Annex A).
 *
 * <p>Each side may have one alteration under way, so two may cross. A context that is to be deleted is not used any longer
 * by the side that proposes it, and by the other until it agrees; one that is to be added is used by the proposer from the
 * ACA PPDU on.
 */
final class ContextManagement {
    private final int maxContexts;
    private final boolean isInitiator;
    private final ValueCodec codec;
    private final Contexts contexts;
    private final Set<Integer> used = new HashSet<>(); // identifiers that this side has proposed: never again

    ContextManagement(int maxContexts, boolean isInitiator, ValueCodec codec, Contexts contexts) {
        this.maxContexts = maxContexts;
        this.isInitiator = isInitiator;
        this.codec = codec;
        this.contexts = contexts;
    }

    /** These contexts were proposed by this side when the connection was asked for. */
    void proposedAtFirst(List<PresentationContext> proposed) {
        proposed.forEach(context -> used.add(context.id()));
    }

    // ---- Proposed by this side ----

    /**
     * P-ALTER-CONTEXT.request: the AC PPDU.
     *
     * @throws IllegalStateException if the last one is not answered
     * @throws IllegalArgumentException if the alteration makes no sense
     */
    Octets request(PresentationPrimitive.AlterContext request) {
        if (contexts.own() != null) {
            throw new IllegalStateException("the peer has not answered the last P-ALTER-CONTEXT");
        }
        List<PresentationContext> additions = request.additions();
        List<Integer> deletions = request.deletions();
        if (additions.isEmpty() && deletions.isEmpty()) {
            throw new IllegalArgumentException("P-ALTER-CONTEXT with nothing to alter");
        }
        if (contexts.defined().size() + additions.size() > maxContexts) {
            throw new IllegalArgumentException("more than " + maxContexts + " presentation contexts");
        }
        if (!areNew(additions, isInitiator) || additions.stream().anyMatch(addition -> used.contains(addition.id()))) {
            throw new IllegalArgumentException("new contexts of this side have " + (isInitiator ? "odd" : "even")
                    + " identifiers, each used once");
        }
        if (!areDefined(deletions)) {
            throw new IllegalArgumentException("not all of the presentation contexts " + deletions + " are defined");
        }
        UserData data = codec.nested(
                request.userData(), contexts.sendable(contexts.defined()).sparing(deletions));
        return new AcPpdu(additions, deletions, data).emit();
    }

    /** The AC PPDU is on its way. */
    void requested(PresentationPrimitive.AlterContext request) {
        request.additions().forEach(addition -> used.add(addition.id()));
        contexts.propose(new Contexts.Alteration(request.additions(), List.of(), request.deletions()));
    }

    /** What an ACA PPDU means. */
    Meaning acknowledged(Octets octets) {
        Contexts.Alteration own = contexts.own();
        if (own == null) {
            return Meaning.abort(AbortReason.UNEXPECTED_PPDU);
        }
        AcaPpdu aca = AcaPpdu.parse(octets);
        if (aca == null) {
            return Meaning.abort(AbortReason.UNRECOGNIZED_PPDU);
        }
        if (!Negotiation.isAnswerTo(own.additions(), aca.additionResults())
                || aca.deletionResults().size() != own.deletions().size()) {
            return Meaning.abort(AbortReason.INVALID_PARAMETER_VALUE);
        }
        List<Boolean> deletionResults = aca.deletionResults().stream()
                .map(result -> result == AcaPpdu.ACCEPTANCE)
                .toList();
        ContextSet altered = own.applyTo(contexts.defined(), aca.additionResults(), deletionResults);
        List<Pdv> values = codec.nested(aca.userData(), altered);
        if (values == null) {
            return Meaning.abort(AbortReason.INVALID_PARAMETER_VALUE);
        }
        contexts.ownAnswered(altered);
        return Meaning.of(new PresentationPrimitive.AlterContextAnswer(aca.additionResults(), deletionResults, values));
    }

    // ---- Proposed by the peer ----

    /** What an AC PPDU means. */
    Meaning proposed(Octets octets) {
        if (contexts.peers() != null) {
            return Meaning.abort(AbortReason.UNEXPECTED_PPDU);
        }
        AcPpdu ac = AcPpdu.parse(octets);
        if (ac == null) {
            return Meaning.abort(AbortReason.UNRECOGNIZED_PPDU);
        }
        ContextSet defined = contexts.defined();
        List<Pdv> values = codec.nested(ac.userData(), codec.receiving());
        if (!areNew(ac.additions(), !isInitiator) || !areDefinedForPeer(ac.deletions()) || values == null) {
            return Meaning.abort(AbortReason.INVALID_PARAMETER_VALUE);
        }
        List<ContextResult> results = Negotiation.offer(ac.additions(), maxContexts - defined.size());
        contexts.proposed(new Contexts.Alteration(ac.additions(), results, ac.deletions()));
        return Meaning.of(new PresentationPrimitive.AlterContext(ac.additions(), results, ac.deletions(), values));
    }

    /**
     * An answer that is ready to go.
     *
     * @param altered the defined context set from then on
     */
    record Response(Octets aca, ContextSet altered) {}

    /**
     * P-ALTER-CONTEXT.response: the ACA PPDU.
     *
     * @throws IllegalStateException if there is nothing to answer
     * @throws IllegalArgumentException if the answer does not fit
     */
    Response response(PresentationPrimitive.AlterContextAnswer answer) {
        Contexts.Alteration peers = contexts.peers();
        if (peers == null) {
            throw new IllegalStateException("there is no P-ALTER-CONTEXT to answer");
        }
        List<ContextResult> results = Negotiation.answer(peers.additions(), peers.results(), answer.additionResults());
        int deletions = peers.deletions().size();
        List<Boolean> accepted = new ArrayList<>(answer.deletionResults());
        while (answer.deletionResults().isEmpty() && accepted.size() < deletions) {
            accepted.add(true);
        }
        if (accepted.size() != deletions) {
            throw new IllegalArgumentException(accepted.size() + " results for " + deletions + " deletions");
        }
        ContextSet altered = peers.applyTo(contexts.defined(), results, accepted);
        UserData data = codec.nested(answer.userData(), contexts.sendable(altered));
        List<Integer> deletionResults = accepted.stream()
                .map(is -> is ? AcaPpdu.ACCEPTANCE : AcaPpdu.USER_REJECTION)
                .toList();
        return new Response(new AcaPpdu(results, deletionResults, data).emit(), altered);
    }

    // ---- Both ----

    /** Whether contexts can be added: odd identifiers are the initiator's, and none is in use. */
    private boolean areNew(List<PresentationContext> additions, boolean byInitiator) {
        Set<Integer> ids = new HashSet<>();
        for (PresentationContext addition : additions) {
            int id = addition.id();
            boolean isTheirs = id > 0 && id % 2 == (byInitiator ? 1 : 0);
            if (!isTheirs || contexts.defined().get(id) != null || !ids.add(id)) {
                return false;
            }
        }
        return true;
    }

    private boolean areDefined(List<Integer> deletions) {
        return areDifferent(deletions)
                && deletions.stream().allMatch(id -> contexts.defined().get(id) != null);
    }

    private boolean areDefinedForPeer(List<Integer> deletions) {
        return areDifferent(deletions) && deletions.stream().allMatch(contexts::isDefinedForPeer);
    }

    private static boolean areDifferent(List<Integer> ids) {
        return new HashSet<>(ids).size() == ids.size();
    }
}
