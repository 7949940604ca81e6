package org.osistack.application.bench;

import java.io.IOException;

/**
 * A host that measures and lets itself be measured: a stack of ours or the kernel, in this process or in another. All
 * methods wait for their result.
 */
interface Participant extends AutoCloseable {
    /** Where the others reach it. */
    String address();

    /**
     * Let the host at that address send as fast as it can, and count what arrives.
     *
     * @throws IOException if the conversation does not come about or breaks
     */
    Goodput goodput(String address, Window window) throws IOException;

    /** Send single messages, each when the one before has come back. */
    RoundTrips roundTrips(String address, Window window) throws IOException;

    /** Open and end conversations without a message. The warm-up and the size don't matter. */
    Connections connections(String address, Window window) throws IOException;

    /** The processor time that its process has used so far, in nanoseconds. */
    long processorNanos() throws IOException;

    @Override
    void close();
}
