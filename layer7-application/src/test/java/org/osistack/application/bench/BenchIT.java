package org.osistack.application.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osistack.application.net.Commands;
import org.osistack.application.net.Needs;
import org.osistack.application.net.OsiProcess;
import org.osistack.application.net.Program;

/** {@code osi bench} over real interfaces, which it makes for itself. */
class BenchIT {
    private static final String MAIN = "org.osistack.application/org.osistack.application.cli.Main";

    @Test
    void measuresOursAndTheKernelOverPcapAndLeavesNothingBehind() {
        Needs.namespaces();
        Needs.libpcap();
        Needs.command("ethtool", "ethtool");
        List<String> before = namespaces();

        try (Program bench = OsiProcess.start(
                MAIN,
                "bench",
                "--media",
                "pcap",
                "--offload",
                "off",
                "--time",
                "0.2",
                "--warm-up",
                "0.2",
                "--rounds",
                "1",
                "--json")) {
            assertThat(bench.awaitEnd(Duration.ofMinutes(2)))
                    .as(bench.toString())
                    .isZero();

            Object json = Json.parse(bench.output());
            assertThat(Json.at(json, "problems")).isEqualTo(List.of());
            assertThat(Json.at(json, "media", 0, "conditions")).asString().contains("reno", "offload off");
            int results = ((List<?>) Json.at(json, "media", 0, "results")).size();
            assertThat(results).isEqualTo(5); // internet with itself and the kernel both ways, iso-on-tcp, the kernel
            for (int i = 0; i < results; i++) {
                for (String figure : new String[] {
                    "goodputBitsPerSecond", "goodputToKernel", "roundTripP50Nanos", "connectionsPerSecond", "busyCores"
                }) {
                    assertThat((Double) Json.at(json, "media", 0, "results", i, figure))
                            .as(figure)
                            .isPositive();
                }
            }
        }
        assertThat(namespaces()).isSubsetOf(before);
    }

    /** Those of this command; others may come and go meanwhile. */
    private static List<String> namespaces() {
        return Commands.run("ip", "netns", "list")
                .text()
                .lines()
                .filter(line -> line.startsWith("osi-bench-"))
                .toList();
    }
}
