package org.osistack.application.cut;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.osistack.application.cli.CommandFailure;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.cut.Survey.Findings;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osi session cut-everywhere}: the recovery bill of a scenario. */
@Command(
        name = "cut-everywhere",
        description = "Run a scenario once for every point that it can be cut at, and print the recovery bill.",
        footer = {
            "",
            "Each run has its own hosts in virtual time. The exit code is 1 if any run hung, lost data or broke down.",
            "",
            "Examples:",
            "  osi session cut-everywhere chat",
            "  osi session cut-everywhere --list chat",
            "  osi session cut-everywhere file --kill --side bob --for 5s",
            "  osi session cut-everywhere file --points octet --csv file.csv --svg file.svg"
        })
public final class CutEverywhereCommand extends OsiCommand {
    private static final String BOTH = "both";

    @Mixin
    private ScenarioOptions options;

    @Option(names = "--list", description = "Only list the points, in the order in which the scenario passes them.")
    private boolean list;

    @Option(
            names = "--points",
            split = ",",
            paramLabel = "CLASS",
            description = "Which points: ${COMPLETION-CANDIDATES} (default: all).")
    private Set<PointClass> points = EnumSet.allOf(PointClass.class);

    @Option(
            names = "--side",
            paramLabel = "HOST",
            defaultValue = BOTH,
            description = "Whose points: a host's, or both (default: ${DEFAULT-VALUE}).")
    private String side;

    @Option(names = "--kill", description = "Kill the host at its point, instead of cutting the cable.")
    private boolean kill;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "When the cable is joined again, or the host begins anew: a time after the cut, or good for"
                    + " never (default: as the scenario has it).")
    private String duration;

    @Option(
            names = "--every",
            paramLabel = "N",
            defaultValue = "1",
            description = "Take only each N-th point (default: ${DEFAULT-VALUE}).")
    private int every;

    @Option(
            names = "--after",
            paramLabel = "POINT[,for=TIME][,kill=HOST]",
            description = "Cut so in every run, and once more at each point that comes after: during the recovery.")
    private List<String> before = List.of();

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "OCTETS",
            split = ",",
            description = "Do it all for each of these intervals, such as 4k,16k,64k.")
    private List<String> intervals = List.of();

    @Option(names = "--csv", paramLabel = "FILE", description = "Write a line for each run.")
    private Path csv;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the cost of cuts.")
    private Path svg;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Scenario scenario = options.scenario();
        Survey survey = new Survey(scenario, plan(scenario));
        List<Options> sweep = sweep(scenario);
        if (list) {
            survey.points(sweep.get(0)).forEach(passed -> out().println(passed.point()));
            return 0;
        }
        checkFolder(csv);
        checkFolder(svg);
        if (svg != null) {
            Plot.check();
        }
        List<Findings> all = new ArrayList<>();
        for (Options parameters : sweep) {
            try (Bar bar = new Bar(scenario.name(), !json && System.console() != null)) {
                all.add(survey.carryOut(parameters, Runtime.getRuntime().availableProcessors(), bar));
            }
            err().flush();
        }
        Bill bill = new Bill(all);
        if (json) {
            out().println(Records.json(scenario, all, bill));
        } else {
            print(scenario, all, bill);
        }
        write(scenario, all);
        return bill.isGood() ? 0 : 1;
    }

    private Survey.Plan plan(Scenario scenario) {
        if (every < 1) {
            throw usage("--every is a number from 1");
        }
        if (points.isEmpty()) {
            throw usage("--points needs at least one class");
        }
        boolean both = side.equalsIgnoreCase(BOTH);
        if (!both && !scenario.hosts().contains(side)) {
            throw usage("--side " + side + ": " + scenario.name() + " has the hosts "
                    + String.join(" and ", scenario.hosts()) + "; or take " + BOTH);
        }
        try {
            return new Survey.Plan(
                    points,
                    both ? "" : side,
                    kill,
                    Cut.duration(duration == null ? scenario.defaultDuration() : duration),
                    every,
                    before.stream().map(Cut::parse).toList(),
                    options.seed(),
                    options.limit());
        } catch (ConfigurationException e) {
            throw options.usage(e.getMessage());
        }
    }

    private List<Options> sweep(Scenario scenario) {
        if (intervals.isEmpty()) {
            return List.of(options.parameters(scenario, null, null));
        }
        if (!ScenarioOptions.has(scenario, Scenario.CHECKPOINT_INTERVAL)) {
            throw usage(scenario.name() + " has no checkpoints, so no --checkpoint-interval");
        }
        List<Options> sweep = new ArrayList<>();
        for (String interval : intervals) {
            sweep.add(options.parameters(scenario, Scenario.CHECKPOINT_INTERVAL, interval.strip()));
        }
        return sweep;
    }

    private void print(Scenario scenario, List<Findings> all, Bill bill) {
        out().println(scenario.name() + ": " + scenario.description());
        out().println("promised wherever it is cut: " + scenario.promise());
        for (Findings findings : all) {
            String interval = Bill.interval(findings);
            out().println((interval.isEmpty() ? "" : "interval " + interval + ", ") + "uncut: "
                    + Words.time(findings.uncut().nanos()) + ", "
                    + Words.count(findings.uncut().outcome().octetsSent()) + " octets of content, "
                    + Words.count(findings.uncut().octetsOnCable()) + " on the cable; "
                    + Words.count(findings.runs().size()) + " points to cut at");
        }
        out().println();
        bill.print(out(), "osi session run " + scenario.name() + options.typed());
    }

    private void checkFolder(Path file) {
        if (file != null && !Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw usage("there is no folder for " + file);
        }
    }

    private void write(Scenario scenario, List<Findings> all) {
        try {
            if (csv != null) {
                try (Writer out = Files.newBufferedWriter(csv, StandardCharsets.UTF_8)) {
                    Records.csv(out, scenario.name(), all);
                }
            }
            if (svg != null) {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(svg))) {
                    Plot.draw(out, scenario.name(), all);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot write what was found: " + e.getMessage(), e);
        }
    }

    /** A bar where there is a terminal. */
    private static final class Bar implements Survey.Progress, AutoCloseable {
        private final String name;
        private final boolean shown;
        private ProgressBar bar;

        Bar(String name, boolean shown) {
            this.name = name;
            this.shown = shown;
        }

        @Override
        public void begun(int runs) {
            if (shown) {
                bar = new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(runs)
                        .setUnit(" runs", 1)
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .setUpdateIntervalMillis(100)
                        .showSpeed()
                        .build();
            }
        }

        @Override
        public void done() {
            if (bar != null) {
                bar.step();
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
