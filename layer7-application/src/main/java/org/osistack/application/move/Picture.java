package org.osistack.application.move;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.osistack.application.cut.TwoHosts;

/** What carried a dialogue, from layer 7 to layer 1, before and after each move: a table. */
final class Picture {
    private static final int LABEL = 15;

    /**
     * One column of the table.
     *
     * @param firstLine the first that was answered by this way, when things stood as in {@code first}
     */
    private record Column(int firstLine, Carriage first, int lastLine, Carriage last) {
        String session() {
            return last.session();
        }

        String firstMarks() {
            return "line " + firstLine + ": " + first.marks();
        }

        String lastMarks() {
            return "line " + lastLine + ": " + last.marks();
        }
    }

    private final boolean isX225;
    private final List<Column> columns = new ArrayList<>();

    Picture(boolean isX225) {
        this.isX225 = isX225;
    }

    /**
     * The dialogue has made progress. What carries it is worth a new column only when it is another way.
     *
     * @param lines how many are answered
     * @param carriage null if it is not known
     */
    void progress(int lines, Carriage carriage) {
        if (carriage == null) {
            return;
        }
        int last = columns.size() - 1;
        if (last >= 0 && columns.get(last).last.isSameWay(carriage)) {
            Column column = columns.get(last);
            columns.set(last, new Column(column.firstLine, column.first, lines, carriage));
        } else {
            columns.add(new Column(lines, carriage, lines, carriage));
        }
    }

    /** How many ways the dialogue has gone. */
    int ways() {
        return columns.size();
    }

    List<String> lines() {
        if (columns.isEmpty()) {
            return List.of();
        }
        List<String> picture = new ArrayList<>();
        row(picture, "", column -> "lines " + column.firstLine + " to " + column.lastLine);
        row(picture, "7 dialogue", column -> "alice ↔ bob, the same one");
        row(picture, isX225 ? "5 X.225" : "5 mux", Column::session);
        row(picture, "", Column::firstMarks);
        row(picture, "", Column::lastMarks);
        row(picture, "4 transport", column -> TwoLinks.transport(column.last.link(), isX225));
        row(picture, "", column -> column.last.connection());
        row(
                picture,
                "3 network",
                column -> TwoLinks.address(TwoHosts.ALICE, column.last.link()) + " → "
                        + TwoLinks.address(TwoHosts.BOB, column.last.link()));
        row(picture, "1 link", column -> TwoLinks.name(column.last.link()));
        picture.add("");
        return picture;
    }

    private void row(List<String> picture, String label, Function<Column, String> cell) {
        StringBuilder row = new StringBuilder(pad(label, LABEL));
        for (int i = 0; i < columns.size(); i++) {
            String text = cell.apply(columns.get(i));
            row.append(i + 1 < columns.size() ? pad(text, width(i)) : text);
        }
        picture.add(row.toString().stripTrailing());
    }

    private int width(int column) {
        Column wide = columns.get(column);
        int width = Math.max(
                wide.session().length(),
                Math.max(wide.firstMarks().length(), wide.lastMarks().length()));
        return Math.max(width, TwoLinks.transport(wide.last.link(), isX225).length()) + 4;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
