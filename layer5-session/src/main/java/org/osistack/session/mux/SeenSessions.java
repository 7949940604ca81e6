package org.osistack.session.mux;

import java.util.TreeSet;

/**
 * Which session numbers the peer has used: all up to one, and some beyond, since frames on different paths overtake one
 * another. A number that was used is never a new session again.
 */
final class SeenSessions {
    private final int window;
    private final TreeSet<Long> beyond = new TreeSet<>();
    private long upTo;

    /**
     * Make an empty set.
     *
     * @param window how far beyond the first missing number one may be
     */
    SeenSessions(int window) {
        this.window = window;
    }

    boolean contains(int id) {
        long number = Integer.toUnsignedLong(id);
        return number <= upTo || beyond.contains(number);
    }

    /** Add a number that is not there; says whether it is one that can be. */
    boolean add(int id) {
        long number = Integer.toUnsignedLong(id);
        if (number > upTo + window) {
            return false;
        }
        beyond.add(number);
        while (!beyond.isEmpty() && beyond.first() == upTo + 1) {
            beyond.pollFirst();
            upTo++;
        }
        return true;
    }
}
