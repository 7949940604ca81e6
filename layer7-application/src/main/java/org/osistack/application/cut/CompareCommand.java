package org.osistack.application.cut;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osistack.application.cli.OsiCommand;
import org.osistack.core.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code osi session compare}: one run of a scenario for each value of a parameter, side by side. */
@Command(
        name = "compare",
        description = "Run a scenario once for each value of a parameter, and compare what it took.",
        footer = {
            "",
            "Examples:",
            "  osi session compare move session=x225,mux",
            "  osi session compare move session=x225,mux --set at=0",
            "  osi session compare reuse reuse=no,yes",
            "  osi session compare reuse session=x225,mux --cut-at 'alice>octet 1500,for=2s'"
        })
public final class CompareCommand extends OsiCommand {
    @Mixin
    private ScenarioOptions options;

    @Parameters(index = "1", paramLabel = "KEY=VALUE,VALUE...", description = "The parameter, and what it is to be.")
    private String varied;

    @Mixin
    private CutOptions cutOptions;

    @Override
    public Integer call() {
        Scenario scenario = options.scenario();
        List<Cut> cuts = cutOptions.cuts();
        String[] pair = varied.split("=", 2);
        if (pair.length != 2 || !ScenarioOptions.has(scenario, pair[0])) {
            throw usage(
                    varied + " is no parameter of " + scenario.name() + " with its values, such as session=x225,mux");
        }
        String[] values = pair[1].split(",", -1);
        List<Result> results = new ArrayList<>();
        for (String value : values) {
            Options parameters = options.parameters(scenario, pair[0], value);
            results.add(new Performance(scenario, parameters, options.seed(), options.limit()).run(cuts));
        }
        out().println(scenario.name() + ": " + scenario.description());
        out().println();
        table(pair[0], values, results).forEach(line -> out().println(line));
        return results.stream().allMatch(result -> result.ending().isGood()) ? 0 : 1;
    }

    private static List<String> table(String parameter, String[] values, List<Result> results) {
        List<Map<String, String>> columns =
                results.stream().map(CompareCommand::rows).toList();
        Set<String> names = new LinkedHashSet<>();
        columns.forEach(column -> names.addAll(column.keySet()));
        int label = names.stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(pad(parameter, label));
        for (String value : values) {
            head.append("  ").append(right(value));
        }
        lines.add(head.toString());
        for (String name : names) {
            StringBuilder line = new StringBuilder(pad(name, label));
            for (Map<String, String> column : columns) {
                line.append("  ").append(right(column.getOrDefault(name, "")));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text) {
        return " ".repeat(Math.max(0, 12 - text.length())) + text;
    }

    private static Map<String, String> rows(Result result) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("ending", result.ending().toString());
        rows.put("time", Words.time(result.nanos()));
        rows.put("octets on the cables", Words.count(result.octetsOnCable()));
        if (result.outcome() != null) {
            rows.put(
                    "octets of content sent again", Words.count(result.outcome().octetsSentAgain()));
            rows.put("seen twice by a user", "" + result.outcome().duplicatesSeenByUser());
        }
        rows.putAll(result.figures());
        return rows;
    }
}
