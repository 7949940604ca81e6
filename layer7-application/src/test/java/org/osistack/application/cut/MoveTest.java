package org.osistack.application.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.cut.Result.Ending;
import org.osistack.application.cut.Survey.Findings;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Options;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;
import org.osistack.core.TraceEvent.Kind;

/** The scenarios that show sessions and transport connections apart: {@code reuse} and {@code move}. */
class MoveTest {
    private static final Scenario MOVE = Recording.scenario("move");
    private static final Scenario REUSE = Recording.scenario("reuse");

    private final List<TraceEvent> events = new ArrayList<>();

    private Result run(Scenario scenario, Map<String, String> parameters, String... cuts) {
        return new Performance(scenario, new Options("test", null, parameters), 1, Recording.LIMIT)
                .run(
                        List.of(cuts).stream().map(Cut::parse).toList(),
                        null,
                        simulation -> new Trace(simulation, events::add));
    }

    /** The PDUs of a protocol that a host sends, each with the protocol that carries it. */
    private List<String> sent(String host, String protocol, String... names) {
        TreeSet<String> wanted = new TreeSet<>(List.of(names));
        return events.stream()
                .filter(event -> event.kind() == Kind.PRIMITIVE && event.host().equals(host))
                .filter(event -> event.name().endsWith("-DATA.request") && event.pdu() != null)
                .filter(event ->
                        event.protocol().equals(protocol) && event.service().startsWith("t")) // layer 4
                .map(event -> event.pdu().name().replaceFirst(".*·", ""))
                .filter(wanted::contains)
                .toList();
    }

    private long primitives(String host, String service, String name) {
        return events.stream()
                .filter(event -> event.kind() == Kind.PRIMITIVE)
                .filter(event -> event.host().equals(host) && event.service().equals(service))
                .filter(event -> event.name().equals(name))
                .count();
    }

    // ---- several sessions on one transport connection ----

    @Test
    void sessionsFollowOneAnotherOnOneTransportConnection() {
        Result result = run(REUSE, Map.of());

        assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(sent("alice", "X.225", "CN", "FN")).containsExactly("CN", "FN", "CN", "FN", "CN", "FN");
        assertThat(sent("bob", "X.225", "AC", "DN")).containsExactly("AC", "DN", "AC", "DN", "AC", "DN");
        assertThat(primitives("alice", "tpkt", "T-CONNECT.request")).isEqualTo(1);
        assertThat(result.figures()).containsEntry("transport connections", "1");
        assertThat(result.picture()).hasSize(3).allMatch(line -> line.contains("STA713"));
    }

    @ParameterizedTest
    @CsvSource({"x225, no, 3, 3.0", "x225, yes, 1, 1.0", "mux, yes, 1, 1.0"})
    void aSessionOnAConnectionThatIsThereTakesOneRoundTrip(
            String session, String reuse, String connections, String roundTrips) {
        Result result = run(REUSE, Map.of("session", session, "reuse", reuse));

        assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(result.figures())
                .containsEntry("transport connections", connections)
                .containsEntry("round trips, second session", roundTrips);
    }

    // ---- one dialogue over several transport connections, on different lower layers ----

    @Test
    void anActivityGoesOnByAnotherLinkBehindTheLastPointThatIsConfirmed() {
        Result result = run(MOVE, Map.of());

        assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(result.outcome().duplicatesSeenByUser()).isZero();
        assertThat(result.outcome().octetsSentAgain()).as("the window").isEqualTo(300);
        assertThat(result.picture())
                .anyMatch(line -> line.contains("session connection 1") && line.contains("session connection 2"))
                .anyMatch(line -> line.contains("line 5: activity talk, V(M) 8, V(A) 6")
                        && line.contains("line 12: activity talk, V(M) 13, V(A) 13"))
                .anyMatch(line -> line.contains("10.0.1.1 → 10.0.1.2") && line.contains("10.0.2.1 → 10.0.2.2"))
                .anyMatch(line -> line.contains("virtual:first") && line.contains("virtual:second"));
        assertThat(sent("alice", "X.225", "CN", "AS", "AR")).containsExactly("CN", "AS", "CN", "AR");
    }

    @Test
    void aUserWhoMovesOfHerOwnAccordSaysNothingTwice() {
        Result result = run(MOVE, Map.of("how", "interrupt"));

        assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(result.outcome().octetsSentAgain()).isZero();
        assertThat(result.figures()).containsEntry("session connections", "2");
        assertThat(sent("alice", "X.225", "AI", "FN", "CN", "AR"))
                .as("interrupt, release, connect by the other link, resume")
                .containsExactly("CN", "AI", "FN", "CN", "AR", "FN");
    }

    @Test
    void aSessionOfMuxGoesOnByAnotherLinkAndAnotherTransportAndItsUsersSeeNothing() {
        Result result = run(MOVE, Map.of("session", "mux"));

        assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(result.figures())
                .containsEntry("session connections", "1")
                .containsEntry("transport connections", "2")
                .containsEntry("lines that the user said again", "0");
        assertThat(result.picture())
                .anyMatch(line ->
                        line.contains("session 1, OPEN, by path 1") && line.contains("session 1, OPEN, by path 2"))
                .anyMatch(line -> line.contains("TCP ") && line.contains("TPKT (TPDUs of 1024) on TCP"));
        assertThat(sent("alice", "mux", "OPEN", "RELEASE")).containsExactly("OPEN", "RELEASE");
        assertThat(events)
                .as("what crosses the second column is layer 5's there, too")
                .filteredOn(event ->
                        event.kind() == Kind.PRIMITIVE && event.service().equals("tpkt"))
                .filteredOn(event -> event.name().equals("T-DATA.request"))
                .isNotEmpty()
                .allMatch(event -> event.pduLayer() == 5 && event.protocol().equals("mux"));
    }

    @Test
    void withoutACutNothingMoves() {
        for (String session : List.of("x225", "mux")) {
            Result result = run(MOVE, Map.of("session", session, "at", "0"));
            assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
            assertThat(result.figures()).containsEntry("transport connections", "1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x225 cut", "x225 interrupt", "mux cut"})
    void nothingIsLostOrDoubledWhereverTheFirstLinkIsCut(String how) {
        Map<String, String> parameters = Map.of("session", how.split(" ")[0], "how", how.split(" ")[1]);
        for (String duration : List.of("good", "2s", "40s")) {
            assertThat(survey(parameters, false, duration, 47).runs())
                    .hasSizeGreaterThan(30)
                    .allMatch(run -> run.result().ending() == Ending.COMPLETED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x225", "mux"})
    void ifOneOfThemIsKilledTheOtherIsTold(String session) {
        for (String duration : List.of("good", "5s")) {
            assertThat(survey(Map.of("session", session), true, duration, 47).runs())
                    .hasSizeGreaterThan(30)
                    .allMatch(run -> run.result().ending().isGood());
        }
    }

    private static Findings survey(Map<String, String> parameters, boolean kill, String duration, int every) {
        Survey.Plan plan = new Survey.Plan(
                EnumSet.allOf(PointClass.class),
                "",
                kill,
                Cut.duration(duration),
                every,
                List.of(),
                1,
                Recording.LIMIT);
        try {
            return new Survey(MOVE, plan).carryOut(new Options("test", null, parameters), 2, new Survey.Progress() {
                @Override
                public void begun(int runs) {}

                @Override
                public void done() {}
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatCannotBeIsSaidInASentence() {
        assertThatThrownBy(() -> run(MOVE, Map.of("session", "mux", "how", "interrupt")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("mux has no activities that could be interrupted: how=cut");
    }
}
