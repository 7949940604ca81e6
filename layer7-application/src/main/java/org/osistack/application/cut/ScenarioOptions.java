package org.osistack.application.cut;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which scenario, with which parameters: for the commands that run one. */
final class ScenarioOptions {
    private static final String SET = "--set";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            index = "0",
            paramLabel = "SCENARIO",
            completionCandidates = Names.class,
            description = "What the hosts do: ${COMPLETION-CANDIDATES}.")
    private String name;

    @Option(
            names = SET,
            paramLabel = "KEY=VALUE",
            description = "Give the scenario a parameter; its name alone tells which there are: --set help.")
    private List<String> settings = List.of();

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Where chance comes from; the same seed gives the same run (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            defaultValue = "20m",
            description = "How much virtual time a run may take before it counts as hung (default: ${DEFAULT-VALUE}).")
    private String limit;

    private static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        ServiceLoader.load(Scenario.class).forEach(all::add);
        return all;
    }

    long seed() {
        return seed;
    }

    Duration limit() {
        long nanos = new Options(command.name(), null, Map.of("limit", limit)).nanos("limit", Duration.ZERO);
        if (nanos == 0) {
            throw usage("--limit is a time that something can happen in, such as 20m");
        }
        return Duration.ofNanos(nanos);
    }

    Scenario scenario() {
        for (Scenario scenario : all()) {
            if (scenario.name().equals(name)) {
                return scenario;
            }
        }
        throw usage("no scenario is called " + name + "; there are: "
                + all().stream().map(Scenario::name).collect(Collectors.joining(", ")));
    }

    /**
     * The parameters that were asked for.
     *
     * @param more one more, unless it is null
     */
    Options parameters(Scenario scenario, String more, String value) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            if (pair.length != 2 || !has(scenario, pair[0])) {
                throw usage(
                        SET + " " + setting + ": " + scenario.name() + " has the parameters " + parameters(scenario));
            }
            values.put(pair[0], pair[1]);
        }
        if (more != null) {
            values.put(more, value);
        }
        return new Options(scenario.name(), null, values);
    }

    static boolean has(Scenario scenario, String parameter) {
        return scenario.parameters().stream().map(OptionSpec::name).anyMatch(parameter::equals);
    }

    private static String parameters(Scenario scenario) {
        return scenario.parameters().stream()
                .map(each -> each.name() + "=" + each.value() + " (" + each.text() + "; " + each.defaultValue() + ")")
                .collect(Collectors.joining(", "));
    }

    ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** The parameters as they were typed, for a command that does the same again. */
    String typed() {
        return settings.stream().map(each -> " " + SET + " " + each).collect(Collectors.joining())
                + (seed == 1 ? "" : " --seed " + seed);
    }

    /** The names of all scenarios. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return all().stream().map(Scenario::name).iterator();
        }
    }
}
