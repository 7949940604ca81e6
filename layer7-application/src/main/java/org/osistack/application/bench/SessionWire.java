package org.osistack.application.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.HostThread;
import org.osistack.core.StackSpec;

/** Two hosts of this process on a medium of their own: alice, who calls, and bob, who is called. */
final class SessionWire implements AutoCloseable {
    /** Bob's address. */
    static final String BOB = "10.109.1.2";

    private static final String ALICE = "10.109.1.1";
    private static final String MASK = "/24";
    private static int number; // of the last one, so that no two have the same medium

    private final List<AutoCloseable> open = new ArrayList<>();
    private final SessionHost alice;
    private final SessionHost bob;

    /**
     * Open both.
     *
     * @param medium {@link MediumTrial#VIRTUAL}: on one thread; {@link MediumTrial#SEGMENT}: on two
     * @param spec the stack, with any medium
     */
    SessionWire(String medium, StackSpec spec) throws IOException {
        String place = "bench-session-" + ProcessHandle.current().pid() + "-" + ++number;
        try {
            HostThread first = thread("bob");
            bob = host(first, "bob", MediumTrial.place(spec, medium, place, BOB + MASK));
            HostThread second = medium.equals(MediumTrial.VIRTUAL) ? first : thread("alice");
            alice = host(second, "alice", MediumTrial.place(spec, medium, place, ALICE + MASK));
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

    private SessionHost host(HostThread thread, String name, StackSpec spec) throws IOException {
        SessionHost host = SessionHost.open(thread, name, spec);
        open.add(host);
        return host;
    }

    SessionHost alice() {
        return alice;
    }

    SessionHost bob() {
        return bob;
    }

    @Override
    public void close() {
        MemoryTrial.close(open);
    }
}
