package org.osistack.core;

/**
 * An aimed fault: sees each frame that a station sends and decides its fate, so that exactly this frame can be lost,
 * sent twice or held up. What is aimed at nothing is left to chance: see the options of the media.
 */
@FunctionalInterface
public interface FrameFilter {
    /** Lets everything pass. */
    FrameFilter NONE = (sender, frame) -> Verdict.PASS;

    /**
     * What becomes of a frame.
     *
     * @param copies how often it is sent: 0 loses it, 1 is as usual, 2 duplicates it
     * @param delayNanos for how long it is held up on top of what the medium does; later frames overtake it
     */
    record Verdict(int copies, long delayNanos) {
        public static final Verdict PASS = new Verdict(1, 0);
        public static final Verdict DROP = new Verdict(0, 0);
        public static final Verdict DUPLICATE = new Verdict(2, 0);

        public Verdict {
            if (copies < 0 || delayNanos < 0) {
                throw new IllegalArgumentException(copies + " copies, delayed by " + delayNanos + " ns");
            }
        }

        public static Verdict delay(long nanos) {
            return new Verdict(1, nanos);
        }
    }

    /**
     * Decide.
     *
     * @param sender the host whose station sends
     * @param frame as layer 2 handed it down; only to be read, and only before the method returns
     */
    Verdict judge(Host sender, Pdu frame);
}
