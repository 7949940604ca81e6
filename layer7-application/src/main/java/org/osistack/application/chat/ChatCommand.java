package org.osistack.application.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.osistack.application.Association;
import org.osistack.application.cli.CommandFailure;
import org.osistack.application.cli.HostOptions;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.cli.Preset;
import org.osistack.application.cli.RunningHost;
import org.osistack.application.cli.UserOptions;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.security.Credentials;
import org.osistack.core.NetworkAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code osi chat}: talk with those in a room. */
@Command(
        name = "chat",
        description = "Talk with a host that serves 'chat', and with all others who do.",
        footer = {
            "",
            "Type a line and press Enter; Ctrl-D ends the talk.",
            "",
            "Examples:",
            "  osi chat bob",
            "  osi chat bob --name ann --trace"
        })
public final class ChatCommand extends OsiCommand {
    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private UserOptions userOptions;

    @Parameters(paramLabel = "HOST", description = "A name on the link, or an address.")
    private String server;

    private final CompletableFuture<String> opened = new CompletableFuture<>(); // the peer's name
    private final CompletableFuture<String> over = new CompletableFuture<>(); // the problem, or null
    private Consumer<String> show = line -> out().println(line);

    @Override
    public Integer call() throws IOException {
        hostOptions.trace().refuseStep("the keys are for the chat");
        Credentials credentials = userOptions.ask();
        try (RunningHost running = hostOptions.open("alice", Preset.ISO_ON_TCP, ChatDissector::new)) {
            NetworkAddress address = running.resolve(server);
            OpenSystem system = running.system();
            UserOptions.identify(system, credentials);
            ChatClient client =
                    system.call(() -> ChatClient.open(system.host(), system.associations(), address, new Talk()));
            system.onClose(client::abort);
            String peer = CompletableFuture.anyOf(opened, over).join() instanceof String text ? text : "";
            if (opened.isDone()) {
                err().println("talking with " + peer + "; Ctrl-D ends it");
                talk(system, client);
            }
            String problem = over.join();
            if (problem != null) {
                throw new CommandFailure(opened.isDone() ? problem : "no talk with " + server + ": " + problem);
            }
            return 0;
        }
    }

    private void talk(OpenSystem system, ChatClient client) throws IOException {
        if (System.console() == null) {
            readPlainLines(system, client);
        } else {
            try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
                readTypedLines(system, client, terminal);
            }
        }
    }

    private void readPlainLines(OpenSystem system, ChatClient client) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            say(system, client, line);
                        }
                    } catch (IOException e) {
                        err().println("cannot read what is typed: " + e.getMessage());
                    }
                    system.thread().execute(client::goodbye);
                },
                "lines to say");
        reader.setDaemon(true); // it may wait for a line for ever, while the peer has gone
        reader.start();
    }

    private void readTypedLines(OpenSystem system, ChatClient client, Terminal terminal) {
        LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
        Thread typing = Thread.currentThread();
        show = reader::printAbove;
        hostOptions.trace().showBy(reader::printAbove);
        over.thenRun(typing::interrupt);
        try {
            while (!over.isDone()) {
                say(system, client, reader.readLine("> "));
            }
        } catch (EndOfFileException | UserInterruptException e) {
            system.thread().execute(client::goodbye);
        }
    }

    private static void say(OpenSystem system, ChatClient client, String line) {
        if (!line.isBlank()) {
            system.thread().execute(() -> client.say(line));
        }
    }

    private final class Talk implements ChatClient.Listener {
        @Override
        public void open(Association association) {
            opened.complete(association.peer());
        }

        @Override
        public void heard(String from, String text) {
            show.accept((from.isEmpty() ? opened.join() : from) + ": " + text);
        }

        @Override
        public void finished(String problem) {
            over.complete(problem);
        }
    }
}
