package org.osistack.core;

/** Takes what a {@link Trace} writes down. It is called on the hosts' thread, which waits for it. */
@FunctionalInterface
public interface TraceSink {
    /** The next event. Events come in the order of their numbers; numbers may be left out. */
    void event(TraceEvent event);

    /**
     * All events that are consequences of one outermost primitive, or of one timer, have been handed over. What comes
     * next has another cause.
     */
    default void settled() {}

    /** A host of the trace stands on this medium. Told before the first event of layer 1 there. */
    default void medium(Medium medium) {}
}
