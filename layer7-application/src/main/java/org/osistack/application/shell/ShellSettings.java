package org.osistack.application.shell;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server allows.
 *
 * @param commands by name
 * @param patienceSeconds how long a session waits for its client to come back
 * @param sessionsPerUser how many sessions a user may have; where users have no names, an address
 * @param sessions how many there may be in all
 */
record ShellSettings(Map<String, AllowedCommand> commands, int patienceSeconds, int sessionsPerUser, int sessions) {
    static final int DEFAULT_PATIENCE = 600;
    static final int DEFAULT_SESSIONS_PER_USER = 4;
    static final int DEFAULT_SESSIONS = 64;
    static final int MAX_SESSIONS = 10_000;

    /** What is allowed if nobody says anything: what the server answers itself. */
    static final ShellSettings USUAL = new ShellSettings(
                    Map.of(), DEFAULT_PATIENCE, DEFAULT_SESSIONS_PER_USER, DEFAULT_SESSIONS)
            .with(BuiltIns.commands());

    ShellSettings {
        commands = new LinkedHashMap<>(commands);
    }

    /** The same with other commands. */
    ShellSettings with(Collection<AllowedCommand> newCommands) {
        Map<String, AllowedCommand> byName = new LinkedHashMap<>();
        newCommands.forEach(command -> byName.put(command.name(), command));
        return new ShellSettings(byName, patienceSeconds, sessionsPerUser, sessions);
    }

    /** The commands that a user may run. */
    List<AllowedCommand> commandsOf(String user) {
        return commands.values().stream()
                .filter(command -> command.mayBeRunBy(user))
                .toList();
    }
}
