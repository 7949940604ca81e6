package org.osistack.application.cli;

import java.util.function.Supplier;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.naming.MulticastDns;
import org.osistack.application.trace.TraceOptions;
import org.osistack.core.Dissector;
import org.osistack.core.StackSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of all commands that run a host: its stack, its name, and what is shown of it. */
public final class HostOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private StackOptions stack;

    @Mixin
    private SecondLinkOptions secondLink;

    @Mixin
    private TraceOptions trace;

    @Option(names = "--name", paramLabel = "NAME", description = "The host's name on the link.")
    private String name;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Make the host's random choices, such as ports and sequence numbers, the same in each run.")
    private Long seed;

    /**
     * Open the stack that was asked for, on a host that closes it when the process is told to end.
     *
     * @param standardName the host's name, if none was asked for
     * @param standard the stack, if none was asked for
     * @param application makes what explains the APDUs of the application on top; ACSE's need not be known to it
     */
    public RunningHost open(String standardName, Preset standard, Supplier<Dissector> application) {
        return open(standardName, stack.checkedSpec(standard), application);
    }

    RunningHost open(String standardName, StackSpec spec, Supplier<Dissector> application) {
        if (name != null && !MulticastDns.isHostName(name)) {
            throw new ParameterException(
                    command.commandLine(), name + " cannot be a host's name: letters, digits and hyphens can");
        }
        String hostName = name == null ? standardName : name;
        Supplier<Dissector> dissector = () -> new ApplicationDissector(application.get());
        RunningHost running = new RunningHost(
                OpenSystem.open(
                        hostName, spec, new OpenSystem.Setup(thread -> trace.open(thread, ""), dissector, true, seed)),
                trace,
                this::endProcess);
        try {
            secondLink.addTo(running.system(), spec);
            return running;
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
    }

    /** A host that has broken down can do no more: say so and end, whatever the command waits for. */
    private void endProcess(Throwable failure) {
        boolean verbose = command.userObject() instanceof OsiCommand osiCommand && osiCommand.isVerbose();
        Main.explain(failure, verbose, command.commandLine());
        System.exit(Main.FAILURE);
    }

    /** The host's name: the one that was asked for, or else this one. */
    public String name(String standardName) {
        return name == null ? standardName : name;
    }

    /** Whether the host's random choices can be foreseen. */
    boolean isSeeded() {
        return seed != null;
    }

    /** What is seen of the host's layers. */
    public TraceOptions trace() {
        return trace;
    }

    StackOptions stack() {
        return stack;
    }
}
