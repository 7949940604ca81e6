package org.osistack.application.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of words and figures: words stand on the left of their columns, figures on the right. */
public final class Columns {
    private final List<String[]> rows = new ArrayList<>();

    /** Begin with the row of heads. */
    public Columns(String... heads) {
        rows.add(heads);
    }

    /** Add a row of as many cells. */
    public void row(String... cells) {
        rows.add(cells);
    }

    /**
     * Print all rows.
     *
     * @param words how many of the first columns hold words
     */
    public void print(PrintWriter out, int words) {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String blanks = " ".repeat(widths[i] - row[i].length());
                line.append("  ").append(i < words ? row[i] + blanks : blanks + row[i]);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
