package org.osistack.application.bench;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.HostThread;
import org.osistack.core.MediumManagement;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.management.AddressManagement;
import org.osistack.presentation.PresentationService;

/** A stack of ours, on a thread that it may share with its peer. */
final class StackParticipant implements Participant {
    private static final long ADDRESS_LIMIT_SECONDS = 20; // RFC 3927 takes up to 9 s, and conflicts more

    private final HostThread thread;
    private final Host host;
    private final Stack stack;
    private final Conversations conversations;
    private String address = "";

    private StackParticipant(HostThread thread, Host host, Stack stack) {
        this.thread = thread;
        this.host = host;
        this.stack = stack;
        PresentationService service = stack.service(PresentationService.class);
        this.conversations = Conversations.over(host, service);
    }

    /**
     * Open a stack and let oneself be measured.
     *
     * @param thread remains the caller's to close, after this participant
     * @throws ConfigurationException if the stack cannot be had
     */
    static StackParticipant open(HostThread thread, String name, StackSpec spec) throws IOException {
        StackParticipant participant = Waiting.call(thread, () -> {
            Host host = thread.newHost(name);
            Stack stack = Stack.open(host, spec);
            StackParticipant opened = new StackParticipant(thread, host, stack);
            Responder.serve(host, opened.conversations);
            return opened;
        });
        try {
            participant.awaitAddress();
            return participant;
        } catch (IOException | RuntimeException e) {
            participant.close();
            throw e;
        }
    }

    private void awaitAddress() throws IOException {
        CompletableFuture<String> found = new CompletableFuture<>();
        Waiting.call(thread, () -> {
            AddressManagement management =
                    stack.management(AddressManagement.class).orElse(null);
            if (management == null) {
                found.complete("");
            } else {
                management.watch((state, now) -> {
                    if (now != null) {
                        found.complete(now.toString());
                    }
                });
            }
            return null;
        });
        address = Waiting.await(thread, found, ADDRESS_LIMIT_SECONDS);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public long processorNanos() {
        return ProcessorTime.ofThisProcess();
    }

    @Override
    public Goodput goodput(String peer, Window window) throws IOException {
        MediumManagement medium = stack.management(MediumManagement.class).orElse(null);
        return measure(
                () -> new GoodputMeasurement(host, conversations, conversations.parseAddress(peer), window, medium),
                window);
    }

    @Override
    public RoundTrips roundTrips(String peer, Window window) throws IOException {
        return measure(
                () -> new RoundTripMeasurement(host, conversations, conversations.parseAddress(peer), window), window);
    }

    @Override
    public Connections connections(String peer, Window window) throws IOException {
        return measure(
                () -> new ConnectionsMeasurement(host, conversations, conversations.parseAddress(peer), window),
                window);
    }

    private <R> R measure(Supplier<Measurement<R>> measurement, Window window) throws IOException {
        CompletableFuture<R> result =
                Waiting.call(thread, () -> measurement.get().start());
        return Waiting.await(
                thread, result, TimeUnit.NANOSECONDS.toSeconds(window.totalNanos()) + Waiting.GRACE_SECONDS);
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
