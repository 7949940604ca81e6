package org.osistack.application.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of words and figures: words stand on the left of their columns, figures on the right. */
final class Columns {
    private final List<String[]> rows = new ArrayList<>();

    Columns(String... heads) {
        rows.add(heads);
    }

    void row(String... cells) {
        rows.add(cells);
    }

    /** Print them; the first columns hold words. */
    void print(PrintWriter out, int words) {
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
