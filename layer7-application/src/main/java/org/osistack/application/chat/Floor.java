package org.osistack.application.chat;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * Who has the floor in a room, and who waits for it. At any time exactly one has it: the chair, when nobody else does.
 *
 * @param <P> a person; told from others by {@code equals}
 */
final class Floor<P> {
    private final P chair;
    private final LinkedHashSet<P> waiting = new LinkedHashSet<>(); // who has asked, in this order; never the holder
    private P holder;

    /** The floor is the chair's at first. */
    Floor(P chair) {
        this.chair = chair;
        this.holder = chair;
    }

    P holder() {
        return holder;
    }

    /** Who has asked for it, the next one first. */
    List<P> waiting() {
        return List.copyOf(waiting);
    }

    /** Who gets it next: the first who has asked, or the chair. */
    P next() {
        return waiting.isEmpty() ? chair : waiting.iterator().next();
    }

    /**
     * Queue up. Asking twice changes nothing.
     *
     * @return whether that is news: it has not asked before, and does not have it
     */
    boolean ask(P who) {
        return !who.equals(holder) && waiting.add(who);
    }

    /** Ask no longer. */
    void withdraw(P who) {
        waiting.remove(who);
    }

    /** Hand it over. */
    void passTo(P who) {
        waiting.remove(who);
        holder = who;
    }
}
