package org.osistack.application.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private String output;
    private String errors;

    private int run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
        output = out.toString(StandardCharsets.UTF_8);
        errors = err.toString(StandardCharsets.UTF_8);
        return code;
    }

    @Test
    void tellsWhatThereIsIfNothingIsAskedFor() {
        assertThat(run()).isEqualTo(Main.USAGE);
        assertThat(errors).contains("Usage: osi", "serve", "ping", "connect", "stack", "interfaces");
        assertThat(output).isEmpty();

        assertThat(run("--help")).isZero();
        assertThat(output).contains("Usage: osi");
    }

    @Test
    void hasHelpWithAnExampleForEachCommand() {
        for (Map.Entry<String, CommandLine> entry :
                Main.commandLine().getSubcommands().entrySet()) {
            String command = entry.getKey();
            if (!command.equals("help")
                    && !entry.getValue().getCommandSpec().usageMessage().hidden()) {
                assertThat(run(command, "--help")).isZero();
                assertThat(output).containsPattern("Examples?:\\R(.*\\R)*.*osi " + command);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut-everywhere", "run", "table", "list", "end"})
    void aCommandInAGroupHasItsOwnHelp(String command) {
        assertThat(run("session", command, "--help")).isZero();
        assertThat(output).contains("Usage: osi session " + command).containsPattern("Examples:\\R.*osi session");

        assertThat(run("session", command, "--nonsense", "chat")).isEqualTo(Main.USAGE);
        assertThat(errors).contains("Try 'osi session " + command + " --help'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session cut-everywhere | Missing required parameter: 'SCENARIO'",
                "session cut-everywhere nonsense | no scenario is called nonsense; there are: bank, chat, file",
                "session run chat --cut-at alice>> | \"alice>>\" is no point to cut at: it is written HOST>PDU",
                "session run chat --cut-at carol>CN | there is no host called carol; there are bob and alice",
                "session run chat --cut-at alice>CM | chat never comes to alice>CM; there are ",
                "demo --cut-at CN,for=x | cut: for=x is not a time, such as 5ms or 2s"
            })
    void refusesCutsThatMakeNoSenseInASentence(String arguments, String sentence) {
        assertThat(run(arguments.split(" "))).isNotZero();
        assertThat(errors).startsWith("osi: " + sentence);
        assertThat(output).isEmpty();
    }

    @Test
    void listsEveryLayersModules() {
        assertThat(run("stack")).isZero();
        assertThat(output)
                .contains("7 application", "6 presentation", "2 data link", "1 physical")
                .contains("http=FOLDER", "RFC 9110", "ethernet", "virtual:NAME", "loss=PROBABILITY", "[1500]")
                .doesNotContain("\u001b");
    }

    @Test
    void drawsAStackAndSaysWhatElseFits() throws IOException {
        assertThat(run("stack", "--stack", "internet", "--l1", "virtual:lab,loss=1%"))
                .isZero();
        assertThat(output)
                .contains("1 physical", "virtual:lab,loss=1%", "DataLinkService", "3 network")
                .contains("instead of virtual:")
                .contains("on plain: ");
    }

    @Test
    void readsAStackFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.write(
                folder.resolve("my stack"),
                List.of("# mine", "l1 virtual:a", "l2 ethernet:", "l3 ipv4:10.0.0.1/24 # me", "l4 tcp"));

        assertThat(run("stack", "--stack", file.toString(), "--l1", "loopback")).isZero();
        assertThat(output).contains("loopback", "ipv4:10.0.0.1/24").doesNotContain("virtual:a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stack --stack nonsense | no stack is called nonsense, and no file; there are: iso-on-tcp, internet",
                "stack --stack ./nonsense | there is no file ./nonsense",
                "stack --l1 nonsense | no layer 1 called nonsense; there is: ",
                "stack --l1 virtual:lab,x=1 | virtual has no option x; it has: ",
                "stack --l1 virtual:lab,x | virtual: x is not of the form key=value",
                "stack --l1 VIRTUAL | layer 1: VIRTUAL is not of the form NAME[:VALUE][,key=value…]",
                "stack --l2 ipv4 | no layer 2 called ipv4; there is: ethernet",
                "stack --stack internet --l5 x225 | x225 needs a RecordTransport below it, and tcp offers an OctetStreamTransport",
                "serve nonsense | there is no application called nonsense; there are: ",
                "serve inetd=x | inetd takes no argument",
                "serve | Missing required parameter",
                "serve http --name a.b | a.b cannot be a host's name",
                "serve echo --l1 virtual --also-l3 ipv4:10.0.2.2/24 | a second link begins with its medium: --also-l1",
                "serve echo --l1 virtual --also-l1 virtual:b | the second link is another network: --also-l3",
                "serve echo --l1 virtual --l3 ipv4:10.0.1.2/24 --also-l1 virtual:b --also-l3 ipv4:10.0.2.2/24 --also-host bob | --also-host takes two addresses",
                "ping | Missing required parameter: 'HOST'",
                "ping -c x bob | Invalid value for option '--count'",
                "ping -c 0 bob | ping needs a count",
                "connect bob | connect takes a host and a port",
                "connect bob 70000 | 70000 is not a port",
                "connect bob x | x is not a port",
                "connect -l bob 7 | with -l, connect takes a port and no host",
                "http a:b | a:b is not of the form HOST[:PORT][/PATH]",
                "http bob -r 1 | 1 is not a range",
                "session | session needs a command",
                "session nonsense | Unmatched argument at index 1: 'nonsense'",
                "nonsense | Unmatched argument at index 0: 'nonsense'",
                "sreve | Unmatched argument at index 0: 'sreve'",
                "stack --nonsense | Unknown option: '--nonsense'"
            })
    void refusesWhatMakesNoSenseInASentence(String command, String sentence) {
        assertThat(run(command.strip().split(" "))).isEqualTo(Main.USAGE);
        assertThat(errors)
                .startsWith("osi: " + sentence)
                .contains("Try 'osi help")
                .doesNotContain("\tat ");
        assertThat(output).isEmpty();
    }

    @Test
    void guessesWhatWasMeant() {
        run("stak");

        assertThat(errors).contains("Did you mean").contains("stack");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http=/nonsense", "http=/etc/passwd"})
    void saysInASentenceWhyItCannotServe(String application) {
        assertThat(run("serve", application, "--l1", "virtual:a", "--stack", "internet", "--l3", "ipv4:10.0.0.1/24"))
                .isEqualTo(Main.FAILURE);
        assertThat(errors)
                .isEqualTo("osi: http: there is no folder " + application.substring(5) + System.lineSeparator());
    }

    @Test
    void showsWhereAFailureComesFromIfAsked() {
        run("serve", "http=/nonsense", "--l1", "virtual:a", "--l3", "ipv4:10.0.0.1/24", "--verbose");

        assertThat(errors).contains("ConfigurationException", "\tat ");
    }

    @Test
    void pingsTheHostItself() {
        String[] stack = {"--l1", "loopback", "--l2", "ethernet", "--l3", "ipv4:10.0.0.1/24"};
        assertThat(run(
                        "ping",
                        "10.0.0.1",
                        "-c",
                        "2",
                        "-i",
                        "0.01",
                        stack[0],
                        stack[1],
                        stack[2],
                        stack[3],
                        stack[4],
                        stack[5]))
                .isZero();
        assertThat(output)
                .contains("echoes from 10.0.0.1, 56 octets:", "56 octets from 10.0.0.1, sequence 1, ttl 64, ")
                .contains("2 of 2 came back; ");
    }

    @Test
    void saysThatNobodyAnswers() {
        assertThat(run("ping", "10.0.0.9", "-c", "1", "-W", "0.05", "--l1", "virtual:a", "--l3", "ipv4:10.0.0.1/24"))
                .isEqualTo(Main.FAILURE);
        assertThat(output).contains("sequence 1: no answer in 0.05 s", "0 of 1 came back");
    }

    @Test
    void writesACompletionScript() {
        assertThat(run("completion")).isZero();
        assertThat(output)
                .contains("complete -F _complete_osi")
                .contains("interfaces")
                .contains("--l1");
    }
}
