package org.osistack.application.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheSameStoryAgainFromTheSameSeed() throws IOException {
        String story = run(7);

        assertThat(run(7)).isEqualTo(story);
        assertThat(run(8)).isNotEqualTo(story);
    }

    @Test
    void followsALineDownAndUpAndAddsUpWhatItCost() throws IOException {
        String[] story = run(1).split("\n");

        assertThat(story)
                .containsSubsequence(
                        " ─ P-DATA.request (x226) " + "─".repeat(75),
                        " ─ S-DATA.request (x225) " + "─".repeat(75),
                        " ─ PH-DATA.request (virtual) " + "─".repeat(71),
                        " ─ PH-DATA.indication (virtual) " + "─".repeat(68),
                        " ─ P-DATA.indication (x226) " + "─".repeat(72),
                        "  what it cost   7: 4   6: 9   5: 4   4: 39   3: 20   2: 18   yours: 10   = 104 octets, yours"
                                + " 9.6 %",
                        "  bob has it whole, and its SHA-256 is equal.");
        assertThat(story).anyMatch(line -> line.endsWith("alice ──▶ bob   TCP PSH ACK · TPKT DT · CN · CP · AARQ"));
        assertThat(story).allMatch(line -> line.length() <= 160);
    }

    @Test
    void coloursChangeNoWord() throws IOException {
        assertThat(run(1, true).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(run(1, false));
    }

    private String run(long seed) throws IOException {
        return run(seed, false);
    }

    private String run(long seed, boolean coloured) throws IOException {
        StringWriter story = new StringWriter();
        new Demo(new PrintWriter(story), new Paint(coloured), seed, Files.createTempDirectory(folder, "demo"))
                .run("Hello, Bob", 100_000);
        return story.toString();
    }
}
