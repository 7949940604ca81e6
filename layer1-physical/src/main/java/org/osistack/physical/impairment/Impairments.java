package org.osistack.physical.impairment;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.osistack.core.Host;
import org.osistack.core.HostGroup;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;

/**
 * How bad a link is.
 *
 * @param ways whether that concerns what a station sends, what it receives, or both
 * @param delayNanos how long a frame is on its way
 * @param jitterNanos up to how much longer, by chance; does not reorder by itself
 * @param bitsPerSecond how fast frames leave, one after the other; 0 for no limit
 * @param queueFrames how many frames may wait to leave, the one that is leaving included
 * @param queueOctets how many octets may wait to leave
 * @param loss the probability that a frame is lost
 * @param duplicate the probability that a frame arrives twice
 * @param reorder the probability that a frame is held up and overtaken
 * @param reorderNanos how long it is held up then
 * @param corrupt the probability that one to three bits of a frame are inverted
 * @param seed of all these chances; empty if the hosts' own randomness decides
 * @param unplugNanos how long after it was opened a station's plug is pulled; 0 for never
 * @param plugInNanos how long after it was opened it is put back; 0 for never
 */
public record Impairments(
        Ways ways,
        long delayNanos,
        long jitterNanos,
        long bitsPerSecond,
        int queueFrames,
        long queueOctets,
        double loss,
        double duplicate,
        double reorder,
        long reorderNanos,
        double corrupt,
        OptionalLong seed,
        long unplugNanos,
        long plugInNanos) {

    /** Which of a station's two directions. */
    public enum Ways {
        OUT,
        IN,
        BOTH
    }

    private static final int QUEUE_FRAMES = 1000; // as Linux has it for an Ethernet interface
    private static final int MAX_QUEUE_FRAMES = 1 << 20;
    private static final Duration REORDER_DELAY = Duration.ofMillis(5);

    /** A link that does no harm and takes no time. */
    public static final Impairments NONE = of(Options.none("none"));

    /** The options that {@link #of} reads, for the list of a provider. */
    public static final List<OptionSpec> OPTIONS = List.of(
            new OptionSpec("impair", "out|in|both", "out", "what the rest is done to: frames sent, received, or both"),
            new OptionSpec("delay", "TIME", "0", "how long a frame is on its way"),
            new OptionSpec("jitter", "TIME", "0", "up to how much longer, by chance; frames keep their order"),
            new OptionSpec("rate", "BITS/S", "", "how fast frames leave, such as 100M; no limit if not given"),
            new OptionSpec("queue", "FRAMES", "1000", "how many frames may wait to leave; the last come is dropped"),
            new OptionSpec("queue-octets", "SIZE", "", "how many octets may wait to leave"),
            new OptionSpec("loss", "PROBABILITY", "0", "how many frames are lost"),
            new OptionSpec("duplicate", "PROBABILITY", "0", "how many frames arrive twice"),
            new OptionSpec("reorder", "PROBABILITY", "0", "how many frames are held up and overtaken"),
            new OptionSpec("reorder-delay", "TIME", "5ms", "for how long they are held up"),
            new OptionSpec("corrupt", "PROBABILITY", "0", "in how many frames one to three bits are inverted"),
            new OptionSpec("seed", "NUMBER", "", "makes these chances the same in each run"),
            new OptionSpec("unplug", "TIME", "", "pull the station's plug so long after it was opened"),
            new OptionSpec("plug-in", "TIME", "", "put it back so long after the station was opened"));

    /**
     * Read the options.
     *
     * @throws org.osistack.core.ConfigurationException if one has a value that makes no sense
     */
    public static Impairments of(Options options) {
        return new Impairments(
                options.choice("impair", Ways.class, Ways.OUT),
                options.nanos("delay", Duration.ZERO),
                options.nanos("jitter", Duration.ZERO),
                options.bitsPerSecond("rate").orElse(0),
                options.integer("queue", QUEUE_FRAMES, 1, MAX_QUEUE_FRAMES),
                options.octets("queue-octets", Long.MAX_VALUE, 1, 1L << 40),
                options.probability("loss", 0),
                options.probability("duplicate", 0),
                options.probability("reorder", 0),
                options.nanos("reorder-delay", REORDER_DELAY),
                options.probability("corrupt", 0),
                options.has("seed")
                        ? OptionalLong.of(options.integer("seed", 0L, Long.MIN_VALUE, Long.MAX_VALUE))
                        : OptionalLong.empty(),
                options.nanos("unplug", Duration.ZERO),
                options.nanos("plug-in", Duration.ZERO));
    }

    /** Whether the link does no harm and takes no time. */
    public boolean isNone() {
        return delayNanos == 0
                && jitterNanos == 0
                && bitsPerSecond == 0
                && loss == 0
                && duplicate == 0
                && reorder == 0
                && corrupt == 0;
    }

    /** What happens to frames that a station sends. */
    public Impairments outgoing() {
        return ways == Ways.IN ? NONE : this;
    }

    /** What happens to frames that a station receives. */
    public Impairments incoming() {
        return ways == Ways.OUT ? NONE : this;
    }

    /** The source of the chances of frames sent: made from the seed if there is one, or else the group's. */
    public RandomGenerator newRandom(HostGroup group) {
        return seed.isPresent() ? new SplittableRandom(seed.getAsLong()) : group.newRandom();
    }

    /** The source of the chances of frames received: other ones than of those sent, and than on hosts of other names. */
    RandomGenerator newIncomingRandom(Host host) {
        return new SplittableRandom(
                newRandom(host.group()).nextLong() + host.name().hashCode());
    }
}
