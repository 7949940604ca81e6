package org.osistack.core;

/**
 * Is told of each event of a {@link Trace} at the very moment when it happens, before its consequences. A
 * {@link TraceSink} gets the same events when their outermost primitive has been carried out: too late to step in.
 *
 * <p>A watch may change the world, as by cutting a cable, and it may throw: then the primitive, or the step inside a
 * machine, is not carried out, and neither is anything else that the host is in the middle of.
 */
@FunctionalInterface
public interface TraceWatch {
    /** An event happens. What comes of it happens when this method has returned. */
    void happens(TraceEvent event);

    /** A primitive that {@link #happens} told of was not taken, for want of credit: it did not happen, and comes again. */
    default void takenBack(TraceEvent event) {}
}
