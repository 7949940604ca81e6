package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimerTest {
    private final Simulation simulation = new Simulation(1);
    private final Host host = simulation.newHost("alice");
    private final List<String> fired = new ArrayList<>();

    @Test
    void firesOnceWhenItsTimeHasCome() {
        Timer timer = named("a");
        timer.arm(1000);

        run(999);
        assertThat(fired).isEmpty();
        assertThat(timer.isArmed()).isTrue();
        assertThat(timer.remainingNanos()).isOne();

        run(1);
        assertThat(fired).containsExactly("a");
        assertThat(timer.isArmed()).isFalse();
        assertThat(timer.remainingNanos()).isEqualTo(Long.MAX_VALUE);

        run(5000);
        assertThat(fired).containsExactly("a");
    }

    @Test
    void firesInTheOrderOfArmingAtOneInstant() {
        Timer a = named("a");
        Timer b = named("b");
        Timer c = named("c");
        c.arm(10);
        a.arm(10);
        b.arm(10);
        a.arm(10); // afresh: goes last

        run(10);

        assertThat(fired).containsExactly("c", "b", "a");
    }

    @Test
    void doesNotFireWhenStopped() {
        Timer timer = named("a");
        timer.arm(10);
        timer.disarm();
        timer.disarm();

        run(100);

        assertThat(fired).isEmpty();
    }

    @Test
    void canBeStartedLaterThanBefore() {
        Timer timer = named("a");
        timer.arm(10);
        timer.arm(20);

        run(19);
        assertThat(fired).isEmpty();
        run(1);
        assertThat(fired).containsExactly("a");
    }

    @Test
    void armNoLaterThanKeepsAnEarlierDeadline() {
        Timer timer = named("a");
        timer.armNoLaterThan(10);
        timer.armNoLaterThan(20);
        assertThat(timer.remainingNanos()).isEqualTo(10);
        timer.armNoLaterThan(5);
        assertThat(timer.remainingNanos()).isEqualTo(5);
        timer.disarm();
    }

    @Test
    void aTimeWithoutEndNeverComes() {
        Timer timer = named("a");
        run(1000);
        timer.arm(Long.MAX_VALUE);
        timer.armNoLaterThan(Long.MAX_VALUE);

        simulation.run(Duration.ofDays(365 * 200));

        assertThat(fired).isEmpty();
        assertThat(timer.isArmed()).isTrue();
    }

    @Test
    void aNegativeTimeHasComeAlready() {
        named("a").arm(-5);

        run(0);

        assertThat(fired).containsExactly("a");
    }

    @Test
    void oneThatIsArmedForThisInstantFiresInTheNextTurn() {
        int[] turn = {0};
        List<Integer> turns = new ArrayList<>();
        Timer[] timer = new Timer[1];
        timer[0] = host.newTimer(() -> {
            turns.add(turn[0]);
            if (turns.size() < 3) {
                timer[0].arm(0);
            }
        });
        timer[0].arm(0);

        for (; turn[0] < 5; turn[0]++) {
            host.loop().runOnce();
        }

        assertThat(turns).containsExactly(0, 1, 2);
    }

    @Test
    void oneMayStopAnotherThatIsDue() {
        Timer b = named("b");
        host.newTimer(() -> {
                    fired.add("a");
                    b.disarm();
                })
                .arm(10);
        b.arm(10);

        run(10);

        assertThat(fired).containsExactly("a");
    }

    @Test
    void manyTimersFireAsASortedListSays() {
        record Armed(long deadline, long order, int number) {}
        SplittableRandom random = new SplittableRandom(4711);
        List<Timer> timers = new ArrayList<>();
        List<Armed> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            timers.add(named(Integer.toString(i)));
        }
        for (int order = 0; order < 5000; order++) {
            int number = random.nextInt(300);
            expected.removeIf(armed -> armed.number == number);
            if (random.nextInt(4) == 0) {
                timers.get(number).disarm();
            } else {
                long deadline = random.nextInt(100);
                timers.get(number).arm(deadline);
                expected.add(new Armed(deadline, order, number));
            }
        }
        expected.sort(Comparator.comparingLong(Armed::deadline).thenComparingLong(Armed::order));

        run(100);

        assertThat(fired)
                .isEqualTo(expected.stream()
                        .map(armed -> Integer.toString(armed.number))
                        .toList());
    }

    private Timer named(String name) {
        return host.newTimer(() -> fired.add(name));
    }

    private void run(long nanos) {
        simulation.run(Duration.ofNanos(nanos));
    }
}
