package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void timePassesOnlyWhenItIsLet() {
        Simulation simulation = new Simulation(1);
        assertThat(simulation.now()).isZero();

        simulation.run(Duration.ofSeconds(2));

        assertThat(simulation.now()).isEqualTo(2_000_000_000L);
        assertThat(simulation.isVirtual()).isTrue();
    }

    @Test
    void jumpsFromDeadlineToDeadline() {
        Simulation simulation = new Simulation(1);
        Host host = simulation.newHost("alice");
        List<Long> times = new ArrayList<>();
        Timer[] timer = new Timer[1];
        timer[0] = host.newTimer(() -> {
            times.add(host.now());
            timer[0].arm(Duration.ofHours(1).toNanos());
        });
        timer[0].arm(0);

        simulation.run(Duration.ofHours(3));

        assertThat(times).containsExactly(0L, 3_600_000_000_000L, 7_200_000_000_000L, 10_800_000_000_000L);
    }

    @Test
    void hostsTakeTheirTurnsInTheOrderOfTheirAdding() {
        Simulation simulation = new Simulation(1);
        Host alice = simulation.newHost("alice");
        Host bob = simulation.newHost("bob");
        List<String> turns = new ArrayList<>();
        bob.newTimer(() -> turns.add("bob")).arm(5);
        alice.newTimer(() -> turns.add("alice")).arm(5);

        simulation.run(Duration.ofNanos(5));

        assertThat(turns).containsExactly("alice", "bob");
        assertThat(simulation.hosts()).containsExactly(alice, bob);
    }

    @Test
    void aHostThatIsTakenOutDoesNothingMore() {
        Simulation simulation = new Simulation(1);
        List<String> turns = new ArrayList<>();
        Host alice = simulation.newHost("alice");
        Host bob = simulation.newHost("bob");
        alice.newTimer(() -> {
                    turns.add("alice");
                    bob.loop().defer(() -> turns.add("bob, put off"));
                    simulation.remove(bob);
                    simulation.remove(bob);
                })
                .arm(5);
        bob.newTimer(() -> turns.add("bob")).arm(7);

        simulation.run(Duration.ofNanos(10));

        assertThat(turns).containsExactly("alice");
        assertThat(simulation.hosts()).containsExactly(alice);
    }

    @Test
    void runsUntilSomethingIsSo() {
        Simulation simulation = new Simulation(1);
        boolean[] fired = new boolean[1];
        simulation.newHost("alice").newTimer(() -> fired[0] = true).arm(700);

        assertThat(simulation.runUntil(() -> fired[0], Duration.ofNanos(1000))).isTrue();

        assertThat(simulation.now()).isEqualTo(700);
    }

    @Test
    void timeHasPassedWhenTheLimitIsReached() {
        Simulation simulation = new Simulation(1);
        simulation.newHost("alice").newTimer(() -> {}).arm(5000);

        assertThat(simulation.runUntil(() -> false, Duration.ofNanos(1000))).isFalse();
        assertThat(simulation.now()).isEqualTo(1000);
        assertThat(simulation.runUntil(() -> simulation.now() == 5000, Duration.ofNanos(4500)))
                .isTrue();
    }

    @Test
    void theSameSeedGivesTheSameRandomness() {
        assertThat(draw(new Simulation(3))).isEqualTo(draw(new Simulation(3))).isNotEqualTo(draw(new Simulation(4)));
    }

    @Test
    void hostsDoNotShareRandomness() {
        Simulation simulation = new Simulation(3);

        assertThat(simulation.newHost("alice").random().nextLong())
                .isNotEqualTo(simulation.newHost("bob").random().nextLong());
    }

    @Test
    void noticesHostsThatNeverComeToRest() {
        Simulation simulation = new Simulation(1);
        simulation.newHost("alice").loop().addPoller(() -> 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> simulation.run(Duration.ofNanos(1)))
                .withMessage("the hosts never come to rest at 0 ns");
    }

    @Test
    void hostsShareObjectsByTypeAndName() {
        Simulation simulation = new Simulation(1);
        Host alice = simulation.newHost("alice");
        Host bob = simulation.newHost("bob");

        StringBuilder lab = alice.shared(StringBuilder.class, "lab", StringBuilder::new);

        assertThat(bob.shared(StringBuilder.class, "lab", StringBuilder::new)).isSameAs(lab);
        assertThat(bob.shared(StringBuilder.class, "other", StringBuilder::new)).isNotSameAs(lab);
        assertThat(bob.shared(String.class, "lab", () -> "text")).isEqualTo("text");
        assertThat(bob.shared(
                        StringBuilder.class,
                        "outer",
                        () -> bob.shared(StringBuilder.class, "inner", StringBuilder::new)))
                .isSameAs(alice.shared(StringBuilder.class, "inner", StringBuilder::new));
    }

    private static List<Long> draw(Simulation simulation) {
        List<Long> drawn = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Host host = simulation.newHost("host" + i);
            drawn.add(host.random().nextLong());
            drawn.add(simulation.newRandom().nextLong());
            drawn.add(host.random().nextLong());
        }
        return drawn;
    }
}
