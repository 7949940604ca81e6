package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Direction;
import org.osistack.presentation.ObjectIdentifier;

/** What a dissector has seen of a connection's contexts: their abstract syntaxes, and how many of them are defined. */
final class ContextNames {
    static final int MAX_LISTED = 100;

    private static final int MAX_NAMED = 1000;

    private final Map<Integer, ObjectIdentifier> abstractSyntaxes = new HashMap<>();
    private final Map<Direction, List<Integer>> additions = new EnumMap<>(Direction.class);
    private final Map<Direction, List<Integer>> deletions = new EnumMap<>(Direction.class);
    private List<Integer> proposed = new ArrayList<>();
    private int defined = -1;

    /** A connection begins. */
    void clear() {
        abstractSyntaxes.clear();
        additions.clear();
        deletions.clear();
        proposed = new ArrayList<>();
        defined = -1;
    }

    void propose(int id, ObjectIdentifier abstractSyntax) {
        if (proposed.size() < MAX_LISTED) {
            proposed.add(id);
            name(id, abstractSyntax);
        }
    }

    private void name(int id, ObjectIdentifier abstractSyntax) {
        if (abstractSyntaxes.size() < MAX_NAMED) {
            abstractSyntaxes.put(id, abstractSyntax);
        }
    }

    /** The contexts that the CP PPDU proposed, in its order. */
    List<Integer> proposed() {
        return proposed;
    }

    /** How many contexts are defined; -1 before the CPA PPDU. */
    int defined() {
        return defined;
    }

    void define(int count) {
        defined = count;
    }

    /** What an AC PPDU in this direction proposes. */
    void alter(Direction direction, Map<Integer, ObjectIdentifier> toAdd, List<Integer> toDelete) {
        toAdd.forEach(this::name);
        additions.put(direction, List.copyOf(toAdd.keySet()));
        deletions.put(direction, List.copyOf(toDelete));
    }

    /** The additions that an ACA PPDU in this direction answers. */
    List<Integer> additionsAnswered(Direction direction) {
        return additions.getOrDefault(opposite(direction), List.of());
    }

    /** The deletions that an ACA PPDU in this direction answers. */
    List<Integer> deletionsAnswered(Direction direction) {
        return deletions.getOrDefault(opposite(direction), List.of());
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.UP ? Direction.DOWN : Direction.UP;
    }

    /** A context, with its abstract syntax if it is known. */
    String text(int id) {
        return id + (abstractSyntaxes.containsKey(id) ? " = " + name(abstractSyntaxes.get(id)) : "");
    }

    static String name(ObjectIdentifier identifier) {
        if (ObjectIdentifier.ACSE.equals(identifier)) {
            return "ACSE";
        }
        return ObjectIdentifier.BER.equals(identifier) ? "BER" : String.valueOf(identifier);
    }
}
