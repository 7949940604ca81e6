package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** The state table that the machine runs from is the one of the specification. */
class StateTableTest {
    private static final Path SPECIFICATION = Path.of("..", "docs", "mux.md");

    /** The table as the specification prints it: one line an event, one column a state. */
    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringJoiner head = new StringJoiner(" | ", "| event | ", " |");
        StringJoiner rule = new StringJoiner("|", "|---|", "|");
        for (State state : State.values()) {
            head.add(state.name());
            rule.add("---");
        }
        lines.add(head.toString());
        lines.add(rule.toString());
        for (Event event : Event.values()) {
            StringJoiner line = new StringJoiner(" | ", "| " + event + " | ", " |");
            for (State state : State.values()) {
                line.add(cell(state, event));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String cell(State state, Event event) {
        State next = StateTable.next(state, event);
        return next == null ? "" : next == state ? "=" : next.name();
    }

    @Test
    void theSpecificationHasTheSameTable() throws IOException {
        List<String> specification = Files.readAllLines(SPECIFICATION);
        int at = specification.indexOf(lines().get(0));
        assertThat(at).as("the table is there").isNotNegative();
        assertThat(specification.subList(at, at + lines().size())).isEqualTo(lines());
    }

    @Test
    void theSpecificationDescribesEveryFrameAndState() throws IOException {
        String specification = Files.readString(SPECIFICATION);
        for (FrameType type : FrameType.values()) {
            assertThat(specification)
                    .contains(String.format(
                            "| %02x | %s |", type.code(), type.name().replace('_', '-')));
            String clause = type.clause().substring("mux §".length());
            assertThat(specification).as(type.name()).containsPattern("#+ " + clause.replace(".", "\\.") + " ");
        }
        for (State state : State.values()) {
            assertThat(specification).contains("| " + state.name() + " | " + state.text() + " |");
        }
    }

    @Test
    void everySessionEndsWhateverItsState() {
        for (State state : State.values()) {
            assertThat(StateTable.next(state, Event.TRUNK_ENDED)).isEqualTo(State.ENDED);
            assertThat(StateTable.next(state, Event.GONE)).isEqualTo(State.ENDED);
            if (state != State.ENDING && state != State.ENDED) {
                assertThat(StateTable.next(state, Event.ABORT_REQUEST)).isEqualTo(State.ENDING);
                assertThat(StateTable.next(state, Event.FAULT)).isEqualTo(State.ENDING);
            }
        }
    }

    @Test
    void everyStateIsReached() {
        List<State> reached = new ArrayList<>(List.of(State.OPENING, State.ANSWERING));
        for (int i = 0; i < reached.size(); i++) {
            for (Event event : Event.values()) {
                State next = StateTable.next(reached.get(i), event);
                if (next != null && !reached.contains(next)) {
                    reached.add(next);
                }
            }
        }
        assertThat(reached).containsExactlyInAnyOrder(State.values());
    }
}
