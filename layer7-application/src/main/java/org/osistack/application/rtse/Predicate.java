package org.osistack.application.rtse;

import java.util.HashMap;
import java.util.Map;

/** A condition of the state table. {@link Rtpm} knows whether it holds. */
enum Predicate {
    /** What the peer agreed to is within what was asked for. */
    AGREED("agreed"),
    /** This side has the turn. */
    TURN("turn"),
    /** This side asked for the association. */
    INITIATOR("init"),
    /** Two-way alternate. */
    TWO_WAY("twa"),
    /** No transfer of this side is outstanding. */
    IDLE("idle"),
    /** A transfer of this side is outstanding. */
    PENDING("pending"),
    /** The segment to be sent is the last one. */
    LAST("last"),
    /** Checkpoints were agreed on. */
    CHECKPOINTS("checkpoints"),
    /** A checkpoint of the transfer was confirmed. */
    CONFIRMED("confirmed"),
    /** It may be tried once more. */
    AGAIN("again"),
    /** The user wants it to be interrupted. */
    HELD("held"),
    /** The transfer is to be confirmed as not transferred. */
    NEGATIVE("negative"),
    /** A checkpoint was confirmed, or the peer may have all of it. */
    RESUMABLE("resumable"),
    /** The activity that is resumed is the one that was interrupted, and the checkpoint was secured. */
    KNOWN("known"),
    /** The activity that is resumed is the one that was secured last. */
    COMPLETED("completed"),
    /** What arrives was secured before. */
    ABSORBING("absorbing"),
    /** The checkpoint belongs to what is being received, and is not confirmed yet. */
    FRESH("fresh"),
    /** The sink is committing. */
    COMMITTING("committing"),
    /** The last activity of this association was secured, and nothing has begun since. */
    SECURED_LAST("secured-last"),
    /** The association has a name, and there is time and hope left. */
    RECOVERABLE("recoverable"),
    /** The peer's RTSE has refused to recover. */
    UNKNOWN("unknown");

    private static final Map<String, Predicate> BY_NAME = new HashMap<>();

    private final String text;

    static {
        for (Predicate predicate : values()) {
            BY_NAME.put(predicate.text, predicate);
        }
    }

    Predicate(String text) {
        this.text = text;
    }

    static Predicate of(String name) {
        Predicate predicate = BY_NAME.get(name);
        if (predicate == null) {
            throw new IllegalArgumentException("no predicate is called " + name);
        }
        return predicate;
    }
}
