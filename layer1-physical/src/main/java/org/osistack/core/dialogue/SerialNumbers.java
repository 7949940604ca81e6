package org.osistack.core.dialogue;

/**
 * The serial numbers of synchronization points as one side of a session connection has them (X.225 §5.8). With symmetric
 * synchronize they are those of the flow that this side sends.
 *
 * @param next V(M): what the next synchronization point gets
 * @param lowestUnconfirmed V(A): the first point that is not confirmed; equal to {@code next} if all are
 * @param lowestRestart V(R): the first point to which a restart may go back
 */
public record SerialNumbers(long next, long lowestUnconfirmed, long lowestRestart) {
    /** Before any serial number is agreed on. */
    public static final SerialNumbers NONE = new SerialNumbers(0, 0, 0);
}
