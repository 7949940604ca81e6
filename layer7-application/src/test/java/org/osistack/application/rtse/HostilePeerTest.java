package org.osistack.application.rtse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ExceptionReason;

/** Peers that send what nobody would: nothing throws, nothing leaks, and every transfer is confirmed in the end. */
class HostilePeerTest {
    @Test
    void mutatedDialoguesComeToAnEnd() {
        int transferred = 0;
        int failed = 0;
        for (int seed = 0; seed < 700; seed++) {
            Lab lab = new Lab(seed);
            SplittableRandom random = new SplittableRandom(seed);
            int oneIn = 2 + random.nextInt(30);
            lab.net.mutation = octets -> random.nextInt(oneIn) == 0 ? mutated(octets, random) : octets;
            lab.open();
            boolean isTwoWay =
                    lab.callee.transfer != null && lab.callee.transfer.mode() == DialogueMode.TWO_WAY_ALTERNATE;
            if (Lab.state(lab.caller.transfer) == State.TURN_HERE && isTwoWay) {
                lab.caller.transfer.transferRequest(TransferSource.of(Lab.apdu(6000, seed)), 120_000_000_000L);
                lab.callee.transfer.turnPleaseRequest(3);
                lab.run(Duration.ofMinutes(5));
                assertThat(lab.caller.confirmed).as("seed " + seed).hasSize(1);
                transferred += lab.caller.confirmed.get(0) ? 1 : 0;
                failed += lab.caller.confirmed.get(0) ? 0 : 1;
            } else {
                lab.run(Duration.ofMinutes(5));
            }
            assertThat(lab.outstanding()).as("seed " + seed).isZero();
        }
        assertThat(transferred).isGreaterThan(50);
        assertThat(failed).isGreaterThan(10);
    }

    private static byte[] mutated(byte[] octets, SplittableRandom random) {
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            octets[random.nextInt(Math.min(8, octets.length))] = (byte) random.nextInt(256);
        }
        return random.nextInt(6) == 0 ? Arrays.copyOf(octets, 1 + random.nextInt(octets.length)) : octets;
    }

    /** Events that X.225 would never let through, in any order: no state of the machine makes it fail. */
    @Test
    void anyEventsInAnyOrderAreSurvived() {
        Event[] events = Event.values();
        long performed = 0;
        for (int seed = 0; seed < 4000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            State state = State.values()[random.nextInt(State.values().length)];
            Event first = events[random.nextInt(events.length)];
            StateTable.Row[] cell = StateTable.x228().cell(first, state);
            if (cell.length == 0) {
                continue;
            }
            Bench bench = new Bench(first, state, cell[random.nextInt(cell.length)]);
            bench.fire();
            for (int i = 0; i < 30; i++) {
                bench.fireAnother(events[random.nextInt(events.length)], random);
                performed++;
            }
            bench.finish();
            assertThat(bench.host.pool().outstanding()).as("seed " + seed).isZero();
        }
        assertThat(performed).isGreaterThan(10_000);
    }

    @Test
    void usersWhoDoEverythingAtOddTimesAreSurvived() {
        for (int seed = 0; seed < 250; seed++) {
            Lab lab = new Lab(seed).open();
            SplittableRandom random = new SplittableRandom(seed);
            lab.net.putOffOneIn = random.nextInt(2) * 4;
            for (int i = 0; i < 40; i++) {
                Lab.User user = random.nextBoolean() ? lab.caller : lab.callee;
                request(user.transfer, random);
                if (random.nextInt(15) == 0) {
                    lab.net.cut();
                } else if (random.nextInt(20) == 0) {
                    lab.net.providerException();
                }
                lab.run(Duration.ofMillis(random.nextInt(20)));
            }
            lab.run(Duration.ofSeconds(90)); // every interruption is over by then, or goes on below
            finish(lab);
            String story = "seed " + seed + "\n" + String.join("\n", lab.net.log);
            assertThat(lab.caller.transfer.isTransferring()).as(story).isFalse();
            assertThat(lab.callee.transfer.isTransferring()).as(story).isFalse();
            assertThat(lab.outstanding()).as(story).isZero();
        }
    }

    private static void request(ReliableTransfer transfer, SplittableRandom random) {
        try {
            switch (random.nextInt(9)) {
                case 0, 1 ->
                    transfer.transferRequest(
                            TransferSource.of(Lab.apdu(10 + random.nextInt(20_000), 1)), 60_000_000_000L);
                case 2 -> transfer.transferDiscardRequest();
                case 3 -> transfer.transferInterruptRequest();
                case 4 -> transfer.transferResumeRequest();
                case 5 -> transfer.turnPleaseRequest(random.nextInt(5));
                case 6 -> transfer.turnGiveRequest();
                case 7 ->
                    transfer.exceptionReportRequest(
                            random.nextBoolean()
                                    ? ExceptionReason.LOCAL_USER_ERROR
                                    : ExceptionReason.UNRECOVERABLE_PROCEDURAL_ERROR);
                default -> {
                    if (random.nextInt(30) == 0) {
                        transfer.closeRequest(Octets.EMPTY);
                    }
                }
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("is not allowed in state");
        }
    }

    private static void finish(Lab lab) {
        for (Lab.User user : new Lab.User[] {lab.caller, lab.callee}) {
            if (user.transfer.isTransferring()) {
                user.transfer.transferDiscardRequest();
            }
        }
        lab.run(Duration.ofMinutes(3));
    }
}
