package org.osistack.application.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.HostThread;
import org.osistack.core.StackSpec;

/**
 * Two hosts of this process on a medium of their own: alice, who calls, and bob, who is called.
 *
 * @param <H> what each of them is
 */
final class HostPair<H extends AutoCloseable> implements AutoCloseable {
    /** Bob's address. */
    static final String BOB = "10.109.1.2";

    private static final String ALICE = "10.109.1.1";
    private static final String MASK = "/24";
    private static int number; // of the last one, so that no two have the same medium

    /** Opens one of the two, on a thread that remains the pair's to close. */
    interface Opening<H> {
        H open(HostThread thread, String name, StackSpec spec) throws IOException;
    }

    private final List<AutoCloseable> open = new ArrayList<>();
    private final H alice;
    private final H bob;

    /**
     * Open both.
     *
     * @param medium {@link MediumTrial#VIRTUAL}: on one thread; {@link MediumTrial#SEGMENT}: on two
     * @param spec the stack, with any medium
     */
    HostPair(String medium, StackSpec spec, Opening<H> opening) throws IOException {
        String place = "bench-session-" + ProcessHandle.current().pid() + "-" + ++number;
        try {
            HostThread first = thread("bob");
            bob = host(opening, first, "bob", MediumTrial.place(spec, medium, place, BOB + MASK));
            HostThread second = medium.equals(MediumTrial.VIRTUAL) ? first : thread("alice");
            alice = host(opening, second, "alice", MediumTrial.place(spec, medium, place, ALICE + MASK));
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

    private H host(Opening<H> opening, HostThread thread, String name, StackSpec spec) throws IOException {
        H host = opening.open(thread, name, spec);
        open.add(host);
        return host;
    }

    H alice() {
        return alice;
    }

    H bob() {
        return bob;
    }

    @Override
    public void close() {
        MemoryTrial.close(open);
    }
}
