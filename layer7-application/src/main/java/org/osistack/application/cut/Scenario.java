package org.osistack.application.cut;

import java.nio.file.Path;
import java.util.List;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;

/**
 * Something that hosts do together in virtual time, with a beginning, an end, and a promise of what becomes of it if it is
 * cut. Found by {@link java.util.ServiceLoader}; so a jar in {@code plugins/} can bring its own.
 */
public interface Scenario {
    /** The parameter that {@code --checkpoint-interval} sets, in octets, if the scenario has it. */
    String CHECKPOINT_INTERVAL = "checkpoint-interval";

    /** The name by which the command line asks for it. */
    String name();

    /** What happens in it, in one line. */
    String description();

    /** What becomes of it wherever it is cut, in one sentence: what {@link Outcome#keepsPromise} is judged by. */
    String promise();

    /** The names of its hosts, in lower case, in the order in which they begin: servers first. */
    default List<String> hosts() {
        return TwoHosts.NAMES;
    }

    /** What can be asked for with {@code --set key=value}. */
    default List<OptionSpec> parameters() {
        return List.of();
    }

    /** How long a cut lasts if nobody says so: a time such as {@code 2s}, or {@code good}. */
    default String defaultDuration() {
        return "good";
    }

    /**
     * Prepare one run. Nothing happens before its hosts begin.
     *
     * @param parameters of those of {@link #parameters()}, what was asked for
     * @param folder empty, and the run's own; what is stored there survives the death of a host
     * @throws org.osistack.core.ConfigurationException if a parameter is wrong
     */
    Rehearsal rehearse(Options parameters, Path folder);
}
