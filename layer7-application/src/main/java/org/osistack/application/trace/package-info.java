/**
 * What a reader sees of a running stack: the story of each message on a terminal, as JSON lines, and as comments in a
 * capture.
 *
 * <p>A {@link org.osistack.application.trace.Weaver} takes the events of a {@link org.osistack.core.Trace} and finds out
 * what belongs together: which octets came from which message, which frames carry a message, and which layer wrote each
 * octet. The printers only print.
 */
package org.osistack.application.trace;
