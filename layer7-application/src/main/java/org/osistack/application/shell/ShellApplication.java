package org.osistack.application.shell;

import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;

/** What both sides of the shell application have in common. */
final class ShellApplication {
    static final ApplicationContext CONTEXT = ApplicationContexts.own("shell", 5, 4005);
    static final Origin ORIGIN = new Origin(7, "shell");

    /**
     * What a session needs to outlive its connection. All tokens are the server's: it alone says where the points are in
     * what it sends, and resumes the activity. A client needs none to speak in duplex, or to resynchronize.
     */
    static final FunctionalUnits KEPT = FunctionalUnits.of(
            FunctionalUnit.DUPLEX,
            FunctionalUnit.MINOR_SYNCHRONIZE,
            FunctionalUnit.RESYNCHRONIZE,
            FunctionalUnit.ACTIVITY_MANAGEMENT);

    /** The one activity of a session. */
    static final ActivityIdentifier ACTIVITY = new ActivityIdentifier(Octets.of((byte) 1));

    private ShellApplication() {}

    /** The first octets of a session's name, for a person. */
    static String shortName(Octets session) {
        return session.slice(0, 3).toString().replace(" ", "");
    }
}
