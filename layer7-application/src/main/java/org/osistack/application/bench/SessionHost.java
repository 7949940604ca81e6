package org.osistack.application.bench;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.core.Host;
import org.osistack.core.HostThread;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.presentation.PresentationService;

/** A host whose associations are measured, on a thread that it may share with its peer. */
record SessionHost(HostThread thread, Host host, Stack stack, AssociationService associations)
        implements AutoCloseable {
    /**
     * Open it.
     *
     * @param thread remains the caller's to close, after this host
     * @param spec with an address that needs no time to be found
     */
    static SessionHost open(HostThread thread, String name, StackSpec spec) throws IOException {
        return Waiting.call(thread, () -> {
            Host host = thread.newHost(name);
            Stack stack = Stack.open(host, spec);
            return new SessionHost(
                    thread, host, stack, Associations.over(host, stack.service(PresentationService.class)));
        });
    }

    @Override
    public void close() {
        try {
            Waiting.call(thread, () -> {
                stack.close();
                return null;
            });
        } catch (RejectedExecutionException | IOException e) {
            // the thread has ended before, and with it the stack
        }
    }
}
