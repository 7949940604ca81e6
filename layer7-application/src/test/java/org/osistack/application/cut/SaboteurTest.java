package org.osistack.application.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.osistack.application.cut.CutPoint.Kind;
import org.osistack.application.cut.Result.Ending;
import org.osistack.core.ConfigurationException;
import org.osistack.core.TraceEvent;

/** That a cut is made exactly where it is asked for; what the trace tells is the witness. */
class SaboteurTest {
    private static final Scenario CHAT = Recording.scenario("chat");

    private static List<CutPoint> points(Kind kind) {
        Survey survey = new Survey(CHAT, Survey.Plan.of(1, Recording.LIMIT));
        return survey.points(Recording.parameters()).stream()
                .map(PointLog.Passed::point)
                .filter(point -> point.kind() == kind)
                .toList();
    }

    private static int indexOf(List<TraceEvent> events, String protocol) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).kind() == TraceEvent.Kind.NOTE
                    && events.get(i).protocol().equals(protocol)) {
                return i;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OCTET")
    void theCableIsCutAtTheVeryEvent(Kind kind) {
        List<CutPoint> points = points(kind);
        assertThat(points).isNotEmpty();
        for (CutPoint point : points) {
            List<TraceEvent> events = Recording.events(CHAT, point.toString());
            int cut = indexOf(events, "cable");
            List<TraceEvent> before = events.subList(0, cut);

            assertThat(events.get(cut).name()).isEqualTo("cut for good (" + point + ")");
            assertThat(point.occurrences(before.get(cut - 1))).as("%s", point).isPositive();
            assertThat(before.stream().mapToInt(point::occurrences).sum())
                    .as("%s", point)
                    .isEqualTo((int) point.number());
            assertThat(events.subList(cut, events.size()))
                    .as("nothing arrives after %s", point)
                    .noneMatch(event -> event.name().equals("PH-DATA.indication"));
        }
    }

    @Test
    void theCableIsCutInTheMiddleOfTheFrameThatCarriesTheOctet() {
        List<CutPoint> points = points(Kind.OCTET);
        assertThat(points).hasSizeGreaterThan(10);
        for (CutPoint point : points) {
            List<TraceEvent> events = Recording.events(CHAT, point.toString());
            List<TraceEvent> before = events.subList(0, indexOf(events, "cable"));
            List<Integer> sent = frames(before.stream(), point.host(), "PH-DATA.request");
            String receiver = point.host().equals("alice") ? "bob" : "alice";
            List<Integer> received = frames(events.stream(), receiver, "PH-DATA.indication");
            long whole = received.stream().mapToInt(length -> length).sum();

            assertThat(received).as("%s", point).isEqualTo(sent.subList(0, received.size()));
            assertThat(whole).isLessThan(point.number());
            assertThat(whole + sent.get(received.size())).isGreaterThan(point.number());
        }
    }

    private static List<Integer> frames(Stream<TraceEvent> events, String host, String primitive) {
        return events.filter(event -> event.host().equals(host) && event.name().equals(primitive))
                .map(event -> event.octets().length)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aKilledHostDoesNothingMore(Kind kind) {
        for (CutPoint point : points(kind)) {
            List<TraceEvent> events = Recording.events(CHAT, point + ",kill=" + point.host());
            int killed = indexOf(events, "host");

            assertThat(killed).as("%s", point).isPositive();
            assertThat(events.subList(killed + 1, events.size()))
                    .as("after %s", point)
                    .noneMatch(event -> event.host().equals(point.host()) && event.kind() != TraceEvent.Kind.DISCARD);
        }
    }

    @ParameterizedTest
    @CsvSource({"alice>CN, bob", "bob<CN, alice", "bob:STA713, alice", "alice>octet 400, bob", "alice>octet 400, alice"
    })
    void eitherHostCanBeKilledAtAnyPoint(String point, String victim) {
        List<TraceEvent> events = Recording.events(CHAT, point + ",kill=" + victim);
        int killed = indexOf(events, "host");

        assertThat(events.get(killed).name()).isEqualTo(victim + " killed for good (" + point + ")");
        assertThat(events.subList(killed + 1, events.size()))
                .noneMatch(event -> event.host().equals(victim) && event.kind() != TraceEvent.Kind.DISCARD)
                .noneMatch(event -> event.name().equals("PH-STATUS.indication"));
    }

    @Test
    void aCableIsJoinedWhenItsTimeHasCome() {
        List<TraceEvent> events = Recording.events(CHAT, "alice>CN,for=2s");
        List<TraceEvent> notes = events.stream()
                .filter(event -> event.protocol().equals("cable"))
                .toList();

        assertThat(notes).extracting(TraceEvent::name).containsExactly("cut for 2s (alice>CN)", "joined again");
        assertThat(notes.get(1).time() - notes.get(0).time())
                .isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(Recording.run(CHAT, "alice>CN,for=2s").ending()).isEqualTo(Ending.COMPLETED);
    }

    @Test
    void aHostBeginsAnewWithNothing() {
        List<TraceEvent> events = Recording.events(CHAT, "bob:S-DATA.indication,kill=bob,for=5s");
        List<TraceEvent> notes =
                events.stream().filter(event -> event.protocol().equals("host")).toList();

        assertThat(notes)
                .extracting(TraceEvent::name)
                .containsExactly("bob killed for 5s (bob:S-DATA.indication)", "bob begins anew");
        assertThat(notes.get(1).time() - notes.get(0).time())
                .isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(events.subList(events.indexOf(notes.get(1)), events.size()))
                .as("TCP knows nothing of the connection")
                .anyMatch(event -> event.host().equals("bob") && event.name().equals("NO_CONNECTION"));
        assertThat(Recording.run(CHAT, "bob:S-DATA.indication,kill=bob,for=5s").remark())
                .isEqualTo("alice: the transport connection was lost");
    }

    @Test
    void whatWasCutCanBeCutAgain() {
        List<TraceEvent> events =
                Recording.events(CHAT, "alice>CN,for=2s", "bob<CN,for=3s", "bob:STA713,kill=bob,for=1s", "alice>AA#7");

        assertThat(events.stream()
                        .filter(event -> event.protocol().equals("cable")
                                || event.protocol().equals("host"))
                        .map(TraceEvent::name))
                .containsExactly(
                        "cut for 2s (alice>CN)",
                        "joined again",
                        "cut for 3s (bob<CN)",
                        "bob killed for 1s (bob:STA713)", // in the same turn: the answer goes nowhere
                        "bob begins anew",
                        "joined again");
    }

    @Test
    void withoutAHostItIsWhicheverComesFirst() {
        List<TraceEvent> events = Recording.events(CHAT, "X.225.GT+DT#2");
        int cut = indexOf(events, "cable");

        assertThat(events.get(cut).host()).isEqualTo("bob");
    }

    @Test
    void aPointThatNeverComesCutsNothing() {
        assertThat(Recording.run(CHAT, "alice>CN#2").ending()).isEqualTo(Ending.NOT_CUT);
    }

    @Test
    void aHostThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> Recording.run(CHAT, "carol>CN"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("there is no host called carol; there are bob and alice");
        assertThatThrownBy(() -> Recording.run(CHAT, "CN,kill=carol"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("there is no host called carol; there are bob and alice");
    }
}
