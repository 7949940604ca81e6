package org.osistack.application.rtse;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.osistack.application.ApplicationContext;
import org.osistack.application.AssociationRequest;
import org.osistack.application.FakeDialogueAssociations;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ObjectIdentifier;

/** Two hosts with RTSE, alice who opens associations and bob who accepts them, and users that note what they hear. */
final class Lab {
    static final ApplicationContext CONTEXT =
            new ApplicationContext("lab", ObjectIdentifier.of("1.2.3"), ObjectIdentifier.of("2.3.2"), 2000);
    static final RtseSettings SETTINGS =
            new RtseSettings(1, 3, 60_000_000_000L, 100_000_000, 2_000_000_000, 5, 30_000_000_000L);
    static final long LONG = 3_600_000_000_000L; // ns

    final Simulation simulation;
    final Host alice;
    final Host bob;
    final FakeDialogueAssociations net;
    final MemoryTransferLog aliceLog = new MemoryTransferLog();
    final MemoryTransferLog bobLog = new MemoryTransferLog();
    RtseService calling;
    RtseService called;
    User caller = new User();
    User callee = new User();

    Lab(long seed) {
        this(seed, SETTINGS, SETTINGS);
    }

    Lab(long seed, RtseSettings callingSettings, RtseSettings calledSettings) {
        simulation = new Simulation(seed);
        alice = simulation.newHost("alice");
        bob = simulation.newHost("bob");
        net = new FakeDialogueAssociations(alice, bob, seed);
        calling = new RtseService(alice, net.service(0), aliceLog, callingSettings, clock());
        called = new RtseService(bob, net.service(1), bobLog, calledSettings, clock());
        called.attach(CONTEXT, callee);
    }

    private InstantSource clock() {
        return () -> Instant.ofEpochSecond(1_780_000_000L, simulation.now());
    }

    /** What one host's memory knew is gone; its log is not. */
    void restart(int side, User user) {
        net.kill(side);
        if (side == 0) {
            calling = new RtseService(alice, net.service(0), aliceLog, SETTINGS, clock());
            caller = user;
        } else {
            called = new RtseService(bob, net.service(1), bobLog, SETTINGS, clock());
            callee = user;
            called.attach(CONTEXT, callee);
        }
    }

    static OpenRequest request(DialogueMode mode, boolean initiatorHasTurn) {
        return new OpenRequest(
                new AssociationRequest(CONTEXT, null, FunctionalUnits.KERNEL, TokenSetting.INITIATOR),
                mode,
                initiatorHasTurn,
                Octets.ofHex("0c026869"));
    }

    Lab open() {
        return open(DialogueMode.TWO_WAY_ALTERNATE, true);
    }

    Lab open(DialogueMode mode, boolean initiatorHasTurn) {
        caller.transfer = calling.openRequest(request(mode, initiatorHasTurn), caller);
        settle();
        return this;
    }

    void settle() {
        run(Duration.ofMillis(50));
    }

    void run(Duration duration) {
        simulation.run(duration);
    }

    long outstanding() {
        return alice.pool().outstanding() + bob.pool().outstanding();
    }

    static State state(ReliableTransfer transfer) {
        return ((Rtpm) transfer).state();
    }

    /** One encoding of about that many octets. */
    static Octets apdu(int length, long seed) {
        byte[] octets = new byte[length];
        new SplittableRandom(seed).nextBytes(octets);
        octets[0] = 4;
        octets[1] = (byte) 0x83;
        octets[2] = (byte) (length - 5 >> 16);
        octets[3] = (byte) (length - 5 >> 8);
        octets[4] = (byte) (length - 5);
        return Octets.of(octets);
    }

    /** Notes what it hears, and accepts everything. */
    static class User implements ReliableTransferUser, RtseListener {
        ReliableTransfer transfer;
        final List<String> heard = new ArrayList<>();
        final List<Octets> received = new ArrayList<>();
        final List<Boolean> confirmed = new ArrayList<>();
        boolean accepts = true;
        boolean givesWhenAsked;

        @Override
        public ReliableTransferUser openIndication(ReliableTransfer newTransfer, DialogueMode mode, Octets userData) {
            transfer = newTransfer;
            heard.add("open " + mode + " " + userData);
            if (accepts) {
                transfer.openResponse(Octets.ofHex("0c0179"));
            }
            return this;
        }

        @Override
        public ReliableTransferUser recoverIndication(ReliableTransfer newTransfer, TransferState state) {
            transfer = newTransfer;
            heard.add("recover");
            return this;
        }

        @Override
        public void openConfirm(ReliableTransfer newTransfer, Octets userData) {
            transfer = newTransfer;
            heard.add("opened " + userData);
        }

        @Override
        public void openRefused(String reason, Octets userData) {
            heard.add("refused " + reason + " " + userData);
        }

        @Override
        public TransferSink sink(TransferName name, long secured) {
            return new MemorySink(1 << 22);
        }

        @Override
        public void transferIndication(TransferName name, TransferSink sink) {
            heard.add("received");
            received.add(((MemorySink) sink).apdu());
        }

        @Override
        public void transferConfirm(TransferSource source, boolean transferred) {
            heard.add("transferred " + transferred);
            confirmed.add(transferred);
        }

        @Override
        public void turnPleaseIndication(int priority) {
            heard.add("please " + priority);
            if (givesWhenAsked && !transfer.isTransferring()) {
                transfer.turnGiveRequest();
            }
        }

        @Override
        public void turnGiveIndication() {
            heard.add("turn");
        }

        @Override
        public void closeIndication(Octets userData) {
            heard.add("close? " + userData);
            transfer.closeResponse(Octets.ofHex("0c0162"));
        }

        @Override
        public void closeConfirm(Octets userData) {
            heard.add("closed " + userData);
        }

        @Override
        public void userAbortIndication(Octets userData) {
            heard.add("aborted " + userData);
        }

        @Override
        public void providerAbortIndication(String detail) {
            heard.add("lost for good: " + detail);
        }

        @Override
        public void recovering(String detail) {
            heard.add("recovering");
        }

        @Override
        public void recovered() {
            heard.add("recovered");
        }

        List<String> news() {
            List<String> news = List.copyOf(heard);
            heard.clear();
            return news;
        }
    }

    /** A source that notes what it was asked, and fails when told to. */
    static final class Source implements TransferSource {
        private final byte[] octets;
        final List<Long> confirmations = new ArrayList<>();
        long octetsRead;
        int failures; // still to come
        long failAt = Long.MAX_VALUE;

        Source(Octets apdu) {
            octets = apdu.toByteArray();
        }

        long length() {
            return octets.length;
        }

        @Override
        public int read(long offset, byte[] into, int at, int length) throws IOException {
            if (failures > 0 && offset + length > failAt) {
                failures--;
                throw new IOException("the disk is gone");
            }
            int rest = (int) Math.min(length, octets.length - offset);
            if (rest <= 0) {
                return -1;
            }
            int part = Math.min(rest, 700); // fewer than asked for
            System.arraycopy(octets, (int) offset, into, at, part);
            octetsRead += part;
            return part;
        }

        @Override
        public void confirmed(long offset) {
            confirmations.add(offset);
        }

        @Override
        public Octets label() {
            return Octets.ofText("label");
        }
    }
}
