package org.osistack.application.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new BenchCommand());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private void runsShortly(String... more) {
        String[] arguments = new String[more.length + 6];
        System.arraycopy(new String[] {"--time", "0.1", "--warm-up", "0.05", "--rounds", "1"}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        assertThat(run(arguments)).as(err + out.toString()).isZero();
    }

    @Test
    void measuresBothStacksOverTheVirtualMedium() {
        runsShortly("--media", "virtual", "--json");

        Object json = Json.parse(out.toString());
        assertThat(Json.at(json, "media", 0, "medium")).isEqualTo("virtual");
        for (int i = 0; i < 2; i++) {
            assertThat(Json.at(json, "media", 0, "results", i, "stack")).isEqualTo(i == 0 ? "internet" : "iso-on-tcp");
            for (String figure : new String[] {
                "goodputBitsPerSecond", "framesPerSecond", "efficiency", "roundTripP50Nanos", "connectionsPerSecond"
            }) {
                assertThat((Double) Json.at(json, "media", 0, "results", i, figure))
                        .as(figure)
                        .isPositive();
            }
            assertThat((Double) Json.at(json, "media", 0, "results", i, "efficiency"))
                    .isLessThan(1448.0 / 1514);
        }
    }

    @Test
    void measuresAStackOfOnesOwnOverASegment() {
        runsShortly("--stack", "internet", "--l1", "segment:any", "--l4", "tcp:,window=64k", "--size", "100");

        assertThat(out.toString())
                .contains("messages of 100 octets")
                .containsPattern("segment: two hosts")
                .containsPattern("internet +ours +ours +[0-9,]+ Mbit/s");
    }

    @ParameterizedTest
    @CsvSource({
        "--media pigeon, 'virtual, segment and pcap, and not pigeon'",
        "--time 0, --time and --warm-up are between 0 and 3600 seconds",
        "--rounds 0, --rounds is between 1 and 1000",
        "--size 65001, --size is between 1 and 65000 octets",
        "--offload perhaps, '--offload is on, off, or both with a comma'",
        "--l1 loopback, and not loopback",
        "--stack nonsense, no stack is called nonsense"
    })
    void refusesWhatMakesNoSense(String arguments, String sentence) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
    }
}
