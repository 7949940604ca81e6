package org.osistack.application.security;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A user as a responder knows it.
 *
 * @param applications the names of those that the user may use; empty for all
 * @param isOperator whether the user may look at the server's sessions and end them, whatever the applications
 */
record User(String name, ScramKeys keys, Set<String> applications, boolean isOperator) {
    private static final String OPERATOR = "+operator"; // cannot be an application's name
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern APPLICATIONS = Pattern.compile("[a-z0-9-]+(,[a-z0-9-]+)*");

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static void checkName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    name + " cannot be a user's name: letters, digits, '.', '_' and '-' can");
        }
    }

    /**
     * The names in a list with commas.
     *
     * @throws IllegalArgumentException with a sentence, if it is none
     */
    static Set<String> applications(String list) {
        if (!APPLICATIONS.matcher(list).matches()) {
            throw new IllegalArgumentException(list + " is no list of applications such as chat,file");
        }
        return new TreeSet<>(Arrays.asList(list.split(",")));
    }

    boolean mayUse(String application) {
        return applications.isEmpty() || applications.contains(application);
    }

    /** Read a line of a users file; null if it is none. */
    static User parse(String line) {
        String[] words = line.split(" ");
        boolean isOperator = words[words.length - 1].equals(OPERATOR);
        int length = words.length - (isOperator ? 1 : 0);
        if (length < 2 || length > 3 || !isName(words[0])) {
            return null;
        }
        ScramKeys keys = ScramKeys.parse(words[1]);
        if (keys == null || length == 3 && !APPLICATIONS.matcher(words[2]).matches()) {
            return null;
        }
        return new User(words[0], keys, length == 3 ? applications(words[2]) : Set.of(), isOperator);
    }

    /** The same with the right of an operator, or without. */
    User operator(boolean mayOperate) {
        return new User(name, keys, applications, mayOperate);
    }

    /** The line of a users file. */
    @Override
    public String toString() {
        return name + " " + keys + (applications.isEmpty() ? "" : " " + String.join(",", applications))
                + (isOperator ? " " + OPERATOR : "");
    }
}
