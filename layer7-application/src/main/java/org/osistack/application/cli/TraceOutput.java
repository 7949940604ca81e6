package org.osistack.application.cli;

import java.util.function.Consumer;
import org.osistack.core.TraceEvent;

/**
 * Where the events of a trace go: a terminal, a file of JSON lines, a capture. Events come on the hosts' thread, in
 * order.
 */
public interface TraceOutput extends Consumer<TraceEvent>, AutoCloseable {
    /** Write what is still to be written. Called once, when no more events come. */
    @Override
    void close();
}
