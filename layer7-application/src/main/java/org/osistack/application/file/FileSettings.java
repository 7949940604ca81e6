package org.osistack.application.file;

import org.osistack.application.rtse.RtseSettings;

/**
 * How a file is transferred where the session layer has activities.
 *
 * @param checkpointInterval octets between two checkpoints, a multiple of 1024; 0 for none
 * @param window how many checkpoints may be unconfirmed
 * @param patienceNanos how long a lost peer is tried to be reached before the user is told, in nanoseconds
 */
public record FileSettings(int checkpointInterval, int window, long patienceNanos) {
    /** Checkpoints every 64 KiB, 16 of them unconfirmed, so that nobody waits for a disk; a minute of patience. */
    public static final FileSettings USUAL = new FileSettings(64 * 1024, 16, 60_000_000_000L);

    static final int UNIT = 1024;
    /** The largest interval in octets: what is between two checkpoints is one PDU, which layers 4 and 5 put together. */
    static final int MAX_INTERVAL = 512 * 1024;

    private static final long FOREVER_NANOS = 7L * 24 * 3600 * 1_000_000_000;
    private static final long RETRY_NANOS = 250_000_000;
    private static final long MAX_RETRY_NANOS = 5_000_000_000L;
    private static final int RETRIES = 1_000_000; // patience decides, or whoever refuses
    private static final long SUPERVISION_NANOS = 60_000_000_000L;

    public FileSettings {
        if (checkpointInterval < 0
                || checkpointInterval % UNIT != 0
                || checkpointInterval > MAX_INTERVAL
                || window < 1
                || window > RtseSettings.MAX_WINDOW_SIZE
                || patienceNanos < 0) {
            throw new IllegalArgumentException("a checkpoint interval is a multiple of 1024 octets up to "
                    + MAX_INTERVAL + ", and a window from 1 to "
                    + RtseSettings.MAX_WINDOW_SIZE);
        }
    }

    /** What RTSE decides by; how long a peer is waited for is decided here. */
    RtseSettings rtse() {
        return new RtseSettings(
                checkpointInterval / UNIT,
                window,
                FOREVER_NANOS,
                RETRY_NANOS,
                MAX_RETRY_NANOS,
                RETRIES,
                SUPERVISION_NANOS);
    }

    /** What a server agrees to: whatever is asked for. */
    static RtseSettings ofServer() {
        return new FileSettings(MAX_INTERVAL, RtseSettings.MAX_WINDOW_SIZE, FOREVER_NANOS).rtse();
    }
}
