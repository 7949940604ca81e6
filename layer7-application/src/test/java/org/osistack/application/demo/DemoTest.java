package org.osistack.application.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DemoTest {
    @TempDir
    private Path folder;

    private static List<String> run(String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new DemoCommand());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        int exit = line.execute(options);
        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        return out.toString().lines().toList();
    }

    /** The checked-in texts are what {@code osi demo STORY > STORY.txt} prints; if one is meant to change, print it anew. */
    @ParameterizedTest
    @CsvSource({"chat, demo.txt", "session, session.txt"})
    void tellsTheSameStoryEachTime(String story, String golden) throws IOException {
        List<String> expected;
        try (var in = DemoTest.class.getResourceAsStream(golden)) {
            expected = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        List<String> lines = run(story, "--columns", "100");
        for (int i = 0; i < Math.min(lines.size(), expected.size()); i++) {
            assertThat(lines.get(i)).as("line %d", i + 1).isEqualTo(expected.get(i));
        }
        assertThat(lines).hasSameSizeAs(expected);
    }

    @Test
    void thePageAboutTheSessionStoryShowsWhatItTells() throws IOException {
        List<String> told = run("session", "--columns", "100");
        List<String> page = Files.readAllLines(Path.of("docs", "story.md"));
        List<String> shown = page.stream()
                .filter(line -> line.matches(" (alice|bob|[0-9]+) .*"))
                .toList();
        assertThat(shown).hasSizeGreaterThan(40).allMatch(told::contains);
    }

    @ParameterizedTest
    @CsvSource({"72, ''", "80, -v", "100, ''", "120, -vv", "132, ''"})
    void theSessionStoryFitsThePage(String columns, String verbosity) {
        int width = Integer.parseInt(columns);
        List<String> lines = verbosity.isEmpty()
                ? run("session", "--columns", columns)
                : run("session", "--columns", columns, verbosity);
        int begin = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith(" 1  "))
                .findFirst()
                .orElseThrow());
        int end = lines.indexOf("   Go on");
        assertThat(lines.subList(begin, end)).hasSizeGreaterThan(250).allMatch(line -> line.length() <= width);
    }

    @ParameterizedTest
    @CsvSource({"80, ''", "80, -v", "120, -vv", "132, ''"})
    void fitsThePage(String columns, String verbosity) {
        List<String> lines = verbosity.isEmpty() ? run("--columns", columns) : run("--columns", columns, verbosity);
        assertThat(lines).hasSizeGreaterThan(100).allMatch(line -> line.length() <= Integer.parseInt(columns));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "12345"})
    void endsWellWithAnySeed(String seed) {
        assertThat(run("--seed", seed)).anyMatch(line -> line.contains("✓ equal"));
    }

    @Test
    void aLongLineIsCutIntoSegments() {
        assertThat(run("--say", "x".repeat(4000)))
                .anyMatch(line -> line.contains("put together from 3 × T-DATA.indication"))
                .anyMatch(line -> line.contains("✓ equal"));
    }

    @Test
    void theTraceForProgramsIsAllThereIs() {
        assertThat(run("--trace=json")).hasSizeGreaterThan(1000).allMatch(line -> line.startsWith("{\"v\":1,"));
    }

    @Test
    void theCaptureComesBesideTheStory() throws IOException {
        Path first = folder.resolve("first.pcapng");
        Path second = folder.resolve("second.pcapng");
        List<String> lines = run("--capture", first.toString());
        run("--capture", second.toString());

        assertThat(lines).anyMatch(line -> line.contains("bob ◂ Hello, Bob"));
        assertThat(first).hasSameBinaryContentAs(second);
        assertThat(Files.size(first)).isGreaterThan(100_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice>CN | the cable is cut for good at alice>CN, | alice was told: the peer cannot be reached any more.",
                "bob<RTTR#2 | the cable is cut for good at bob<RTTR#2, | alice was told: gave up to look for 10.0.0.2",
                "alice>FN#2,kill=bob,for=2s | bob is killed and begins anew after 2s at alice>FN#2, "
                        + "| alice was told: the transport connection was lost.",
                "alice>CN,kill=alice | alice is killed for good at alice>CN, | nobody knows any more what alice"
            })
    void theStoryEndsWhereItIsCut(String cut, String deed, String consequence) {
        assertThat(String.join("\n", run("--cut-at", cut))).contains("The story ends here: " + deed, consequence);
    }

    @Test
    void theStoryGoesOnAfterAShortCut() {
        assertThat(run("--cut-at", "bob<GT+DT,for=2s"))
                .anyMatch(line -> line.contains("cable cut for 2s (bob<GT+DT)"))
                .anyMatch(line -> line.contains("✓ equal"));
    }

    @Test
    void whatCannotBeCapturedIsSaidInASentence() {
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new DemoCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setErr(new PrintWriter(err));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(failure.getMessage());
            return 1;
        });
        assertThat(line.execute("--capture", "/nowhere/demo.pcapng")).isOne();
        assertThat(err.toString().strip()).isEqualTo("there is no folder for /nowhere/demo.pcapng");
    }
}
