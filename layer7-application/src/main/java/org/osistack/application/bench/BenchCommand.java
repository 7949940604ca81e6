package org.osistack.application.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.application.cli.Preset;
import org.osistack.application.cli.StackOptions;
import org.osistack.core.ConfigurationException;
import org.osistack.core.StackSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osi bench}: how much a stack carries, and how fast. */
@Command(
        name = "bench",
        description = "Measure goodput and round-trip time of a stack over several media, beside the kernel's own.",
        synopsisSubcommandLabel = "[session]",
        subcommands = {SessionBenchCommand.class},
        footer = {
            "",
            "Both stacks, internet and iso-on-tcp, are measured over virtual and segment, and as root on Linux over",
            "pcap, too: on a veth pair between two network namespaces that are made for it and removed afterwards,",
            "where the kernel's TCP is measured in the same rounds.",
            "",
            "Examples:",
            "  osi bench",
            "  osi bench --stack internet --media virtual --time 5",
            "  sudo ./osi bench --media pcap --offload off --json",
            "  osi bench --l1 virtual:lab,loss=1%% --l4 tcp",
            "  osi bench session"
        })
public final class BenchCommand extends MeasuringCommand {
    @Mixin
    private StackOptions stack;

    @Option(
            names = "--media",
            paramLabel = "NAME",
            split = ",",
            description = "Which media: virtual, segment, pcap (default: all that this user may, or the one of --l1).")
    private List<String> media;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How long to wait before counting, in each round (default: ${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(
            names = "--size",
            paramLabel = "OCTETS",
            defaultValue = "16000",
            description = "The size of the messages that goodput is measured with (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--offload",
            paramLabel = "on|off",
            split = ",",
            description = "Over pcap: with the kernel's tx, tso and gso on, or with frames of 1514 octets at most"
                    + " (default: both, one after the other).")
    private List<String> offload;

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    /** To be filled by what is typed. */
    public BenchCommand() {
        super(3);
    }

    @Override
    public Integer call() throws IOException {
        Trial.Plan plan = plan();
        Map<String, StackSpec> stacks = stacks();
        List<Boolean> offloads = offloads();
        Report report = new Report(plan);
        Trial trial = new Trial(plan, this::progress, report.problems());
        for (MediumTrial each : media(stacks, report.notes())) {
            each.measure(trial, stacks, offloads, report);
        }
        progress("");
        if (json) {
            out().println(report.toJson());
        } else {
            report.print(out());
        }
        return report.problems().isEmpty() ? 0 : 1;
    }

    private Trial.Plan plan() {
        checkRounds(warmUp, false);
        if (!Request.isSize(size)) {
            throw usage("--size is between 1 and " + Request.MAX_SIZE + " octets");
        }
        return new Trial.Plan(size, rounds(), nanos(warmUp), nanos());
    }

    /** The stacks by name: the one that was asked for, or both presets. */
    private Map<String, StackSpec> stacks() {
        Map<String, StackSpec> stacks = new LinkedHashMap<>();
        if (stack.name() != null) {
            stacks.put(stack.name(), stack.checkedSpec(Preset.INTERNET));
        } else {
            for (Preset preset : List.of(Preset.INTERNET, Preset.ISO_ON_TCP)) {
                stacks.put(preset.toString(), stack.checkedSpec(preset));
            }
        }
        return stacks;
    }

    private List<Boolean> offloads() {
        if (offload == null) {
            return VethWire.canSwitchOffload() ? List.of(true, false) : List.of(true);
        }
        List<Boolean> wanted = new ArrayList<>();
        for (String each : offload) {
            if (!each.equals("on") && !each.equals("off")) {
                throw usage("--offload is on, off, or both with a comma");
            }
            wanted.add(each.equals("on"));
        }
        return wanted;
    }

    private List<MediumTrial> media(Map<String, StackSpec> stacks, List<String> notes) {
        List<String> names = media;
        boolean chosen = names != null;
        if (!chosen && stack.isGiven(1)) {
            names = List.of(stacks.values().iterator().next().layer(1).get(0).name());
            chosen = true;
        }
        if (!chosen) {
            names = List.of(MediumTrial.VIRTUAL, MediumTrial.SEGMENT, MediumTrial.PCAP);
        }
        List<MediumTrial> trials = new ArrayList<>();
        for (String name : names) {
            MediumTrial trial = MediumTrial.of(name);
            if (trial == null) {
                throw usage("bench knows the media " + MediumTrial.VIRTUAL + ", " + MediumTrial.SEGMENT + " and "
                        + MediumTrial.PCAP + ", and not " + name);
            }
            String whyNot = trial.whyNot();
            if (whyNot == null) {
                trials.add(trial);
            } else if (chosen) {
                throw new ConfigurationException(name + " can't be measured: it " + whyNot);
            } else {
                notes.add("not measured: " + name + " " + whyNot);
            }
        }
        return trials;
    }
}
