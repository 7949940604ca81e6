package org.osistack.application.trace;

import org.osistack.core.TraceEvent;

/**
 * One event of a trace with what the weaver found out about it.
 *
 * @param event as the trace told it
 * @param message what is remembered of a primitive; null for other events
 * @param cause the primitive that it is a direct consequence of; null if there is none
 * @param story that it belongs to
 */
record Step(TraceEvent event, Message message, Message cause, Story story) {}
