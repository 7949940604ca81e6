package org.osistack.session.x225;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The state table of X.225 Annex A. It is data, the file {@code state-table.tsv} beside this class: one row for each
 * reaction to an event in some states under a condition, and five rules for what no row says. This class reads the file
 * once, and finds the row for an event.
 *
 * <p>The columns of the file: the event; the states, where EST stands for {@link State#ESTABLISHED}; the predicates
 * ({@link Predicate}, joined by {@code &}, {@code |}, {@code ¬}); what is sent or indicated ({@link Output}); the
 * actions ({@link Action}); the next state, {@code =} for the same; a note; and where the row comes from.
 */
final class StateTable {
    private static final Row[] NO_ROWS = {};
    private static final StateTable X225 = new StateTable();

    /** Rules for what no row covers, by their names in the file. */
    enum Rule {
        /** A row of the table proper. */
        NONE,
        /** What comes while the end is awaited is ignored. */
        R1,
        /** An SPDU that is not expected on an idle transport connection: T-DISCONNECT. */
        R2,
        /** A primitive that is not allowed: the user's mistake; nothing happens. */
        R3,
        /** An SPDU that is not allowed: protocol error. */
        R4
    }

    /**
     * One row.
     *
     * @param line its line in the file, from 1
     * @param event as the file has it
     * @param statesText the states as the file has them
     * @param next null to stay in the state
     */
    record Row(
            int line,
            String event,
            Set<State> states,
            String statesText,
            String predicates,
            Predicate.Condition condition,
            List<Output> outputs,
            List<Action> actions,
            State next,
            Rule rule,
            String note,
            String source) {
        boolean has(Output output) {
            return outputs.contains(output);
        }

        /** Whether it is for that event. */
        boolean covers(Event other) {
            if (rule == Rule.NONE) {
                return other.isCalled(event);
            }
            return event.contains("SPDU") ? other.isSpdu() : other.isPrimitive();
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final Row[][][] cells = new Row[Event.values().length][State.values().length][];
    private final Row[][] rules = new Row[Event.values().length][State.values().length];

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
        for (Row[][] states : cells) {
            Arrays.fill(states, NO_ROWS);
        }
        rows.forEach(this::enter);
    }

    private void enter(Row row) {
        for (Event event : Event.values()) {
            for (State state : row.states) {
                if (row.rule == Rule.NONE && row.covers(event)) {
                    Row[] cell = cells[event.ordinal()][state.ordinal()];
                    Row[] longer = Arrays.copyOf(cell, cell.length + 1);
                    longer[cell.length] = row;
                    cells[event.ordinal()][state.ordinal()] = longer;
                } else if (row.rule != Rule.NONE && row.covers(event)) {
                    rules[event.ordinal()][state.ordinal()] = row;
                }
            }
        }
    }

    /** The table of X.225. */
    static StateTable x225() {
        return X225;
    }

    private static Row row(int line, String[] columns) {
        String next = columns[5].strip();
        return new Row(
                line,
                columns[0],
                states(columns[1]),
                columns[1],
                columns[2],
                condition(columns[2]),
                outputs(columns[3], line),
                actions(columns[4], line),
                next.equals("=") ? null : State.valueOf("STA" + next),
                rule(columns[0], columns[6]),
                columns[6],
                columns[7]);
    }

    private static Rule rule(String event, String note) {
        if (!event.startsWith("*")) {
            return Rule.NONE;
        }
        return Rule.valueOf(note.replaceFirst("(?s).*?rule (R\\d).*", "$1"));
    }

    private static Set<State> states(String text) {
        Set<State> states = EnumSet.noneOf(State.class);
        boolean except = false;
        for (String word : text.split("[ +]+")) {
            switch (word) {
                case "EST" -> states.addAll(State.ESTABLISHED);
                case "except" -> except = true;
                default -> {
                    State state = State.valueOf("STA" + word);
                    if (except) {
                        states.remove(state);
                    } else {
                        states.add(state);
                    }
                }
            }
        }
        return states;
    }

    /** Compile {@code p01 & ¬p76 & (p41 | p42)}: a conjunction of literals, and of disjunctions in parentheses. */
    private static Predicate.Condition condition(String text) {
        Predicate.Condition all = null;
        for (String term : text.isBlank() ? new String[0] : text.split("&")) {
            Predicate.Condition any = null;
            for (String literal : term.replaceAll("[()]", "").split("\\|")) {
                Predicate.Condition one = literal(literal.strip());
                Predicate.Condition before = any;
                any = before == null ? one : v -> before.holds(v) || one.holds(v);
            }
            Predicate.Condition last = any;
            Predicate.Condition before = all;
            all = before == null ? last : v -> before.holds(v) && last.holds(v);
        }
        return all == null ? v -> true : all;
    }

    private static Predicate.Condition literal(String text) {
        boolean negated = text.startsWith("¬");
        Predicate predicate = Predicate.valueOf(text.substring(negated ? 1 : 0).toUpperCase(Locale.ROOT));
        return negated ? v -> !predicate.holds(v) : predicate::holds;
    }

    private static List<Output> outputs(String text, int line) {
        List<Output> outputs = new ArrayList<>();
        for (String word : text.isBlank() ? new String[0] : text.strip().split(" ")) {
            Output output = Output.ofName(word);
            if (output == null) {
                throw new IllegalStateException("state-table.tsv, line " + line + ": no output " + word);
            }
            outputs.add(output);
        }
        return List.copyOf(outputs);
    }

    private static List<Action> actions(String text, int line) {
        List<Action> actions = new ArrayList<>();
        for (String word : text.isBlank() ? new String[0] : text.strip().split(" ")) {
            Action action = Action.ofName(word);
            if (action == null) {
                throw new IllegalStateException("state-table.tsv, line " + line + ": no action " + word);
            }
            actions.add(action);
        }
        return List.copyOf(actions);
    }

    /** All rows and rules, in the order of the file. */
    List<Row> rows() {
        return rows;
    }

    /** The rows of one cell of the table, whatever their conditions. */
    Row[] cell(Event event, State state) {
        return cells[event.ordinal()][state.ordinal()];
    }

    /**
     * The row for an event: the only one of its cell whose condition holds, or else the rule that applies.
     *
     * @return null if neither the table nor a rule says anything
     * @throws IllegalStateException if two rows hold, for then the table contradicts itself
     */
    Row match(Event event, State state, Variables variables) {
        Row found = null;
        for (Row row : cells[event.ordinal()][state.ordinal()]) {
            if (row.condition.holds(variables)) {
                if (found != null) {
                    throw new IllegalStateException("lines " + found.line + " and " + row.line
                            + " of the state table both hold for " + event + " in " + state);
                }
                found = row;
            }
        }
        return found == null ? rules[event.ordinal()][state.ordinal()] : found;
    }
}
