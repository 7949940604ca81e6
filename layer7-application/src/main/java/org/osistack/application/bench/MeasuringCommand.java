package org.osistack.application.bench;

import org.osistack.application.cli.OsiCommand;
import picocli.CommandLine.Option;

/** What the commands that measure have in common: they count for a while, in rounds, and tell how far they are. */
abstract class MeasuringCommand extends OsiCommand {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MAX_SECONDS = 3600;
    private static final int MAX_ROUNDS = 1000;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How long to count, in each round (default: ${DEFAULT-VALUE}).")
    private double time;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How many rounds; the medians are shown (default: ${DEFAULT-VALUE}).")
    private int rounds;

    /**
     * A command.
     *
     * @param rounds how many there are unless something else is asked for
     */
    MeasuringCommand(int rounds) {
        this.rounds = rounds;
    }

    /** How many rounds. */
    final int rounds() {
        return rounds;
    }

    /** How long to count, in each round. */
    final long nanos() {
        return Math.max(1, nanos(time));
    }

    static long nanos(double seconds) {
        return (long) (seconds * NANOS_PER_SECOND);
    }

    /**
     * Refuse times and rounds that cannot be.
     *
     * @param warmUp how long to go on before counting, in seconds
     * @param isWarmUpNeeded whether that may not be 0
     */
    final void checkRounds(double warmUp, boolean isWarmUpNeeded) {
        if (!(time > 0 && time <= MAX_SECONDS && warmUp >= 0 && warmUp <= MAX_SECONDS)
                || (isWarmUpNeeded && warmUp == 0)) {
            throw usage("--time and --warm-up are between 0 and " + MAX_SECONDS + " seconds");
        }
        checkBetween("--rounds", rounds, 1, MAX_ROUNDS);
    }

    /** Refuse a number that is too small or too large. */
    final void checkBetween(String option, int number, int least, int most) {
        if (number < least || number > most) {
            throw usage(option + " is between " + least + " and " + most);
        }
    }

    /** Tell what is being measured, if there is a terminal; empty when all is. */
    final void progress(String what) {
        if (isColoured()) { // a terminal
            err().print("\r\033[K" + what);
            err().flush();
        }
    }
}
