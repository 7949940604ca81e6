package org.osistack.application.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.osistack.core.ConfigurationException;
import org.osistack.core.LayerProviders;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose a stack, for all commands that open one. */
public final class StackOptions {
    private static final String LAYER = "NAME[:VALUE][,key=value...]";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--stack",
            paramLabel = "NAME|FILE",
            description = "The stack: iso-on-tcp, internet, or a file that names a module for each layer.")
    private String stack;

    @Option(
            names = "--l1",
            paramLabel = LAYER,
            description = "Layer 1, the medium; " + Preset.MEDIUM + " unless given.")
    private List<String> l1;

    @Option(names = "--l2", paramLabel = LAYER, description = "Layer 2, the data link.")
    private List<String> l2;

    @Option(names = "--l3", paramLabel = LAYER, description = "Layer 3, the network.")
    private List<String> l3;

    @Option(
            names = "--l4",
            paramLabel = LAYER,
            description = "Layer 4, the transport. Given twice, the second module stands on the first.")
    private List<String> l4;

    @Option(names = "--l5", paramLabel = LAYER, description = "Layer 5, the session.")
    private List<String> l5;

    @Option(names = "--l6", paramLabel = LAYER, description = "Layer 6, the presentation.")
    private List<String> l6;

    /** Whether a stack, or a part of one, was asked for at all. */
    boolean isGiven() {
        return stack != null || layers().stream().anyMatch(modules -> modules != null);
    }

    /** Whether this layer was asked for by itself. */
    public boolean isGiven(int layer) {
        return layers().get(layer - 1) != null;
    }

    /** The name or the file of the stack that was asked for; null if none was. */
    public String name() {
        return stack;
    }

    /**
     * The stack that was asked for.
     *
     * @param standard what holds where nothing was asked for
     * @throws ParameterException if there is no such stack, or its modules don't fit
     */
    StackSpec spec(Preset standard) {
        try {
            StackSpec spec = base(standard);
            List<List<String>> layers = layers();
            for (int i = 0; i < layers.size(); i++) {
                List<String> modules = layers.get(i);
                if (modules != null) {
                    spec.set(i + 1, modules.get(0));
                    for (String more : modules.subList(1, modules.size())) {
                        spec.add(i + 1, more);
                    }
                }
            }
            return spec;
        } catch (ConfigurationException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** As {@link #spec}, and the modules exist and fit on one another. */
    public StackSpec checkedSpec(Preset standard) {
        StackSpec spec = spec(standard);
        try {
            Stack.plan(spec, LayerProviders.load());
        } catch (ConfigurationException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        return spec;
    }

    private StackSpec base(Preset standard) {
        if (stack == null) {
            return standard.spec();
        }
        Preset preset = Preset.of(stack);
        if (preset != null) {
            return preset.spec();
        }
        if (!stack.matches(".*[" + Pattern.quote("./\\") + "].*")
                && !Path.of(stack).toFile().exists()) {
            throw new ConfigurationException("no stack is called " + stack + ", and no file; there are: "
                    + Preset.ISO_ON_TCP + ", " + Preset.INTERNET);
        }
        StackSpec spec = StackSpec.read(Path.of(stack));
        return spec.layer(1).isEmpty() ? spec.set(1, Preset.MEDIUM) : spec;
    }

    private List<List<String>> layers() {
        return Arrays.asList(l1, l2, l3, l4, l5, l6);
    }
}
