package org.osistack.application.bench;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.AssociationRequest;
import org.osistack.application.rtse.DialogueMode;
import org.osistack.application.rtse.MemoryTransferLog;
import org.osistack.application.rtse.OpenRequest;
import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.ReliableTransferUser;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.RtseSettings;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.application.rtse.TransferSource;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/**
 * One reliable transfer whose goodput is measured: alice sends octets of no meaning to bob for some time, and counts them
 * when bob has confirmed the whole. A shorter one before it, on the same association, warms up.
 *
 * <p>Bob secures at once, in memory: what is measured is the protocol's price for checkpoints, and no disk's.
 */
final class TransferMeasurement implements ReliableTransferUser {
    private static final ApplicationContext CONTEXT = ApplicationContexts.own("bench-transfer", 10, Request.PORT + 1);
    private static final int PATTERN = 64 * 1024; // octets

    private final SessionHost alice;
    private final Window window;
    private final byte[] pattern = new byte[PATTERN];
    private final CompletableFuture<Goodput> result = new CompletableFuture<>();
    private ReliableTransfer transfer;
    private boolean isWarm;
    private long began;
    private long until;
    private long octets;
    private Goodput goodput;

    private TransferMeasurement(SessionHost alice, Window window) {
        this.alice = alice;
        this.window = window;
        alice.host().random().nextBytes(pattern);
    }

    /**
     * Measure.
     *
     * @param checkpointSize in units of 1024 octets; 0 for no checkpoints
     * @param windowSize how many may be unconfirmed
     */
    static Goodput run(HostPair<SessionHost> wire, int checkpointSize, int windowSize, Window window)
            throws IOException {
        SessionHost bob = wire.bob();
        RtseSettings settings = RtseSettings.USUAL.withRecovery(0).withCheckpoints(checkpointSize, windowSize);
        RtseService called = service(bob, settings);
        Waiting.call(bob.thread(), () -> {
            called.attach(CONTEXT, (transfer, mode, userData) -> {
                transfer.openResponse(Octets.EMPTY);
                return new Receiver(transfer);
            });
            return null;
        });
        SessionHost alice = wire.alice();
        TransferMeasurement measurement = new TransferMeasurement(alice, window);
        try {
            Waiting.call(alice.thread(), () -> {
                measurement.open(service(alice, settings));
                return null;
            });
            long seconds = TimeUnit.NANOSECONDS.toSeconds(window.totalNanos()) + Waiting.GRACE_SECONDS;
            return Waiting.await(alice.thread(), measurement.result, seconds);
        } finally {
            Waiting.call(bob.thread(), () -> {
                called.detach(CONTEXT);
                return null;
            });
        }
    }

    private static RtseService service(SessionHost host, RtseSettings settings) {
        return new RtseService(
                host.host(), host.associations(), new MemoryTransferLog(), settings, InstantSource.system());
    }

    private void open(RtseService service) {
        AssociationRequest request = new AssociationRequest(
                CONTEXT,
                alice.associations().parseAddress(HostPair.BOB),
                FunctionalUnits.KERNEL,
                TokenSetting.INITIATOR);
        transfer = service.openRequest(new OpenRequest(request, DialogueMode.MONOLOGUE, true, Octets.EMPTY), this);
    }

    @Override
    public void openConfirm(ReliableTransfer opened, Octets userData) {
        transfer = opened;
        send(window.warmUpNanos());
    }

    private void send(long nanos) {
        octets = 0;
        began = alice.host().now();
        until = began + nanos;
        transfer.transferRequest(this::read, 2 * nanos + TimeUnit.SECONDS.toNanos(Waiting.GRACE_SECONDS));
    }

    private int read(long offset, byte[] into, int at, int length) {
        if (alice.host().now() - until >= 0 && offset > 0) {
            return -1;
        }
        int count = Math.min(length, PATTERN);
        System.arraycopy(pattern, 0, into, at, count);
        octets = offset + count;
        return count;
    }

    @Override
    public void transferConfirm(TransferSource source, boolean transferred) {
        long nanos = alice.host().now() - began;
        if (!transferred) {
            alice.host().loop().defer(() -> fail("not transferred")); // unless the reason is told first
        } else if (!isWarm) {
            isWarm = true;
            send(window.nanos());
        } else {
            goodput = new Goodput(octets, nanos, 0, 0);
            transfer.closeRequest(Octets.EMPTY);
        }
    }

    @Override
    public void closeConfirm(Octets userData) {
        result.complete(goodput);
    }

    private void fail(String why) {
        result.completeExceptionally(new IOException(why));
    }

    @Override
    public void openRefused(String reason, Octets userData) {
        fail(reason);
    }

    @Override
    public TransferSink sink(TransferName name, long secured) {
        return null; // bob sends nothing
    }

    @Override
    public void transferIndication(TransferName name, TransferSink sink) {
        throw new IllegalStateException("bob has not got the turn");
    }

    @Override
    public void closeIndication(Octets userData) {
        throw new IllegalStateException("bob did not open the association");
    }

    @Override
    public void userAbortIndication(Octets userData) {
        fail("aborted by the peer");
    }

    @Override
    public void providerAbortIndication(String detail) {
        fail("lost: " + detail);
    }

    /** Bob's side: takes everything. */
    private record Receiver(ReliableTransfer transfer) implements ReliableTransferUser {
        @Override
        public TransferSink sink(TransferName name, long secured) {
            return new Nowhere();
        }

        @Override
        public void transferIndication(TransferName name, TransferSink sink) {}

        @Override
        public void transferConfirm(TransferSource source, boolean transferred) {
            throw new IllegalStateException("nothing was to be transferred");
        }

        @Override
        public void closeIndication(Octets userData) {
            transfer.closeResponse(Octets.EMPTY);
        }

        @Override
        public void userAbortIndication(Octets userData) {}

        @Override
        public void providerAbortIndication(String detail) {}
    }

    /** Keeps nothing of what it takes. */
    private static final class Nowhere implements TransferSink {
        @Override
        public void append(byte[] octets, int offset, int length) {}

        @Override
        public void secure(Completion completion) {
            completion.done();
        }

        @Override
        public void rollBack(long length) {}

        @Override
        public void commit(Completion completion) {
            completion.done();
        }

        @Override
        public void discard() {}
    }
}
