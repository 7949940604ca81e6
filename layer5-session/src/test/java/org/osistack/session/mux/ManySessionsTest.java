package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Octets;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/** Many sessions over one transport connection, and none gets in another's way. */
class ManySessionsTest {
    private static final int MEGABIT_NANOS = 8000; // per octet at 1 Mbit/s
    private static final SessionPrimitive RELEASED = new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY);

    private final List<Talker> callers = new ArrayList<>();
    private final List<Talker> called = new ArrayList<>();

    private void sessions(Pair pair, int count, SayingsOf sayings, boolean releases) {
        for (int i = 0; i < count; i++) {
            called.add(null);
        }
        pair.attach((connection, connect) -> {
            int number = connect.userData().at(0);
            Talker talker = new Talker(pair.bob, List.of(), false);
            talker.connection = connection;
            talker.remembers = releases;
            called.set(number, talker);
            connection.request(Pair.accept(connect.requirements()));
            return talker;
        });
        for (int i = 0; i < count; i++) {
            Talker talker = new Talker(pair.alice, sayings.of(i), releases);
            callers.add(talker);
            talker.connection = pair.call(talker, Pair.DUPLEX, Octets.of((byte) i));
        }
    }

    @FunctionalInterface
    private interface SayingsOf {
        List<Talker.Saying> of(int session);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHundredSessionsShareOneTransportConnection(boolean stream) {
        Pair pair = new Pair(1);
        pair.network(stream, 1 << 14, 1_000_000, 80);
        pair.open();
        sessions(pair, 100, i -> Talker.sayings(i, 50, 10_000), true);
        pair.run(Duration.ofSeconds(1));
        assertThat(pair.network().connections).hasSize(1);
        pair.run(Duration.ofMinutes(2));
        for (int i = 0; i < 100; i++) {
            assertThat(called.get(i).heard).isEqualTo(Talker.sayings(i, 50, 10_000));
            assertThat(callers.get(i).last()).isEqualTo(RELEASED);
        }
        pair.checkNothingIsLeft();
    }

    @Test
    void sessionsHaveEqualSharesWhateverTheirSsdus() {
        Pair pair = new Pair(2);
        pair.network(true, 1 << 14, 1_000_000, MEGABIT_NANOS);
        pair.open();
        int[] sizes = {10, 50, 200, 1000, 4000, 7988, 20_000, 100_000};
        sessions(
                pair,
                sizes.length,
                i -> {
                    Talker.Saying saying = new Talker.Saying(false, Octets.of(new byte[sizes[i]]));
                    return Collections.nCopies(3_000_000 / sizes[i], saying);
                },
                false);
        pair.run(Duration.ofSeconds(2));
        long[] before = octets();
        pair.run(Duration.ofSeconds(60));
        long[] after = octets();
        for (int i = 0; i < sizes.length; i++) {
            double frames = (after[i] - before[i]) * (1 + 12.0 / Math.min(sizes[i], 7988));
            assertThat(frames)
                    .as("octets of frames with SSDUs of " + sizes[i] + " octets")
                    .isBetween(0.8 * 7_500_000 / sizes.length, 1.2 * 7_500_000 / sizes.length);
        }
        end(pair);
    }

    private long[] octets() {
        return called.stream().mapToLong(talker -> talker.octetsHeard).toArray();
    }

    @Test
    void aUserWhoDoesNotReadStopsNobodyElse() {
        Pair pair = Pair.on(3, true, "credit", "64k");
        sessions(pair, 3, i -> Collections.nCopies(1000, new Talker.Saying(false, Octets.of(new byte[1000]))), false);
        pair.run(Duration.ofMillis(5));
        called.get(1).connection.pause();
        long heard = called.get(1).octetsHeard;
        pair.run(Duration.ofMinutes(1));
        assertThat(called.get(0).octetsHeard).isEqualTo(1_000_000);
        assertThat(called.get(2).octetsHeard).isEqualTo(1_000_000);
        assertThat(called.get(1).octetsHeard).isEqualTo(heard);
        assertThat(pair.bobs.stored()).isBetween(60_000L, 64L << 10);
        called.get(1).connection.resume();
        pair.run(Duration.ofMinutes(1));
        assertThat(called.get(1).octetsHeard).isEqualTo(1_000_000);
        end(pair);
    }

    @Test
    void aShortMessageDoesNotWaitForALongOne() {
        Pair pair = new Pair(4);
        pair.network(true, 1 << 14, 1_000_000, MEGABIT_NANOS);
        pair.open();
        sessions(
                pair,
                2,
                i -> i == 0 ? List.of(new Talker.Saying(false, Octets.of(new byte[1_000_000]))) : List.of(),
                false);
        pair.run(Duration.ofSeconds(3));
        callers.get(1).toSay.add(new Talker.Saying(false, Octets.of(new byte[10])));
        callers.get(1).readyIndication();
        pair.run(Duration.ofMillis(250)); // what the transport has taken already, and a frame or two
        assertThat(called.get(1).octetsHeard).isEqualTo(10);
        assertThat(called.get(0).octetsHeard).isZero();
        end(pair);
    }

    private void end(Pair pair) {
        callers.forEach(talker -> talker.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY)));
        pair.run(Duration.ofMinutes(2));
        pair.checkNothingIsLeft();
    }

    @Test
    void whoIsOneTooManyHearsWhy() {
        Pair pair = Pair.on(5, true, "max-sessions", "10");
        sessions(pair, 15, i -> List.of(), false);
        pair.run(Duration.ofSeconds(1));
        assertThat(callers.stream()
                        .map(talker -> (SessionPrimitive.ConnectAnswer) talker.last())
                        .filter(answer -> answer.refusal() == SessionRefusal.CONGESTION))
                .hasSize(5);
        end(pair);
    }
}
