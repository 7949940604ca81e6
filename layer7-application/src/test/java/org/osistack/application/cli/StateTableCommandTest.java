package org.osistack.application.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTableCommandTest {
    private String output;
    private String errors;

    private int run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] all = new String[arguments.length + 2];
        all[0] = "session";
        all[1] = "table";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        int code = Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                all);
        output = out.toString(StandardCharsets.UTF_8);
        errors = err.toString(StandardCharsets.UTF_8);
        return code;
    }

    @Test
    void thePageInTheDocumentationIsWhatTheTableSays() throws IOException {
        assertThat(run("--markdown")).isZero();
        assertThat(Path.of("../docs/x225-state-table.md"))
                .as("out of date; write it with: ./osi session table --markdown > docs/x225-state-table.md")
                .exists();
        assertThat(Files.readString(Path.of("../docs/x225-state-table.md")))
                .as("out of date; write it with: ./osi session table --markdown > docs/x225-state-table.md")
                .isEqualTo(output);
    }

    @Test
    void tellsOneCellWithTheWordsThatItNeeds() {
        assertThat(run("--state", "STA713", "--event", "FN")).isZero();
        assertThat(output.lines().filter(line -> line.startsWith("FN-nr"))).isNotEmpty();
        assertThat(output)
                .containsPattern("EVENT +STATES +IF +SAYS +DOES +NEXT")
                .containsPattern("FN-nr +713 +p68 +SRELind +\\[8\\] +09")
                .containsPattern("\nFN-nr +FINISH, transport connection not kept\n")
                .containsPattern("\n713 +data transfer\n")
                .containsPattern("\np68 +")
                .containsPattern("\n\\[8\\] +Vtrr := false\n")
                .containsPattern("\\*any SPDU");
        assertThat(output).doesNotContain("SDTreq", "STA713");
    }

    @Test
    void fitsItsColumnsIntoTheTerminal() {
        assertThat(run()).isZero();
        assertThat(output.lines())
                .hasSizeGreaterThan(281)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SRELreq", "srelREQ", "S-RELEASE.request", "S-RELEASE"})
    void knowsAnEventByAnyOfItsNames(String name) {
        assertThat(run("--event", name)).isZero();
        assertThat(output).containsPattern("\nSRELreq +09").doesNotContain("SDTreq");
        assertThat(output.contains("SRELrsp+")).isEqualTo(name.equals("S-RELEASE"));
    }

    @Test
    void tellsNamesApartThatDifferInCaseAlone() {
        assertThat(run("--event", "SSYNMreq")).isZero();
        assertThat(output).contains("SSYNMreq").doesNotContain("SSYNmreq");
    }

    @Test
    void refusesWhatTheTableDoesNotHaveInASentence() {
        assertThat(run("--state", "714")).isEqualTo(Main.USAGE);
        assertThat(errors).contains("there is no state 714; there are 01, 01A, 01B");
        assertThat(run("--event", "HELLO")).isEqualTo(Main.USAGE);
        assertThat(errors).contains("there is no event HELLO; there are SCONreq, SCONrsp+");
    }
}
