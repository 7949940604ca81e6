package org.osistack.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.osistack.application.chat.ChatClient;
import org.osistack.application.chat.ChatServer;
import org.osistack.application.echo.EchoClient;
import org.osistack.application.echo.EchoServer;
import org.osistack.application.file.FileClient;
import org.osistack.application.file.FileServer;
import org.osistack.application.file.TransferListener;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.presentation.PresentationService;

/**
 * An echo, a chat and the sending of a file at the same time, between a client's host and a server's, which may be one.
 * {@link #serve} and {@link #start} are to be called on the threads of these hosts.
 */
final class ThreeApplications {
    private static final int ECHOES = 6;
    private static final int ECHO_SIZE = 2500; // octets

    private final CountDownLatch running = new CountDownLatch(3);
    private final List<String> story = Collections.synchronizedList(new ArrayList<>());
    private Consumer<String> console;

    /** Let the host serve; what it gets is stored in the folder. */
    void serve(Host host, AssociationService associations, Path folder) {
        ApplicationProvider.Environment environment = new Environment(host, associations);
        new EchoServer().serve(environment, null);
        new ChatServer().serve(environment, null);
        new FileServer().serve(environment, folder.toString());
    }

    /** Begin all three. */
    void start(Host host, AssociationService associations, NetworkAddress server, Path file) {
        EchoClient.open(host, associations, server, ECHOES, ECHO_SIZE, 0, new EchoListener());
        ChatPerson person = new ChatPerson();
        person.client = ChatClient.open(host, associations, server, person);
        FileClient.send(host, associations, server, file, new Progress()).whenFinished(() -> over("file", null));
    }

    /** Counts down to 0 when all three are over, well or not. */
    CountDownLatch running() {
        return running;
    }

    /** All has gone as it should. */
    void check(long octets) {
        assertThat(story)
                .contains(
                        "echo is over",
                        "in the room: from alice",
                        "bob says: from bob",
                        "chat is over",
                        "stored 1 items, " + octets + " octets",
                        "file is over")
                .noneMatch(line -> line.contains("problem"));
        assertThat(story.stream().filter(line -> line.startsWith("echoed "))).hasSize(ECHOES);
    }

    private void over(String what, String problem) {
        story.add(problem == null ? what + " is over" : what + ": problem: " + problem);
        running.countDown();
    }

    private final class EchoListener implements EchoClient.Listener {
        @Override
        public void open(Association association) {
            story.add("echo is open");
        }

        @Override
        public void echoed(int number, int octets, long roundTripNanos) {
            story.add("echoed " + number);
        }

        @Override
        public void finished(String problem) {
            over("echo", problem);
        }
    }

    private final class ChatPerson implements ChatClient.Listener {
        private ChatClient client;

        @Override
        public void open(Association association) {
            client.say("from alice");
        }

        @Override
        public void heard(String from, String text) {
            story.add("bob says: " + text);
            client.goodbye();
        }

        @Override
        public void finished(String problem) {
            over("chat", problem);
        }
    }

    private final class Progress implements TransferListener {
        @Override
        public void stored(long items, long octets) {
            story.add("stored " + items + " items, " + octets + " octets");
        }

        @Override
        public void failed(String why) {
            story.add("file: problem: " + why);
        }
    }

    private final class Environment implements ApplicationProvider.Environment {
        private final Host host;
        private final AssociationService associations;

        Environment(Host host, AssociationService associations) {
            this.host = host;
            this.associations = associations;
        }

        @Override
        public Host host() {
            return host;
        }

        @Override
        public AssociationService associations() {
            return associations;
        }

        @Override
        public PresentationService presentation() {
            throw new IllegalStateException("none of the three needs it");
        }

        @Override
        public Consumer<String> log() {
            return this::log;
        }

        private void log(String line) {
            if (line.endsWith(": from alice")) {
                story.add("in the room: from alice");
                console.accept("from bob");
            }
        }

        @Override
        public void onLine(Consumer<String> listener) {
            console = listener;
        }
    }
}
