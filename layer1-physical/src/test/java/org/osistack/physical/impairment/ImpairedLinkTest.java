package org.osistack.physical.impairment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;

class ImpairedLinkTest {
    private final Simulation simulation = new Simulation(7);
    private final Host host = simulation.newHost("alice");
    private final Discards discards = host.discards(1, "TEST");
    private final List<String> arrived = new ArrayList<>();
    private ImpairedLink link;

    @AfterEach
    void noPduLeaks() {
        simulation.run(Duration.ofHours(1));
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void handsFramesOnAtOnceWhenItIsGoodAndDirect() {
        open(false);

        send(1, 100);

        assertThat(arrived).containsExactly("0 1");
    }

    @Test
    void neverHandsAFrameOnBeforeSendReturnsWhenItDefers() {
        open(true);

        send(1, 100);
        send(2, 100);
        assertThat(arrived).isEmpty();
        simulation.run(Duration.ZERO);

        assertThat(arrived).containsExactly("0 1", "0 2");
    }

    @Test
    void aFrameSentByOneThatArrivesWaitsForTheNextTurn() {
        int[] depth = new int[2];
        link = ImpairedLink.deferring(Impairments.NONE, host, discards, new MediumCounters(), host.random(), frame -> {
            depth[0]++;
            depth[1] = Math.max(depth[1], depth[0]);
            int number = frame.getUint8(0);
            if (number < 200) {
                link.send(frame.putUint8(0, number + 1));
            } else {
                frame.release();
            }
            depth[0]--;
        });

        link.send(host.pool().take().append(new byte[60]));
        simulation.run(Duration.ZERO);

        assertThat(depth[1]).isOne();
    }

    @Test
    void delaysAllFramesAlike() {
        open(false, "delay", "5ms");

        send(1, 100);
        simulation.run(Duration.ofMillis(2));
        send(2, 100);
        simulation.run(Duration.ofMillis(10));

        assertThat(arrived).containsExactly("5000 1", "7000 2");
    }

    @Test
    void sendsOneFrameAfterTheOtherAtItsRate() {
        open(true, "rate", "100M", "delay", "1ms");

        send(1, 1250);
        send(2, 625);
        simulation.run(Duration.ofSeconds(1));

        assertThat(arrived).containsExactly("1100 1", "1150 2");
    }

    @Test
    void dropsTheLastComeWhenTheQueueIsFullOfFrames() {
        open(true, "rate", "100M", "queue", "2");

        send(1, 1250);
        send(2, 1250);
        send(3, 1250);
        simulation.run(Duration.ofNanos(100_000));
        send(4, 1250);
        simulation.run(Duration.ofSeconds(1));

        assertThat(arrived).containsExactly("100 1", "200 2", "300 4");
        assertThat(discards.count(Discard.QUEUE_FULL)).isOne();
    }

    @Test
    void dropsTheLastComeWhenTheQueueIsFullOfOctets() {
        open(true, "rate", "100M", "queue-octets", "2000");

        send(1, 1250);
        send(2, 1250);
        send(3, 750);
        simulation.run(Duration.ofSeconds(1));

        assertThat(arrived).containsExactly("100 1", "160 3");
    }

    @Test
    void losesAsManyFramesAsItIsToldTo() {
        open(false, "loss", "5%");

        for (int i = 0; i < 20_000; i++) {
            send(1, 60);
        }

        assertThat(discards.count(Discard.LOST)).isCloseTo(1000, within(150L));
        assertThat(arrived).hasSize(20_000 - (int) discards.count(Discard.LOST));
    }

    @Test
    void duplicatesArriveRightBehindTheFirst() {
        open(true, "duplicate", "100%");

        send(1, 60);
        send(2, 60);
        simulation.run(Duration.ZERO);

        assertThat(arrived).containsExactly("0 1", "0 1", "0 2", "0 2");
        assertThat(link.duplicated()).isEqualTo(2);
    }

    @Test
    void keepsTheOrderOfFramesThatJitter() {
        open(true, "jitter", "10ms");

        for (int i = 0; i < 100; i++) {
            send(i, 60);
            simulation.run(Duration.ofNanos(100_000));
        }
        simulation.run(Duration.ofSeconds(1));

        assertThat(arrived).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(arrived.get(i)).endsWith(" " + i);
        }
        assertThat(arrived.get(99)).isNotEqualTo("9900 99");
    }

    @Test
    void framesThatAreHeldUpAreOvertaken() {
        open(false);

        link.send(frame(1, 60), 3_000_000);
        send(2, 60);
        simulation.run(Duration.ofMillis(1));
        send(3, 60);
        simulation.run(Duration.ofMillis(5));

        assertThat(arrived).containsExactly("0 2", "1000 3", "3000 1");
    }

    @Test
    void reordersAsManyFramesAsItIsToldTo() {
        open(true, "reorder", "10%", "reorder-delay", "1ms");

        for (int i = 0; i < 2000; i++) {
            send(i, 60);
            simulation.run(Duration.ofNanos(10_000));
        }
        simulation.run(Duration.ofSeconds(1));

        assertThat(arrived).hasSize(2000);
        assertThat(link.reordered()).isBetween(140L, 260L);
    }

    @Test
    void invertsOneToThreeBitsOfACorruptedFrame() {
        int[] inverted = new int[5];
        Impairments impairments = Impairments.of(new Options("test", null, Map.of("corrupt", "1")));
        link = ImpairedLink.direct(impairments, host, discards, host.random(), frame -> {
            int bits = 0;
            for (int i = 0; i < frame.length(); i++) {
                bits += Integer.bitCount(frame.getUint8(i));
            }
            inverted[bits]++;
            frame.release();
        });

        for (int i = 0; i < 3000; i++) {
            link.send(host.pool().take().append(new byte[1 + i % 64]));
        }

        assertThat(inverted[0]).isZero();
        assertThat(inverted[1]).isPositive();
        assertThat(inverted[2]).isPositive();
        assertThat(inverted[3]).isPositive();
        assertThat(inverted[4]).isZero();
        assertThat(link.corrupted()).isEqualTo(3000);
    }

    @Test
    void theSameSeedHasTheSameChances() {
        List<List<String>> runs = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            arrived.clear();
            open(false, "loss", "50%", "seed", run < 2 ? "42" : "43");
            for (int i = 0; i < 100; i++) {
                send(i, 60);
            }
            runs.add(List.copyOf(arrived));
        }

        assertThat(runs.get(1)).isEqualTo(runs.get(0));
        assertThat(runs.get(2)).isNotEqualTo(runs.get(0));
    }

    @Test
    void losesWhatIsOnItsWayWhenItIsCleared() {
        open(true, "delay", "1s");
        send(1, 60);
        send(2, 60);

        link.clear();
        simulation.run(Duration.ofSeconds(2));

        assertThat(arrived).isEmpty();
        assertThat(discards.count(Discard.LINK_DOWN)).isEqualTo(2);
    }

    @Test
    void hasAnEndOfMemoryHoweverLongTheDelay() {
        open(true, "delay", "1h");

        for (int i = 0; i < 70_000; i++) {
            send(i, 60);
        }

        assertThat(host.pool().outstanding()).isEqualTo(1 << 16);
        assertThat(discards.count(Discard.QUEUE_FULL)).isEqualTo(70_000 - (1 << 16));
        link.clear();
    }

    private void open(boolean deferring, String... keysAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        Impairments impairments = Impairments.of(new Options("test", null, values));
        link = deferring
                ? ImpairedLink.deferring(
                        impairments,
                        host,
                        discards,
                        new MediumCounters(),
                        impairments.newRandom(simulation),
                        this::arrives)
                : ImpairedLink.direct(impairments, host, discards, impairments.newRandom(simulation), this::arrives);
    }

    private void arrives(Pdu frame) {
        arrived.add(simulation.now() / 1000 + " " + frame.getUint8(0));
        frame.release();
    }

    private void send(int number, int length) {
        link.send(frame(number, length));
    }

    private Pdu frame(int number, int length) {
        return host.pool().take().append(new byte[length]).putUint8(0, number);
    }
}
