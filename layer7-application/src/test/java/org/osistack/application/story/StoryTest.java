package org.osistack.application.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.cut.Cut;
import org.osistack.application.cut.Showing;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;
import org.osistack.core.TraceSink;
import org.osistack.core.dialogue.FunctionalUnit;

class StoryTest {
    private final List<TraceEvent> events = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private boolean run(String... cuts) {
        List<Cut> parsed = new ArrayList<>();
        for (String cut : cuts) {
            parsed.add(Cut.parse(cut));
        }
        TraceSink sink = events::add;
        return new Showing(new StoryScenario(), 1)
                .run(parsed, simulation -> new Trace(simulation, sink), () -> {}, said::add);
    }

    @Test
    void allDialoguesComeToTheirEnd() {
        assertThat(run()).isTrue();
        assertThat(said).anyMatch(line -> line.startsWith("completed"));
    }

    @Test
    void betweenThemTheyAgreeOnAllFunctionalUnitsThatX225Has() {
        run();
        Set<String> agreed = new TreeSet<>();
        for (TraceEvent event : events) {
            if (event.name().equals("S-CONNECT.confirm")) {
                agreed.addAll(List.of(event.parameter("requirements").split(", ")));
            }
        }
        for (FunctionalUnit unit : FunctionalUnit.values()) {
            assertThat(agreed).contains(unit.toString());
        }
    }

    /** Every kind of SPDU that a user can cause goes over the cable. */
    @Test
    void everyKindOfSpduIsInIt() {
        run();
        Set<String> names = new TreeSet<>();
        for (TraceEvent event : events) {
            if (event.pduLayer() == 5 && event.pdu() != null) {
                names.addAll(List.of(event.pdu().name().split("·")));
            }
        }
        assertThat(names)
                .contains("CN", "AC", "FN", "DN", "NF", "AB", "DT", "EX", "TD", "CD", "CDA", "GT", "PT", "GTC", "GTA")
                .contains("MIP", "MIA", "MAP", "MAA", "RS", "RA", "PR", "ED", "AS", "AR", "AI", "AIA", "AD", "ADA")
                .contains("AE", "AEA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice>RS#2,for=2s", "bob:STA15B,for=2s", "alice:octet 3000,for=3s", "bob<CN,for=2s"})
    void aShortCutChangesNothing(String cut) {
        assertThat(run(cut)).isTrue();
        assertThat(said).anyMatch(line -> line.startsWith("completed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice>RS#2", "bob:STA15B", "alice>CD,kill=bob", "bob>FN,kill=alice,for=5s"})
    void bothAreToldOfALongOne(String cut) {
        assertThat(run(cut)).isTrue();
        assertThat(said).anyMatch(line -> line.startsWith("discarded"));
    }

    /** Bob waits for an ABORT that was announced and never comes. */
    @Test
    void anAbortThatIsAnnouncedAndLostIsToldInTheEnd() {
        assertThat(run("bob<PR#9")).isTrue();
        assertThat(said).last().asString().startsWith("completed after 30.7 s").endsWith("no reason given");
    }
}
