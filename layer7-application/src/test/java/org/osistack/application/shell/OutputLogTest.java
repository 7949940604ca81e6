package org.osistack.application.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;

/** The log of a session, with a client that counts by its {@link Place}, over connections that are cut at random. */
class OutputLogTest {
    private final OutputLog log = new OutputLog();

    /** What a client does with what it gets. */
    private static final class Receiver {
        final List<Integer> taken = new ArrayList<>();
        final Place place = new Place();

        void resume(long from) {
            assertThat(place.resume(from)).isTrue();
        }

        void take(Octets apdu) {
            if (place.take(new ShellApdu.Output(false, apdu))) {
                taken.add(number(apdu));
            }
        }
    }

    private static Octets apdu(int number, int length) {
        byte[] octets = new byte[4 + length];
        for (int i = 0; i < 4; i++) {
            octets[i] = (byte) (number >>> 24 - 8 * i);
        }
        return Octets.of(octets);
    }

    private static int number(Octets apdu) {
        return apdu.at(0) << 24 | apdu.at(1) << 16 | apdu.at(2) << 8 | apdu.at(3);
    }

    /** Send the next point or APDU; the point's number, or -1. */
    private long sendNext(Receiver receiver) {
        long point = log.nextPoint();
        if (point >= 0) {
            receiver.place.pass(point);
        } else {
            receiver.take(log.nextApdu());
        }
        log.advance();
        return point;
    }

    @Test
    void nothingIsLostAndNothingComesTwiceWhateverIsCut() {
        for (int seed = 0; seed < 300; seed++) {
            walk(new SplittableRandom(seed), new OutputLogTest());
        }
    }

    private static void walk(SplittableRandom random, OutputLogTest test) {
        OutputLog log = test.log;
        Receiver receiver = new Receiver();
        receiver.resume(log.resume(ShellApdu.NOTHING_SEEN));
        int said = 0;
        int abandoned = -1; // what was said up to here may be missing
        for (int step = 0; step < 2000; step++) {
            switch (random.nextInt(random.nextInt(20) == 0 ? 7 : 4)) {
                case 0, 1 -> {
                    if (!log.isFull()) {
                        log.append(apdu(said++, random.nextInt(5000)), 1);
                    }
                }
                case 2 -> {
                    if (!log.isSent()) {
                        long point = test.sendNext(receiver);
                        if (point >= 0 && random.nextInt(3) > 0) {
                            assertThat(log.confirm(point)).isTrue();
                        }
                    }
                }
                case 3 -> {
                    if (random.nextInt(10) == 0) {
                        log.mark();
                    }
                }
                case 4 -> receiver.resume(log.resume(receiver.place.point())); // a cut
                case 5 -> { // another process
                    receiver = new Receiver();
                    abandoned = said; // what it sees begins somewhere
                    receiver.resume(log.resume(ShellApdu.NOTHING_SEEN));
                }
                default -> {
                    long next = log.lastSentPoint() + 1 + random.nextInt(2);
                    log.abandon(next);
                    if (random.nextBoolean()) {
                        receiver.place.pass(next - 1);
                    } else {
                        receiver.resume(log.resume(receiver.place.point())); // and a cut, before the client hears of it
                    }
                    abandoned = said;
                }
            }
            assertThat(log.kept()).isLessThan(OutputLog.WINDOW + OutputLog.SCREEN + 2 * OutputLog.INTERVAL);
        }
        while (!log.isSent()) {
            test.sendNext(receiver);
        }
        List<Integer> taken = receiver.taken;
        for (int i = 1; i < taken.size(); i++) {
            assertThat(taken.get(i)).isGreaterThan(taken.get(i - 1));
            if (taken.get(i) > abandoned) {
                assertThat(taken.get(i)).isEqualTo(Math.max(taken.get(i - 1) + 1, abandoned));
            }
        }
        if (said > Math.max(abandoned, 0)) {
            assertThat(taken).last().isEqualTo(said - 1);
        }
    }

    @Test
    void aScreenfulOfWhatIsConfirmedIsKept() {
        for (int i = 0; i < 10 * OutputLog.SCREEN_LINES; i++) {
            log.append(apdu(i, 10), 1);
            log.mark();
            sendNext(new Receiver());
            sendNext(new Receiver());
            log.confirm(log.lastPoint());
        }
        assertThat(log.isConfirmed()).isTrue();
        Receiver receiver = new Receiver();
        receiver.resume(log.resume(ShellApdu.NOTHING_SEEN));
        while (!log.isSent()) {
            sendNext(receiver);
        }
        assertThat(receiver.taken).hasSize(OutputLog.SCREEN_LINES).last().isEqualTo(10 * OutputLog.SCREEN_LINES - 1);
    }

    @Test
    void aClientCannotHaveSeenOrConfirmWhatWasNeverSent() {
        log.append(apdu(0, 10), 1);
        log.mark();
        assertThat(log.confirm(1)).isFalse();
        assertThat(log.resume(2)).isEqualTo(-1);
        assertThat(log.resume(1)).isEqualTo(1);
        assertThat(log.isSent()).isTrue();
    }
}
