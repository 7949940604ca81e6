package org.osistack.application.rtse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The state table of the reliable transfer protocol machine. It is data, the file {@code state-table.tsv} beside this
 * class, and the machine is driven by it.
 *
 * <p>The columns of the file: the events; the states by number; the predicates, all of which must hold ({@code !} for not);
 * the actions in order; the next state, where {@code =} is the same, {@code T} is 3 or 4 by the turn and {@code R} is 12
 * for the side that asked for the association and 13 for the other; and where the row comes from: the fact sheet of X.228,
 * or our own design (D), which fills what is not known of X.228 Annex A. What is in no row is a protocol error if it comes
 * from the peer, and the user's mistake if it is a request.
 */
final class StateTable {
    private static final StateTable X228 = new StateTable();

    /**
     * A predicate or its opposite.
     *
     * @param expected whether it must hold
     */
    record Term(Predicate predicate, boolean expected) {}

    /**
     * One row.
     *
     * @param line its line in the file, from 1
     * @param next as the file has it
     */
    record Row(
            int line,
            Set<Event> events,
            Set<State> states,
            List<Term> terms,
            List<Action> actions,
            String next,
            String source) {}

    private final List<Row> rows = new ArrayList<>();
    private final Row[][][] cells = new Row[Event.values().length][State.values().length][];

    private StateTable() {
        try (InputStream stream = StateTable.class.getResourceAsStream("state-table.tsv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.readLine(); // the heads of the columns
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(row(++number, line.split("\t", -1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Event event : Event.values()) {
            for (State state : State.values()) {
                cells[event.ordinal()][state.ordinal()] = rows.stream()
                        .filter(row -> row.events.contains(event) && row.states.contains(state))
                        .toArray(Row[]::new);
            }
        }
    }

    /** The table of RTSE. */
    static StateTable x228() {
        return X228;
    }

    private static Row row(int line, String[] columns) {
        Set<Event> events = EnumSet.noneOf(Event.class);
        for (String name : columns[0].split(" ")) {
            events.add(Event.of(name));
        }
        Set<State> states = EnumSet.noneOf(State.class);
        for (String number : columns[1].split(" ")) {
            states.add(State.values()[Integer.parseInt(number)]);
        }
        List<Term> terms = new ArrayList<>();
        if (!columns[2].equals("-")) {
            for (String term : columns[2].split(" & ")) {
                boolean expected = !term.startsWith("!");
                terms.add(new Term(Predicate.of(expected ? term : term.substring(1)), expected));
            }
        }
        List<Action> actions = new ArrayList<>();
        if (!columns[3].equals("-")) {
            for (String name : columns[3].split(" ")) {
                actions.add(Action.of(name));
            }
        }
        return new Row(line, events, states, terms, actions, columns[4], columns[5]);
    }

    List<Row> rows() {
        return rows;
    }

    /** The rows for an event in a state, of which at most one has predicates that hold. */
    Row[] cell(Event event, State state) {
        return cells[event.ordinal()][state.ordinal()];
    }
}
