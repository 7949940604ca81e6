package org.osistack.application.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osistack.application.cli.CommandFailure;
import org.osistack.application.cli.Preset;
import org.osistack.application.cli.StackOptions;
import org.osistack.core.StackSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osi bench session}: what the session layer costs. */
@Command(
        name = "session",
        description =
                "Measure what the session layer costs: goodput of reliable transfer with and without checkpoints, the memory "
                        + "of idle sessions, and sessions per second on new and on kept transport connections and over mux.",
        footer = {
            "",
            "The stack is iso-on-tcp unless another is chosen; it needs x225 and x226, and mux takes the place of x225",
            "in the last table.",
            "",
            "Examples:",
            "  osi bench session",
            "  osi bench session --only goodput --checkpoints 64,1024 --window 8 --csv session.csv",
            "  osi bench session --only memory --sessions 2000"
        })
final class SessionBenchCommand extends MeasuringCommand {
    private static final int MAX_SESSIONS = 16_000; // alice has a port for each
    private static final int MAX_WINDOW = 64;

    /** The three questions. */
    enum Part {
        GOODPUT,
        MEMORY,
        RATE
    }

    @Mixin
    private StackOptions stack;

    @Option(
            names = "--only",
            paramLabel = "goodput|memory|rate",
            split = ",",
            description = "Measure only these (default: all).")
    private List<Part> only;

    @Option(
            names = "--media",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "virtual,segment",
            description = "For goodput and rate: virtual, segment (default: ${DEFAULT-VALUE}).")
    private List<String> media;

    @Option(
            names = "--checkpoints",
            paramLabel = "KIB",
            split = ",",
            defaultValue = "4,16,64,256,1024",
            description = "The distances of checkpoints, in KiB (default: ${DEFAULT-VALUE}).")
    private List<Integer> checkpoints;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many checkpoints may be unconfirmed (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many idle sessions to have at once (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "0.5",
            description = "How long to go on before counting, in each round (default: ${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write a line for each figure.")
    private Path csv;

    SessionBenchCommand() {
        super(5);
    }

    @Override
    public Integer call() throws IOException {
        SessionTrial.Plan plan = plan();
        StackSpec spec = stack.checkedSpec(Preset.ISO_ON_TCP);
        List<StackSpec.Module> session = spec.layer(5);
        if (session.size() != 1
                || !session.get(0).name().equals("x225")
                || !spec.layer(6).get(0).name().equals("x226")) {
            throw usage("bench session needs x225 in layer 5 and x226 in layer 6");
        }
        SessionTrial trial = new SessionTrial(plan, spec, this::progress);
        SessionReport report = new SessionReport(plan);
        if (isWanted(Part.GOODPUT)) {
            for (String medium : media) {
                report.goodput(medium, trial.goodput(medium));
            }
        }
        if (isWanted(Part.MEMORY)) {
            report.memory(trial.memory());
        }
        if (isWanted(Part.RATE)) {
            for (String medium : media) {
                report.rates(medium, trial.rates(medium));
            }
        }
        progress("");
        report.print(out());
        write(report);
        return 0;
    }

    private boolean isWanted(Part part) {
        return only == null || only.contains(part);
    }

    private SessionTrial.Plan plan() {
        checkRounds(warmUp, true);
        checkBetween("--sessions", sessions, 2, MAX_SESSIONS);
        checkBetween("--window", window, 1, MAX_WINDOW);
        if (checkpoints.stream().anyMatch(size -> size < 1 || size > 1024)) {
            throw usage("--checkpoints are between 1 and 1024 KiB");
        }
        if (media.stream().anyMatch(name -> !name.equals(MediumTrial.VIRTUAL) && !name.equals(MediumTrial.SEGMENT))) {
            throw usage("bench session knows the media " + MediumTrial.VIRTUAL + " and " + MediumTrial.SEGMENT);
        }
        return new SessionTrial.Plan(checkpoints, window, sessions, rounds(), nanos(warmUp), nanos());
    }

    private void write(SessionReport report) {
        if (csv != null) {
            try (Writer out = Files.newBufferedWriter(csv, StandardCharsets.UTF_8)) {
                report.csv(out);
            } catch (IOException e) {
                throw new CommandFailure(csv + " cannot be written: " + e.getMessage(), e);
            }
        }
    }
}
