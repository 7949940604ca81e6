package org.osistack.application.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osistack.application.chat.RoomLab.Person;

/**
 * Members at random: they come, go, die, ask, give and speak, while things are under way. Whenever all has settled, exactly
 * one has the floor; and who asks for it gets it in the end.
 */
@Timeout(60)
class RoomWalkTest {
    private static final int MAX_PRESENT = 5;

    @Test
    void theFloorIsNeverLostAndNeverHadByTwo() {
        for (int seed = 0; seed < 300; seed++) {
            walk(RoomLab.ofAssociations(seed), seed, 150, Duration.ofNanos(1_500_000), false);
        }
    }

    @Test
    void norIsItOverWholeStacks() {
        for (int seed = 0; seed < 6; seed++) {
            walk(
                    RoomLab.ofStacks(seed, seed % 2 == 0 ? "" : ",loss=3%,delay=2ms"),
                    seed,
                    60,
                    Duration.ofMillis(3),
                    true);
        }
    }

    private static void walk(RoomLab lab, int seed, int steps, Duration longest, boolean canCrash) {
        SplittableRandom random = new SplittableRandom(seed);
        try {
            for (int i = 0; i < steps; i++) {
                act(lab, random, canCrash);
                if (random.nextInt(12) == 0) {
                    settle(lab);
                } else if (random.nextBoolean()) {
                    lab.run(Duration.ofNanos(random.nextLong(longest.toNanos())));
                }
            }
            settle(lab);
            everybodyGetsTheFloor(lab);
            assertThat(lab.outstanding()).isZero();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", " + lab.log, e);
        }
    }

    private static void act(RoomLab lab, SplittableRandom random, boolean canCrash) {
        List<Person> present = lab.persons.stream().filter(Person::isIn).toList();
        if (random.nextInt(12) == 0 && present.size() < MAX_PRESENT || present.isEmpty()) {
            lab.come("m" + lab.persons.size());
            return;
        }
        Person person = present.get(random.nextInt(present.size()));
        switch (random.nextInt(40)) {
            case 0 -> person.client.goodbye();
            case 1 -> {
                person.isKilled = true;
                person.client.abort();
            }
            case 2 -> {
                if (canCrash) {
                    person.isKilled = true;
                    lab.crash(person);
                }
            }
            case 3, 4 -> lab.type("/please");
            case 5, 6 -> lab.type("/give");
            case 7 -> lab.type("/give " + person.name);
            case 8 -> lab.type("/all " + person.name);
            case 9 -> lab.type("!" + random.nextInt(100));
            case 10, 11 -> lab.type("line " + random.nextInt(100));
            case 12, 13, 14 -> person.client.giveAll();
            case 15 -> person.client.askWho();
            case 16, 17 -> person.client.sayAside("a" + random.nextInt(100));
            case 18, 19, 20, 21, 22, 23, 24 -> person.client.say("l" + random.nextInt(100));
            case 25, 26, 27, 28, 29, 30, 31 -> person.client.please();
            default -> person.client.give();
        }
    }

    private static void settle(RoomLab lab) {
        lab.run(Duration.ofSeconds(40));
        List<String> holders = lab.holders();
        assertThat(holders).hasSize(1);
        for (Person person : lab.persons) {
            if (person.isIn()) {
                boolean has = holders.contains(person.name);
                assertThat(person.holdsDataToken()).as(person.name).isEqualTo(has);
                assertThat(person.holder).as(person.name).isEqualTo(has ? "you" : holders.get(0));
            } else {
                assertThat(person.isOver).as(person.name).isTrue();
                if (!person.isKilled) {
                    assertThat(person.problem).as(person.name).isNull();
                }
            }
        }
    }

    private static void everybodyGetsTheFloor(RoomLab lab) {
        List<Person> present = lab.persons.stream().filter(Person::isIn).toList();
        present.forEach(person -> person.client.please());
        lab.run();
        lab.type("/give");
        for (int turn = 0; turn <= present.size(); turn++) {
            settle(lab);
            String holder = lab.holders().get(0);
            present.stream().filter(person -> person.name.equals(holder)).forEach(person -> {
                person.client.say("my turn");
                person.client.give();
            });
            lab.type("/give");
        }
        settle(lab);
        assertThat(lab.holders()).containsExactly("bob");
        for (Person person : present) {
            long others = present.size() - 1;
            assertThat(person.heard.stream().filter(line -> line.endsWith(": my turn")))
                    .hasSize((int) others);
        }
    }
}
