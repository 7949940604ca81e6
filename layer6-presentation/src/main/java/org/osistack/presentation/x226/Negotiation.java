package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.List;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationContext;

/** How the two providers and the called user agree on presentation contexts (X.226 §6.2). */
final class Negotiation {
    private Negotiation() {}

    /** Whether values can be written in this transfer syntax here. */
    static boolean isSupported(ObjectIdentifier transferSyntax) {
        return transferSyntax.equals(ObjectIdentifier.BER);
    }

    /**
     * What the called provider makes of the contexts proposed. It knows no abstract syntaxes: those are the user's.
     *
     * @param limit how many contexts a connection may have
     */
    static List<ContextResult> offer(List<PresentationContext> proposed, int limit) {
        List<ContextResult> results = new ArrayList<>();
        int accepted = 0;
        for (PresentationContext context : proposed) {
            if (context.transferSyntaxes().stream().noneMatch(Negotiation::isSupported)) {
                results.add(ContextResult.rejectedByProvider(ContextResult.Reason.TRANSFER_SYNTAXES_NOT_SUPPORTED));
            } else if (accepted >= limit) {
                results.add(ContextResult.rejectedByProvider(ContextResult.Reason.LOCAL_LIMIT));
            } else {
                accepted++;
                results.add(ContextResult.accepted(ObjectIdentifier.BER));
            }
        }
        return List.copyOf(results);
    }

    /**
     * The results that are sent: what the provider rejected stays rejected, the user may reject more.
     *
     * @param byUser empty if the user leaves it at what the provider made of them
     * @throws IllegalArgumentException if the user answers another number of contexts, or chooses a transfer syntax
     *     that was not offered
     */
    static List<ContextResult> answer(
            List<PresentationContext> proposed, List<ContextResult> byProvider, List<ContextResult> byUser) {
        if (byUser.isEmpty()) {
            return byProvider;
        }
        if (byUser.size() != proposed.size()) {
            throw new IllegalArgumentException(
                    byUser.size() + " results for " + proposed.size() + " presentation contexts");
        }
        List<ContextResult> results = new ArrayList<>();
        for (int i = 0; i < proposed.size(); i++) {
            ContextResult result = byProvider.get(i).isAccepted() ? byUser.get(i) : byProvider.get(i);
            if (result.isAccepted() && !isOffered(proposed.get(i), result.transferSyntax())) {
                throw new IllegalArgumentException("transfer syntax " + result.transferSyntax() + " was not offered");
            }
            results.add(result);
        }
        return List.copyOf(results);
    }

    private static boolean isOffered(PresentationContext context, ObjectIdentifier transferSyntax) {
        return isSupported(transferSyntax) && context.transferSyntaxes().contains(transferSyntax);
    }

    /** Whether these results of the peer can be an answer to what was proposed. */
    static boolean isAnswerTo(List<PresentationContext> proposed, List<ContextResult> results) {
        if (results.size() != proposed.size()) {
            return false;
        }
        for (int i = 0; i < results.size(); i++) {
            ContextResult result = results.get(i);
            if (result.isAccepted() && !proposed.get(i).transferSyntaxes().contains(result.transferSyntax())) {
                return false;
            }
        }
        return true;
    }
}
