package org.osistack.application.bench;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;

/**
 * The side that measures: begins a conversation, counts in a window of time, and tells the result once. All of it runs
 * on the host's thread.
 *
 * @param <R> what comes out
 */
abstract class Measurement<R> implements ConversationUser {
    private enum Phase {
        OPENING,
        WARMING_UP,
        COUNTING,
        OVER
    }

    private static final long OPEN_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    final Host host;
    final Conversations conversations;
    final NetworkAddress address;
    final Window window;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private final Timer timer;
    private Conversation conversation;
    private Pdu refused;
    private Phase phase = Phase.OPENING;
    private long countingSince; // the warm-up's beginning, until it is over

    Measurement(Host host, Conversations conversations, NetworkAddress address, Window window) {
        this.host = host;
        this.conversations = conversations;
        this.address = address;
        this.window = window;
        this.timer = host.newTimer(this::onTimer);
    }

    /** Begin. */
    final CompletableFuture<R> start() {
        timer.arm(OPEN_LIMIT_NANOS);
        open();
        return result;
    }

    /** Begin a conversation. */
    final void open() {
        conversation = conversations.open(address, this);
    }

    final Conversation conversation() {
        return conversation;
    }

    /** Let the time of the window run. */
    final void startClock() {
        phase = Phase.WARMING_UP;
        countingSince = host.now();
        timer.arm(window.warmUpNanos());
    }

    private void onTimer() {
        switch (phase) {
            case OPENING -> fail("no answer in " + TimeUnit.NANOSECONDS.toSeconds(OPEN_LIMIT_NANOS) + " s");
            case WARMING_UP -> {
                phase = Phase.COUNTING;
                countingSince = host.now();
                begin();
                timer.arm(window.nanos());
            }
            case COUNTING -> succeedNow();
            default -> throw new IllegalStateException(phase.toString());
        }
    }

    /** There is nothing more to count, though the time may not be over. */
    final void succeedNow() {
        succeed(result(Math.max(1, host.now() - countingSince)));
    }

    /** Whether the warm-up is over. */
    final boolean isCounting() {
        return phase == Phase.COUNTING;
    }

    final boolean isOver() {
        return phase == Phase.OVER;
    }

    /** Counting begins. */
    void begin() {}

    /** What has come out of so much time. */
    abstract R result(long nanos);

    /** Send octets as a message, now or when it is possible. */
    final void send(byte[] octets) {
        transmit(conversation.newMessage(octets, octets.length));
    }

    private void transmit(Pdu message) {
        if (!conversation.send(message)) {
            refused = message;
        }
    }

    @Override
    public final void ready() {
        if (refused != null) {
            Pdu message = refused;
            refused = null;
            transmit(message);
        }
    }

    final void succeed(R value) {
        stop();
        result.complete(value);
    }

    final void fail(String problem) {
        stop();
        result.completeExceptionally(new IOException(address + ": " + problem));
    }

    private void stop() {
        phase = Phase.OVER;
        timer.disarm();
        conversation.abort();
        if (refused != null) {
            refused.release();
            refused = null;
        }
    }

    @Override
    public void ended(String problem) {
        if (!isOver()) {
            fail(problem == null ? "ended by the peer" : problem);
        }
    }
}
