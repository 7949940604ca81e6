package org.osistack.session.x225;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * SPDUs that have overtaken, on the expedited flow, what they belong behind: kept until that has come (actions [10] and
 * [6]). How many a peer can make us keep is limited.
 */
final class KeptEvents {
    private static final int MOST = 256;

    private final ArrayDeque<Arrival> kept = new ArrayDeque<>();
    private boolean tooMany;

    /** Keep one more. */
    void add(Arrival arrival) {
        if (kept.size() < MOST) {
            kept.addLast(arrival);
        } else {
            tooMany = true;
        }
    }

    /** Whether one was not kept for want of room since the last call. */
    boolean wereTooMany() {
        boolean were = tooMany;
        tooMany = false;
        return were;
    }

    /** Treat each that is kept now; one may be kept again, behind the others. */
    void replay(Consumer<Arrival> treatment) {
        for (int n = kept.size(); n > 0 && !kept.isEmpty(); n--) {
            treatment.accept(kept.removeFirst());
        }
    }

    /** Forget each PREPARE. */
    void forgetPrepare() {
        kept.removeIf(arrival -> arrival.spdu().type() == SpduType.PR);
    }

    void clear() {
        kept.clear();
    }

    /** What is kept, in its order. */
    List<Arrival> all() {
        return List.copyOf(kept);
    }
}
