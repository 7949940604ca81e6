package org.osistack.application.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of words in columns that fit a given width: the widest columns give way, and their cells go on in further lines. */
final class WrappedColumns {
    private static final int GAP = 2;

    private final List<String[]> rows = new ArrayList<>();
    private final int[] widths;
    private final int[] longestWords;

    WrappedColumns(String... heads) {
        widths = new int[heads.length];
        longestWords = new int[heads.length];
        row(heads);
    }

    /** Add a row of as many cells. */
    void row(String... cells) {
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], cells[i].length());
            for (String word : cells[i].split(" ")) {
                longestWords[i] = Math.max(longestWords[i], word.length());
            }
        }
        rows.add(cells);
    }

    /**
     * Print all rows.
     *
     * @param width what a line may have, if the longest words allow it
     */
    void print(PrintWriter out, int width) {
        narrow(width);
        for (String[] row : rows) {
            List<List<String>> cells = new ArrayList<>();
            int lines = 0;
            for (int i = 0; i < row.length; i++) {
                cells.add(wrap(row[i], widths[i]));
                lines = Math.max(lines, cells.get(i).size());
            }
            for (int n = 0; n < lines; n++) {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < row.length; i++) {
                    String cell = n < cells.get(i).size() ? cells.get(i).get(n) : "";
                    line.append(cell).append(" ".repeat(widths[i] - cell.length() + GAP));
                }
                out.println(line.toString().stripTrailing());
            }
        }
    }

    private void narrow(int width) {
        while (Arrays.stream(widths).sum() + GAP * (widths.length - 1) > width) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] > longestWords[i] && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private static List<String> wrap(String cell, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : cell.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
