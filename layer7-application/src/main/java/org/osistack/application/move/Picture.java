package org.osistack.application.move;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.osistack.application.cut.TwoHosts;

/** What carried a dialogue, from layer 7 to layer 1, before and after each move: a table. */
final class Picture {
    private static final int LABEL = 15;

    /** One column of the table. */
    private record Column(int lines, Carriage carriage) {}

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
        if (last >= 0 && columns.get(last).carriage.isSameWay(carriage)) {
            columns.set(last, new Column(lines, carriage));
        } else {
            columns.add(new Column(lines, carriage));
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
        row(picture, "", column -> "until line " + column.lines);
        row(picture, "7 dialogue", column -> "alice ↔ bob, the same one");
        row(picture, isX225 ? "5 X.225" : "5 mux", column -> column.carriage.session());
        row(picture, "", column -> column.carriage.marks());
        row(picture, "4 transport", column -> TwoLinks.transport(column.carriage.link(), isX225));
        row(picture, "", column -> column.carriage.connection());
        row(
                picture,
                "3 network",
                column -> TwoLinks.address(TwoHosts.ALICE, column.carriage.link()) + " → "
                        + TwoLinks.address(TwoHosts.BOB, column.carriage.link()));
        row(picture, "1 link", column -> TwoLinks.name(column.carriage.link()));
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
        Carriage carriage = columns.get(column).carriage;
        int width = Math.max(carriage.session().length(), carriage.marks().length());
        return Math.max(width, TwoLinks.transport(carriage.link(), isX225).length()) + 4;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
