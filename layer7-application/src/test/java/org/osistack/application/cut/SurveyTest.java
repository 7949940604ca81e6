package org.osistack.application.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.application.cut.PointLog.Passed;
import org.osistack.application.cut.Result.Ending;
import org.osistack.application.cut.Survey.Findings;
import org.osistack.core.ConfigurationException;
import org.osistack.core.TraceEvent;

class SurveyTest {
    private static final Scenario CHAT = Recording.scenario("chat");
    private static final EnumSet<PointClass> ALL = EnumSet.allOf(PointClass.class);

    private static Survey.Plan plan(boolean kill, String duration, int every, String... before) {
        return new Survey.Plan(
                ALL,
                "",
                kill,
                Cut.duration(duration),
                every,
                List.of(before).stream().map(Cut::parse).toList(),
                1,
                Recording.LIMIT);
    }

    private static Findings survey(Scenario scenario, Survey.Plan plan) {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try {
            Findings findings = new Survey(scenario, plan).carryOut(Recording.parameters(), 2, new Survey.Progress() {
                @Override
                public void begun(int runs) {
                    begun.set(runs);
                }

                @Override
                public void done() {
                    done.incrementAndGet();
                }
            });
            assertThat(findings.runs()).hasSize(begun.get()).hasSize(done.get());
            return findings;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, good", "false, 2s", "false, 40s", "true, good", "true, 3s", "true, 40s"})
    void aTalkEndsAsPromisedWhereverItIsCut(boolean kill, String duration) {
        Survey.Plan plan = plan(kill, duration, 1);
        List<Passed> points = new Survey(CHAT, plan).points(Recording.parameters());
        Findings findings = survey(CHAT, plan);

        assertThat(findings.runs())
                .as("a run for each point")
                .extracting(run -> run.cut().point())
                .containsExactlyElementsOf(points.stream().map(Passed::point).toList());
        assertThat(points).hasSizeGreaterThan(300).doesNotHaveDuplicates();
        assertThat(findings.runs())
                .allMatch(run -> run.result().ending().isGood())
                .allMatch(run -> run.result().outcome().duplicatesSeenByUser() == 0)
                .allMatch(run -> run.result().nanos() < Duration.ofMinutes(2).toNanos());
        if (!kill && duration.equals("2s")) {
            assertThat(findings.runs())
                    .as("TCP bridges so short a cut")
                    .allMatch(run -> run.result().ending() == Ending.COMPLETED);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, good", "false, 2s", "true, good", "true, 3s"})
    void aFileArrivesWholeOrNotAtAll(boolean kill, String duration) {
        Findings findings = survey(Recording.scenario("file"), plan(kill, duration, 7));

        assertThat(findings.runs())
                .hasSizeGreaterThan(200)
                .allMatch(run -> run.result().ending().isGood());
    }

    @Test
    void theSameSeedGivesTheSameFindings() {
        Findings first = survey(CHAT, plan(true, "3s", 1));
        Findings second = survey(CHAT, plan(true, "3s", 1));

        assertThat(second.runs()).isEqualTo(first.runs());
        assertThat(second.uncut()).isEqualTo(first.uncut());
    }

    /** Counted another way: from the trace of an uncut run. */
    @Test
    void theListHasEveryPointOfTheTrace() {
        List<TraceEvent> events = Recording.events(CHAT);
        long begin = Stage.SETTLING.toNanos();
        long end = begin + Recording.run(CHAT).nanos();
        List<CutPoint> points = new Survey(CHAT, plan(false, "good", 1))
                .points(Recording.parameters()).stream().map(Passed::point).toList();
        int expected = 0;
        for (TraceEvent event : events) {
            boolean refused = !event.parameter("taken").isEmpty();
            if (event.time() >= begin && event.time() <= end && !refused) {
                expected += switch (event.kind()) {
                    case PRIMITIVE -> {
                        boolean named = event.pdu() != null
                                && !PointNames.canonical(event.pdu().name()).isEmpty();
                        boolean arrives = event.name().equals("PH-DATA.indication");
                        yield 1 + (named ? 1 : 0) + (arrives ? 1 : 0);
                    }
                    case STATE, TIMER -> 1;
                    default -> 0;
                };
            }
        }

        // what happens in the very turn in which it is over, and behind the point where it is, is not of the dialogue
        assertThat(points).hasSizeBetween(expected - 12, expected);
        assertThat(new HashSet<>(points)).hasSameSizeAs(points);
    }

    @Test
    void aDialogueCanBeCutAgainWhileItRecovers() {
        Survey.Plan plan = plan(false, "1s", 1, "alice>CN,for=2s");
        List<Passed> points = new Survey(CHAT, plan).points(Recording.parameters());
        Findings findings = survey(CHAT, plan);

        assertThat(findings.uncut().nanos()).isGreaterThan(2_000_000_000L);
        assertThat(points).as("retransmissions, too").hasSizeGreaterThan(250);
        assertThat(points.get(0).nanos()).isGreaterThanOrEqualTo(Stage.SETTLING.toNanos());
        assertThat(findings.runs())
                .hasSameSizeAs(points)
                .allMatch(run -> run.result().ending().isGood());
    }

    @Test
    void onlyWhatIsAskedForIsCut() {
        Survey.Plan plan = new Survey.Plan(
                EnumSet.of(PointClass.STATE, PointClass.TIMER),
                "bob",
                false,
                Cut.FOR_GOOD,
                2,
                List.of(),
                1,
                Recording.LIMIT);
        List<Passed> points = new Survey(CHAT, plan).points(Recording.parameters());

        assertThat(points)
                .hasSizeBetween(5, 20)
                .allMatch(passed -> passed.point().host().equals("bob"));
        assertThat(points)
                .extracting(passed -> passed.point().kind().pointClass())
                .containsOnly(PointClass.STATE, PointClass.TIMER);
    }

    @Test
    void whatIsHungOrLostOrTwiceIsFound() {
        Survey.Plan plan = new Survey.Plan(
                EnumSet.of(PointClass.STATE), "", false, Cut.FOR_GOOD, 9, List.of(), 1, Duration.ofMinutes(3));

        assertThat(endings(new Tampered(was -> was, true), plan)).containsOnly(Ending.HUNG);
        assertThat(endings(
                        new Tampered(was -> new Outcome(false, false, false, 10, 0, 0, 0, 0, "half a line"), false),
                        plan))
                .containsOnly(Ending.LOST);
        assertThat(endings(new Tampered(was -> new Outcome(true, true, false, 10, 0, 0, 0, 1, ""), false), plan))
                .as("something twice")
                .containsOnly(Ending.LOST);
        assertThat(endings(new Tampered(was -> new Outcome(true, true, false, 10, 8, 4, 3, 0, ""), false), plan))
                .as("more sent again than was unconfirmed")
                .containsOnly(Ending.LOST);
        assertThat(endings(new Tampered(was -> new Outcome(true, true, false, 10, 7, 4, 3, 0, ""), false), plan))
                .containsOnly(Ending.COMPLETED);
        assertThat(endings(
                        new Tampered(
                                was -> {
                                    throw new IllegalStateException("a fault");
                                },
                                false),
                        plan))
                .containsOnly(Ending.BROKEN);
    }

    private static List<Ending> endings(Scenario scenario, Survey.Plan plan) {
        return survey(scenario, plan).runs().stream()
                .map(run -> run.result().ending())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bob:S-DATA.indication#9 | chat never comes to bob:S-DATA.indication#9; "
                        + "it comes to bob:x225.S-DATA.indication#2 at most",
                "alice>octet 99999 | chat never comes to alice>octet 99999; there are ",
                "alice>FNN | chat never comes to alice>FNN; there are alice>X.225.FN",
                "alice:TIM | chat never comes to alice:TIM; there are "
            })
    void aPointThatNeverComesIsRefusedWithWhatMayBeMeant(String point, String sentence) {
        Survey survey = new Survey(CHAT, plan(false, "good", 1, point));
        assertThatThrownBy(() -> survey.points(Recording.parameters()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(sentence);
    }
}
