package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Octets;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.mux.FakeNetwork.Cut;

/** Transport connections die at the worst moments; the users notice nothing. */
class LossTest {
    private static final int SESSIONS = 4;
    private static final int SAYINGS = 12;
    private static final SessionPrimitive RELEASED = new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY);

    private final List<Talker> callers = new ArrayList<>();
    private final List<Talker> called = new ArrayList<>();

    /** Four sessions, each with data both ways, that release when they have said everything. */
    private void scenario(Pair pair) {
        callers.clear();
        called.clear();
        pair.attach((connection, connect) -> {
            int number = connect.userData().at(0);
            Talker talker = new Talker(pair.bob, Talker.sayings(100 + number, SAYINGS, 20_000), false);
            called.add(talker);
            connection.request(Pair.accept(connect.requirements()));
            pair.bob.loop().defer(() -> talker.start(connection));
            talker.connection = connection;
            return talker;
        });
        for (int i = 0; i < SESSIONS; i++) {
            Talker talker = new Talker(pair.alice, Talker.sayings(i, SAYINGS, 20_000), true);
            callers.add(talker);
            talker.connection = pair.call(talker, Pair.DUPLEX, Octets.of((byte) i));
        }
    }

    private void check(Pair pair, String as) {
        assertThat(called).as(as).hasSize(SESSIONS);
        for (int i = 0; i < SESSIONS; i++) {
            assertThat(callers.get(i).last()).as(as + ": caller " + i).isEqualTo(RELEASED);
            assertThat(called.get(i).last()).as(as + ": called " + i).isInstanceOf(SessionPrimitive.Release.class);
        }
        List<List<Talker.Saying>> heard = called.stream().map(t -> t.heard).toList();
        for (int i = 0; i < SESSIONS; i++) {
            assertThat(heard).as(as).contains(Talker.sayings(i, SAYINGS, 20_000));
            assertThat(Talker.sayings(100 + i, SAYINGS, 20_000)).as(as).isEqualTo(callers.get(i).heard);
        }
        pair.checkNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 1", "false, 3", "true, 3"})
    void withoutACutEverythingArrivesAndNothingIsLeft(boolean stream, String connections) {
        Pair pair = Pair.on(1, stream, "connections", connections);
        scenario(pair);
        pair.run(Duration.ofMinutes(2));
        check(pair, "no cut");
        assertThat(pair.network().requests).isBetween(SESSIONS * (SAYINGS * 2 + 4), 400);
    }

    @ParameterizedTest
    @CsvSource({
        "false, 1, BOTH", "false, 1, CALLER", "false, 1, CALLED", "false, 1, NOBODY",
        "true, 1, BOTH", "true, 1, CALLER", "true, 1, CALLED", "true, 1, NOBODY",
        "true, 3, BOTH", "true, 3, CALLER", "true, 3, CALLED", "true, 3, NOBODY"
    })
    void aCutAtAnyFrameLosesNothingAndDoublesNothing(boolean stream, String connections, Cut cut) {
        int cuts = 0;
        boolean reached = true;
        for (int at = 1; reached; at++) {
            Pair pair = Pair.on(at, stream, "connections", connections);
            int aim = at;
            boolean[] hit = new boolean[1];
            pair.network().fault = (request, tsdu) -> {
                hit[0] |= request == aim;
                return request == aim ? cut : null;
            };
            scenario(pair);
            pair.run(Duration.ofMinutes(3));
            check(pair, "cut at " + at);
            reached = hit[0];
            cuts += hit[0] ? 1 : 0;
        }
        assertThat(cuts).isGreaterThan(SESSIONS * SAYINGS * 2);
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 1", "true, 2", "false, 4"})
    void manyCutsInARowLoseNothing(boolean stream, String connections) {
        for (int seed = 0; seed < 100; seed++) {
            Pair pair = Pair.on(seed, stream, "connections", connections, "resume", "5m", "keep-alive", "1s");
            SplittableRandom random = new SplittableRandom(seed);
            int[] left = {30};
            pair.network().fault = (request, tsdu) -> {
                if (left[0] > 0 && random.nextInt(12) == 0) {
                    left[0]--;
                    return Cut.values()[random.nextInt(4)];
                }
                return null;
            };
            scenario(pair);
            pair.run(Duration.ofMinutes(20));
            check(pair, "seed " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"BOTH", "CALLER", "NOBODY"})
    void whatHadArrivedIsNotSentAgain(Cut cut) {
        for (int at = 3; at < 200; at++) {
            Pair pair = Pair.on(1, true);
            int aim = at;
            pair.network().fault = (request, tsdu) -> request == aim ? cut : null;
            scenario(pair);
            pair.run(Duration.ofMinutes(2));
            check(pair, "cut at " + at);
            assertThat(pair.alices.discards().counts()).isEmpty();
            assertThat(pair.bobs.discards().total())
                    .as("an OPEN without an answer is sent again at once")
                    .isLessThanOrEqualTo(SESSIONS);
        }
    }
}
