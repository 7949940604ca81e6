package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.PresentationContext;

/** The defined context set of a connection, and the alterations of it that the two sides have under way. */
final class Contexts {
    /**
     * An alteration that one side has proposed.
     *
     * @param results what the provider that received it made of the additions; none here if this side proposed it
     */
    record Alteration(List<PresentationContext> additions, List<ContextResult> results, List<Integer> deletions) {
        private static final Alteration NONE = new Alteration(List.of(), List.of(), List.of());

        /** The set as it becomes by this alteration. */
        ContextSet applyTo(ContextSet set, List<ContextResult> additionResults, List<Boolean> deletionResults) {
            List<Integer> deleted = new ArrayList<>();
            for (int i = 0; i < deletions.size(); i++) {
                if (deletionResults.get(i)) {
                    deleted.add(deletions.get(i));
                }
            }
            return set.minus(deleted).plus(additions, additionResults);
        }
    }

    /** How many contexts are known by their identifiers, deleted ones included; then those used longest ago are forgotten. */
    static final int MAX_KNOWN = 2048;

    private final ValueCodec codec;
    private ContextSet established = ContextSet.EMPTY;
    private ContextSet defined = ContextSet.EMPTY;
    private Alteration own = Alteration.NONE;
    private Alteration peers = Alteration.NONE;
    private boolean isOwnPending;
    private boolean isPeersPending;
    private final Map<Integer, ContextSet.Context> known =
            new LinkedHashMap<>(); // even if deleted: the peer may go back
    private ContextSet late; // in which values of the peer may still be under way; null if all is settled

    Contexts(ValueCodec codec) {
        this.codec = codec;
    }

    /** The set that was agreed on when the connection was established. */
    ContextSet established() {
        return established;
    }

    /** The defined context set. */
    ContextSet defined() {
        return defined;
    }

    /** The connection is established with this set. */
    void establish(ContextSet agreed) {
        established = agreed;
        define(agreed);
    }

    private void learn(ContextSet set) {
        for (ContextSet.Context context : set.contexts()) {
            known.remove(context.id());
            known.put(context.id(), context);
        }
        while (known.size() > MAX_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
    }

    /** This is the defined context set from now on. */
    void define(ContextSet set) {
        if (!set.equals(defined)) {
            learn(set);
        }
        defined = set;
        tellCodec();
    }

    /**
     * This is the defined context set from now on, though the peer does not know it yet: what it sends until then belongs to
     * the set that was.
     */
    void defineAhead(ContextSet set) {
        late = defined;
        define(set);
    }

    /** The peer has shown that it knows the defined context set. */
    void settled() {
        late = null;
        tellCodec();
    }

    /** Whether a context is defined as far as the peer may know. */
    boolean isDefinedForPeer(int id) {
        return defined.get(id) != null || late != null && late.get(id) != null;
    }

    /** What this side has proposed and the peer has not answered; null if nothing. */
    Alteration own() {
        return isOwnPending ? own : null;
    }

    /** What the peer has proposed and the user has not answered; null if nothing. */
    Alteration peers() {
        return isPeersPending ? peers : null;
    }

    void propose(Alteration alteration) {
        learn(ContextSet.proposed(alteration.additions()));
        own = alteration;
        isOwnPending = true;
        tellCodec();
    }

    void proposed(Alteration alteration) {
        learn(ContextSet.proposed(alteration.additions()));
        peers = alteration;
        isPeersPending = true;
        tellCodec();
    }

    /** The peer has answered what this side proposed; the set is now another. */
    void ownAnswered(ContextSet set) {
        isOwnPending = false;
        late = null;
        define(set);
    }

    /** The user has answered what the peer proposed; the set is now another. */
    void peersAnswered(ContextSet set) {
        isPeersPending = false;
        define(set);
    }

    /** Nothing becomes of the alterations that are under way. */
    void voidAlterations() {
        isOwnPending = false;
        isPeersPending = false;
        tellCodec();
    }

    /** The part of a set in which this side may send: what it wants to be deleted it uses no more (p07). */
    ContextSet sendable(ContextSet set) {
        return isOwnPending ? set.sparing(own.deletions()) : set;
    }

    /** All contexts in which the peer may send values with an abort: those that were proposed to it as well (p24). */
    ContextSet abortable() {
        return isOwnPending ? defined.plus(ContextSet.proposed(own.additions())) : codec.receiving();
    }

    private void tellCodec() {
        ContextSet receivable = isPeersPending ? defined.sparing(peers.deletions()) : defined; // p06
        codec.use(defined, sendable(defined), late == null ? receivable : receivable.plus(late));
    }

    State state() {
        return State.connected(isOwnPending, isPeersPending);
    }

    /** A context that was defined or proposed on this connection; null if there is none of that identifier. */
    ContextSet.Context find(int id) {
        return known.get(id);
    }
}
