package org.osistack.application.linux;

import java.util.ArrayList;
import java.util.List;
import org.osistack.application.net.Namespace;
import org.osistack.application.net.OsiProcess;
import org.osistack.application.net.Program;

/** The {@code osi} command as tests run it. */
final class Osi {
    /** What says in a sentence that something did not work. */
    static final int FAILURE = 1;

    private static final String MAIN = "org.osistack.application/org.osistack.application.cli.Main";
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

    private Osi() {}

    /** Start it in a namespace. */
    static Program start(Namespace where, String... arguments) {
        return OsiProcess.start(where, MAIN, arguments);
    }

    /** Start it on this machine as it is. The caller closes it. */
    static Program start(String... arguments) {
        return OsiProcess.start(MAIN, arguments);
    }

    /** The command that starts it, its arguments in single quotes where a shell needs them. */
    static String shellCommand(String... arguments) {
        List<String> quoted = new ArrayList<>();
        for (String word : OsiProcess.command(OPTIONS, MAIN, arguments)) {
            quoted.add("'" + word.replace("'", "'\\''") + "'");
        }
        return String.join(" ", quoted);
    }
}
