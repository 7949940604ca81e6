package org.osistack.application.trace;

import java.util.List;
import org.osistack.core.Medium;

/** Prints, in whatever form, what has been woven together. Called on the hosts' thread. */
interface TurnPrinter extends AutoCloseable {
    /** All events that one outermost primitive or one timer of a host has caused, in the order in which they happened. */
    void turn(List<Step> steps);

    /** A host stands on this medium. */
    default void medium(Medium medium) {}

    /** Print what is still held back. Nothing comes afterwards. */
    @Override
    default void close() {}
}
