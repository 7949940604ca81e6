package org.osistack.application.rtse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osistack.application.rtse.StateTable.Row;
import org.osistack.application.rtse.StateTable.Term;

/** The state table, cell by cell: the machine is put before each event in each state, and does what the row says. */
class StateTableTest {
    /** What a row says that it does not show to anybody. */
    private static final Set<Action> SILENT = EnumSet.range(Action.AGREE, Action.ATTEMPT_LATER);

    @Test
    void everyRowDoesWhatItSays() {
        int cells = 0;
        for (Row row : StateTable.x228().rows()) {
            for (Event event : row.events()) {
                for (State state : row.states()) {
                    check(row, event, state);
                    cells++;
                }
            }
        }
        assertThat(cells).isGreaterThan(300);
    }

    private static void check(Row row, Event event, State state) {
        String what = "line " + row.line() + ", " + event + " in " + state;
        Bench bench = new Bench(event, state, row);
        bench.fire();

        List<String> expected = new ArrayList<>();
        for (Action action : row.actions()) {
            if (!SILENT.contains(action) && bench.isSeen(action)) {
                expected.add(action.label());
            }
        }
        assertThat(bench.seen.subList(0, Math.min(expected.size(), bench.seen.size())))
                .as(what)
                .isEqualTo(expected);
        State next = bench.expectedState(row);
        if (event == Event.SEGMENT && next == state) {
            assertThat(bench.seen).as(what + ", and so on until the last").hasSizeGreaterThan(expected.size());
        } else if (next == state) {
            assertThat(bench.changes).as(what).noneMatch(change -> change.endsWith("by " + event));
        } else {
            assertThat(bench.changes).as(what).first().isEqualTo(state + " to " + next + " by " + event);
        }
        bench.finish();
        assertThat(bench.host.pool().outstanding()).as(what).isZero();
    }

    @Test
    void noTwoRowsOfACellCanHoldAtOnce() {
        for (Event event : Event.values()) {
            for (State state : State.values()) {
                Row[] cell = StateTable.x228().cell(event, state);
                for (int i = 0; i < cell.length; i++) {
                    for (int j = i + 1; j < cell.length; j++) {
                        assertThat(contradict(cell[i], cell[j]))
                                .as("lines " + cell[i].line() + " and " + cell[j].line())
                                .isTrue();
                    }
                }
            }
        }
    }

    private static boolean contradict(Row one, Row other) {
        for (Term term : one.terms()) {
            if (other.terms().contains(new Term(term.predicate(), !term.expected()))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void everyEventPredicateActionAndStateIsUsed() {
        Set<Event> events = EnumSet.noneOf(Event.class);
        Set<Predicate> predicates = EnumSet.noneOf(Predicate.class);
        Set<Action> actions = EnumSet.noneOf(Action.class);
        Set<State> states = EnumSet.noneOf(State.class);
        for (Row row : StateTable.x228().rows()) {
            events.addAll(row.events());
            row.terms().forEach(term -> predicates.add(term.predicate()));
            actions.addAll(row.actions());
            states.addAll(row.states());
        }
        assertThat(EnumSet.complementOf(EnumSet.copyOf(events))).isEmpty();
        assertThat(EnumSet.complementOf(EnumSet.copyOf(predicates))).isEmpty();
        assertThat(EnumSet.complementOf(EnumSet.copyOf(actions))).isEmpty();
        assertThat(EnumSet.complementOf(EnumSet.copyOf(states))).isEmpty();
    }

    @Test
    void whatThePeerMayNotDoIsAProtocolError() {
        Set<String> cells = new LinkedHashSet<>();
        for (Event event : Event.values()) {
            for (State state : State.values()) {
                boolean hasLink = state != State.IDLE && state != State.AWAITING_RECOVERY;
                boolean isOfPeer = !event.isRequest()
                        && event.ordinal() < Event.PROTOCOL_ERROR.ordinal()
                        && event != Event.OPEN_INDICATION;
                if (hasLink && isOfPeer && StateTable.x228().cell(event, state).length == 0) {
                    Bench bench = new Bench(event, state, null);
                    bench.fire();
                    assertThat(bench.seen).as(event + " in " + state).first().isEqualTo("A-ABTreq-4");
                    bench.finish();
                    assertThat(bench.host.pool().outstanding()).isZero();
                    cells.add(event + " " + state);
                }
            }
        }
        assertThat(cells).hasSizeGreaterThan(100);
    }

    @Test
    void whatTheUserMayNotAskForThrowsAndHasNoEffect() {
        for (Event event : Event.values()) {
            for (State state : State.values()) {
                if (event.isRequest()
                        && state != State.IDLE
                        && StateTable.x228().cell(event, state).length == 0) {
                    Bench bench = new Bench(event, state, null);
                    assertThatThrownBy(bench::fire)
                            .as(event + " in " + state)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage(event + " is not allowed in state " + state);
                    assertThat(bench.seen).isEmpty();
                    assertThat(bench.v.state).isEqualTo(state);
                    bench.finish();
                }
            }
        }
    }
}
