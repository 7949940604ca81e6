package org.osistack.application.cut;

import java.util.List;
import java.util.stream.Collectors;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.trace.TraceOptions;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Options;
import org.osistack.core.Trace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code osi session run}: one run of a scenario, cut where it is asked for. */
@Command(
        name = "run",
        description = "Run a scenario once in virtual time, cut it where you like, and see what becomes of it.",
        footer = {
            "",
            "Examples:",
            "  osi session run chat",
            "  osi session run chat --cut-at 'alice>CN' --trace",
            "  osi session run file --cut-at 'alice>octet 30000,for=2s'",
            "  osi session run file --cut-at bob:STA713,kill=bob,for=5s"
        })
public final class RunCommand extends OsiCommand {
    @Mixin
    private ScenarioOptions options;

    @Mixin
    private CutOptions cutOptions;

    @Mixin
    private TraceOptions traceOptions;

    @Override
    public Integer call() {
        Scenario scenario = options.scenario();
        List<Cut> cuts = cutOptions.cuts();
        Options parameters = options.parameters(scenario, null, null);
        Performance performance = new Performance(scenario, parameters, options.seed(), options.limit());
        Result result;
        try {
            result = performance.run(cuts, null, simulation -> {
                Trace trace = traceOptions.open(simulation, "");
                return trace == null ? new Trace(simulation, event -> {}) : trace;
            });
        } finally {
            traceOptions.close();
        }
        if (result.ending() == Result.Ending.NOT_CUT) {
            throw new ConfigurationException(
                    new Survey(scenario, Survey.Plan.of(options.seed(), options.limit())).neverMet(parameters, cuts));
        }
        out().println(scenario.name() + ": " + scenario.description());
        if (!cuts.isEmpty()) {
            out().println(cuts.stream()
                    .map(cut -> cut.deed() + " at " + cut.point())
                    .collect(Collectors.joining("; then ", "cut: ", "")));
            out().println("promised: " + scenario.promise());
        }
        result.picture().forEach(line -> out().println(line));
        out().println(Words.result(result));
        return result.ending().isGood() ? 0 : 1;
    }
}
