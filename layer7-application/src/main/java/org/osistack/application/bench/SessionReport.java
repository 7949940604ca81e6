package org.osistack.application.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osistack.application.cli.Columns;

/** What the session layer costs, for people and for programs. */
final class SessionReport {
    private static final String CRLF = "\r\n"; // RFC 4180

    private final SessionTrial.Plan plan;
    private final Map<String, List<SessionTrial.Transfers>> goodput = new LinkedHashMap<>(); // by medium
    private final Map<String, List<SessionTrial.Rates>> rates = new LinkedHashMap<>(); // by medium
    private SessionTrial.Memory memory; // null if it was not measured

    SessionReport(SessionTrial.Plan plan) {
        this.plan = plan;
    }

    void goodput(String medium, List<SessionTrial.Transfers> transfers) {
        goodput.put(medium, transfers);
    }

    void memory(SessionTrial.Memory measured) {
        memory = measured;
    }

    void rates(String medium, List<SessionTrial.Rates> measured) {
        rates.put(medium, measured);
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "medians of %d rounds, %s s each after %s s%n",
                plan.rounds(),
                Report.seconds(plan.nanos()),
                Report.seconds(plan.warmUpNanos()));
        out.println(Report.machine());
        goodput.forEach((medium, transfers) -> {
            out.println();
            print(medium, transfers, out);
        });
        if (memory != null) {
            out.println();
            print(memory, out);
        }
        rates.forEach((medium, measured) -> {
            out.println();
            out.println(medium + ": associations, opened and released one after another");
            Columns columns = new Columns("layer 5", "sessions/s", "least..most", "of the first");
            double first = Report.median(measured.get(0).perSecond());
            for (SessionTrial.Rates each : measured) {
                double median = Report.median(each.perSecond());
                columns.row(
                        each.kind(),
                        number("%,.0f", median),
                        range("%,.0f", each.perSecond(), 1),
                        number("%.2f", median / first));
            }
            columns.print(out, 1);
        });
    }

    /** A way to transfer octets, for a person. */
    static String name(int way) {
        return switch (way) {
            case SessionTrial.DATA_ALONE -> "no RTSE: P-DATA of " + SessionTrial.DATA_SIZE + " octets";
            case 0 -> "RTSE without checkpoints";
            default -> "RTSE, a checkpoint every " + way + " KiB";
        };
    }

    private void print(String medium, List<SessionTrial.Transfers> transfers, PrintWriter out) {
        out.println(medium + ": goodput; " + plan.windowSize() + " checkpoints may be unconfirmed");
        Columns columns = new Columns(
                "",
                "goodput",
                "least..most",
                "of RTSE without",
                "of P-DATA",
                "per core",
                "of RTSE without",
                "of P-DATA");
        SessionTrial.Transfers data = transfers.get(0);
        SessionTrial.Transfers without = transfers.get(1);
        for (SessionTrial.Transfers each : transfers) {
            columns.row(
                    name(each.way()),
                    number("%,.0f Mbit/s", Report.median(each.bitsPerSecond()) / 1e6),
                    range("%,.0f", each.bitsPerSecond(), 1e6),
                    number("%.2f", Report.median(each.ratios(without))),
                    number("%.2f", Report.median(each.ratios(data))),
                    number("%,.0f", Report.median(each.perCore()) / 1e6),
                    number("%.2f", Report.median(each.perCoreRatios(without))),
                    number("%.2f", Report.median(each.perCoreRatios(data))));
        }
        columns.print(out, 1);
    }

    private static void print(SessionTrial.Memory memory, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "idle sessions: %,d at once on one transport connection each, both hosts in this process%n",
                memory.count());
        Columns columns =
                new Columns("sessions", "octets a session, both sides", "one side", "to establish", "sessions/s");
        columns.row(
                number("%,.0f", memory.count()),
                number("%,.0f", memory.octets()),
                number("%,.0f", memory.octets() / 2),
                number("%.2f s", memory.nanos() / 1e9),
                number("%,.0f", memory.counted() * 1e9 / memory.nanos()));
        columns.print(out, 0);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String range(String format, List<Double> figures, double unit) {
        double least = figures.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        double most = figures.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        return number(format, least / unit) + ".." + number(format, most / unit);
    }

    /** A line a figure as CSV (RFC 4180). */
    void csv(Writer out) throws IOException {
        List<String> lines = new ArrayList<>(List.of("figure,medium,case,round,value"));
        goodput.forEach((medium, transfers) -> transfers.forEach(each -> {
            String way = each.way() == SessionTrial.DATA_ALONE ? "P-DATA" : Integer.toString(each.way());
            lines(lines, "goodput bit/s", medium, way, each.bitsPerSecond());
            lines(lines, "goodput of RTSE without", medium, way, each.ratios(transfers.get(1)));
            lines(lines, "goodput of P-DATA", medium, way, each.ratios(transfers.get(0)));
            lines(lines, "cores", medium, way, each.cores());
        }));
        if (memory != null) {
            String count = Integer.toString(memory.count());
            lines(lines, "octets a session both sides", MediumTrial.VIRTUAL, count, List.of(memory.octets()));
            lines(lines, "seconds to establish", MediumTrial.VIRTUAL, count, List.of(memory.nanos() / 1e9));
        }
        rates.forEach((medium, measured) -> measured.forEach(
                each -> lines(lines, "sessions/s", medium, "\"" + each.kind() + "\"", each.perSecond())));
        for (String line : lines) {
            out.write(line + CRLF);
        }
    }

    private static void lines(List<String> lines, String figure, String medium, String what, List<Double> values) {
        for (int i = 0; i < values.size(); i++) {
            lines.add(String.join(",", figure, medium, what, Integer.toString(i + 1), number("%.3f", values.get(i))));
        }
    }
}
