package org.osistack.application.bench;

import java.io.IOException;

/**
 * Who is measured with whom.
 *
 * @param stack its name, for a person
 * @param from what sends: {@link #OURS} or {@link #KERNEL}
 * @param to what receives and measures
 * @param sameProcess whether both are in one process
 */
record Pairing(String stack, String from, String to, Participant sender, Participant receiver, boolean sameProcess) {
    static final String OURS = "ours";
    static final String KERNEL = "kernel";

    boolean isKernelAlone() {
        return from.equals(KERNEL) && to.equals(KERNEL);
    }

    /** The processor time that both have used so far, in nanoseconds. */
    long processorNanos() throws IOException {
        long nanos = receiver.processorNanos();
        return sameProcess ? nanos : nanos + sender.processorNanos();
    }

    @Override
    public String toString() {
        return isKernelAlone() ? "kernel to kernel" : stack + ", " + from + " to " + to;
    }
}
