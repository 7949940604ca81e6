package org.osistack.application.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationUser;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/** Associations in great number that alice has with bob, in which nobody says anything. */
final class IdleSessions implements AutoCloseable {
    private static final ApplicationContext CONTEXT = ApplicationContexts.own("bench-idle", 11, Request.PORT + 2);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);
    private static final int UNDER_WAY = 64; // at a time
    private static final long LIMIT_SECONDS = 600;
    private static final int MOST_COLLECTIONS = 10;
    private static final long SAME = 16 * 1024; // octets: what a collection may find beside sessions

    private final HostPair<SessionHost> wire;
    private final List<Association> open = new ArrayList<>(); // the threads of the hosts alone
    private final AssociationUser caller = new Caller();
    private CompletableFuture<Void> done;
    private int wanted;
    private int asked;
    private int confirmed;

    IdleSessions(HostPair<SessionHost> wire) throws IOException {
        this.wire = wire;
        Waiting.call(wire.bob().thread(), () -> {
            wire.bob().associations().attach(CONTEXT, DUPLEX, association -> {
                association.accept();
                return new Callee(association);
            });
            return null;
        });
    }

    /**
     * Have as many sessions.
     *
     * @return how long it has taken, in nanoseconds
     */
    long grow(int count) throws IOException {
        SessionHost alice = wire.alice();
        CompletableFuture<Void> grown = new CompletableFuture<>();
        long began = System.nanoTime();
        Waiting.call(alice.thread(), () -> {
            done = grown;
            wanted = count;
            more();
            return null;
        });
        Waiting.await(alice.thread(), grown, LIMIT_SECONDS);
        return System.nanoTime() - began;
    }

    private void more() {
        SessionHost alice = wire.alice();
        while (asked < wanted && asked - confirmed < UNDER_WAY) {
            asked++;
            open.add(alice.associations()
                    .associateRequest(
                            new AssociationRequest(
                                    CONTEXT,
                                    alice.associations().parseAddress(HostPair.BOB),
                                    DUPLEX,
                                    TokenSetting.INITIATOR),
                            caller));
        }
        if (confirmed == wanted) {
            done.complete(null);
        }
    }

    /** The octets on the heap of this process that are in use: what is left when nothing more can be collected. */
    static long heapInUse() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            System.gc();
            long used = runtime.totalMemory() - runtime.freeMemory();
            if (used > least - SAME) {
                return Math.min(used, least);
            }
            least = used;
        }
        return least;
    }

    /** Let what was said when sessions began, such as acknowledgements, come to its end. */
    static void settle() throws IOException {
        try {
            TimeUnit.SECONDS.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        Waiting.call(wire.alice().thread(), () -> {
            open.forEach(Association::abortRequest);
            open.clear();
            return null;
        });
        Waiting.call(wire.bob().thread(), () -> {
            wire.bob().associations().detach(CONTEXT);
            return null;
        });
    }

    /** Alice's user of all sessions. */
    private final class Caller implements AssociationUser {
        @Override
        public void associateConfirm(Association association) {
            confirmed++;
            wire.alice().host().loop().defer(IdleSessions.this::more);
        }

        @Override
        public void dataIndication(Pdu apdu) {
            apdu.release();
        }

        @Override
        public void releaseIndication() {
            done.completeExceptionally(new IOException("the peer wants to end a session"));
        }

        @Override
        public void ended(Ending ending, String detail) {
            done.completeExceptionally(new IOException("session " + confirmed + ": " + ending + " " + detail));
        }
    }

    /** Bob's user of one session. */
    private record Callee(Association association) implements AssociationUser {
        @Override
        public void associateConfirm(Association confirmed) {
            throw new IllegalStateException("bob asks for nothing");
        }

        @Override
        public void dataIndication(Pdu apdu) {
            apdu.release();
        }

        @Override
        public void releaseIndication() {
            association.releaseResponse(true);
        }

        @Override
        public void ended(Ending ending, String detail) {}
    }
}
