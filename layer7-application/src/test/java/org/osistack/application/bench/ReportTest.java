package org.osistack.application.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Pairing OURS = new Pairing("internet", Pairing.OURS, Pairing.KERNEL, null, null, false);
    private static final Pairing KERNEL = new Pairing("-", Pairing.KERNEL, Pairing.KERNEL, null, null, false);

    private final Report report = new Report(new Trial.Plan(16_000, 3, 500_000_000, 1_000_000_000));

    private void fill() {
        Result ours = new Result(OURS);
        for (long octets : new long[] {125_000_000, 250_000_000, 1_000_000_000}) {
            ours.add(new Goodput(octets, 1_000_000_000, 0, 0), 1.5);
        }
        ours.add(new RoundTrips(10, 21_400, 1_234_000));
        Result kernel = new Result(KERNEL);
        kernel.add(new Goodput(500_000_000, 1_000_000_000, 0, 0), 0.5);
        report.add(new Report.Section("pcap", "a \"wire\"", List.of(ours, kernel)));
        report.problems().add("it rained");
    }

    @Test
    void showsMediansBesideTheKernels() {
        fill();
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text));

        assertThat(text.toString())
                .contains(
                        "messages of 16,000 octets, of 64 for the round trip; medians of 3 rounds, 1 s each after 0.5 s")
                .contains("pcap: a \"wire\"")
                .containsPattern("internet +ours +kernel +2,000 Mbit/s +1,000..8,000 +0.50 +1.50 +1,333 +- +-"
                        + " +21.4 µs +1,234 µs +-")
                .containsPattern("- +kernel +kernel +4,000 Mbit/s +4,000..4,000 +1.00 +0.50 +8,000")
                .contains("could not be measured: it rained");
    }

    @Test
    void isOneJsonObject() {
        fill();
        Object json = Json.parse(report.toJson());

        assertThat(Json.at(json, "size")).isEqualTo(16_000.0);
        assertThat(Json.at(json, "media", 0, "conditions")).isEqualTo("a \"wire\"");
        assertThat(Json.at(json, "media", 0, "results", 0, "goodputBitsPerSecond"))
                .isEqualTo(2e9);
        assertThat(Json.at(json, "media", 0, "results", 0, "goodputToKernel")).isEqualTo(0.5);
        assertThat(Json.at(json, "media", 0, "results", 0, "connectionsPerSecond"))
                .isNull();
        assertThat(Json.at(json, "problems", 0)).isEqualTo("it rained");
    }
}
