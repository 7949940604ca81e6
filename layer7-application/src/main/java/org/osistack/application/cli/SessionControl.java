package org.osistack.application.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osistack.application.facade.OpenSession;
import org.osistack.application.facade.OpenSystem;

/** What a server answers its operator about its sessions. */
final class SessionControl {
    static final String LIST = "list";
    static final String LIST_JSON = "list-json";
    static final String END = "end ";
    static final String END_ABRUPTLY = "end-abruptly ";

    /** How long a peer may take to agree to a release. */
    static final Duration RELEASE_LIMIT = Duration.ofSeconds(10);

    private final OpenSystem system;
    private final String server;
    private final Duration releaseLimit;

    SessionControl(OpenSystem system, String server, Duration releaseLimit) {
        this.releaseLimit = releaseLimit;
        this.system = system;
        this.server = server;
    }

    /** The answer to a line. */
    String answer(String line) {
        if (line.equals(LIST)) {
            return SessionTable.table(sessions());
        }
        if (line.equals(LIST_JSON)) {
            return SessionTable.json(server, sessions());
        }
        boolean isAbrupt = line.startsWith(END_ABRUPTLY);
        String number = line.substring(line.indexOf(' ') + 1);
        if (!isAbrupt && !line.startsWith(END) || !number.matches("[0-9]{1,9}")) {
            throw new CommandFailure("the server does not understand: " + line);
        }
        CompletableFuture<String> outcome = new CompletableFuture<>();
        system.call(() -> {
            system.sessions().end(Integer.parseInt(number), isAbrupt, releaseLimit, outcome::complete);
            return null;
        });
        String failure = outcome.join();
        if (!failure.isEmpty()) {
            boolean isThere = sessions().stream()
                    .anyMatch(session ->
                            Integer.toString(session.status().number()).equals(number));
            throw new CommandFailure(failure + (isThere && !isAbrupt ? " (--abrupt does not ask)" : ""));
        }
        return "session " + number + " of " + server + (isAbrupt ? " was aborted\n" : " was released\n");
    }

    private List<OpenSession> sessions() {
        return system.call(() -> system.sessions().list());
    }
}
