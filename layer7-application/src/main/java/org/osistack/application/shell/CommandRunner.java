package org.osistack.application.shell;

import java.util.List;
import org.osistack.core.Octets;

/** Runs commands for the sessions of a host. All calls, in both directions, are on the host's thread. */
interface CommandRunner {
    /** A command that runs. Requests after its end are ignored. */
    interface Running {
        /** Stop it. It ends a little later. */
        void kill();

        /** Take no more output from it for now: when its pipe is full, it has to wait. What was taken may still come. */
        void hold();

        /** Take output again. */
        void goOn();
    }

    /** Hears of one command. */
    interface Listener {
        /**
         * It has written something.
         *
         * @param isError whether to its standard error output
         * @param octets at most {@link ShellApdu#MAX_OUTPUT}
         */
        void output(boolean isError, Octets octets);

        /** It has ended, and all its output was handed over. */
        void ended(int exitCode);

        /**
         * It could not be started.
         *
         * @param why a sentence for a person
         */
        void failed(String why);
    }

    /**
     * Start a command. The listener hears nothing before this returns.
     *
     * @param program what to run, and with which arguments before those of the user
     * @param arguments those of the user, as the program gets them
     */
    Running start(Program program, List<String> arguments, Listener listener);
}
