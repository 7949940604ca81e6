package org.osistack.application.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osistack.core.HostThread;
import org.osistack.core.StackSpec;

/** Two hosts in this process: on one thread over {@code virtual}, or on two over {@code segment}. */
final class MemoryTrial implements MediumTrial {
    private static final String ADDRESS = "10.109.0.";

    private final boolean oneThread;

    MemoryTrial(boolean oneThread) {
        this.oneThread = oneThread;
    }

    @Override
    public String whyNot() {
        return null;
    }

    @Override
    public void measure(Trial trial, Map<String, StackSpec> stacks, List<Boolean> offloads, Report report)
            throws IOException {
        List<AutoCloseable> open = new ArrayList<>();
        try {
            List<Pairing> pairings = new ArrayList<>();
            for (Map.Entry<String, StackSpec> stack : stacks.entrySet()) {
                HostThread first = thread(open, "first");
                HostThread second = oneThread ? first : thread(open, "second");
                String place = "bench-" + ProcessHandle.current().pid() + "-" + pairings.size();
                Participant sender = participant(open, first, stack.getValue(), place, 1);
                Participant receiver = participant(open, second, stack.getValue(), place, 2);
                pairings.add(new Pairing(stack.getKey(), Pairing.OURS, Pairing.OURS, sender, receiver, true));
            }
            String medium = oneThread ? VIRTUAL : SEGMENT;
            String conditions = oneThread
                    ? "both hosts on one thread of this process, in real time"
                    : "two hosts in this process, a thread each; a third repeats the frames, through Unix sockets";
            report.add(new Report.Section(medium, conditions, trial.run(medium, pairings)));
        } finally {
            close(open);
        }
    }

    private static HostThread thread(List<AutoCloseable> open, String name) {
        HostThread thread = new HostThread(name);
        open.add(thread);
        return thread;
    }

    private Participant participant(
            List<AutoCloseable> open, HostThread thread, StackSpec spec, String place, int number) throws IOException {
        StackSpec placed = MediumTrial.place(spec, oneThread ? VIRTUAL : SEGMENT, place, ADDRESS + number + "/24");
        Participant participant = StackParticipant.open(thread, number == 1 ? "alice" : "bob", placed);
        open.add(participant);
        return participant;
    }

    /** Close what was opened, last opened first. */
    static void close(List<AutoCloseable> open) {
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
