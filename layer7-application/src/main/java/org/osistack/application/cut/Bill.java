package org.osistack.application.cut;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.osistack.application.cli.Columns;
import org.osistack.application.cut.Result.Ending;
import org.osistack.application.cut.Survey.Findings;
import org.osistack.application.cut.Survey.Run;

/** The recovery bill: what cuts have cost, for each class of points and each checkpoint interval. */
final class Bill {
    private static final int MOST_FAULTS = 10;

    private final List<Row> rows = new ArrayList<>();
    private final List<Run> faults = new ArrayList<>();
    private final int judged; // runs that have an outcome
    private final int beyondBound;
    private final boolean hasIntervals;

    /**
     * One line of the bill.
     *
     * @param interval the checkpoint interval as it was typed; empty if there is none
     * @param points the class of points; null for all of them together
     */
    record Row(
            String interval,
            PointClass points,
            int runs,
            int completed,
            int discarded,
            int hung,
            int lost,
            int broken,
            long sentAgainMedian,
            long sentAgainMost,
            long nanosLostMedian,
            long nanosLostMost,
            int duplicates) {
        String name() {
            return points == null ? "all" : points.toString();
        }
    }

    Bill(List<Findings> all) {
        hasIntervals = all.stream().anyMatch(each -> !interval(each).isEmpty());
        for (Findings findings : all) {
            for (PointClass points : PointClass.values()) {
                List<Run> runs = findings.runs().stream()
                        .filter(run -> run.cut().point().kind().pointClass() == points)
                        .toList();
                if (!runs.isEmpty()) {
                    rows.add(row(findings, points, runs));
                }
            }
            rows.add(row(findings, null, findings.runs()));
            findings.runs().stream()
                    .filter(run -> !run.result().ending().isGood())
                    .forEach(faults::add);
        }
        List<Outcome> outcomes = all.stream()
                .flatMap(findings -> findings.runs().stream())
                .map(run -> run.result().outcome())
                .filter(Objects::nonNull)
                .toList();
        judged = outcomes.size();
        beyondBound = (int)
                outcomes.stream().filter(outcome -> !outcome.isWithinBound()).count();
    }

    static String interval(Findings findings) {
        return findings.parameters().text(Scenario.CHECKPOINT_INTERVAL, "");
    }

    private static Row row(Findings findings, PointClass points, List<Run> runs) {
        long[] sentAgain = runs.stream()
                .filter(run -> run.result().outcome() != null)
                .mapToLong(run -> run.result().outcome().octetsSentAgain())
                .sorted()
                .toArray();
        long[] nanosLost = runs.stream().mapToLong(findings::nanosLost).sorted().toArray();
        return new Row(
                interval(findings),
                points,
                runs.size(),
                count(runs, Ending.COMPLETED),
                count(runs, Ending.DISCARDED),
                count(runs, Ending.HUNG),
                count(runs, Ending.LOST),
                count(runs, Ending.BROKEN) + count(runs, Ending.NOT_CUT),
                median(sentAgain),
                most(sentAgain),
                median(nanosLost),
                most(nanosLost),
                runs.stream()
                        .filter(run -> run.result().outcome() != null)
                        .mapToInt(run -> run.result().outcome().duplicatesSeenByUser())
                        .sum());
    }

    private static int count(List<Run> runs, Ending ending) {
        return (int)
                runs.stream().filter(run -> run.result().ending() == ending).count();
    }

    private static long median(long[] sorted) {
        return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
    }

    private static long most(long[] sorted) {
        return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
    }

    List<Row> rows() {
        return rows;
    }

    /** Whether every run ended as the scenario promises. */
    boolean isGood() {
        return faults.isEmpty();
    }

    /**
     * Print the table, and the first runs that did not end as promised.
     *
     * @param command what runs one of them again, without the cut
     */
    void print(PrintWriter out, String command) {
        List<String> heads = new ArrayList<>(List.of(
                "points",
                "runs",
                "completed",
                "discarded",
                "hung",
                "lost",
                "broken",
                "sent again",
                "most",
                "time lost",
                "most",
                "twice"));
        if (hasIntervals) {
            heads.add(0, "interval");
        }
        Columns columns = new Columns(heads.toArray(String[]::new));
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(
                    row.name(),
                    Words.count(row.runs),
                    Words.count(row.completed),
                    Words.count(row.discarded),
                    Words.count(row.hung),
                    Words.count(row.lost),
                    Words.count(row.broken),
                    Words.count(row.sentAgainMedian),
                    Words.count(row.sentAgainMost),
                    Words.time(row.nanosLostMedian),
                    Words.time(row.nanosLostMost),
                    Words.count(row.duplicates)));
            if (hasIntervals) {
                cells.add(0, row.interval);
            }
            columns.row(cells.toArray(String[]::new));
        }
        columns.print(out, hasIntervals ? 2 : 1);
        out.println();
        out.println("sent again at most what was unconfirmed at the cut, and one window: in "
                + Words.count(judged - beyondBound) + " of " + Words.count(judged) + " runs");
        if (!faults.isEmpty()) {
            out.println();
            out.println(faults.size() + (faults.size() == 1 ? " run" : " runs") + " did not end as promised:");
            for (Run run : faults.subList(0, Math.min(MOST_FAULTS, faults.size()))) {
                String remark = run.result().remark();
                out.println("  " + run.result().ending() + (remark.isEmpty() ? "" : ", " + remark));
                out.println("    " + command + " --cut-at '" + run.cut() + "' --trace");
            }
            if (faults.size() > MOST_FAULTS) {
                out.println("  and " + (faults.size() - MOST_FAULTS) + " more: --csv FILE has them all");
            }
        }
    }
}
