package org.osistack.application.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have in common. An application's command extends it and is named in {@link Main}. */
public abstract class OsiCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Tell about this command.")
    private boolean help;

    @Option(names = "--verbose", description = "Show where in the program a failure comes from.")
    private boolean verbose;

    final boolean isVerbose() {
        return verbose;
    }

    /** Takes lines for the person; each is written at once. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Takes what is not the command's result: progress, complaints. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Refuse what was typed, with a sentence; the exit code is that of wrong usage. */
    protected final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** How many columns the terminal has; 80 if there is none. */
    protected final int width() {
        return spec.commandLine().getUsageHelpWidth();
    }

    /** Whether to colour what is written. */
    protected final boolean isColoured() {
        return spec.commandLine().getColorScheme().ansi().enabled();
    }
}
