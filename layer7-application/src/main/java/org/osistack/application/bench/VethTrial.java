package org.osistack.application.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osistack.core.StackSpec;

/**
 * Our stacks over {@code pcap} and the kernel's TCP on one veth pair, each in a process of its own in one of two
 * namespaces.
 */
final class VethTrial implements MediumTrial {
    @Override
    public String whyNot() {
        return VethWire.whyNot();
    }

    @Override
    public void measure(Trial trial, Map<String, StackSpec> stacks, List<Boolean> offloads, Report report)
            throws IOException {
        List<AutoCloseable> open = new ArrayList<>();
        try {
            VethWire wire = VethWire.create();
            open.add(wire);
            List<Pairing> pairings = pairings(open, wire, stacks);
            for (boolean offload : offloads) {
                wire.offload(offload);
                String conditions = "a veth pair between two namespaces, a process each; the kernel's TCP has "
                        + wire.congestionControl() + ", offload " + (offload ? "on (tx tso gso)" : "off");
                report.add(new Report.Section(PCAP, conditions, trial.run(PCAP, pairings)));
            }
        } finally {
            MemoryTrial.close(open);
        }
    }

    private static List<Pairing> pairings(List<AutoCloseable> open, VethWire wire, Map<String, StackSpec> stacks)
            throws IOException {
        Participant kernelLeft = kernel(open, wire.left());
        Participant kernelRight = kernel(open, wire.right());
        List<Pairing> pairings = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, StackSpec> stack : stacks.entrySet()) {
            String name = stack.getKey();
            number++;
            Participant left = ours(open, wire.left(), stack.getValue(), number);
            Participant right = ours(open, wire.right(), stack.getValue(), number);
            pairings.add(new Pairing(name, Pairing.OURS, Pairing.OURS, left, right, false));
            if (speaksPlainTcp(stack.getValue())) {
                pairings.add(new Pairing(name, Pairing.OURS, Pairing.KERNEL, left, kernelRight, false));
                pairings.add(new Pairing(name, Pairing.KERNEL, Pairing.OURS, kernelRight, left, false));
            }
        }
        pairings.add(new Pairing("-", Pairing.KERNEL, Pairing.KERNEL, kernelLeft, kernelRight, false));
        return pairings;
    }

    /** Whether a socket of the kernel's understands the stack. */
    private static boolean speaksPlainTcp(StackSpec spec) {
        List<StackSpec.Module> upper = new ArrayList<>(spec.layer(4));
        upper.addAll(spec.layer(5));
        upper.addAll(spec.layer(6));
        return upper.stream().map(StackSpec.Module::name).toList().equals(List.of("tcp", "none", "plain"));
    }

    private static Participant kernel(List<AutoCloseable> open, VethWire.Side side) throws IOException {
        return add(open, ChildParticipant.start(side.prefix(), List.of("--kernel", side.kernelAddress())));
    }

    /** A stack of ours. It has its own MAC address, and takes in nothing that is meant for another. */
    private static Participant ours(List<AutoCloseable> open, VethWire.Side side, StackSpec spec, int number)
            throws IOException {
        StackSpec placed = MediumTrial.place(spec, PCAP, VethWire.DEVICE, side.ourAddress(number));
        StackSpec.Module dataLink = placed.layer(2).get(0);
        if (dataLink.name().equals("ethernet") && !dataLink.options().has("mac")) {
            String mac = "02:05:01:00:0" + side.number() + ":0" + number;
            placed.with(2, "mac", mac);
            if (!placed.layer(1).get(0).options().has("filter")) {
                placed.with(1, "filter", "ether dst " + mac + " or ether multicast");
            }
        }
        return add(open, ChildParticipant.start(side.prefix(), arguments(placed)));
    }

    private static Participant add(List<AutoCloseable> open, Participant participant) {
        open.add(participant);
        return participant;
    }

    /** The stack as the options of a command choose it. */
    private static List<String> arguments(StackSpec spec) {
        List<String> arguments = new ArrayList<>();
        for (StackSpec.Module module : spec.modules()) {
            StringBuilder text = new StringBuilder(module.name());
            if (module.options().main() != null) {
                text.append(':').append(module.options().main());
            }
            module.options()
                    .values()
                    .forEach((key, value) ->
                            text.append(',').append(key).append('=').append(value));
            arguments.add("--l" + module.layer());
            arguments.add(text.toString());
        }
        return arguments;
    }
}
