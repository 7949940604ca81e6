package org.osistack.application.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.application.facade.OpenSystem;
import org.osistack.core.StackSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a second link, for all commands that run a host. */
final class SecondLinkOptions {
    private static final String LAYER = "NAME[:VALUE][,key=value...]";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--also-l1",
            paramLabel = LAYER,
            description = "Be on a second link, too: its medium. Its layers 2 to 4 are as those of the first"
                    + " unless given; layer 3 needs an address of its own.")
    private List<String> l1;

    @Option(names = "--also-l2", paramLabel = LAYER, description = "Layer 2 of the second link.")
    private List<String> l2;

    @Option(names = "--also-l3", paramLabel = LAYER, description = "Layer 3 of the second link.")
    private List<String> l3;

    @Option(names = "--also-l4", paramLabel = LAYER, description = "Layer 4 of the second link, as --l4.")
    private List<String> l4;

    @Option(
            names = "--also-host",
            paramLabel = "ADDRESS=ADDRESS",
            description = "A host that is on both links: its address on the first, and on the second.")
    private List<String> hosts = List.of();

    /** Add the second link that was asked for to a system, if one was. */
    void addTo(OpenSystem system, StackSpec first) {
        if (l1 == null) {
            if (l2 != null || l3 != null || l4 != null || !hosts.isEmpty()) {
                throw usage("a second link begins with its medium: --also-l1");
            }
            return;
        }
        if (l3 == null) {
            throw usage("the second link is another network: --also-l3 gives this host's address there");
        }
        StackSpec lower = first.copy().clear(5).clear(6);
        List<List<String>> layers = Arrays.asList(l1, l2, l3, l4);
        for (int i = 0; i < layers.size(); i++) {
            List<String> modules = layers.get(i);
            if (modules != null) {
                lower.clear(i + 1);
                for (String module : modules) {
                    lower.add(i + 1, module);
                }
            }
        }
        system.addLink(lower, addresses());
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String host : hosts) {
            String[] pair = host.split("=", -1);
            if (pair.length != 2 || pair[0].isBlank() || pair[1].isBlank()) {
                throw usage("--also-host takes two addresses, such as 10.0.1.2=10.0.2.2, and not " + host);
            }
            addresses.put(pair[0].strip(), pair[1].strip());
        }
        return addresses;
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
