package org.osistack.application.cli;

import java.nio.file.Path;
import java.util.Map;

/** Where what has to survive a process is kept, unless somebody says otherwise. */
public final class StateFolder {
    private static final String PROGRAM = "osistack";

    private StateFolder() {}

    /** The folder of a host of this user, which need not exist yet: as the XDG base directory specification has it. */
    public static Path of(String host) {
        return of(host, System.getenv(), System.getProperty("user.home"));
    }

    static Path of(String host, Map<String, String> environment, String home) {
        String states = environment.get("XDG_STATE_HOME");
        Path folder = states != null && Path.of(states).isAbsolute() // others are to be ignored
                ? Path.of(states)
                : Path.of(home, ".local", "state");
        return folder.resolve(PROGRAM).resolve(host);
    }
}
