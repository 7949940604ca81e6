package org.osistack.application.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.osistack.core.LayerProvider;
import org.osistack.core.LayerProviders;
import org.osistack.core.management.StateTable;
import org.osistack.core.management.StateTableDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code osi session table}: the state table from which the session protocol machine runs. */
@Command(
        name = "table",
        description = "Print the state table of the session protocol, X.225, from which the machine runs: "
                + "in which states, upon which event, under which condition, what is said and done.",
        footer = {
            "",
            "An event has the table's name (FN-nr, SRELreq), or that of its primitive or SPDU",
            "(S-RELEASE, FINISH).",
            "",
            "Examples:",
            "  osi session table --state 713",
            "  osi session table --event S-RELEASE",
            "  osi session table --state STA713 --event FN",
            "  osi session table --markdown > x225-state-table.md"
        })
final class StateTableCommand extends OsiCommand {
    private static final int LAYER = 5;

    @Option(names = "--state", paramLabel = "STATE", description = "Only what may happen in this state.")
    private String state;

    @Option(names = "--event", paramLabel = "EVENT", description = "Only what comes of this event.")
    private String event;

    @Option(names = "--markdown", description = "Write a page for documentation.")
    private boolean markdown;

    @Override
    public Integer call() {
        StateTable table = table();
        Set<String> states = states(table);
        Set<String> events = events(table);
        List<StateTable.Row> rows = table.rows().stream()
                .filter(row -> row.states().stream().anyMatch(states::contains))
                .filter(row -> row.events().stream().anyMatch(events::contains))
                .toList();
        if (markdown) {
            StateTablePage.write(table, rows, out());
        } else {
            print(table, rows);
        }
        out().flush();
        return Main.SUCCESS;
    }

    private static StateTable table() {
        for (LayerProvider<?, ?> provider : LayerProviders.load().ofLayer(LAYER)) {
            if (provider instanceof StateTableDirectory directory) {
                return directory.stateTable();
            }
        }
        throw new CommandFailure("no module of layer 5 has a state table");
    }

    private Set<String> states(StateTable table) {
        Set<String> all = table.states().stream().map(StateTable.Term::name).collect(Collectors.toSet());
        if (state == null) {
            return all;
        }
        String name = state.strip().replaceFirst("(?i)^STA", "");
        for (String each : all) {
            if (each.equalsIgnoreCase(name)) {
                return Set.of(each);
            }
        }
        throw usage("there is no state " + state + "; there are "
                + table.states().stream().map(StateTable.Term::name).collect(Collectors.joining(", ")));
    }

    /** The names of the events that are meant; as it is typed first, for some names differ in case alone. */
    private Set<String> events(StateTable table) {
        Set<String> names = new LinkedHashSet<>();
        if (event == null) {
            table.events().forEach(each -> names.add(each.name()));
            return names;
        }
        String wanted = event.strip();
        table.events().stream().filter(each -> each.name().equals(wanted)).forEach(each -> names.add(each.name()));
        if (names.isEmpty()) {
            table.events().stream()
                    .filter(each -> begins(each.name(), wanted) || begins(each.text(), wanted))
                    .forEach(each -> names.add(each.name()));
        }
        if (names.isEmpty()) {
            throw usage("there is no event " + event + "; there are "
                    + table.events().stream().map(StateTable.Event::name).collect(Collectors.joining(", ")));
        }
        return names;
    }

    /** Whether it begins with that word. */
    private static boolean begins(String text, String word) {
        return !word.isEmpty()
                && text.regionMatches(true, 0, word, 0, word.length())
                && (text.length() == word.length() || !Character.isLetterOrDigit(text.charAt(word.length())));
    }

    private void print(StateTable table, List<StateTable.Row> rows) {
        if (rows.isEmpty()) {
            out().println("Nothing: " + table.standard() + " has no row for it, and no rule.");
            return;
        }
        WrappedColumns columns = new WrappedColumns("EVENT", "STATES", "IF", "SAYS", "DOES", "NEXT");
        String before = "";
        for (StateTable.Row row : rows) {
            columns.row(
                    row.event().equals(before) ? "" : row.event(),
                    row.inStates(),
                    row.condition(),
                    String.join(" ", row.outputs()),
                    String.join(" ", row.actions()),
                    row.next().isEmpty() ? "=" : row.next());
            before = row.event();
        }
        columns.print(out(), width());
        explain(
                "event",
                table.events().stream()
                        .filter(each -> rows.stream()
                                .anyMatch(row -> !row.isRule() && row.events().contains(each.name())))
                        .filter(each -> event == null || events(table).contains(each.name()))
                        .map(each -> new StateTable.Term(each.name(), each.text()))
                        .toList());
        explain("state", used(table.states(), states(rows)));
        explain("predicate", used(table.predicates(), predicates(rows)));
        explain("action", used(table.actions(), actions(rows)));
    }

    /** The states that the reader meets by name. */
    private Set<String> states(List<StateTable.Row> rows) {
        Set<String> names = new LinkedHashSet<>();
        for (StateTable.Row row : rows) {
            names.addAll(List.of(row.inStates().split("[ +]+")));
            names.add(row.next());
        }
        return names;
    }

    private static Set<String> predicates(List<StateTable.Row> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(List.of(row.condition().split("[&|()¬ ]+"))));
        return names;
    }

    private static Set<String> actions(List<StateTable.Row> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.actions()));
        return names;
    }

    private static List<StateTable.Term> used(List<StateTable.Term> terms, Set<String> names) {
        List<StateTable.Term> used = new ArrayList<>(terms);
        used.removeIf(term -> !names.contains(term.name()));
        return used;
    }

    private void explain(String kind, List<StateTable.Term> terms) {
        if (terms.isEmpty()) {
            return;
        }
        out().println();
        WrappedColumns columns = new WrappedColumns(kind.toUpperCase(Locale.ROOT), "");
        terms.forEach(term -> columns.row(term.name(), term.text()));
        columns.print(out(), width());
    }
}
