package org.osistack.application.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osistack.core.StackSpec;

/** How stacks are measured over one medium. */
interface MediumTrial {
    String VIRTUAL = "virtual";
    String SEGMENT = "segment";
    String PCAP = "pcap";

    /** The way for a medium; null if there is none. */
    static MediumTrial of(String medium) {
        return switch (medium) {
            case VIRTUAL -> new MemoryTrial(true);
            case SEGMENT -> new MemoryTrial(false);
            case PCAP -> new VethTrial();
            default -> null;
        };
    }

    /** What is missing for it, as in "needs root"; null if nothing is. */
    String whyNot();

    /**
     * Measure.
     *
     * @param stacks by name, with any medium
     * @param offloads the kernel's settings to measure with, where it has a part in it
     * @throws IOException if there is nothing to measure with
     */
    void measure(Trial trial, Map<String, StackSpec> stacks, List<Boolean> offloads, Report report) throws IOException;

    /**
     * The stack on a medium, at an address. What else was asked for of layers 1 and 3 remains.
     *
     * @param medium the module
     * @param place the module's main value
     * @param address of layer 3, if that is one that takes such
     */
    static StackSpec place(StackSpec spec, String medium, String place, String address) {
        StackSpec placed = spec.copy();
        StackSpec.Module physical = spec.layer(1).get(0);
        placed.set(1, medium + ":" + place);
        if (physical.name().equals(medium)) {
            physical.options().values().forEach((key, value) -> placed.with(1, key, value));
        }
        StackSpec.Module network = spec.layer(3).get(0);
        if (network.name().equals("ipv4")) {
            placed.set(3, network.name() + ":" + address);
            network.options().values().forEach((key, value) -> placed.with(3, key, value));
        }
        return placed;
    }
}
