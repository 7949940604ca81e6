package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationContext;

/**
 * Presentation contexts that values may belong to: the defined context set (DCS) of a connection, a part of it, or, before
 * there is one, those that were proposed (X.226 §6.1). It does not change; another set takes its place.
 */
final class ContextSet {
    /** No context: values belong to the default context, which is called 0 here. */
    static final ContextSet EMPTY = new ContextSet(List.of(), true);

    static final int DEFAULT_CONTEXT = 0;

    /**
     * One context.
     *
     * @param isNamed whether a value names its transfer syntax, because several were proposed and none is chosen yet
     */
    record Context(int id, ObjectIdentifier abstractSyntax, ObjectIdentifier transferSyntax, boolean isNamed) {}

    private final List<Context> contexts;
    private final int[] ids;
    private final boolean hasDefault;

    private ContextSet(List<Context> contexts, boolean hasDefault) {
        this.contexts = List.copyOf(contexts);
        this.ids = contexts.stream().mapToInt(Context::id).toArray();
        this.hasDefault = hasDefault;
    }

    /** These contexts, in the order of their identifiers. */
    static ContextSet of(Collection<Context> contexts) {
        return contexts.isEmpty()
                ? EMPTY
                : new ContextSet(
                        contexts.stream()
                                .sorted(Comparator.comparingInt(Context::id))
                                .toList(),
                        false);
    }

    /** Those proposed, each with the transfer syntax that its proposer likes best. */
    static ContextSet proposed(List<PresentationContext> proposed) {
        List<Context> contexts = new ArrayList<>();
        for (PresentationContext context : proposed) {
            List<ObjectIdentifier> syntaxes = context.transferSyntaxes();
            contexts.add(new Context(context.id(), context.abstractSyntax(), syntaxes.get(0), syntaxes.size() > 1));
        }
        return of(contexts);
    }

    /** Those accepted. */
    static ContextSet defined(List<PresentationContext> proposed, List<ContextResult> results) {
        return EMPTY.plus(proposed, results);
    }

    /** With those accepted as well. */
    ContextSet plus(List<PresentationContext> proposed, List<ContextResult> results) {
        List<Context> all = new ArrayList<>(contexts);
        for (int i = 0; i < proposed.size(); i++) {
            if (results.get(i).isAccepted()) {
                PresentationContext context = proposed.get(i);
                all.add(new Context(
                        context.id(), context.abstractSyntax(), results.get(i).transferSyntax(), false));
            }
        }
        return of(all);
    }

    /** With those of another set as well, and the default context if it has that. */
    ContextSet plus(ContextSet other) {
        List<Context> all = new ArrayList<>(contexts);
        for (Context context : other.contexts) {
            if (get(context.id()) == null) {
                all.add(context);
            }
        }
        return new ContextSet(all, hasDefault || other.hasDefault);
    }

    /** Without those of these identifiers, which are no longer defined. */
    ContextSet minus(Collection<Integer> deleted) {
        return of(remaining(deleted));
    }

    /** Those of this set that may be used though these are to be deleted; no values at all if none are left. */
    ContextSet sparing(Collection<Integer> doomed) {
        return doomed.isEmpty() || ids.length == 0 ? this : new ContextSet(remaining(doomed), false);
    }

    private List<Context> remaining(Collection<Integer> without) {
        return contexts.stream()
                .filter(context -> !without.contains(context.id()))
                .toList();
    }

    List<Context> contexts() {
        return contexts;
    }

    int size() {
        return ids.length;
    }

    /** Whether a value may belong to that context. */
    boolean has(int id) {
        if (id == DEFAULT_CONTEXT) {
            return hasDefault;
        }
        for (int known : ids) {
            if (known == id) {
                return true;
            }
        }
        return false;
    }

    /** The context of values that don't say theirs: the default context, or the only one there is. */
    int only() {
        return hasDefault || ids.length == 0 ? DEFAULT_CONTEXT : ids[0];
    }

    /** Whether values may be without a context of theirs. */
    boolean hasOnly() {
        return hasDefault || ids.length == 1;
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

    /** As the identifier lists of PPDUs have them. */
    List<Parameters.Identifier> identifiers() {
        return contexts.stream()
                .map(context -> new Parameters.Identifier(context.id(), context.transferSyntax()))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContextSet that && contexts.equals(that.contexts) && hasDefault == that.hasDefault;
    }

    @Override
    public int hashCode() {
        return contexts.hashCode();
    }

    /** The identifiers, for a trace. */
    @Override
    public String toString() {
        return ids.length == 0
                ? "none"
                : String.join(
                        ", ",
                        contexts.stream().map(c -> Integer.toString(c.id())).toList());
    }
}
