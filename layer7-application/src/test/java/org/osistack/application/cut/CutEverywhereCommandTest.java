package org.osistack.application.cut;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.application.cut.Survey.Findings;
import org.xml.sax.SAXException;
import picocli.CommandLine;

class CutEverywhereCommandTest {
    private static final Survey.Progress SILENT = new Survey.Progress() {
        @Override
        public void begun(int runs) {}

        @Override
        public void done() {}
    };

    @TempDir
    private Path folder;

    private String output;
    private String errors;

    private int run(Callable<Integer> command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(command);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler((failure, args) -> {
            err.write(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command2, parsed) -> {
            err.write(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        int code = line.execute(arguments);
        output = out.toString();
        errors = err.toString();
        return code;
    }

    @Test
    void printsTheBillAndWritesEachRun() throws IOException, ParserConfigurationException, SAXException {
        Path csv = folder.resolve("chat.csv");
        Path svg = folder.resolve("chat.svg");

        assertThat(run(new CutEverywhereCommand(), "chat", "--csv", csv.toString(), "--svg", svg.toString()))
                .isZero();
        assertThat(errors).isEmpty();
        assertThat(output)
                .contains("chat: alice comes into bob's room", "promised wherever it is cut: both are told within 35 s")
                .contains("points", "completed", "discarded", "hung", "sent again", "time lost", "twice");
        List<String> table =
                output.lines().filter(line -> line.startsWith("  ")).toList();
        assertThat(table)
                .extracting(line -> line.strip().split(" ")[0])
                .containsExactly("points", "pdu", "octet", "state", "timer", "primitive", "all");
        int runs = Integer.parseInt(table.get(6).strip().split(" +")[1]);
        assertThat(output).contains("; " + runs + " points to cut at");

        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(1 + runs).allMatch(line -> line.split(",", -1).length >= 16);
        assertThat(lines.get(0)).startsWith("scenario,checkpoint_interval,cut,points,host,killed,at_ns,ending,");
        assertThat(lines.get(1)).startsWith("chat,,alice:ACSE.STA1,state,alice,,0,discarded,3000000000,");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(withoutDoctype(svg)))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
        assertThat(Files.size(svg)).isGreaterThan(10_000);
    }

    /** Its definition is on a server, which nobody needs to ask. */
    private static byte[] withoutDoctype(Path svg) throws IOException {
        return Files.readString(svg).replaceFirst("<!DOCTYPE[^>]*>", "").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void listsThePointsAsTheyAreTyped() {
        assertThat(run(new CutEverywhereCommand(), "--list", "chat", "--points", "pdu,timer", "--side", "alice"))
                .isZero();
        List<String> points = output.lines().toList();

        assertThat(points)
                .contains("alice>X.225.CN", "alice<X.225.AC", "alice>ARP.Request", "alice:TCP.retransmission.armed")
                .allMatch(line -> line.startsWith("alice"))
                .allMatch(line -> CutPoint.parse(line).toString().equals(line));
    }

    @Test
    void printsOneObjectForPrograms() throws IOException {
        assertThat(run(new CutEverywhereCommand(), "chat", "--json", "--every", "20", "--kill", "--for", "3s"))
                .isZero();
        List<String> names = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(output)) {
            while (json.nextToken() != null) {
                if (json.currentName() != null) {
                    names.add(json.currentName());
                }
            }
        }
        assertThat(names).contains("scenario", "promise", "good", "uncut", "bill", "sentAgainMost", "nanosLostMedian");
    }

    @Test
    void saysWhichRunsDidNotEndAsPromised() throws InterruptedException {
        Survey.Plan plan =
                new Survey.Plan(EnumSet.of(PointClass.PDU), "", false, Cut.FOR_GOOD, 8, List.of(), 1, Recording.LIMIT);
        Scenario scenario = new Tampered(was -> new Outcome(true, false, false, 9, 0, 0, 0, 0, "half"), false);
        Bill bill = new Bill(List.of(new Survey(scenario, plan).carryOut(Recording.parameters(), 2, SILENT)));
        StringWriter out = new StringWriter();
        bill.print(new PrintWriter(out), "osi session run tampered");

        assertThat(bill.isGood()).isFalse();
        assertThat(bill.rows()).allMatch(row -> row.lost() == row.runs());
        assertThat(out.toString())
                .contains("runs did not end as promised:", "  lost, half")
                .contains("osi session run tampered --cut-at 'alice>ACSE.AARQ' --trace")
                .contains("more: --csv FILE has them all");
    }

    @Test
    void setsTheCostAgainstTheCheckpointInterval() throws InterruptedException, IOException {
        Survey.Plan plan = new Survey.Plan(
                EnumSet.of(PointClass.STATE), "", false, Cut.FOR_GOOD, 5, List.of(), 1, Recording.LIMIT);
        Survey survey = new Survey(new Tampered(was -> was, false), plan);
        List<Findings> all = new ArrayList<>();
        for (String interval : List.of("4k", "16k", "64k")) {
            all.add(survey.carryOut(Recording.parameters(Scenario.CHECKPOINT_INTERVAL, interval), 2, SILENT));
        }
        Bill bill = new Bill(all);
        StringWriter out = new StringWriter();
        bill.print(new PrintWriter(out), "");
        StringWriter csv = new StringWriter();
        Records.csv(csv, "tampered", all);
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        Plot.check();
        Plot.draw(svg, "tampered", all);

        assertThat(bill.rows())
                .extracting(row -> row.interval() + " " + row.name() + " " + row.sentAgainMost())
                .containsExactly(
                        "4k state 2048",
                        "4k all 2048",
                        "16k state 8192",
                        "16k all 8192",
                        "64k state 32768",
                        "64k all 32768");
        assertThat(out.toString().lines().findFirst().orElseThrow()).startsWith("  interval  points  runs");
        assertThat(csv.toString()).contains("\r\ntampered,16k,");
        assertThat(svg.toString(StandardCharsets.UTF_8)).contains("<svg ", "</svg>");
        if (System.getProperty("osi.plot") != null) {
            Files.write(Path.of(System.getProperty("osi.plot")), svg.toByteArray());
        }
    }

    @Test
    void runsAScenarioOnceAndTellsItsTrace() {
        assertThat(run(new RunCommand(), "chat", "--cut-at", "alice:CN.sent", "--trace"))
                .isZero();
        assertThat(output)
                .contains("· cable cut for good (alice>CN)")
                .contains("cut: the cable is cut for good at alice>CN", "promised: both are told within 35 s")
                .contains("discarded after 30.0 s; content: 0 octets to send")
                .contains("alice: the peer cannot be reached any more");

        assertThat(run(new RunCommand(), "chat", "--set", "lines=3")).isZero();
        assertThat(output).contains("completed after").doesNotContain("cut:");
    }

    @Test
    void comparesRunsThatDifferInOneParameter() {
        assertThat(run(new CompareCommand(), "move", "session=x225,mux", "--set", "lines=8"))
                .isZero();
        assertThat(output.lines().filter(line -> line.startsWith("session connections")))
                .singleElement()
                .satisfies(line -> assertThat(line.split(" +")).containsExactly("session", "connections", "2", "1"));
        assertThat(output.lines().filter(line -> line.startsWith("ending")))
                .singleElement()
                .satisfies(line -> assertThat(line.split(" +")).containsExactly("ending", "completed", "completed"));

        assertThat(run(new CompareCommand(), "chat", "lines=1,5", "--cut-at", "alice:CN.sent"))
                .isZero();
        assertThat(output).contains("discarded     discarded");
        assertThat(run(new CompareCommand(), "move", "speed=1,2")).isNotZero();
        assertThat(errors).startsWith("speed=1,2 is no parameter of move");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | no scenario is called nonsense; there are: bank, chat, file, move, reuse",
                "chat --checkpoint-interval 4k | chat has no checkpoints, so no --checkpoint-interval",
                "chat --side carol | --side carol: chat has the hosts bob and alice; or take both",
                "chat --every 0 | --every is a number from 1",
                "chat --for soon | cut: for=soon is not a time, such as 5ms or 2s",
                "chat --limit 0 | --limit is a time that something can happen in, such as 20m",
                "chat --set x=1 | --set x=1: chat has the parameters lines=NUMBER (how many lines each of the two says; 2)",
                "chat --set lines=0 | chat: lines=0 is not a whole number from 1 to 1000",
                "chat --points x | Invalid value for option '--points' (CLASS)",
                "chat --after alice<< | \"alice<<\" is no point to cut at",
                "chat --after bob>CN | chat never comes to bob>CN; it comes to",
                "chat --csv /nowhere/x.csv | there is no folder for /nowhere/x.csv"
            })
    void whatMakesNoSenseIsSaidInASentence(String arguments, String sentence) {
        assertThat(run(new CutEverywhereCommand(), arguments.split(" "))).isNotZero();
        assertThat(errors).startsWith(sentence.replaceFirst("; it comes to$", ""));
        assertThat(output).isEmpty();
    }
}
