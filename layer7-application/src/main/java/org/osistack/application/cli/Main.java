package org.osistack.application.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osistack.application.bank.BankCommand;
import org.osistack.application.bench.BenchCommand;
import org.osistack.application.bench.PeerCommand;
import org.osistack.application.chat.ChatCommand;
import org.osistack.application.demo.DemoCommand;
import org.osistack.application.echo.EchoCommand;
import org.osistack.application.file.GetCommand;
import org.osistack.application.file.SendCommand;
import org.osistack.application.isode.IsodeEchoCommand;
import org.osistack.application.shell.ShellCommand;
import org.osistack.core.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Begins: finds the command that is asked for and turns whatever comes of it into words and an exit code. */
@Command(
        name = "osi",
        description = "A seven-layer OSI stack: from an application's words to Ethernet frames and back.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Two terminals are enough for a first talk; neither needs addresses, rights or a network:",
            "",
            "  ./osi serve chat",
            "  ./osi chat bob",
            "",
            "'osi help COMMAND' tells about a command, with examples."
        })
public final class Main {
    /** Everything went well. */
    static final int SUCCESS = CommandLine.ExitCode.OK;
    /** What was asked for did not work. */
    static final int FAILURE = CommandLine.ExitCode.SOFTWARE;
    /** What was asked for makes no sense. */
    static final int USAGE = CommandLine.ExitCode.USAGE;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Tell what there is.")
    private boolean help;

    private Main() {}

    /** Every command; to add one, add its class. */
    private static List<Class<?>> commands() {
        return List.of(
                DemoCommand.class,
                ServeCommand.class,
                ChatCommand.class,
                SendCommand.class,
                GetCommand.class,
                BankCommand.class,
                ShellCommand.class,
                EchoCommand.class,
                IsodeEchoCommand.class,
                PingCommand.class,
                HttpCommand.class,
                ConnectCommand.class,
                UserCommand.class,
                SessionCommand.class,
                StackCommand.class,
                InterfacesCommand.class,
                CompletionCommand.class,
                BenchCommand.class,
                PeerCommand.class,
                WarmUpCommand.class,
                CommandLine.HelpCommand.class);
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.setErr(err);
        System.exit(run(out, err, args));
    }

    /**
     * Carry out one command line.
     *
     * @return the exit code
     */
    static int run(PrintStream out, PrintStream err, String... args) {
        CommandLine line = commandLine();
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        if (args.length == 0) {
            line.usage(line.getErr(), line.getColorScheme());
            return USAGE;
        }
        return line.execute(args);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        commands().forEach(line::addSubcommand);
        line.setExecutionExceptionHandler(Main::explain);
        line.setParameterExceptionHandler(Main::explainUsage);
        line.setUsageHelpAutoWidth(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.getSubcommands().values().forEach(Main::abbreviateSynopsis);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static void abbreviateSynopsis(CommandLine line) {
        line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        line.getSubcommands().values().forEach(Main::abbreviateSynopsis);
    }

    private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        explain(failure, line.getCommand() instanceof OsiCommand command && command.isVerbose(), line);
        return FAILURE;
    }

    /** Say in a sentence what went wrong. */
    static void explain(Throwable failure, boolean verbose, CommandLine line) {
        boolean expected = failure instanceof ConfigurationException || failure instanceof CommandFailure;
        PrintWriter err = line.getErr();
        String what = expected
                ? failure.getMessage()
                : "something that should not happen: " + failure + (verbose ? "" : " (--verbose shows where)");
        err.println(line.getColorScheme().errorText("osi: " + what));
        if (verbose) {
            failure.printStackTrace(err);
        }
    }

    private static int explainUsage(CommandLine.ParameterException failure, String[] args) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(line.getColorScheme().errorText("osi: " + failure.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        boolean nested = line.getParent() != null && line.getParent().getParent() != null;
        err.println(
                nested
                        ? "Try '" + line.getCommandSpec().qualifiedName() + " --help'."
                        : "Try 'osi help" + (line.getParent() == null ? "" : " " + line.getCommandName()) + "'.");
        return USAGE;
    }
}
