package org.osistack.application.shell;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A command that users may run.
 *
 * @param name what they type
 * @param description what it does, in one line
 * @param program what runs then; null if the server does it itself, see {@link BuiltIns}
 * @param arguments what each argument of the user has to match as a whole; null if there may be none
 * @param maxArguments how many there may be
 * @param limitSeconds how long it may take
 * @param limitOctets how much it may write
 * @param users who may run it; empty for all
 */
record AllowedCommand(
        String name,
        String description,
        Program program,
        Pattern arguments,
        int maxArguments,
        long limitSeconds,
        long limitOctets,
        Set<String> users) {
    static final long DEFAULT_SECONDS = 60;
    static final long MAX_SECONDS = 24 * 3600;
    static final long DEFAULT_OCTETS = 1L << 20;
    static final long MAX_OCTETS = 1L << 30;
    static final int DEFAULT_ARGUMENTS = 8;
    static final int MAX_ARGUMENTS = 64;

    AllowedCommand {
        users = Set.copyOf(users);
    }

    boolean mayBeRunBy(String user) {
        return users.isEmpty() || users.contains(user);
    }

    /** What is wrong with the arguments, in a sentence; null if nothing is. */
    String objection(List<String> given) {
        if (given.isEmpty()) {
            return null;
        } else if (arguments == null) {
            return name + " takes no arguments";
        } else if (given.size() > maxArguments) {
            return name + " takes at most " + maxArguments + (maxArguments == 1 ? " argument" : " arguments");
        }
        for (String argument : given) {
            if (!arguments.matcher(argument).matches()) {
                return name + " does not take the argument " + argument;
            }
        }
        return null;
    }
}
