package org.osistack.application.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.osistack.application.cli.CommandFailure;
import org.osistack.application.cli.HostOptions;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.cli.Preset;
import org.osistack.application.cli.RunningHost;
import org.osistack.application.cli.UserOptions;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.security.Credentials;
import org.osistack.application.security.Identity;
import org.osistack.application.security.Ticket;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi shell}: a line terminal at a host that serves one. */
@Command(
        name = "shell",
        description = "Run the commands that a host allows, in a session that outlives its connection.",
        footer = {
            "",
            "Type a command and press Enter; 'help' lists them. Ctrl-C stops the one that runs, Ctrl-D or 'exit' ends the"
                    + " session. When the connection is lost, the command goes on at the server, and the screen goes on"
                    + " where it was as soon as there is a connection again. If this process ends otherwise, --resume comes"
                    + " back to the session.",
            "",
            "The exit code is that of the last command, if lines are read from a pipe or a file.",
            "",
            "Examples:",
            "  osi shell bob",
            "  osi shell bob --resume",
            "  echo date | osi shell bob --user alice"
        })
public final class ShellCommand extends OsiCommand {
    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private UserOptions userOptions;

    @Parameters(paramLabel = "HOST", description = "A name on the link, or an address.")
    private String server;

    @Option(names = "--resume", description = "Go on with the session that is still there, and show its screen.")
    private boolean resume;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Where the session's name and the ticket for it are kept for --resume (${DEFAULT-VALUE}).")
    private Path stateFile = Path.of(System.getProperty("user.home"), ".osi-shell.store");

    private final CompletableFuture<Void> entered = new CompletableFuture<>();
    private final CompletableFuture<String> over = new CompletableFuture<>(); // the problem, or null
    private final ShellScreen.Progress progress = new ShellScreen.Progress();

    @Override
    public Integer call() throws IOException {
        hostOptions.trace().refuseStep("the keys are for the shell");
        try (ClientMemory memory = openMemory()) {
            return talk(memory);
        } catch (StoreException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    /** Null if it cannot be used, which matters only to those who want to go on with a session. */
    private ClientMemory openMemory() {
        try {
            return new ClientMemory(Store.open(stateFile), server, userOptions.user());
        } catch (StoreException e) {
            if (resume && userOptions.user().isEmpty()) {
                throw new CommandFailure(e.getMessage(), e);
            }
            err().println("this session cannot be resumed by another process: " + e.getMessage());
            return null;
        }
    }

    private Credentials credentials(ClientMemory memory) throws StoreException {
        Ticket ticket = resume && memory != null ? memory.ticket() : null;
        return ticket == null ? userOptions.ask() : Identity.of(ticket.user()).keep(ticket);
    }

    private Octets sessionToResume(ClientMemory memory) throws StoreException {
        Octets session = memory == null ? null : memory.session();
        if (session == null && userOptions.user().isEmpty()) {
            throw new CommandFailure("there is no session with " + server + " to go on with");
        }
        return session == null ? Octets.EMPTY : session;
    }

    private int talk(ClientMemory memory) throws IOException, StoreException {
        Credentials credentials = credentials(memory);
        Octets known = resume ? sessionToResume(memory) : null;
        try (RunningHost running = hostOptions.open("alice", Preset.ISO_ON_TCP, ShellDissector::new)) {
            NetworkAddress address = running.resolve(server);
            OpenSystem system = running.system();
            UserOptions.identify(system, credentials);
            ShellScreen screen = new ShellScreen(this, server, memory, progress, entered, over);
            ShellClient client = system.call(() -> {
                if (memory != null && credentials instanceof Identity identity) {
                    identity.onTicket(screen::keep);
                }
                ShellClient made = new ShellClient(
                        system.host(),
                        system.associations(),
                        address,
                        known == null ? newName(system) : known,
                        known == null,
                        screen);
                screen.use(made, system);
                made.connect();
                return made;
            });
            system.onClose(client::detach);
            CompletableFuture.anyOf(entered, over).join();
            if (entered.isDone()) {
                type(system, client, screen);
            }
            String problem = over.join();
            screen.close();
            if (problem != null) {
                throw new CommandFailure(entered.isDone() ? problem : "no shell at " + server + ": " + problem);
            }
            return progress.exitCode();
        }
    }

    private static Octets newName(OpenSystem system) {
        byte[] name = new byte[ShellApdu.NAME_LENGTH];
        system.host().random().nextBytes(name);
        return Octets.of(name);
    }

    void tell(String line) {
        err().println(line);
    }

    void write(boolean isError, String text) {
        (isError ? err() : out()).print(text);
        (isError ? err() : out()).flush();
    }

    // ---- the keyboard -----------------------------------------------------------------------------------------------

    private void type(OpenSystem system, ShellClient client, ShellScreen screen) throws IOException {
        if (System.console() == null) {
            readPlainLines(system, client);
        } else {
            try (org.jline.terminal.Terminal terminal =
                    TerminalBuilder.builder().system(true).build()) {
                readTypedLines(system, client, screen, terminal);
            }
        }
    }

    /** Type a line, and wait until its work is done. */
    private void run(OpenSystem system, ShellClient client, String line) {
        CompletableFuture<Long> typed = new CompletableFuture<>();
        system.thread().execute(() -> typed.complete(client.mayType() ? client.type(line) : 0));
        CompletableFuture.anyOf(typed, over).join();
        if (typed.isDone() && typed.join() > 0) {
            CompletableFuture.anyOf(progress.done(typed.join()), over).join();
        }
    }

    private static boolean isExit(String line) {
        return line.strip().equals("exit") || line.strip().equals("logout");
    }

    private void readPlainLines(OpenSystem system, ShellClient client) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null && !isExit(line); line = lines.readLine()) {
                            if (!line.isBlank()) {
                                run(system, client, line);
                            }
                        }
                    } catch (IOException e) {
                        err().println("cannot read what is typed: " + e.getMessage());
                    }
                    system.thread().execute(client::exit);
                },
                "lines to run");
        reader.setDaemon(true); // it may wait for a line for ever, while the server has ended the session
        reader.start();
    }

    private void readTypedLines(
            OpenSystem system, ShellClient client, ShellScreen screen, org.jline.terminal.Terminal terminal) {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // a ! is nothing special
                .build();
        hostOptions.trace().showBy(reader::printAbove);
        terminal.handle(Signal.INT, signal -> system.thread().execute(client::interrupt));
        Thread typing = Thread.currentThread();
        CompletableFuture<Void> interrupted = over.thenRun(typing::interrupt);
        try {
            CompletableFuture.anyOf(progress.done(system.call(client::nextNumber) - 1), over)
                    .join(); // what an earlier process has begun
            while (!over.isDone()) {
                screen.showBy(reader);
                String line = read(reader);
                screen.showDirectly(terminal);
                if (isExit(line)) {
                    break;
                } else if (!line.isBlank()) {
                    run(system, client, line);
                }
            }
        } catch (EndOfFileException e) {
            screen.showDirectly(terminal); // Ctrl-D
        } catch (UserInterruptException e) {
            err().println(); // the session has ended
        }
        if (!over.isDone()) {
            system.thread().execute(client::exit);
        }
        over.handle((problem, failure) -> problem).join();
        interrupted.join();
        Thread.interrupted(); // or what closes the system would not wait for its thread
    }

    /** Read a line; Ctrl-C begins another. */
    private String read(LineReader reader) {
        while (true) {
            try {
                return reader.readLine(
                        progress.exitCode() == 0 ? server + "> " : "[" + progress.exitCode() + "] " + server + "> ");
            } catch (UserInterruptException e) {
                if (over.isDone()) {
                    throw e;
                }
            }
        }
    }
}
