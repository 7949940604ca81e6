package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.mux.FakeNetwork.Cut;

/** What the protocol costs, in octets and time: the figures of the layer's README. */
class CostTest {
    private Talker caller;
    private Talker called;

    private void connect(Pair pair, List<Talker.Saying> sayings) {
        caller = new Talker(pair.alice, List.of(), false);
        called = new Talker(pair.bob, List.of(), false);
        called.remembers = false;
        pair.attach((connection, connect) -> {
            called.connection = connection;
            connection.request(Pair.accept(connect.requirements()));
            return called;
        });
        caller.connection = pair.call(caller, Pair.DUPLEX, Octets.EMPTY);
        pair.run(Duration.ofSeconds(1));
        caller.toSay.addAll(sayings);
    }

    private void end(Pair pair) {
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        pair.run(Duration.ofMinutes(2));
        pair.checkNothingIsLeft();
    }

    private static List<Talker.Saying> sayings(int count, int size) {
        return Collections.nCopies(count, new Talker.Saying(false, Octets.of(new byte[size])));
    }

    @Test
    void anSsduCostsTwelveOctetsAFrameAndAnAcknowledgementAQuarterOfTheCredit() {
        for (int size : new int[] {100, 1000, 10_000, 100_000}) {
            Pair pair = Pair.on(1, true);
            connect(pair, sayings(10_000_000 / size, size));
            long before = pair.network().octets;
            caller.readyIndication();
            pair.run(Duration.ofMinutes(1));
            assertThat(called.octetsHeard).isEqualTo(10_000_000);
            long headers = pair.network().octets - before - 10_000_000;
            long frames = 10_000_000 / size * ((size + 7987) / 7988);
            long acks = headers - 12 * frames;
            assertThat(acks).as("ACKs for SSDUs of " + size).isBetween(16L * 140, 16L * 220);
            end(pair);
        }
    }

    @Test
    void theFirstSessionTakesThreeRoundTripsAndEachOtherOne() {
        Pair pair = Pair.on(1, true);
        pair.attach((connection, connect) -> {
            connection.request(Pair.accept(connect.requirements()));
            return new Talker(pair.bob, List.of(), false);
        });
        assertThat(roundTrips(pair)).isEqualTo(3); // T-CONNECT, HELLO, OPEN; over TCP's handshake and nothing else
        assertThat(roundTrips(pair)).isEqualTo(1);
        assertThat(roundTrips(pair)).isEqualTo(1);
        pair.alices.close();
        pair.run(Duration.ofMinutes(2));
        pair.checkNothingIsLeft();
    }

    private static long roundTrips(Pair pair) {
        Talker user = new Talker(pair.alice, List.of(), false);
        long start = pair.simulation.now();
        SessionConnection connection = pair.call(user, Pair.DUPLEX, Octets.EMPTY);
        user.connection = connection;
        pair.simulation.runUntil(() -> !user.news.isEmpty(), Duration.ofSeconds(5));
        return (pair.simulation.now() - start) / 2_000_000;
    }

    /** 10 Mbit/s, 10 ms: what is under way when the path dies is sent again, and nothing else. */
    @Test
    void aCutCostsWhatWasUnderWay() {
        for (Cut cut : new Cut[] {Cut.BOTH, Cut.NOBODY}) {
            Pair pair = new Pair(1);
            FakeNetwork network = pair.network(true, 1 << 16, 10_000_000, 800);
            pair.open("keep-alive", "1s");
            connect(pair, sayings(10_000, 1000));
            network.fault = (request, tsdu) -> request == 5000 ? cut : null;
            long before = network.octets;
            long start = pair.simulation.now();
            caller.readyIndication();
            pair.simulation.runUntil(() -> called.octetsHeard == 10_000_000, Duration.ofMinutes(1));
            double seconds = (pair.simulation.now() - start) / 1e9;
            long overhead = network.octets - before - 10_000_000 - 12 * 10_000;
            assertThat(overhead).as("sent again, ACKs and greeting").isLessThan((64 << 10) + 5000);
            assertThat(seconds).isBetween(8.0, cut == Cut.BOTH ? 8.3 : 10.3);
            end(pair);
        }
    }
}
