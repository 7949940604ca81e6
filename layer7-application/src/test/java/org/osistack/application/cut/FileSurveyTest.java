package org.osistack.application.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.application.cut.Result.Ending;
import org.osistack.application.cut.Survey.Findings;
import org.osistack.core.Options;

/** A file survives cuts and kills at every point; here at a part of the points, {@code cut-everywhere} takes all. */
class FileSurveyTest {
    private static final Options PARAMETERS = new Options("file", null, Map.of("size", "32k"));

    private static void costsNoMoreThanWhatWasUnconfirmedAndAWindow(Survey.Run run) {
        Outcome outcome = run.result().outcome();
        assertThat(outcome.octetsSentAgain())
                .as(run.cut() + ": " + outcome)
                .isLessThanOrEqualTo(outcome.octetsUnconfirmedAtCut() + outcome.window());
    }

    @Test
    void aRunThatCostsMoreThanThatIsNoGoodOne() {
        assertThat(new Outcome(true, true, false, 100, 30, 20, 10, 0, "").keepsPromise())
                .isTrue();
        assertThat(new Outcome(true, true, false, 100, 31, 20, 10, 0, "").keepsPromise())
                .isFalse();
    }

    private static final class Silent implements Survey.Progress {
        @Override
        public void begun(int runs) {}

        @Override
        public void done() {}
    }

    @ParameterizedTest
    @CsvSource({
        "false, 3s, ''",
        "false, 40s, ''",
        "false, good, ''",
        "true, 3s, ''",
        "true, 40s, ''",
        "true, good, ''",
        "false, 40s, 'alice>GT+DT#5,for=40s'",
        "true, 3s, 'alice>GT+DT#5,for=3s,kill=bob'",
        "true, 3s, 'bob<GT+DT#3,for=3s,kill=alice'"
    })
    void endsAsPromisedWhereverItIsCut(boolean kill, String duration, String before) throws InterruptedException {
        List<Cut> first = before.isEmpty() ? List.of() : List.of(Cut.parse(before));
        Survey.Plan plan = new Survey.Plan(
                EnumSet.allOf(PointClass.class),
                "",
                kill,
                Cut.duration(duration),
                17,
                first,
                1,
                Duration.ofMinutes(20));
        Findings findings = new Survey(Recording.scenario("file"), plan).carryOut(PARAMETERS, 2, new Silent());

        assertThat(findings.runs())
                .hasSizeGreaterThan(50)
                .allSatisfy(run -> assertThat(run.result().ending().isGood())
                        .as(run.cut() + ": " + run.result())
                        .isTrue());
        assertThat(findings.runs()).allSatisfy(FileSurveyTest::costsNoMoreThanWhatWasUnconfirmedAndAWindow);
        long completed = findings.runs().stream()
                .filter(run -> run.result().ending() == Ending.COMPLETED)
                .count();
        if (!duration.equals("good")) {
            assertThat(completed).isGreaterThan(findings.runs().size() * 8 / 10);
        }
    }
}
