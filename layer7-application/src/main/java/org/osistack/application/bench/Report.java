package org.osistack.application.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osistack.application.cli.Columns;

/** All figures of one run, for people and for programs. */
final class Report {
    /**
     * The figures of one medium.
     *
     * @param conditions what held for all of them, in words
     */
    record Section(String medium, String conditions, List<Result> results) {
        /** How much of the kernel's goodput on the same wire a result is; NaN if that is unknown. */
        double ratio(Result result) {
            return result.bitsPerSecond()
                    / results.stream()
                            .filter(r -> r.pairing().isKernelAlone())
                            .mapToDouble(Result::bitsPerSecond)
                            .findFirst()
                            .orElse(Double.NaN);
        }
    }

    private static final String NONE = "-";
    private static final MathContext DIGITS = new MathContext(6);

    private final Trial.Plan plan;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Report(Trial.Plan plan) {
        this.plan = plan;
    }

    void add(Section section) {
        sections.add(section);
    }

    /** What could not be measured, and why. */
    List<String> problems() {
        return problems;
    }

    /** What was not measured, and why. */
    List<String> notes() {
        return notes;
    }

    /** What it was measured on. */
    static String machine() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "messages of %,d octets, of %d for the round trip; medians of %d rounds, %s s each after %s s%n",
                plan.size(),
                Trial.ECHO_SIZE,
                plan.rounds(),
                seconds(plan.nanos()),
                seconds(plan.warmUpNanos()));
        out.println(machine());
        for (Section section : sections) {
            out.println();
            print(section, out);
        }
        if (!notes.isEmpty() || !problems.isEmpty()) {
            out.println();
        }
        notes.forEach(out::println);
        problems.forEach(problem -> out.println("could not be measured: " + problem));
    }

    private static void print(Section section, PrintWriter out) {
        out.println(section.medium() + ": " + section.conditions());
        Columns columns = new Columns(
                "stack",
                "from",
                "to",
                "goodput",
                "least..most",
                "of kernel's",
                "cores",
                "per core",
                "frames/s",
                "efficiency",
                "p50",
                "p99",
                "connections/s");
        for (Result result : section.results()) {
            Pairing pairing = result.pairing();
            columns.row(
                    pairing.stack(),
                    pairing.from(),
                    pairing.to(),
                    number("%,.0f Mbit/s", result.bitsPerSecond() / 1e6),
                    number("%,.0f", result.leastBitsPerSecond() / 1e6)
                            + number("..%,.0f", result.mostBitsPerSecond() / 1e6),
                    number("%.2f", section.ratio(result)),
                    number("%.2f", result.busyCores()),
                    number("%,.0f", result.bitsPerSecond() / 1e6 / result.busyCores()),
                    result.framesPerSecond() > 0 ? number("%,.0f", result.framesPerSecond()) : NONE,
                    result.efficiency() > 0 ? number("%.3f", result.efficiency()) : NONE,
                    micros(result.p50Nanos()),
                    micros(result.p99Nanos()),
                    number("%,.0f", result.connectionsPerSecond()));
        }
        columns.print(out, 3);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, format, value);
    }

    /** The median of some figures; NaN of none. */
    static double median(List<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String micros(double nanos) {
        return number(nanos < 100_000 ? "%,.1f µs" : "%,.0f µs", nanos / 1e3);
    }

    /** Nanoseconds in seconds, without digits that say nothing. */
    static String seconds(long nanos) {
        return Double.toString(nanos / 1e9).replaceFirst("\\.0$", "");
    }

    /** One JSON object (RFC 8259); figures that could not be had are null. */
    String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("machine", machine());
            json.writeNumberField("size", plan.size());
            json.writeNumberField("roundTripSize", Trial.ECHO_SIZE);
            json.writeNumberField("rounds", plan.rounds());
            number(json, "seconds", plan.nanos() / 1e9);
            number(json, "warmUpSeconds", plan.warmUpNanos() / 1e9);
            json.writeArrayFieldStart("media");
            for (Section section : sections) {
                section(json, section);
            }
            json.writeEndArray();
            texts(json, "notes", notes);
            texts(json, "problems", problems);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory can always be written
        }
        return text.toString();
    }

    private static void section(JsonGenerator json, Section section) throws IOException {
        json.writeStartObject();
        json.writeStringField("medium", section.medium());
        json.writeStringField("conditions", section.conditions());
        json.writeArrayFieldStart("results");
        for (Result result : section.results()) {
            json.writeStartObject();
            json.writeStringField("stack", result.pairing().stack());
            json.writeStringField("from", result.pairing().from());
            json.writeStringField("to", result.pairing().to());
            number(json, "goodputBitsPerSecond", result.bitsPerSecond());
            number(json, "leastGoodputBitsPerSecond", result.leastBitsPerSecond());
            number(json, "mostGoodputBitsPerSecond", result.mostBitsPerSecond());
            number(json, "goodputToKernel", section.ratio(result));
            number(json, "busyCores", result.busyCores());
            number(json, "framesPerSecond", result.framesPerSecond() > 0 ? result.framesPerSecond() : Double.NaN);
            number(json, "efficiency", result.efficiency() > 0 ? result.efficiency() : Double.NaN);
            number(json, "roundTripP50Nanos", result.p50Nanos());
            number(json, "roundTripP99Nanos", result.p99Nanos());
            number(json, "connectionsPerSecond", result.connectionsPerSecond());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A number to six digits, or null if there is none. */
    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNullField(name);
        } else {
            json.writeFieldName(name);
            json.writeNumber(new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString());
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
