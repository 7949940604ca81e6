package org.osistack.application.rtse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.Association;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ActivityIdentifier;

/** Associations that are lost, and what is made of them. */
class RecoveryTest {
    private final Lab lab = new Lab(1);

    @Test
    void anIdleAssociationIsRecoveredByTheSideThatOpenedIt() {
        lab.open();
        lab.net.log.clear();
        lab.net.cut();
        lab.run(Duration.ofSeconds(1));

        assertThat(lab.net.log).containsExactly("cut", "> CN", "< AC");
        assertThat(lab.caller.news()).endsWith("recovering", "recovered");
        assertThat(lab.callee.news()).endsWith("recovering", "recovered");
        assertThat(lab.caller.transfer.hasTurn()).isTrue();
    }

    @Test
    void theAttemptsBecomeRarerUntilTimeIsOver() {
        lab.open();
        lab.net.downNanos = Long.MAX_VALUE / 2;
        lab.net.cut();
        lab.run(Duration.ofSeconds(59));
        assertThat(lab.caller.news()).endsWith("recovering");
        lab.run(Duration.ofSeconds(2));

        assertThat(lab.caller.news()).endsWith("lost for good: time is over");
        assertThat(lab.callee.news()).endsWith("lost for good: time is over");
        assertThat(lab.net.attemptsWhileDown).isBetween(20, 50);
        assertThat(lab.aliceLog.all()).isEmpty();
        assertThat(lab.bobLog.all()).isEmpty();
    }

    @Test
    void aTransferThatIsLostForGoodIsConfirmedAsNotTransferredFirst() {
        lab.open();
        lab.caller.transfer.transferRequest(TransferSource.of(Lab.apdu(100_000, 1)), Lab.LONG);
        lab.run(Duration.ofMillis(20));
        lab.net.downNanos = Long.MAX_VALUE / 2;
        lab.net.cut();
        lab.run(Duration.ofMinutes(2));

        assertThat(lab.caller.news()).endsWith("recovering", "transferred false", "lost for good: time is over");
        assertThat(lab.callee.received).isEmpty();
        assertThat(lab.outstanding()).isZero();
    }

    @Test
    void theTimeOfATransferGoesOnInARecovery() {
        lab.open();
        lab.caller.transfer.transferRequest(TransferSource.of(Lab.apdu(100_000, 1)), 5_000_000_000L);
        lab.run(Duration.ofMillis(20));
        lab.net.downNanos = 10_000_000_000L;
        lab.net.cut();
        lab.run(Duration.ofSeconds(30));

        assertThat(lab.caller.news()).endsWith("recovering", "transferred false", "recovered");
        lab.caller.transfer.transferRequest(TransferSource.of(Lab.apdu(10, 2)), Lab.LONG);
        lab.settle();
        assertThat(lab.callee.received).containsExactly(Lab.apdu(10, 2));
    }

    @Test
    void requestsInARecoveryAreDoneAfterIt() {
        lab.open();
        lab.net.downNanos = 1_000_000_000L;
        lab.net.cut();
        lab.settle();
        lab.caller.transfer.transferRequest(TransferSource.of(Lab.apdu(10, 2)), Lab.LONG);
        lab.callee.transfer.turnPleaseRequest(3);
        lab.run(Duration.ofSeconds(5));

        assertThat(lab.callee.received).containsExactly(Lab.apdu(10, 2));
        assertThat(lab.caller.heard).containsSubsequence("recovered", "please 3");
    }

    @Test
    void theTurnGivenInARecoveryArrives() {
        lab.open();
        lab.net.downNanos = 1_000_000_000L;
        lab.net.cut();
        lab.settle();
        lab.caller.transfer.turnGiveRequest();
        lab.run(Duration.ofSeconds(5));

        assertThat(lab.callee.heard).endsWith("recovered", "turn");
        assertThat(lab.callee.transfer.hasTurn()).isTrue();
        assertThat(lab.caller.transfer.hasTurn()).isFalse();
    }

    @Test
    void aCloseInARecoveryIsDoneAfterIt() {
        lab.open();
        lab.net.cut();
        lab.run(Duration.ofMillis(5));
        lab.caller.transfer.closeRequest(Octets.EMPTY);
        lab.run(Duration.ofSeconds(5));

        assertThat(lab.caller.heard).endsWith("recovered", "closed 0c0162");
    }

    @Test
    void anAssociationThatThePeerHasForgottenIsLostForGood() {
        lab.open();
        lab.bobLog.all().forEach(lab.bobLog::remove);
        lab.restart(1, new Lab.User());
        lab.run(Duration.ofSeconds(5));

        assertThat(lab.caller.news()).endsWith("recovering", "lost for good: no such association");
    }

    @Test
    void whoMayNotRecoverIsRefused() {
        lab.open();
        lab.called.detach(Lab.CONTEXT);
        lab.called.attach(Lab.CONTEXT, new RtseListener() {
            @Override
            public ReliableTransferUser openIndication(ReliableTransfer transfer, DialogueMode mode, Octets data) {
                return null;
            }

            @Override
            public boolean mayRecover(TransferState state, Association association) {
                return false;
            }
        });
        lab.net.cut();
        lab.run(Duration.ofSeconds(5));

        assertThat(lab.caller.news()).endsWith("lost for good: no such association");
    }

    @Test
    void anAssociationIsContinuedForTheSameUserAlone() {
        lab.net.callerName = "alice";
        lab.open();
        assertThat(lab.callee.transfer.user()).isEqualTo("alice");
        lab.net.cut();
        lab.run(Duration.ofSeconds(5));
        assertThat(lab.caller.news()).endsWith("recovered");
        lab.restart(1, new Lab.User());
        lab.run(Duration.ofSeconds(5));
        assertThat(lab.caller.news()).endsWith("recovered");

        lab.net.callerName = "mallory";
        lab.net.cut();
        lab.run(Duration.ofSeconds(5));
        assertThat(lab.caller.news()).endsWith("lost for good: no such association");
    }

    @Test
    void withoutRecoveryTimeALossIsForGood() {
        Lab other = new Lab(1, Lab.SETTINGS.withRecovery(0), Lab.SETTINGS.withRecovery(0)).open();
        other.net.cut();
        other.settle();

        assertThat(other.caller.news()).endsWith("lost for good: cut");
        assertThat(other.callee.news()).endsWith("lost for good: cut");
    }

    @Test
    void anAssociationThatIsLostAgainAndAgainWithoutProgressIsGivenUp() {
        lab.open();
        lab.caller.transfer.transferRequest(TransferSource.of(Lab.apdu(100_000, 1)), Lab.LONG);
        lab.net.cutAfter = 3;
        lab.net.cutAlwaysAfter = 3; // CN, AC, AR
        lab.run(Duration.ofMinutes(1));

        assertThat(lab.caller.heard).filteredOn("recovering"::equals).hasSize(Lab.SETTINGS.retries());
        assertThat(lab.caller.heard).endsWith("transferred false", "lost for good: cut");
        assertThat(lab.outstanding()).isZero();
    }

    @Test
    void aDiscardThatCrossesTheConfirmIsAnsweredWithTheAbortThatConfirms() {
        lab.open();
        lab.caller.transfer.transferRequest(TransferSource.of(Lab.apdu(10, 1)), 1_500_000); // AEA is on its way
        lab.run(Duration.ofSeconds(5));

        assertThat(lab.net.log).contains("> ACTIVITY-DISCARD[reason, an error at the user]", "< AB");
        assertThat(lab.callee.received).containsExactly(Lab.apdu(10, 1));
        assertThat(lab.caller.heard).endsWith("recovering", "transferred true", "recovered");
    }

    // ---- restarts ----

    /** Files that outlive a process. */
    private static final class Disk {
        final Map<TransferName, byte[]> parts = new HashMap<>();
        final Map<TransferName, Octets> whole = new HashMap<>();
        int commits;
    }

    private static final class FileSink implements TransferSink {
        private final Disk disk;
        private final TransferName name;
        private final MemorySink octets = new MemorySink(1 << 20);

        FileSink(Disk disk, TransferName name, long secured) {
            this.disk = disk;
            this.name = name;
            byte[] part = disk.parts.getOrDefault(name, new byte[0]);
            assertThat(part.length).isGreaterThanOrEqualTo((int) secured);
            try {
                octets.append(part, 0, (int) secured);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void append(byte[] array, int offset, int length) throws IOException {
            octets.append(array, offset, length);
        }

        @Override
        public void secure(Completion completion) {
            disk.parts.put(name, octets.apdu().toByteArray());
            completion.done();
        }

        @Override
        public void rollBack(long length) {
            octets.rollBack(length);
        }

        @Override
        public void commit(Completion completion) {
            disk.whole.putIfAbsent(name, octets.apdu());
            disk.parts.remove(name);
            disk.commits++;
            completion.done();
        }

        @Override
        public void discard() {
            disk.parts.remove(name);
        }
    }

    private static final class FileUser extends Lab.User {
        private final Disk disk;
        private final Octets apdu;
        final List<Lab.Source> sources = new ArrayList<>();

        FileUser(Disk disk, Octets apdu) {
            this.disk = disk;
            this.apdu = apdu;
        }

        Lab.Source newSource() {
            Lab.Source source = new Lab.Source(apdu);
            sources.add(source);
            return source;
        }

        @Override
        public TransferSink sink(TransferName name, long secured) {
            return new FileSink(disk, name, secured);
        }

        @Override
        public TransferSource source(TransferName name, Octets label) {
            assertThat(label).isEqualTo(Octets.ofText("label"));
            return newSource();
        }

        @Override
        public void transferIndication(TransferName name, TransferSink sink) {
            heard.add("received");
        }
    }

    /** Sends 8 KiB, with a restart of one side or both at that delivery; the time until all is over, for the next cut. */
    private static int run(int at, boolean sender, boolean receiver) {
        Lab lab = new Lab(3);
        Disk disk = new Disk();
        Octets apdu = Lab.apdu(8 * 1024, 4);
        FileUser callee = new FileUser(disk, apdu);
        lab.callee = callee;
        lab.called.detach(Lab.CONTEXT);
        lab.called.attach(Lab.CONTEXT, callee);
        FileUser caller = new FileUser(disk, apdu);
        lab.caller = caller;
        lab.open();
        lab.net.deliveries = 0;
        caller.transfer.transferRequest(caller.newSource(), Lab.LONG);
        lab.simulation.runUntil(() -> lab.net.deliveries >= at, Duration.ofSeconds(1));
        List<FileUser> users = new ArrayList<>(List.of(caller));
        if (sender) {
            FileUser again = new FileUser(disk, apdu);
            users.add(again);
            TransferState state = lab.aliceLog.all().iterator().next();
            lab.restart(0, again);
            TransferState stored = TransferState.parse(state.emit());
            assertThat(stored).isEqualTo(state);
            again.transfer =
                    lab.calling.recoverRequest(stored, Lab.request(DialogueMode.TWO_WAY_ALTERNATE, true), again);
        }
        if (receiver) {
            lab.restart(1, new FileUser(disk, apdu));
        }
        lab.run(Duration.ofSeconds(30));

        String story = String.join("\n", lab.net.log);
        assertThat(disk.whole.values().stream().map(Octets::hashCode)).as(story).containsExactly(apdu.hashCode());
        assertThat(disk.parts.keySet()).as(story).isEmpty();
        assertThat(users.stream().flatMap(user -> user.confirmed.stream()))
                .as(story)
                .containsExactly(true);
        long read = users.stream()
                .flatMap(user -> user.sources.stream())
                .mapToLong(source -> source.octetsRead)
                .sum();
        assertThat(read - apdu.length()).as(story).isLessThanOrEqualTo(5 * 1024);
        assertThat(lab.outstanding()).as(story).isZero();
        return lab.net.deliveries;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aRestartAtAnyPointEndsWithEqualContentOnce(int sides) {
        int deliveries = 24; // AS, 8 DT, 7 MIP, 7 MIA, AE
        for (int at = 1; at <= deliveries; at++) {
            run(at, (sides & 1) != 0, (sides & 2) != 0);
        }
    }

    @Test
    void aCommitThatARestartHasInterruptedIsDoneAgain() {
        Disk disk = new Disk();
        FileUser user = new FileUser(disk, Octets.EMPTY);
        lab.called.detach(Lab.CONTEXT);
        lab.called.attach(Lab.CONTEXT, new Lab.User() {
            @Override
            public TransferSink sink(TransferName name, long secured) {
                return new SlowSink();
            }
        });
        lab.open();
        lab.caller.transfer.transferRequest(TransferSource.of(Lab.apdu(10, 1)), Lab.LONG);
        lab.settle();
        TransferState.Incoming incoming = lab.bobLog.all().iterator().next().incoming();
        assertThat(incoming.isCommitting()).isTrue();
        lab.restart(1, user);
        lab.run(Duration.ofSeconds(5));

        assertThat(disk.commits).isOne();
        assertThat(user.heard).containsExactly("recover", "received", "recovered");
        assertThat(lab.caller.confirmed).containsExactly(true);
        assertThat(lab.caller.heard).filteredOn("recovered"::equals).hasSize(1);
    }

    @Test
    void aStateOfEverythingSurvivesTheStore() {
        SessionConnectionIdentifier connection =
                new SessionConnectionIdentifier(Octets.ofHex("0123"), Octets.ofText("261122024047Z"), Octets.EMPTY);
        TransferName name = new TransferName(connection, new ActivityIdentifier(Octets.ofHex("020101")));
        TransferState state = new TransferState(
                true,
                "alice",
                "file",
                connection,
                DialogueMode.TWO_WAY_ALTERNATE,
                true,
                64,
                3,
                new TransferState.Outgoing(
                        name, name, new TransferState.Checkpoint(7, 1L << 40), true, Octets.ofText("a")),
                new TransferState.Incoming(
                        name,
                        name,
                        List.of(new TransferState.Checkpoint(1, 65536), new TransferState.Checkpoint(2, 131072)),
                        true),
                new TransferState.Completed(name, name),
                Octets.ofText("b"));

        assertThat(TransferState.parse(state.emit())).isEqualTo(state);
        assertThat(TransferState.parse(Octets.ofHex("3000"))).isNull();
    }
}
