package org.osistack.application.trace;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.osistack.core.ConfigurationException;
import org.osistack.core.HostGroup;
import org.osistack.core.Trace;
import org.osistack.core.capture.PcapngWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that let a person see what happens in the stack, for all commands that run one. They make the trace, and
 * close it.
 */
public final class TraceOptions implements AutoCloseable {
    private static final long VIRTUAL_EPOCH_NANOS =
            Instant.parse("2026-01-01T00:00:00Z").getEpochSecond()
                    * 1_000_000_000L; // so that the same seed gives the same file

    private static final String APPLICATION = "osistack";

    /** The forms that a trace can have. */
    enum Form {
        /** The stories of messages and connections, on a terminal. */
        TEXT,
        /** The same, with nothing folded. */
        ALL,
        /** The dialogues, a line a step of a session protocol machine. */
        SESSION,
        /** One JSON object a line. */
        JSON
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--trace",
            arity = "0..1",
            paramLabel = "FORM",
            fallbackValue = "text",
            description = {
                "Tell what happens in each layer: text (the stories of messages and connections),",
                "all (the same with nothing folded), session (layer 5 alone, a line a step),",
                "or json (one object a line)."
            })
    private Form form;

    @Option(names = "-v", description = "Trace with every field of every header; -vv with whole frames.")
    private boolean[] verbose = new boolean[0];

    @Option(
            names = "--filter",
            paramLabel = "KEY=VALUE,...",
            description = {
                "Trace only events that match: layer, host, protocol, connection, pdu, primitive, kind.",
                "Alternatives by |, and by giving the option again: --filter 'layer=4-5,host=alice'"
            })
    private List<String> filters = List.of();

    @Option(names = "--step", description = "Trace step by step, at the press of a key.")
    private boolean step;

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "Write the frames for Wireshark, each with its story; - for standard output.")
    private String capture;

    @Option(
            names = "--columns",
            paramLabel = "NUMBER",
            description = "How wide a traced text is (default: as the terminal, and 100 if there is none).")
    private int columns;

    @Option(names = "--trace-file", paramLabel = "FILE", description = "Where the trace goes, if not to the terminal.")
    private Path file;

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private Weaver weaver;
    private Writer fileWriter;
    private volatile Consumer<String> lines;

    /** Whether anything is to be seen at all. */
    public boolean isGiven() {
        return isTold() || capture != null;
    }

    /** Whether a trace is to be told, as text or for a program. */
    public boolean isTold() {
        return form != null || verbose.length > 0 || !filters.isEmpty() || step || file != null;
    }

    /** How much detail a text is to have: 0, 1 or 2. */
    public int verbosity() {
        return Math.min(2, verbose.length);
    }

    /** Whether only the amount of detail was asked for, and no form of trace. */
    public boolean isOnlyVerbosity() {
        return form == null && filters.isEmpty() && !step && file == null;
    }

    /** Let lines of text go through this from now on, such as above what a person is typing. Any thread. */
    public void showBy(Consumer<String> printer) {
        lines = printer;
    }

    /** Say whose an address is, so that the trace can name the host. Any thread. */
    public void name(String address, String host) {
        names.put(address, host);
    }

    /**
     * Refuse to step, in a command that needs the keys for something else.
     *
     * @param why completes "--step cannot be used here: …"
     */
    public void refuseStep(String why) {
        if (step) {
            throw new ParameterException(command.commandLine(), "--step cannot be used here: " + why);
        }
    }

    /**
     * Make the trace that was asked for. To be called once.
     *
     * @param group whose hosts it is about
     * @param stack what the stack is called; empty for nothing
     * @return null if none was asked for
     */
    public Trace open(HostGroup group, String stack) {
        return isGiven() ? open(group, stack, List.of()) : null;
    }

    /** Make a trace that a teller tells of, beside what was asked for. To be called once. */
    public Trace open(HostGroup group, String stack, StoryTeller teller) {
        return open(group, stack, teller.printers());
    }

    /** Make the trace that was asked for; one of the dialogues, if no form was asked for. To be called once. */
    public Trace openDialogues(HostGroup group) {
        if (form == null && !step) {
            form = Form.SESSION;
        }
        return open(group, "", List.of());
    }

    private Trace open(HostGroup group, String stack, List<? extends TurnPrinter> more) {
        List<TurnPrinter> printers = new ArrayList<>(more);
        try {
            if (capture != null) {
                printers.add(new CaptureTrace(
                        new PcapngWriter(captureStream(), capture.equals("-"), APPLICATION), epochNanos(group)));
            }
            if (lines == null) {
                PrintWriter out = command.commandLine().getOut();
                lines = out::println;
            }
            if (isTold() && !(isOnlyVerbosity() && !more.isEmpty())) {
                printers.add(told(group, stack));
            }
        } catch (IOException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
        weaver = new Weaver(printers, problem -> command.commandLine().getErr().println("osi: " + problem));
        return new Trace(group, weaver);
    }

    private TurnPrinter told(HostGroup group, String stack) throws IOException {
        TraceFilter filter = filter();
        if (file != null) {
            fileWriter = new BufferedWriter(Files.newBufferedWriter(checked(file), StandardCharsets.UTF_8));
        }
        if (form == Form.JSON) {
            return new JsonTrace(fileWriter != null ? fileWriter : new LineWriter(this::line), filter);
        }
        Page page = page();
        if (step) {
            boolean[] silent = {true};
            TurnPrinter afterwards =
                    text(new Page(text -> print(text, silent), page.columns(), page.coloured()), filter, group, stack);
            StepKeys keys = System.console() != null ? StepKeys.ofTerminal() : StepKeys.of(System.in);
            StepTrace steps = new StepTrace(page, filter, keys, group.isVirtual(), afterwards);
            return new TurnPrinter() {
                @Override
                public void turn(List<Step> turn) {
                    silent[0] = !steps.isRunning();
                    steps.turn(turn);
                }

                @Override
                public void close() {
                    silent[0] = !steps.isRunning();
                    steps.close();
                }
            };
        }
        return text(page, filter, group, stack);
    }

    private void print(String text, boolean[] silent) {
        if (!silent[0]) {
            line(text);
        }
    }

    private TurnPrinter text(Page page, TraceFilter filter, HostGroup group, String stack) {
        if (form == Form.SESSION) {
            return new SessionTrace(page, verbosity(), filter);
        }
        if (!filter.isEmpty()) {
            return new FilteredTrace(page, verbosity(), filter);
        }
        return new TextTrace(
                page, new TextTrace.Telling(verbosity(), form == Form.ALL, !group.isVirtual(), false, stack, names));
    }

    private TraceFilter filter() {
        try {
            return TraceFilter.of(filters);
        } catch (ConfigurationException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private static Path checked(Path path) {
        if (path.toAbsolutePath().getParent() != null
                && !Files.isDirectory(path.toAbsolutePath().getParent())) {
            throw new ConfigurationException("there is no folder for " + path);
        }
        return path;
    }

    private OutputStream captureStream() throws IOException {
        if (!capture.equals("-")) {
            try {
                return new BufferedOutputStream(Files.newOutputStream(checked(Path.of(capture))), 1 << 16);
            } catch (IOException e) {
                throw new ConfigurationException("cannot write to " + capture + ": " + e.getMessage(), e);
            }
        }
        PrintStream err = System.err;
        System.setOut(err); // nothing else may come between the packets
        command.commandLine().setOut(new PrintWriter(err, true, StandardCharsets.UTF_8));
        return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
    }

    private static long epochNanos(HostGroup group) {
        return group.isVirtual()
                ? VIRTUAL_EPOCH_NANOS
                : Math.multiplyExact(Instant.now().toEpochMilli(), 1_000_000L);
    }

    private void line(String text) {
        if (fileWriter == null) {
            lines.accept(text);
            return;
        }
        try {
            fileWriter.write(text);
            fileWriter.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("the trace cannot be written: " + e.getMessage(), e);
        }
    }

    /** The page that text goes to: as wide as the terminal, in colour if the terminal and the person allow it. */
    public PageFormat format() {
        boolean coloured =
                file == null && command.commandLine().getColorScheme().ansi().enabled();
        return new PageFormat(columns(coloured), coloured);
    }

    /**
     * How text is laid out.
     *
     * @param columns how wide it is
     * @param coloured whether the layers have their hues
     */
    public record PageFormat(int columns, boolean coloured) {}

    private Page page() {
        PageFormat format = format();
        return new Page(this::line, format.columns(), format.coloured());
    }

    private int columns(boolean terminal) {
        if (columns > 0) {
            return columns;
        }
        String environment = System.getenv("COLUMNS");
        if (environment != null && environment.matches("[1-9][0-9]{0,3}")) {
            return Integer.parseInt(environment);
        }
        if (!terminal || file != null) {
            return Page.PIPED_COLUMNS;
        }
        try (Terminal own = TerminalBuilder.builder().system(true).dumb(true).build()) {
            return own.getWidth() > 0 ? own.getWidth() : Page.PIPED_COLUMNS;
        } catch (IOException e) {
            return Page.PIPED_COLUMNS; // the terminal doesn't tell
        }
    }

    /** Write what is held back, and end the capture. Does nothing the second time. */
    @Override
    public void close() {
        Weaver ending = weaver;
        weaver = null;
        if (ending == null) {
            return;
        }
        ending.close();
        if (fileWriter != null) {
            try {
                fileWriter.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the trace cannot be written: " + e.getMessage(), e);
            }
        }
    }
}
