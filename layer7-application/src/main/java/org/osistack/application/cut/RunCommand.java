package org.osistack.application.cut;

import java.util.List;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.trace.TraceOptions;
import org.osistack.core.Options;
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
            "  osi session run story --trace=session",
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
        boolean isGood = new Showing(scenario, parameters, options.seed(), options.limit())
                .run(cuts, simulation -> traceOptions.open(simulation, ""), traceOptions::close, out()::println);
        return isGood ? 0 : 1;
    }
}
