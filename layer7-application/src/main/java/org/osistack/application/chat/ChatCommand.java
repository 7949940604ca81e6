package org.osistack.application.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.osistack.application.Association;
import org.osistack.application.chat.ClientCommands.Outcome;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi chat}: talk with those in a room. */
@Command(
        name = "chat",
        description = "Talk with a host that serves 'chat', and with all others who do.",
        footer = {
            "",
            "Type a line and press Enter; Ctrl-D ends the talk.",
            "",
            "With --half-duplex one at a time has the floor, and the prompt says who:",
            "  /please  ask for it",
            "  /give    hand it over",
            "  /all     hand over all tokens that you have",
            "  /who     who is here, and who waits",
            "  !TEXT    speak out of turn",
            "",
            "Examples:",
            "  osi chat bob",
            "  osi chat bob --name ann --trace",
            "  osi chat --half-duplex bob      (bob: osi serve chat=half-duplex)"
        })
public final class ChatCommand extends OsiCommand {
    private static final AttributedStyle QUIET = AttributedStyle.DEFAULT.faint();

    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private UserOptions userOptions;

    @Parameters(paramLabel = "HOST", description = "A name on the link, or an address.")
    private String server;

    @Option(names = "--half-duplex", description = "Talk in a room where one at a time has the floor.")
    private boolean halfDuplex;

    private final CompletableFuture<String> opened = new CompletableFuture<>(); // the peer's name
    private final CompletableFuture<String> over = new CompletableFuture<>(); // the problem, or null
    private volatile Consumer<String> show = line -> out().println(line);
    private volatile BiConsumer<String, Boolean> showFloor = (sentence, own) -> err().println(sentence);
    private ClientCommands commands; // the host's thread alone; null in a full-duplex room

    @Override
    public Integer call() throws IOException {
        hostOptions.trace().refuseStep("the keys are for the chat");
        Credentials credentials = userOptions.ask();
        try (RunningHost running = hostOptions.open("alice", Preset.ISO_ON_TCP, ChatDissector::new)) {
            NetworkAddress address = running.resolve(server);
            OpenSystem system = running.system();
            UserOptions.identify(system, credentials);
            ChatClient client = open(system, address);
            system.onClose(client::abort);
            CompletableFuture.anyOf(opened, over).join();
            if (opened.isDone()) {
                talk(system, client);
            }
            String problem = over.join();
            if (problem != null) {
                throw new CommandFailure(opened.isDone() ? problem : "no talk with " + server + ": " + problem);
            }
            return 0;
        }
    }

    private ChatClient open(OpenSystem system, NetworkAddress address) {
        if (!halfDuplex) {
            return system.call(() -> ChatClient.open(system.host(), system.associations(), address, new Talk()));
        }
        if (!system.associations().negotiatesFunctionalUnits()) {
            throw new CommandFailure("this stack has no half-duplex: it needs a session layer, such as x225");
        }
        return system.call(() -> {
            Talk talk = new Talk();
            ChatClient client = ChatClient.openHalfDuplex(system.host(), system.associations(), address, talk);
            commands = new ClientCommands(client, server);
            return client;
        });
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
                            String typed = line;
                            if (!typed.isBlank()) {
                                system.thread().execute(() -> complain(obey(client, typed), typed));
                            }
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

    private void complain(Outcome outcome, String typed) {
        if (!outcome.sentence().isEmpty()) {
            err().println(outcome.sentence() + (outcome.isLost() ? "; not said: " + typed : ""));
        }
    }

    private void readTypedLines(OpenSystem system, ChatClient client, Terminal terminal) {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // a ! is not the shell's
                .build();
        LivePrompt prompt =
                new LivePrompt(reader, halfDuplex ? styled(floor(false, "") + "> ", QUIET, terminal) : "> ");
        Thread typing = Thread.currentThread();
        show = reader::printAbove;
        showFloor = (sentence, own) -> {
            prompt.change(styled(sentence + "> ", own ? AttributedStyle.BOLD : QUIET, terminal));
            reader.printAbove(styled("· " + sentence, QUIET, terminal));
        };
        hostOptions.trace().showBy(reader::printAbove);
        CompletableFuture<Void> interrupted = over.thenRun(typing::interrupt);
        String kept = null; // stays in the editor, since it could not be said
        try {
            while (!over.isDone()) {
                String typed = reader.readLine(prompt.text(), null, (Character) null, kept);
                kept = null;
                if (!typed.isBlank()) {
                    Outcome outcome = await(system, client, typed);
                    if (!outcome.sentence().isEmpty()) {
                        reader.printAbove(outcome.sentence());
                    }
                    kept = outcome.isLost() ? typed : null;
                }
            }
        } catch (EndOfFileException | UserInterruptException e) {
            system.thread().execute(client::goodbye);
        }
        interrupted.join();
        Thread.interrupted(); // or what closes the system would not wait for its thread
    }

    private Outcome await(OpenSystem system, ChatClient client, String typed) {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        system.thread().execute(() -> done.complete(obey(client, typed)));
        return CompletableFuture.anyOf(done, over).join() instanceof Outcome outcome ? outcome : Outcome.DONE;
    }

    private Outcome obey(ChatClient client, String typed) {
        if (commands != null) {
            return commands.obey(typed);
        }
        client.say(typed);
        return Outcome.DONE;
    }

    /** Whoever serves the room, by its name. */
    private String name(String from) {
        return from.isEmpty() ? halfDuplex ? HalfDuplexRoom.shortName(opened.join()) : opened.join() : from;
    }

    private String styled(String text, AttributedStyle style, Terminal terminal) {
        return isColoured() ? new AttributedString(text, style).toAnsi(terminal) : text;
    }

    private String floor(boolean own, String holder) {
        return own ? "you have the floor" : name(holder) + " has the floor";
    }

    private final class Talk implements ChatClient.Listener {
        @Override
        public void open(Association association) {
            err().println("talking with " + association.peer() + "; Ctrl-D ends it");
            if (commands != null) {
                err().println(TypedLine.COMMANDS);
                commands.floorChanged(HalfDuplexRoom.shortName(association.peer()));
            }
            opened.complete(association.peer());
        }

        @Override
        public void heard(String from, String text) {
            show.accept(name(from) + ": " + text);
        }

        @Override
        public void heardAside(String from, String text) {
            show.accept(name(from) + " (out of turn): " + text);
        }

        @Override
        public void floorChanged(boolean own, String holder) {
            commands.floorChanged(name(holder));
            showFloor.accept(floor(own, holder), own);
        }

        @Override
        public void floorWanted(String by) {
            show.accept(name(by) + " asks for the floor: /give hands it over");
        }

        @Override
        public void toldWho(String text) {
            show.accept(text);
        }

        @Override
        public void finished(String problem) {
            over.complete(problem);
        }
    }
}
