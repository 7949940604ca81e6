package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osistack.session.x225.StateTable.Row;
import org.osistack.session.x225.StateTable.Rule;

/** The state table as it is read from its file: each row says only what the machine knows. */
class StateTableTest {
    private final StateTable table = StateTable.x225();

    @Test
    void hasEveryRowAndRuleOfTheFile() {
        assertThat(table.rows().stream().filter(row -> row.rule() == Rule.NONE)).hasSize(334);
        assertThat(table.rows().stream().map(Row::rule).filter(rule -> rule != Rule.NONE))
                .containsExactly(Rule.R1, Rule.R2, Rule.R3, Rule.R1, Rule.R4);
    }

    @Test
    void eachRowBeginsWithAnEventThatExistsAndHoldsInSomeState() {
        for (Row row : table.rows()) {
            if (row.rule() == Rule.NONE) {
                assertThat(Event.isKnown(row.event())).as(row.event()).isTrue();
            }
            assertThat(row.states()).as("line " + row.line()).isNotEmpty();
        }
    }

    @Test
    void eachEventHasARowAndEachRowIsInACell() {
        Set<Row> entered = new HashSet<>();
        for (Event event : Event.values()) {
            boolean hasRow = false;
            for (State state : State.values()) {
                List<Row> cell = List.of(table.cell(event, state));
                entered.addAll(cell);
                hasRow |= !cell.isEmpty();
            }
            assertThat(hasRow).as(event.toString()).isEqualTo(event != Event.INVALID);
        }
        assertThat(entered).hasSize(334);
    }

    @Test
    void eachStateIsReachedByARow() {
        Set<State> reached = EnumSet.of(State.STA01);
        table.rows().forEach(row -> {
            if (row.next() != null) {
                reached.add(row.next());
            }
        });
        assertThat(reached).containsExactlyInAnyOrder(State.values());
    }

    @Test
    void aRuleCoversWhateverNoRowSays() {
        Variables nothing = new Variables(false);
        for (State state : State.values()) {
            for (Event event : Event.values()) {
                boolean transportIsThere = state != State.STA01 && state != State.STA01B;
                if (event.isSpdu() && transportIsThere) {
                    assertThat(table.match(event, state, nothing))
                            .as(event + " in " + state)
                            .isNotNull();
                }
                if (event.isPrimitive()) {
                    assertThat(table.match(event, state, nothing))
                            .as(event + " in " + state)
                            .isNotNull();
                }
            }
        }
    }

    /** S-DATA and S-TYPED-DATA are sent without going through the whole row: so it must not say more. */
    @Test
    void theRowsOfDataChangeNothing() {
        for (Event event : List.of(Event.S_DATA_REQUEST, Event.S_TYPED_DATA_REQUEST, Event.DT)) {
            for (State state : State.values()) {
                for (Row row : table.cell(event, state)) {
                    assertThat(row.actions()).as("line " + row.line()).isEmpty();
                    assertThat(row.next()).as("line " + row.line()).isNull();
                }
            }
        }
    }

    @Test
    void everyPredicateAndActionIsUsed() {
        String predicates = table.rows().stream().map(Row::predicates).reduce("", (a, b) -> a + " " + b);
        for (Predicate predicate : Predicate.values()) {
            assertThat(predicates).contains(predicate.name().toLowerCase(java.util.Locale.ROOT));
            assertThat(predicate.text()).isNotBlank();
        }
        for (Action action : Action.values()) {
            assertThat(table.rows().stream().anyMatch(row -> row.actions().contains(action)))
                    .as(action.text())
                    .isTrue();
        }
        for (Output output : Output.values()) {
            assertThat(table.rows().stream().anyMatch(row -> row.has(output)))
                    .as(output.name())
                    .isTrue();
        }
    }
}
