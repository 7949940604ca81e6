package org.osistack.application.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.cut.Cut;
import org.osistack.application.cut.CutOptions;
import org.osistack.application.trace.StoryTeller;
import org.osistack.application.trace.TraceOptions;
import org.osistack.core.Simulation;
import org.osistack.core.Trace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi demo}: the story of a chat line and a file, through seven layers and back. */
@Command(
        name = "demo",
        description = "Watch a chat line and a file go down seven layers, across a link, and up again; "
                + "or three dialogues with all that the session layer has.",
        footer = {
            "",
            "Two hosts run in this process, in virtual time; no network and no rights are needed.",
            "",
            "Examples:",
            "  osi demo",
            "  osi demo -v",
            "  osi demo session",
            "  osi demo --say \"$(printf 'long %%.0s' $(seq 800))\"",
            "  osi demo --step",
            "  osi demo --cut-at 'bob<GT+DT,for=2s'",
            "  osi demo --trace=json > demo.jsonl",
            "  osi demo --capture demo.pcapng && wireshark demo.pcapng"
        })
public final class DemoCommand extends OsiCommand {
    /** What can be told. */
    enum Tale {
        /** A chat line and a file, through all layers. */
        CHAT,
        /** Two dialogues with all functional units, in layer 5. */
        SESSION
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "STORY",
            defaultValue = "chat",
            description = "Which one: chat, or session (default: ${DEFAULT-VALUE}).")
    private Tale tale;

    @Mixin
    private TraceOptions trace;

    @Mixin
    private CutOptions cutOptions;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Where chance comes from; the same seed tells the same story (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--say",
            paramLabel = "TEXT",
            defaultValue = "Hello, Bob",
            description = "What alice says to bob (default: ${DEFAULT-VALUE}).")
    private String greeting;

    @Override
    public Integer call() throws IOException {
        if (tale == Tale.SESSION) {
            List<Cut> cuts = cutOptions.cuts();
            Consumer<String> lines = trace.isOnlyVerbosity() ? out()::println : line -> {};
            return new SessionDemo(lines).run(cuts, trace, seed) ? 0 : 1;
        }
        if (greeting.isBlank()) {
            throw usage("alice has to say something");
        }
        Path folder = Files.createTempDirectory("osi-demo");
        try {
            run(folder);
            return 0;
        } finally {
            delete(folder);
        }
    }

    private void run(Path folder) throws IOException {
        List<Cut> cuts = cutOptions.cuts();
        boolean guided = trace.isOnlyVerbosity();
        Simulation simulation = new Simulation(seed);
        Consumer<String> lines = guided ? line -> out().println(line) : line -> {}; // a capture may take the output
        StoryTeller teller = new StoryTeller(trace.format(), lines, trace.verbosity());
        Trace events = trace.open(simulation, "", teller);
        try (DemoNetwork network = new DemoNetwork(simulation, events, cuts)) {
            new DemoStory(network, teller, greeting, folder).tell();
            network.checkCuts();
        } finally {
            trace.close();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
