package org.osistack.application.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.cut.CutEverywhereCommand;
import picocli.CommandLine;

/** The scenario {@code shell}, cut at a sample of its points: the screen is the same in the end. */
class ShellScenarioTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "--kill --side alice", "--kill --side bob", "--for good", "--for 2s"})
    void theScreenIsTheSameWhereverItIsCut(String how) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new CutEverywhereCommand());
        line.setOut(new PrintWriter(out));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        int code =
                line.execute(("shell --every 67 --set lines=8 " + how).strip().split(" "));
        assertThat(code).as(out.toString()).isZero();
        String[] all = out.toString()
                .lines()
                .filter(text -> text.startsWith("  all "))
                .findFirst()
                .orElseThrow()
                .strip()
                .split(" +");
        assertThat(Integer.parseInt(all[1])).as("runs").isGreaterThan(10);
        if (!how.contains("good") && !how.contains("bob")) {
            assertThat(all[2]).as("completed").isEqualTo(all[1]);
        }
    }
}
