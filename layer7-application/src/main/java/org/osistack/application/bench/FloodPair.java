package org.osistack.application.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.HostThread;
import org.osistack.core.StackSpec;

/** Two participants of this process on a medium of their own. */
final class FloodPair implements AutoCloseable {
    private static final String ALICE = "10.109.2.1/24";
    private static final String BOB = "10.109.2.2/24";
    private static int number; // of the last one, so that no two have the same medium

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Participant alice;
    private final Participant bob;

    FloodPair(String medium, StackSpec spec) throws IOException {
        String place = "bench-flood-" + ProcessHandle.current().pid() + "-" + ++number;
        try {
            HostThread first = thread("bob");
            HostThread second = medium.equals(MediumTrial.VIRTUAL) ? first : thread("alice");
            bob = participant(first, "bob", MediumTrial.place(spec, medium, place, BOB));
            alice = participant(second, "alice", MediumTrial.place(spec, medium, place, ALICE));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private HostThread thread(String name) {
        HostThread thread = new HostThread(name);
        open.add(thread);
        return thread;
    }

    private Participant participant(HostThread thread, String name, StackSpec spec) throws IOException {
        Participant participant = StackParticipant.open(thread, name, spec);
        open.add(participant);
        return participant;
    }

    Goodput goodput(Window window) throws IOException {
        return alice.goodput(bob.address(), window);
    }

    Connections connections(Window window) throws IOException {
        return alice.connections(bob.address(), window);
    }

    @Override
    public void close() {
        MemoryTrial.close(open);
    }
}
