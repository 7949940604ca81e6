package org.osistack.application.rtse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ExceptionReason;

/** The services of X.218, between two machines over a dialogue that is never cut. */
class RtseServiceTest {
    private final Lab lab = new Lab(1);
    private final Lab.User caller = lab.caller;
    private final Lab.User callee = lab.callee;

    @AfterEach
    void noPduLeaks() {
        lab.run(Duration.ofMinutes(10));
        assertThat(lab.outstanding()).isZero();
    }

    // ---- RT-OPEN and RT-CLOSE ----

    @Test
    void opensWithUserDataBothWaysAndTheTurnHere() {
        lab.open();

        assertThat(callee.news()).containsExactly("open TWO_WAY_ALTERNATE 0c026869");
        assertThat(caller.news()).containsExactly("opened 0c0179");
        assertThat(caller.transfer.hasTurn()).isTrue();
        assertThat(callee.transfer.hasTurn()).isFalse();
        assertThat(Lab.state(caller.transfer)).isEqualTo(State.TURN_HERE);
        assertThat(Lab.state(callee.transfer)).isEqualTo(State.TURN_THERE);
        assertThat(callee.transfer.association()).isEqualTo(caller.transfer.association());
    }

    @Test
    void opensWithTheTurnThere() {
        lab.open(DialogueMode.MONOLOGUE, false);

        assertThat(caller.transfer.hasTurn()).isFalse();
        assertThat(callee.transfer.hasTurn()).isTrue();
        assertThat(callee.transfer.mode()).isEqualTo(DialogueMode.MONOLOGUE);
    }

    @Test
    void aRefusalBringsTheResponsersData() {
        callee.accepts = false;
        lab.open();
        callee.transfer.openRefusal("not today", Octets.ofHex("0c026e6f"));
        lab.settle();

        assertThat(caller.news()).containsExactly("refused not today 0c026e6f");
        assertThat(Lab.state(caller.transfer)).isEqualTo(State.IDLE);
        assertThat(Lab.state(callee.transfer)).isEqualTo(State.IDLE);
    }

    @Test
    void nobodyListens() {
        lab.called.detach(Lab.CONTEXT);
        lab.open();

        assertThat(caller.news()).containsExactly("refused nobody listens ");
    }

    @Test
    void closesWithUserDataBothWaysAndForgets() {
        lab.open();
        assertThat(lab.aliceLog.all()).hasSize(1);
        assertThat(lab.bobLog.all()).hasSize(1);
        caller.transfer.closeRequest(Octets.ofHex("0c0161"));
        lab.settle();

        assertThat(callee.news()).endsWith("close? 0c0161");
        assertThat(caller.news()).endsWith("closed 0c0162");
        assertThat(lab.aliceLog.all()).isEmpty();
        assertThat(lab.bobLog.all()).isEmpty();
    }

    @Test
    void onlyTheSideThatOpenedClosesAndOnlyWithTheTurn() {
        lab.open(DialogueMode.TWO_WAY_ALTERNATE, false);

        assertThatThrownBy(() -> callee.transfer.closeRequest(Octets.EMPTY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> caller.transfer.closeRequest(Octets.EMPTY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("RT-CLOSEreq is not allowed in state 4 turn there");
    }

    // ---- RT-TRANSFER ----

    @Test
    void transfersAnApduAsOneActivity() {
        lab.open();
        lab.net.log.clear();
        Octets apdu = Lab.apdu(2500, 1);
        caller.transfer.transferRequest(TransferSource.of(apdu), Lab.LONG);
        lab.settle();

        assertThat(callee.received).containsExactly(apdu);
        assertThat(caller.confirmed).containsExactly(true);
        assertThat(lab.net.log)
                .containsExactly(
                        "> ACTIVITY-START[identifier, 020101]",
                        "> DT",
                        "> SYNC-MINOR[serial number, 1, explicit confirmation, true, data separation, false]",
                        "> DT",
                        "> SYNC-MINOR[serial number, 2, explicit confirmation, true, data separation, false]",
                        "> DT",
                        "> ACTIVITY-END[serial number, 3]",
                        "< SYNC-MINOR+[serial number, 1]",
                        "< SYNC-MINOR+[serial number, 2]",
                        "< ACTIVITY-END+[]");
    }

    @Test
    void theNextTransferHasTheNextActivityIdentifier() {
        lab.open();
        for (int i = 0; i < 3; i++) {
            caller.transfer.transferRequest(TransferSource.of(Lab.apdu(10 + i, i)), Lab.LONG);
            lab.settle();
        }

        assertThat(callee.received).containsExactly(Lab.apdu(10, 0), Lab.apdu(11, 1), Lab.apdu(12, 2));
        assertThat(lab.net.log)
                .filteredOn(line -> line.contains("START"))
                .hasSize(3)
                .last()
                .asString()
                .contains("020103");
    }

    @Test
    void anApduOfExactlySoManyCheckpointsEndsWithoutAnEmptySegment() {
        lab.open();
        lab.net.log.clear();
        caller.transfer.transferRequest(TransferSource.of(Lab.apdu(2048, 1)), Lab.LONG);
        lab.settle();

        assertThat(lab.net.log).filteredOn("> DT"::equals).hasSize(2);
        assertThat(lab.net.log)
                .filteredOn(line -> line.startsWith("> SYNC-MINOR"))
                .hasSize(1);
        assertThat(callee.received).hasSize(1);
    }

    @Test
    void noMoreThanTheWindowIsUnconfirmed() {
        SlowSink slow = new SlowSink();
        Lab other = new Lab(1);
        other.callee = new Lab.User() {
            @Override
            public TransferSink sink(TransferName name, long secured) {
                return slow;
            }

            @Override
            public void transferIndication(TransferName name, TransferSink sink) {
                heard.add("received");
            }
        };
        other.called.detach(Lab.CONTEXT);
        other.called.attach(Lab.CONTEXT, other.callee);
        other.open();
        other.caller.transfer.transferRequest(TransferSource.of(Lab.apdu(10_000, 1)), Lab.LONG);
        other.settle();

        assertThat(slow.waiting).hasSize(3);
        assertThat(slow.octets).isEqualTo(3 * 1024);
        slow.waiting.remove(1).done(); // and with it the first
        other.settle();
        assertThat(slow.octets).isEqualTo(5 * 1024);
        assertThat(other.net.log)
                .filteredOn(line -> line.startsWith("< SYNC-MINOR+"))
                .hasSize(1);
        while (!slow.waiting.isEmpty()) {
            slow.waiting.remove(0).done();
            other.settle();
        }
        assertThat(other.caller.confirmed).containsExactly(true);
        assertThat(other.outstanding()).isZero();
    }

    @Test
    void withoutCheckpointsTheWholeApduIsOneSegment() {
        Lab other = new Lab(1, Lab.SETTINGS, Lab.SETTINGS.withCheckpoints(0, 3)).open();
        Octets apdu = Lab.apdu(100_000, 1);
        other.caller.transfer.transferRequest(TransferSource.of(apdu), Lab.LONG);
        other.settle();

        assertThat(other.caller.transfer.checkpointSize()).isZero();
        assertThat(other.callee.received).containsExactly(apdu);
        assertThat(other.net.log).filteredOn("> DT"::equals).hasSize(1);
        assertThat(other.net.log).noneMatch(line -> line.contains("SYNC-MINOR"));
        assertThat(other.outstanding()).isZero();
    }

    @Test
    void theResponderDecidesAboutCheckpointsWithinWhatIsAskedFor() {
        Lab smaller = new Lab(1, Lab.SETTINGS.withCheckpoints(8, 7), Lab.SETTINGS.withCheckpoints(4, 5)).open();
        assertThat(smaller.caller.transfer.checkpointSize()).isEqualTo(4);
        assertThat(smaller.caller.transfer.windowSize()).isEqualTo(5);
        assertThat(smaller.callee.transfer.checkpointSize()).isEqualTo(4);
        assertThat(smaller.callee.transfer.windowSize()).isEqualTo(5);

        Lab larger = new Lab(1, Lab.SETTINGS.withCheckpoints(2, 1), Lab.SETTINGS.withCheckpoints(4, 5)).open();
        assertThat(larger.caller.transfer.checkpointSize()).isEqualTo(2);
        assertThat(larger.caller.transfer.windowSize()).isEqualTo(1);

        Lab free = new Lab(1, Lab.SETTINGS.withCheckpoints(0, 3), Lab.SETTINGS.withCheckpoints(4, 5)).open();
        assertThat(free.caller.transfer.checkpointSize()).isEqualTo(4);
    }

    @Test
    void onlyTheSideWithTheTurnTransfersAndOneApduAtATime() {
        lab.open();

        assertThatThrownBy(() -> callee.transfer.transferRequest(TransferSource.of(Lab.apdu(10, 1)), Lab.LONG))
                .isInstanceOf(IllegalStateException.class);
        caller.transfer.transferRequest(TransferSource.of(Lab.apdu(10, 1)), Lab.LONG);
        assertThatThrownBy(() -> caller.transfer.transferRequest(TransferSource.of(Lab.apdu(10, 1)), Lab.LONG))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatTheAssociationPutsOffGoesLater() {
        Lab other = new Lab(5).open();
        other.net.putOffOneIn = 2;
        Octets apdu = Lab.apdu(50_000, 1);
        other.caller.transfer.transferRequest(TransferSource.of(apdu), Lab.LONG);
        other.run(Duration.ofSeconds(2));

        assertThat(other.callee.received).containsExactly(apdu);
        assertThat(other.caller.confirmed).containsExactly(true);
        assertThat(other.outstanding()).isZero();
    }

    @Test
    void theSourceHearsWhatIsConfirmed() {
        Lab.Source source = new Lab.Source(Lab.apdu(3000, 1));
        lab.open();
        caller.transfer.transferRequest(source, Lab.LONG);
        lab.settle();

        assertThat(source.confirmations).containsExactly(1024L, 2048L);
    }

    // ---- the turn ----

    @Test
    void theTurnIsAskedForAndGiven() {
        lab.open();
        callee.transfer.turnPleaseRequest(4);
        lab.settle();
        assertThat(caller.news()).endsWith("please 4");
        caller.transfer.turnGiveRequest();
        lab.settle();

        assertThat(callee.news()).endsWith("turn");
        assertThat(callee.transfer.hasTurn()).isTrue();
        assertThat(caller.transfer.hasTurn()).isFalse();
        callee.transfer.transferRequest(TransferSource.of(Lab.apdu(30, 1)), Lab.LONG);
        lab.settle();
        assertThat(caller.received).containsExactly(Lab.apdu(30, 1));
    }

    @Test
    void theTurnMayBeAskedForInTheMiddleOfATransfer() {
        lab.open();
        caller.transfer.transferRequest(TransferSource.of(Lab.apdu(200_000, 1)), Lab.LONG);
        lab.run(Duration.ofMillis(9));
        callee.transfer.turnPleaseRequest(2);
        lab.run(Duration.ofSeconds(1));

        assertThat(caller.heard).containsSubsequence("please 2", "transferred true");
    }

    @Test
    void aMonologueHasNoTurns() {
        lab.open(DialogueMode.MONOLOGUE, true);

        assertThatThrownBy(() -> caller.transfer.turnGiveRequest()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> callee.transfer.turnPleaseRequest(1)).isInstanceOf(IllegalStateException.class);
    }

    // ---- aborts ----

    @Test
    void aUserAbortBringsItsData() {
        lab.open();
        callee.transfer.userAbortRequest(Octets.ofHex("0c0178"));
        lab.settle();

        assertThat(caller.news()).endsWith("aborted 0c0178");
        assertThat(lab.aliceLog.all()).isEmpty();
        assertThat(lab.bobLog.all()).isEmpty();
    }

    @Test
    void aUserAbortInATransferConfirmsItAsNotTransferredFirst() {
        lab.open();
        caller.transfer.transferRequest(TransferSource.of(Lab.apdu(200_000, 1)), Lab.LONG);
        lab.run(Duration.ofMillis(9));
        callee.transfer.userAbortRequest(Octets.EMPTY);
        lab.settle();

        assertThat(caller.news()).endsWith("transferred false", "aborted ");
        assertThat(callee.received).isEmpty();
    }

    // ---- trouble on one association ----

    @Test
    void aTransferWhoseTimeIsOverIsDiscarded() {
        lab.open();
        caller.transfer.transferRequest(TransferSource.of(Lab.apdu(1_000_000, 1)), 20_000_000);
        lab.run(Duration.ofSeconds(1));

        assertThat(caller.news()).endsWith("transferred false");
        assertThat(callee.received).isEmpty();
        assertThat(lab.net.log).contains("> ACTIVITY-DISCARD[reason, an error at the user]", "< ACTIVITY-DISCARD+[]");
        caller.transfer.transferRequest(TransferSource.of(Lab.apdu(10, 1)), Lab.LONG);
        lab.settle();
        assertThat(callee.received).containsExactly(Lab.apdu(10, 1));
    }

    @Test
    void theUserDiscardsATransfer() {
        lab.open();
        caller.transfer.transferRequest(TransferSource.of(Lab.apdu(1_000_000, 1)), Lab.LONG);
        lab.run(Duration.ofMillis(20));
        caller.transfer.transferDiscardRequest();
        lab.settle();

        assertThat(caller.news()).endsWith("transferred false");
        assertThat(callee.received).isEmpty();
        assertThat(lab.bobLog.all().iterator().next().incoming()).isNull();
    }

    @Test
    void theUserInterruptsATransferAndResumesItAtTheLastConfirmedCheckpoint() {
        lab.open();
        Octets apdu = Lab.apdu(1_000_000, 1);
        Lab.Source source = new Lab.Source(apdu);
        caller.transfer.transferRequest(source, Lab.LONG);
        lab.run(Duration.ofMillis(20));
        caller.transfer.transferInterruptRequest();
        lab.run(Duration.ofMinutes(2));
        assertThat(caller.confirmed).isEmpty();
        assertThat(Lab.state(caller.transfer)).isEqualTo(State.TURN_HERE);
        long confirmed = source.confirmations.get(source.confirmations.size() - 1);
        caller.transfer.transferResumeRequest();
        lab.run(Duration.ofSeconds(20));

        assertThat(callee.received).containsExactly(apdu);
        assertThat(caller.confirmed).containsExactly(true);
        assertThat(lab.net.log)
                .contains("> ACTIVITY-RESUME[identifier, 020102, old identifier, 020101, serial number, "
                        + confirmed / 1024 + "]");
        assertThat(source.octetsRead).isLessThanOrEqualTo(1_000_000 + 5 * 1024);
    }

    @Test
    void anInterruptionBeforeAnyCheckpointIsADiscard() {
        lab.open();
        Octets apdu = Lab.apdu(1_000_000, 1);
        caller.transfer.transferRequest(TransferSource.of(apdu), Lab.LONG);
        caller.transfer.transferInterruptRequest();
        lab.settle();
        caller.transfer.transferResumeRequest();
        lab.run(Duration.ofSeconds(20));

        assertThat(lab.net.log).contains("> ACTIVITY-DISCARD[reason, an error at the user]");
        assertThat(callee.received).containsExactly(apdu);
    }

    @Test
    void aReceiverThatReportsAPassingErrorIsSentTheRestAgain() {
        exception(ExceptionReason.LOCAL_USER_ERROR);

        assertThat(lab.net.log).contains("> ACTIVITY-INTERRUPT[reason, no specific reason]");
        assertThat(callee.received).hasSize(1);
        assertThat(caller.confirmed).containsExactly(true);
    }

    @Test
    void aReceiverThatReportsAnUnrecoverableErrorIsSentAllAgain() {
        exception(ExceptionReason.UNRECOVERABLE_PROCEDURAL_ERROR);

        assertThat(lab.net.log).contains("> ACTIVITY-DISCARD[reason, no specific reason]");
        assertThat(callee.received).hasSize(1);
        assertThat(caller.confirmed).containsExactly(true);
    }

    @Test
    void aReceiverThatCannotReceiveAtAllEndsTheAssociation() {
        exception(ExceptionReason.RECEIVING_JEOPARDIZED);

        assertThat(caller.news()).endsWith("transferred false", "lost for good: ");
        assertThat(callee.news()).endsWith("lost for good: permanent problem: it gives up");
        assertThat(callee.received).isEmpty();
    }

    private void exception(ExceptionReason reason) {
        lab.open();
        caller.transfer.transferRequest(TransferSource.of(Lab.apdu(500_000, 1)), Lab.LONG);
        lab.run(Duration.ofMillis(20));
        callee.transfer.exceptionReportRequest(reason);
        lab.run(Duration.ofSeconds(20));
    }

    @Test
    void aProviderExceptionInterruptsTheTransferWhichIsResumed() {
        lab.open();
        Octets apdu = Lab.apdu(500_000, 1);
        caller.transfer.transferRequest(TransferSource.of(apdu), Lab.LONG);
        lab.run(Duration.ofMillis(20));
        lab.net.providerException();
        lab.run(Duration.ofSeconds(20));

        assertThat(lab.net.log).anyMatch(line -> line.startsWith("> ACTIVITY-RESUME"));
        assertThat(callee.received).containsExactly(apdu);
    }

    @Test
    void aReceiverThatAlwaysReportsIsGivenUp() {
        Lab other = new Lab(1);
        other.called.detach(Lab.CONTEXT);
        other.called.attach(Lab.CONTEXT, new Lab.User() {
            @Override
            public TransferSink sink(TransferName name, long secured) {
                return null;
            }
        });
        other.open();
        other.caller.transfer.transferRequest(TransferSource.of(Lab.apdu(50_000, 1)), Lab.LONG);
        other.run(Duration.ofMinutes(1));

        assertThat(other.caller.confirmed).containsExactly(false);
        assertThat(other.net.log).filteredOn(line -> line.contains("START")).hasSize(1 + Lab.SETTINGS.retries());
        assertThat(other.outstanding()).isZero();
    }

    @Test
    void aSourceThatFailsNowAndThenIsReadAgain() {
        Octets apdu = Lab.apdu(50_000, 1);
        Lab.Source source = new Lab.Source(apdu);
        source.failAt = 20_000;
        source.failures = 2;
        lab.open();
        caller.transfer.transferRequest(source, Lab.LONG);
        lab.run(Duration.ofSeconds(20));

        assertThat(callee.received).containsExactly(apdu);
        assertThat(source.failures).isZero();
    }

    @Test
    void aSourceThatFailsAlwaysIsGivenUp() {
        Lab.Source source = new Lab.Source(Lab.apdu(50_000, 1));
        source.failAt = 20_000;
        source.failures = Integer.MAX_VALUE;
        lab.open();
        caller.transfer.transferRequest(source, Lab.LONG);
        lab.run(Duration.ofMinutes(2));

        assertThat(caller.confirmed).containsExactly(false);
        assertThat(Lab.state(caller.transfer)).isEqualTo(State.TURN_HERE);
    }
}
