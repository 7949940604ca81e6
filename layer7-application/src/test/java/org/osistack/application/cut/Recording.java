package org.osistack.application.cut;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osistack.core.Options;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;

/** Runs of the scenario {@code chat}, or of others, with all that their traces tell. */
final class Recording {
    static final Duration LIMIT = Duration.ofMinutes(20);

    private Recording() {}

    static Scenario scenario(String name) {
        return ServiceLoader.load(Scenario.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Options parameters(String... keysAndValues) {
        return keysAndValues.length == 0
                ? Options.none("test")
                : new Options("test", null, Map.of(keysAndValues[0], keysAndValues[1]));
    }

    static Performance performance(Scenario scenario) {
        return new Performance(scenario, parameters(), 1, LIMIT);
    }

    /** All events of a run, in their order. */
    static List<TraceEvent> events(Scenario scenario, String... cuts) {
        List<TraceEvent> events = new ArrayList<>();
        performance(scenario)
                .run(
                        List.of(cuts).stream().map(Cut::parse).toList(),
                        null,
                        simulation -> new Trace(simulation, events::add));
        return events;
    }

    static Result run(Scenario scenario, String... cuts) {
        return performance(scenario).run(List.of(cuts).stream().map(Cut::parse).toList());
    }
}
