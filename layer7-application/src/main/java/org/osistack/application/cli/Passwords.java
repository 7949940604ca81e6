package org.osistack.application.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Asks people for passwords: on the terminal, where nobody sees them; never on the command line, where everybody does. */
final class Passwords {
    private static final String VARIABLE = "OSI_PASSWORD";

    private Passwords() {}

    /** The password of a user, of the environment or asked for. */
    static char[] of(String user, Map<String, String> environment, Console console) {
        String password = environment.get(VARIABLE);
        if (password != null) {
            return password.toCharArray();
        }
        if (console == null) {
            throw new CommandFailure("there is no terminal to ask for the password of " + user + ": set " + VARIABLE);
        }
        return given(console.readPassword("password of %s: ", user));
    }

    /** A new password: typed twice on a terminal, or the first line of the input if that is none. */
    static char[] chosen(String user, Console console) throws IOException {
        if (console == null) {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return given(line == null ? null : line.toCharArray());
        }
        char[] password = given(console.readPassword("new password of %s: ", user));
        if (!Arrays.equals(password, console.readPassword("again: "))) {
            throw new CommandFailure("the two are not the same");
        }
        return password;
    }

    private static char[] given(char[] password) {
        if (password == null) {
            throw new CommandFailure("no password was given");
        }
        return password;
    }
}
