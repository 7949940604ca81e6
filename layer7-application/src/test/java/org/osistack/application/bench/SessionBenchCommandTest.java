package org.osistack.application.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SessionBenchCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String arguments) {
        CommandLine line = new CommandLine(new BenchCommand());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.execute(("session " + arguments).split(" "));
    }

    @ParameterizedTest
    @CsvSource({"virtual", "segment"})
    void measuresTransfersWithAndWithoutCheckpoints(String medium) throws Exception {
        Path csv = folder.resolve("figures.csv");
        assertThat(run("--only goodput --media " + medium
                        + " --checkpoints 4,1024 --time 0.05 --warm-up 0.02 --rounds 2" + " --csv " + csv))
                .as(err + out.toString())
                .isZero();
        assertThat(out.toString())
                .contains(medium + ": goodput; 3 checkpoints may be unconfirmed")
                .containsPattern("no RTSE: P-DATA of 64000 octets +[0-9,]+ Mbit/s .* 1\\.00 ")
                .containsPattern("RTSE without checkpoints +[0-9,]+ Mbit/s .* 1\\.00 ")
                .containsPattern("RTSE, a checkpoint every 4 KiB +[0-9,]+ Mbit/s")
                .containsPattern("RTSE, a checkpoint every 1024 KiB +[0-9,]+ Mbit/s");
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(1 + 4 * 4 * 2).first().isEqualTo("figure,medium,case,round,value");
        assertThat(lines)
                .anyMatch(line -> line.matches("goodput bit/s," + medium + ",4,1,[1-9][0-9]*\\.[0-9]{3}"))
                .contains("goodput of RTSE without," + medium + ",0,2,1.000")
                .contains("goodput of P-DATA," + medium + ",P-DATA,1,1.000");
    }

    @Test
    void measuresTheMemoryOfIdleSessions() {
        assertThat(run("--only memory --sessions 1000"))
                .as(err + out.toString())
                .isZero();
        assertThat(out.toString())
                .contains("idle sessions: 1,000 at once")
                .containsPattern("(?m)^ +1,000 +[0-9,]+ +[0-9,]+ +[0-9.]+ s +[0-9,]+$");
    }

    @Test
    void measuresSessionsOneAfterAnother() {
        assertThat(run("--only rate --media virtual --time 0.05 --warm-up 0.02 --rounds 1"))
                .as(err + out.toString())
                .isZero();
        assertThat(out.toString())
                .containsPattern("x225, a transport connection each +[0-9,]+ .* 1\\.00")
                .containsPattern("x225, reuse=yes +[0-9,]+ ")
                .containsPattern("mux +[0-9,]+ ");
    }

    @ParameterizedTest
    @CsvSource({
        "--media pigeon, bench session knows the media virtual and segment",
        "--time 0, --time and --warm-up are between 0 and 3600 seconds",
        "--rounds 0, --rounds is between 1 and 1000",
        "--sessions 1, --sessions is between 2 and 16000",
        "--window 65, --window is between 1 and 64",
        "--checkpoints 0, --checkpoints are between 1 and 1024 KiB",
        "--stack internet, bench session needs x225 in layer 5 and x226 in layer 6",
        "--only speed, Invalid value for option '--only'"
    })
    void refusesWhatMakesNoSense(String arguments, String sentence) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
    }
}
