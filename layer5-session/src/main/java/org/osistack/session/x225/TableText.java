package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osistack.core.management.StateTable.Row;
import org.osistack.core.management.StateTable.Source;
import org.osistack.core.management.StateTable.Term;

/** The state table in words, for layer management. */
final class TableText {
    private static final String NOTATION =
            "FU(u): the functional unit u was agreed on. AV(t): the token t is available; OWN(t): it is held here;"
                    + " I(t): ¬AV or OWN; A(t): ¬AV or ¬OWN; II(t): AV and OWN; AA(t): AV and ¬OWN. Tokens: dk data, mi"
                    + " synchronize-minor, ma major/activity; GT and RT are those that the event names. ACTOK: an activity is in"
                    + " progress, or there are none in this session. TEXP: the transport has an expedited flow. sn: the serial"
                    + " number that the event names. V(M), V(A), V(R): the serial numbers that are next, the first not confirmed,"
                    + " and the first to restart from. Names that begin with V are the machine's variables.";

    private TableText() {}

    static org.osistack.core.management.StateTable describe(StateTable table) {
        return new org.osistack.core.management.StateTable(
                "X.225 | ISO/IEC 8327-1, Annex A",
                Arrays.stream(State.values())
                        .map(state -> new Term(state.tableName(), state.text()))
                        .toList(),
                Arrays.stream(Event.values())
                        .map(event -> new org.osistack.core.management.StateTable.Event(
                                event.tableName(), text(event), source(event)))
                        .toList(),
                Arrays.stream(Predicate.values())
                        .map(predicate -> new Term(predicate.name().toLowerCase(Locale.ROOT), predicate.text()))
                        .toList(),
                Arrays.stream(Action.values())
                        .map(action -> new Term(action.tableName(), action.text()))
                        .toList(),
                NOTATION,
                rows(table));
    }

    private static String text(Event event) {
        return switch (event) {
            case INVALID -> "octets that are no SPDU";
            case TIM -> "the timer TIM runs out";
            default -> event.isSpdu() ? event.spdu().text() + detail(event) : event.toString();
        };
    }

    /** What tells the event apart from others with the same SPDU. */
    private static String detail(Event event) {
        return switch (event) {
            case RF_NR, FN_NR, AB_NR -> ", transport connection not kept";
            case RF_R, FN_R, AB_R -> ", transport connection kept";
            case MIP_D -> ", data separation";
            case RS_A -> ", abandon";
            case RS_R -> ", restart";
            case RS_S -> ", set";
            case PR_MAA -> " for MAA or AEA";
            case PR_RS -> " for RS, AI or AD";
            case PR_RA -> " for RA, AIA or ADA";
            case PR_AB -> " for AB";
            case MAA_AEA -> " or ACTIVITY END ACK";
            default -> "";
        };
    }

    private static Source source(Event event) {
        if (event.isPrimitive()) {
            return Source.USER;
        }
        return event.isSpdu() ? Source.PEER : Source.BELOW;
    }

    private static List<Row> rows(StateTable table) {
        List<Row> rows = new ArrayList<>();
        List<Row> rules = new ArrayList<>();
        for (StateTable.Row row : table.rows()) {
            boolean isRule = row.rule() != StateTable.Rule.NONE;
            (isRule ? rules : rows)
                    .add(new Row(
                            row.event() + (isRule ? " (" + row.rule() + ")" : ""),
                            events(row),
                            states(row),
                            row.statesText(),
                            row.predicates(),
                            row.outputs().stream().map(Output::toString).toList(),
                            row.actions().stream().map(Action::tableName).toList(),
                            row.next() == null ? "" : row.next().tableName(),
                            isRule));
        }
        rows.addAll(rules);
        return List.copyOf(rows);
    }

    private static Set<String> events(StateTable.Row row) {
        Set<String> names = new LinkedHashSet<>();
        for (Event event : Event.values()) {
            if (row.covers(event)) {
                names.add(event.tableName());
            }
        }
        return names;
    }

    private static Set<String> states(StateTable.Row row) {
        Set<String> names = new LinkedHashSet<>();
        for (State state : row.states()) {
            names.add(state.tableName());
        }
        return names;
    }
}
