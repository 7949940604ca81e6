package org.osistack.application.facade;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationPrimitive.Connect;
import org.osistack.presentation.PresentationPrimitive.ConnectAnswer;
import org.osistack.presentation.PresentationPrimitive.Data;
import org.osistack.presentation.PresentationPrimitive.ProviderAbort;
import org.osistack.presentation.PresentationPrimitive.Release;
import org.osistack.presentation.PresentationPrimitive.ReleaseAnswer;
import org.osistack.presentation.PresentationPrimitive.UserAbort;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.PresentationUser;

/**
 * Where a presentation connection and the threads of a program meet: what both sides touch is in {@link ProgramQueues}, and
 * while too much waits there the peer is held up. The service is only ever called on the host's thread.
 */
final class ConnectionEnd implements PresentationUser {
    static final long LINGER_LIMIT_NANOS = Duration.ofSeconds(5).toNanos(); // for the peer to agree to the end

    private final OpenSystem system;
    private final Host host;
    private final Values values;
    private final ProgramQueues queues = new ProgramQueues(() -> onHostThread(this::resume));

    // The host's thread alone.
    private PresentationConnection connection;
    private CompletableFuture<Connection> opening;
    private Pdu refused; // a value that the service did not take yet
    private final Timer linger;
    private boolean open;
    private boolean releaseRequested;
    private boolean releaseIndicated;

    ConnectionEnd(OpenSystem system, Values values) {
        this.system = system;
        this.host = system.host();
        this.values = values;
        this.linger = host.newTimer(this::abortNow);
    }

    /** Ask for the connection. On the host's thread. */
    void call(PresentationService service, NetworkAddress called, int port, CompletableFuture<Connection> opened) {
        opening = opened;
        connection = service.connectRequest(
                new Connect(
                        new PresentationAddress(null, 0),
                        values.address(called, port),
                        values.contexts(),
                        List.of(),
                        ConnectionIdentifier.NONE,
                        FunctionalUnits.of(FunctionalUnit.DUPLEX),
                        -1,
                        TokenSetting.INITIATOR,
                        List.of()),
                this);
    }

    /** Accept the connection that was indicated. On the host's thread. */
    void accept(PresentationConnection indicated, Connect connect) {
        connection = indicated;
        open = true;
        indicated.request(new ConnectAnswer(
                null,
                "",
                connect.called(),
                connect.results(),
                ConnectionIdentifier.NONE,
                connect.requirements().and(FunctionalUnits.of(FunctionalUnit.DUPLEX)),
                -1,
                connect.tokens(),
                Tokens.NONE,
                List.of()));
    }

    String peer() {
        return connection.remote().toString();
    }

    // What the program's threads call.

    void send(byte[] source, int offset, int length) throws IOException {
        if (values.keepsBoundaries() && length > values.maxLength()) {
            throw new IllegalArgumentException(
                    "a message of " + length + " octets; " + values.maxLength() + " is the most");
        }
        if (!values.keepsBoundaries() && length == 0) {
            return;
        }
        int position = offset;
        int end = offset + length;
        do {
            int count = Math.min(end - position, values.maxLength());
            queues.put(Arrays.copyOfRange(source, position, position + count));
            onHostThread(this::drain);
            position += count;
        } while (position < end);
    }

    byte[] receive(Duration limit) throws IOException {
        return queues.take(limit);
    }

    void finish() throws IOException {
        if (queues.finish()) {
            onHostThread(this::drain);
        }
    }

    void close() {
        queues.close();
        try {
            onHostThread(() -> {
                if (!queues.isEnded()) {
                    system.lingering().begin(this);
                    linger.arm(LINGER_LIMIT_NANOS);
                    connection.resume(); // what still comes is thrown away
                    drain();
                }
            });
        } catch (IOException e) {
            queues.fail(e.getMessage());
        }
    }

    void abort() {
        try {
            system.thread().execute(() -> {
                if (!queues.isEnded()) {
                    abortNow();
                }
            });
        } catch (RejectedExecutionException e) {
            queues.fail("the host has ended"); // and the connection with it
        }
    }

    private void abortNow() {
        connection.request(new UserAbort(List.of()));
        end("aborted on this side");
    }

    private void onHostThread(Runnable command) throws IOException {
        try {
            system.thread().execute(command);
        } catch (RejectedExecutionException e) {
            throw new IOException("the host has ended", e);
        }
    }

    // What happens on the host's thread.

    /** Hand over what waits, and then the end if the program is done. */
    private void drain() {
        while (open && !queues.isEnded()) {
            if (refused == null) {
                refused = nextValue();
            }
            if (refused == null) {
                sendEndIfDue();
                return;
            }
            Pdu value = refused;
            refused = null;
            if (!connection.dataRequest(values.context(), value)) {
                refused = value;
                return;
            }
        }
    }

    private Pdu nextValue() {
        byte[] next = queues.next();
        return next == null ? null : values.wrap(host.pool(), next);
    }

    private void resume() {
        if (!queues.isPaused()) { // more may have come meanwhile
            connection.resume();
        }
    }

    private void sendEndIfDue() {
        if (!queues.isFinishing() || releaseRequested) {
            return;
        }
        releaseRequested = true;
        if (releaseIndicated) {
            connection.request(new ReleaseAnswer(true, List.of()));
            end("");
        } else {
            connection.request(new Release(List.of()));
        }
    }

    @Override
    public void readyIndication() {
        drain();
    }

    @Override
    public void dataIndication(int context, Pdu value) {
        byte[] octets = values.unwrap(value);
        value.release();
        arrived(octets);
    }

    private void arrived(byte[] octets) {
        if (octets == null) {
            connection.request(new UserAbort(List.of()));
            end("the peer sent something else than octets");
            return;
        }
        if (queues.add(octets)) {
            connection.pause();
        }
    }

    @Override
    public void indication(PresentationPrimitive primitive) {
        if (primitive instanceof ConnectAnswer answer) {
            confirmed(answer);
        } else if (primitive instanceof Data data) {
            for (Pdv pdv : data.userData()) {
                arrived(values.unwrap(host.pool(), pdv));
            }
        } else if (primitive instanceof Release) {
            releaseIndicated = true;
            queues.peerFinished();
            if (releaseRequested) { // both sides at once
                connection.request(new ReleaseAnswer(true, List.of()));
            } else {
                drain();
            }
        } else if (primitive instanceof ReleaseAnswer) {
            end("");
        } else if (primitive instanceof ProviderAbort abort) {
            end("the connection broke: " + abort.reason());
        } else if (primitive instanceof UserAbort) {
            end("the peer aborted the connection");
        }
    }

    private void confirmed(ConnectAnswer answer) {
        if (!answer.isAccepted()) {
            end(answer.refusalText());
        } else if (values.context() != 0 && !answer.results().stream().allMatch(ContextResult::isAccepted)) {
            connection.request(new UserAbort(List.of()));
            end("the peer does not know what is to be talked about");
        } else {
            open = true;
            opening.complete(new Connection(system, this));
            drain();
        }
    }

    private void end(String why) {
        queues.end(why);
        if (refused != null) {
            refused.release();
            refused = null;
        }
        if (opening != null) {
            opening.completeExceptionally(new IOException(why));
        }
        linger.disarm();
        system.lingering().end(this);
    }
}
