package org.osistack.application.rtse;

/**
 * What an RTSE decides for itself.
 *
 * @param checkpointSize the largest distance of checkpoints that it agrees to, in units of 1024 octets; 0 for no
 *     checkpoints
 * @param windowSize how many checkpoints it lets be unconfirmed at most
 * @param recoveryNanos how long it tries to recover a lost association, in nanoseconds; 0 to give up at once
 * @param retryNanos the pause before the first attempt to recover or to retry, in nanoseconds; it doubles each time
 * @param maxRetryNanos the longest pause, in nanoseconds
 * @param retries how often a transfer that makes no progress is interrupted or discarded and tried again, and how often an
 *     association without progress is recovered
 * @param supervisionNanos how long an answer of the peer may take, in nanoseconds
 */
public record RtseSettings(
        int checkpointSize,
        int windowSize,
        long recoveryNanos,
        long retryNanos,
        long maxRetryNanos,
        int retries,
        long supervisionNanos) {
    /** The largest checkpoint size, in units of 1024 octets. */
    public static final int MAX_CHECKPOINT_SIZE = 1024;
    /** The largest window. */
    public static final int MAX_WINDOW_SIZE = 64;
    /** Checkpoints every 64 KiB, three of them unconfirmed; a lost association is given up after five minutes. */
    public static final RtseSettings USUAL = new RtseSettings(
            64, RtseApdu.DEFAULT_WINDOW, 300_000_000_000L, 250_000_000L, 15_000_000_000L, 10, 120_000_000_000L);

    public RtseSettings {
        if (checkpointSize < 0
                || checkpointSize > MAX_CHECKPOINT_SIZE
                || windowSize < 1
                || windowSize > MAX_WINDOW_SIZE
                || recoveryNanos < 0
                || retryNanos < 0
                || maxRetryNanos < retryNanos
                || retries < 0
                || supervisionNanos <= 0) {
            throw new IllegalArgumentException("settings of RTSE out of bounds");
        }
    }

    /** The same with other checkpoints. */
    public RtseSettings withCheckpoints(int newCheckpointSize, int newWindowSize) {
        return new RtseSettings(
                newCheckpointSize, newWindowSize, recoveryNanos, retryNanos, maxRetryNanos, retries, supervisionNanos);
    }

    /** The same with another limit for recovery. */
    public RtseSettings withRecovery(long newRecoveryNanos) {
        return new RtseSettings(
                checkpointSize, windowSize, newRecoveryNanos, retryNanos, maxRetryNanos, retries, supervisionNanos);
    }

    /** What to answer to a checkpoint size that is wished for; 0 leaves it to us. */
    int agreedCheckpointSize(int wished) {
        return wished == 0 ? checkpointSize : Math.min(wished, checkpointSize);
    }

    int agreedWindowSize(int wished) {
        return Math.min(wished, windowSize);
    }
}
