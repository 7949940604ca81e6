package org.osistack.network.ipv4;

/** A limit for how often something may happen: so many at once, and so many a second in the long run. */
final class TokenBucket {
    private final long capacity;
    private final long nanosPerToken;
    private long tokens;
    private long filledAt;

    TokenBucket(int capacity, int perSecond, long now) {
        this.capacity = capacity;
        this.nanosPerToken = 1_000_000_000L / perSecond;
        this.tokens = capacity;
        this.filledAt = now;
    }

    /** Take a token, if there is one. */
    boolean take(long now) {
        long earned = (now - filledAt) / nanosPerToken;
        if (earned > 0) {
            tokens = Math.min(capacity, tokens + earned);
            filledAt += earned * nanosPerToken;
        }
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
