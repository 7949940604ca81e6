package org.osistack.application.bench;

/**
 * Who is measured with whom.
 *
 * @param stack its name, for a person
 * @param from what sends: {@link #OURS} or {@link #KERNEL}
 * @param to what receives and measures
 */
record Pairing(String stack, String from, String to, Participant sender, Participant receiver) {
    static final String OURS = "ours";
    static final String KERNEL = "kernel";

    boolean isKernelAlone() {
        return from.equals(KERNEL) && to.equals(KERNEL);
    }

    @Override
    public String toString() {
        return isKernelAlone() ? "kernel to kernel" : stack + ", " + from + " to " + to;
    }
}
