package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.ConfigurationException;
import org.osistack.core.TraceEvent;

class TraceFilterTest {
    private final RecordedSteps steps = new RecordedSteps();

    @BeforeEach
    void chat() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", steps)) {
            lab.associate().say("Hello, Bob");
        }
    }

    private List<TraceEvent> accepted(String... filters) {
        TraceFilter filter = TraceFilter.of(List.of(filters));
        return steps.all.stream().filter(filter::accepts).map(Step::event).toList();
    }

    @Test
    void withoutFiltersEverythingIsShown() {
        assertThat(accepted()).hasSameSizeAs(steps.all);
    }

    @Test
    void layersAreThoseOfServicesProtocolsAndMachines() {
        assertThat(accepted("layer=5"))
                .isNotEmpty()
                .allMatch(event -> event.layer() == 5 || event.pduLayer() == 5)
                .anyMatch(event -> event.kind() == TraceEvent.Kind.STATE)
                .anyMatch(event -> event.name().equals("T-DATA.request"));
        assertThat(accepted("layer=1-2")).allMatch(event -> event.layer() <= 2);
    }

    @Test
    void allConditionsOfOneFilterMustHold() {
        assertThat(accepted("layer=7,host=bob,pdu=chatmessage"))
                .extracting(TraceEvent::name)
                .containsExactly("P-DATA.indication");
    }

    @Test
    void alternativesAreValuesAndFilters() {
        int both = accepted("pdu=CR|CC").size();
        assertThat(both).isEqualTo(accepted("pdu=CR", "pdu=CC").size()).isPositive();
    }

    @Test
    void aPduIsFoundByAPartOfItsName() {
        assertThat(accepted("pdu=dt,protocol=X.225"))
                .isNotEmpty()
                .allMatch(event -> event.pdu().name().equals("GT·DT"));
    }

    @Test
    void connectionsAreThoseOfServicesAndOfMachines() {
        assertThat(accepted("connection=tpkt/1"))
                .isNotEmpty()
                .allMatch(event -> event.service().equals("tpkt"));
        assertThat(accepted("connection=60372 → 102")).isNotEmpty().allMatch(event -> event.layer() == 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer=8", "layer=", "colour=red", "layer", "layer=5,", "layer=4-9"})
    void whatIsNotUnderstoodIsRefusedWithASentence(String filter) {
        assertThatThrownBy(() -> TraceFilter.of(List.of(filter))).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void aFilteredTraceIsFlat() {
        List<String> lines = new ArrayList<>();
        FilteredTrace text = new FilteredTrace(
                new Page(lines::add, 100, false), 0, TraceFilter.of(List.of("host=alice,pdu=ChatMessage")));
        text.turn(steps.all);

        assertThat(lines.stream().filter(line -> !line.isBlank()).map(line -> line.replaceAll(" +", " ")))
                .hasSize(4)
                .contains(" 7 application ChatMessage \"Hello, Bob\" = 14");
    }
}
