package org.osistack.core;

/**
 * What one station of a medium has counted.
 *
 * @param framesSent frames that layer 2 handed down, whatever became of them
 * @param octetsSent their octets
 * @param framesReceived frames handed up to layer 2
 * @param octetsReceived their octets
 * @param lost lost by chance, as the options asked
 * @param duplicated sent twice by chance
 * @param reordered held up so that later ones overtook them
 * @param corrupted that had bits inverted
 * @param queueFull lost because a queue was full
 * @param filtered lost because a {@link FrameFilter} said so
 * @param linkDown lost because the link was down
 * @param refused not sent, since the medium can't carry them: too long or too short
 */
public record MediumStatistics(
        long framesSent,
        long octetsSent,
        long framesReceived,
        long octetsReceived,
        long lost,
        long duplicated,
        long reordered,
        long corrupted,
        long queueFull,
        long filtered,
        long linkDown,
        long refused) {}
