package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.List;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationContext;

/**
 * Presentation contexts that values may belong to: the defined context set (DCS) of a connection, or, before there is
 * one, those that were proposed (X.226 §6.1).
 */
final class ContextSet {
    /** No context: values belong to the default context, which is called 0 here. */
    static final ContextSet EMPTY = new ContextSet(List.of());

    static final int DEFAULT_CONTEXT = 0;

    /**
     * One context.
     *
     * @param isNamed whether a value names its transfer syntax, because several were proposed and none is chosen yet
     */
    record Context(int id, ObjectIdentifier abstractSyntax, ObjectIdentifier transferSyntax, boolean isNamed) {}

    private final List<Context> contexts;
    private final int[] ids;

    private ContextSet(List<Context> contexts) {
        this.contexts = contexts;
        this.ids = contexts.stream().mapToInt(Context::id).toArray();
    }

    /** Those proposed, each with the transfer syntax that its proposer likes best. */
    static ContextSet proposed(List<PresentationContext> proposed) {
        List<Context> contexts = new ArrayList<>();
        for (PresentationContext context : proposed) {
            List<ObjectIdentifier> syntaxes = context.transferSyntaxes();
            contexts.add(new Context(context.id(), context.abstractSyntax(), syntaxes.get(0), syntaxes.size() > 1));
        }
        return new ContextSet(contexts);
    }

    /** Those accepted. */
    static ContextSet defined(List<PresentationContext> proposed, List<ContextResult> results) {
        List<Context> contexts = new ArrayList<>();
        for (int i = 0; i < proposed.size(); i++) {
            if (results.get(i).isAccepted()) {
                PresentationContext context = proposed.get(i);
                contexts.add(new Context(
                        context.id(), context.abstractSyntax(), results.get(i).transferSyntax(), false));
            }
        }
        return new ContextSet(contexts);
    }

    int size() {
        return ids.length;
    }

    /** Whether a value may belong to that context. */
    boolean has(int id) {
        if (ids.length == 0) {
            return id == DEFAULT_CONTEXT;
        }
        for (int known : ids) {
            if (known == id) {
                return true;
            }
        }
        return false;
    }

    /** The context of values that don't say theirs, which is the only one there is. */
    int only() {
        return ids.length == 0 ? DEFAULT_CONTEXT : ids[0];
    }

    /** The context of that identifier; null for the default context, and if there is none. */
    Context get(int id) {
        for (Context context : contexts) {
            if (context.id() == id) {
                return context;
            }
        }
        return null;
    }
}
