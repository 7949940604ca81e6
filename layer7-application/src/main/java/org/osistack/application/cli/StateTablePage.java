package org.osistack.application.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.osistack.core.management.StateTable;

/** A state table as a page of documentation, in Markdown. */
final class StateTablePage {
    private final StateTable table;
    private final PrintWriter out;

    private StateTablePage(StateTable table, PrintWriter out) {
        this.table = table;
        this.out = out;
    }

    /** Write the page with these rows of the table. */
    static void write(StateTable table, List<StateTable.Row> rows, PrintWriter out) {
        new StateTablePage(table, out).write(rows);
    }

    private void write(List<StateTable.Row> rows) {
        out.println("# State table: " + table.standard());
        out.println();
        out.println("Written by `osi session table --markdown` from the file that the protocol machine runs from.");
        out.println();
        out.println(
                "A row reads: *upon the event, in one of the states, if the condition holds: say this, do that, and be in"
                        + " the next state* (`=`: stay). In conditions `&` is and, `|` is or, `¬` is not; in states EST is every one"
                        + " in which there is a session connection, or will be: all but 01, 01A to 01D, 15D and 16. What no row"
                        + " covers, a rule does.");
        rows(rows, StateTable.Source.USER, "Primitives of the user");
        rows(rows, StateTable.Source.PEER, "SPDUs of the peer");
        rows(rows, StateTable.Source.BELOW, "The transport service and the timer");
        heading("Rules");
        head("event", "states", "says", "does", "next");
        for (StateTable.Row row : rows) {
            if (row.isRule()) {
                line(row.event().substring(1), row.inStates(), words(row.outputs()), words(row.actions()), next(row));
            }
        }
        terms("States", "state", table.states());
        heading("Notation");
        out.println(table.notation());
        terms("Predicates", "predicate", table.predicates());
        terms("Actions", "action", table.actions());
    }

    private void rows(List<StateTable.Row> rows, StateTable.Source source, String title) {
        heading(title);
        head("event", "states", "if", "says", "does", "next");
        String before = "";
        for (StateTable.Row row : rows) {
            if (row.isRule() || source(row) != source) {
                continue;
            }
            line(
                    row.event().equals(before) ? "" : "**" + row.event() + "** " + text(row),
                    row.inStates(),
                    row.condition(),
                    words(row.outputs()),
                    words(row.actions()),
                    next(row));
            before = row.event();
        }
    }

    private void terms(String title, String kind, List<StateTable.Term> terms) {
        heading(title);
        head(kind, "");
        terms.forEach(term -> line(term.name(), term.text()));
    }

    private StateTable.Source source(StateTable.Row row) {
        return events(row).get(0).source();
    }

    private String text(StateTable.Row row) {
        List<StateTable.Event> events = events(row);
        return events.size() == 1
                ? events.get(0).text()
                : events.stream().map(StateTable.Event::name).collect(Collectors.joining(", "));
    }

    private List<StateTable.Event> events(StateTable.Row row) {
        return table.events().stream()
                .filter(event -> row.events().contains(event.name()))
                .toList();
    }

    private static String next(StateTable.Row row) {
        return row.next().isEmpty() ? "=" : row.next();
    }

    private static String words(List<String> words) {
        return String.join(" ", words);
    }

    private void heading(String title) {
        out.println();
        out.println("## " + title);
        out.println();
    }

    private void head(String... cells) {
        line(cells);
        out.println("|" + "---|".repeat(cells.length));
    }

    private void line(String... cells) {
        StringBuilder line = new StringBuilder("|");
        for (String cell : cells) {
            line.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        out.println(line.toString().replace("  |", " |"));
    }
}
