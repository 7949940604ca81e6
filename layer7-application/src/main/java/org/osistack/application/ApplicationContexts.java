package org.osistack.application;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.osistack.presentation.ObjectIdentifier;

/**
 * The names of our own application contexts and abstract syntaxes. They stand below an arc of a UUID (X.667), which
 * needs no registration.
 */
public final class ApplicationContexts {
    private static final String ARC = "2.25.204919009926497654109426963843018795417";
    private static final String[] APPLICATIONS = {
        "", "echo", "chat", "file", "bank", "shell", "session-management", "story"
    };
    private static final String[] MECHANISMS = {"", "SCRAM-SHA-256", "ticket"};
    private static final Pattern OWN = Pattern.compile(Pattern.quote(ARC) + "\\.([123])\\.([0-9]+)");

    private ApplicationContexts() {}

    /**
     * The context of one of our own applications.
     *
     * @param number of the application in our arc
     * @param port as {@link ApplicationContext#port()}
     */
    public static ApplicationContext own(String application, int number, int port) {
        return new ApplicationContext(
                application,
                ObjectIdentifier.of(ARC + ".1." + number),
                ObjectIdentifier.of(ARC + ".2." + number),
                port);
    }

    /**
     * The name of one of our own authentication mechanisms.
     *
     * @param number of the mechanism in our arc
     */
    public static ObjectIdentifier ownMechanism(int number) {
        return ObjectIdentifier.of(ARC + ".3." + number);
    }

    private static String name(MatchResult own, String[] names) {
        int number = own.group(2).length() > 3 ? 0 : Integer.parseInt(own.group(2));
        return number > 0 && number < names.length && !names[number].isEmpty() ? names[number] : own.group();
    }

    /** A text for a person, with our own object identifiers by their names. */
    public static String readable(String text) {
        return text.contains(ARC)
                ? OWN.matcher(text).replaceAll(own -> {
                    return switch (own.group(1)) {
                        case "1" -> name(own, APPLICATIONS);
                        case "2" -> name(own, APPLICATIONS) + " APDUs";
                        default -> name(own, MECHANISMS);
                    };
                })
                : text;
    }
}
