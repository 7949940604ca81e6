package org.osistack.application.cut;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Options;
import org.osistack.core.Simulation;
import org.osistack.core.Trace;

/** One run of a scenario for people who look on. */
public final class Showing {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Scenario scenario;
    private final Options parameters;
    private final long seed;
    private final Duration limit;

    /** Show a scenario with its usual parameters. */
    public Showing(Scenario scenario, long seed) {
        this(scenario, new Options(scenario.name(), null, Map.of()), seed, LIMIT);
    }

    Showing(Scenario scenario, Options parameters, long seed, Duration limit) {
        this.scenario = scenario;
        this.parameters = parameters;
        this.seed = seed;
        this.limit = limit;
    }

    /**
     * Run it.
     *
     * @param tracing makes the trace; is given the simulation before anything happens, and may return null for none
     * @param ending is run when nothing more happens, whatever came of it
     * @param out takes what became of it, in a few lines
     * @return whether that is what the scenario promises
     * @throws ConfigurationException if it never comes to a point at which it was to be cut
     */
    public boolean run(List<Cut> cuts, Function<Simulation, Trace> tracing, Runnable ending, Consumer<String> out) {
        Result result;
        try {
            result = new Performance(scenario, parameters, seed, limit).run(cuts, null, simulation -> {
                Trace trace = tracing.apply(simulation);
                return trace == null ? new Trace(simulation, event -> {}) : trace;
            });
        } finally {
            ending.run();
        }
        if (result.ending() == Result.Ending.NOT_CUT) {
            throw new ConfigurationException(
                    new Survey(scenario, Survey.Plan.of(seed, limit)).neverMet(parameters, cuts));
        }
        out.accept(scenario.name() + ": " + scenario.description());
        if (!cuts.isEmpty()) {
            out.accept(cuts.stream()
                    .map(cut -> cut.deed() + " at " + cut.point())
                    .collect(Collectors.joining("; then ", "cut: ", "")));
            out.accept("promised: " + scenario.promise());
        }
        result.picture().forEach(out);
        out.accept(Words.result(result));
        return result.ending().isGood();
    }
}
