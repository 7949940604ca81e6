package org.osistack.application.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The servers that this user has running on this machine. */
final class LocalServers {
    private final ControlPlace place;

    LocalServers(ControlPlace place) {
        this.place = place;
    }

    /**
     * Ask all servers, or all of one name.
     *
     * @param server null for all
     * @return the answers by the names of the servers
     * @throws CommandFailure if there is none
     */
    Map<String, String> askAll(String server, String line) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Path socket : sockets(server)) {
            String answer = ask(socket, line);
            if (answer != null) {
                answers.merge(ControlPlace.server(socket), answer, String::concat);
            }
        }
        if (answers.isEmpty()) {
            throw nobody(server);
        }
        return answers;
    }

    /**
     * Ask the only server, or the only one of that name.
     *
     * @throws CommandFailure if there is none, or more than one
     */
    String askOne(String server, String line) {
        List<Path> alive = sockets(server).stream()
                .filter(socket -> ask(socket, SessionControl.LIST) != null)
                .toList();
        if (alive.size() > 1) {
            throw new CommandFailure("there are several servers; --server says which: "
                    + alive.stream().map(ControlPlace::server).collect(Collectors.joining(", ")));
        }
        String answer = alive.isEmpty() ? null : ask(alive.get(0), line);
        if (answer == null) {
            throw nobody(server);
        }
        return answer;
    }

    private static CommandFailure nobody(String server) {
        return new CommandFailure(
                "no server " + (server == null ? "" : "called " + server + " ") + "of this user runs on this machine");
    }

    private List<Path> sockets(String server) {
        try {
            return place.sockets().stream()
                    .filter(socket ->
                            server == null || ControlPlace.server(socket).equals(server))
                    .toList();
        } catch (IOException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    /** Null if the server has ended; then its socket is removed. */
    private static String ask(Path socket, String line) {
        try {
            try {
                return ControlSocket.ask(socket, line);
            } catch (ConnectException e) {
                Files.deleteIfExists(socket);
                return null;
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    "the server " + ControlPlace.server(socket) + " does not answer: " + e.getMessage(), e);
        }
    }
}
