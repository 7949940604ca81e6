package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Observer;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionPrimitive.ConnectAnswer;
import org.osistack.session.SessionPrimitive.ProviderAbort;
import org.osistack.session.SessionPrimitive.UserAbort;
import org.osistack.session.SessionRefusal;

/** Quotas and time limits of session connections. */
class LimitsTest {
    private static final String[] NO = {};
    private static final ProviderAbort UNDEFINED = new ProviderAbort(ProviderAbortReason.UNDEFINED);

    private static Pair pair(String... bobsOptions) {
        return new Pair(new RecordNetwork(() -> 1_000_000, 8), NO, bobsOptions);
    }

    private static RecordingUser connect(Pair pair) {
        RecordingUser user = new RecordingUser();
        user.connection = pair.alices.connectRequest(
                Primitives.connect(FunctionalUnits.of(FunctionalUnit.DUPLEX), TokenSetting.INITIATOR, Octets.EMPTY),
                user);
        pair.run();
        return user;
    }

    private static long count(Pair pair, Quotas.Event event) {
        return new ArrayList<>(pair.bobs.counters().values()).get(event.ordinal());
    }

    @Test
    void onePeerHasNoMoreSessionsThanItMayAndHearsWhy() {
        Pair pair = pair("max-sessions-per-peer", "2");
        List<RecordingUser> users = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            users.add(connect(pair));
        }
        assertThat(users.get(0).last(ConnectAnswer.class).isAccepted()).isTrue();
        assertThat(users.get(1).last(ConnectAnswer.class).isAccepted()).isTrue();
        assertThat(users.get(2).last(ConnectAnswer.class).refusal()).isEqualTo(SessionRefusal.CONGESTION);
        assertThat(count(pair, Quotas.Event.TOO_MANY_OF_PEER)).isEqualTo(1);
        assertThat(count(pair, Quotas.Event.BEGUN)).isEqualTo(2);

        users.get(0).connection.request(new UserAbort(Octets.EMPTY));
        pair.run();
        assertThat(connect(pair).last(ConnectAnswer.class).isAccepted()).isTrue();
        pair.end();
    }

    @Test
    void whatOnePeerHasDoesNotCountForAnother() {
        Quotas quotas = new Quotas(
                Observer.NONE,
                Settings.of(new Options("x225", null, Map.of("max-sessions-per-peer", "1", "max-sessions", "3"))),
                () -> 3);
        NetworkAddress alice = new Name("alice");
        NetworkAddress carol = new Name("carol");
        assertThat(quotas.enter(alice)).isTrue();
        assertThat(quotas.isRefused(alice)).isFalse();
        assertThat(quotas.enter(alice)).isTrue();
        assertThat(quotas.isRefused(alice)).isTrue();
        assertThat(quotas.enter(alice)).isFalse(); // not even to be told
        assertThat(quotas.enter(carol)).isTrue();
        assertThat(quotas.isRefused(carol)).isFalse();
        quotas.leave(alice);
        assertThat(quotas.isRefused(alice)).isFalse();
        quotas.leave(alice);
        quotas.leave(carol);
        assertThat(quotas.counters().values()).containsExactly(0L, 0L, 1L, 1L, 0L, 0L, 0L);
    }

    private record Name(String text) implements NetworkAddress {
        @Override
        public String toString() {
            return text;
        }
    }

    @Test
    void aSessionInWhichNobodySpeaksEndsWithAProviderAbortOnBothSides() {
        Pair pair = pair("idle", "10s");
        pair.connect(FunctionalUnit.DUPLEX);
        for (int i = 0; i < 4; i++) {
            pair.simulation.run(Duration.ofSeconds(8));
            pair.send(i % 2 == 0 ? pair.caller : pair.called, "still here");
            pair.run();
        }
        assertThat(pair.states()).isEqualTo("713 713");
        pair.simulation.run(Duration.ofMillis(8_900));
        assertThat(pair.states()).isEqualTo("713 713");
        pair.simulation.run(Duration.ofMillis(200));
        assertThat(pair.caller.last()).isEqualTo(UNDEFINED);
        assertThat(pair.called.last()).isEqualTo(UNDEFINED);
        assertThat(count(pair, Quotas.Event.IDLE)).isEqualTo(1);
        assertThat(pair.states()).isEqualTo("- -");
        pair.end();
    }

    @Test
    void aSessionEndsWhenItsTimeIsOverWhateverIsSaid() {
        Pair pair = pair("lifetime", "10s");
        pair.connect(FunctionalUnit.HALF_DUPLEX);
        for (int i = 0; i < 8; i++) {
            pair.send(pair.caller, "on and on");
            pair.run();
        }
        assertThat(pair.states()).isEqualTo("713 713");
        pair.simulation.run(Duration.ofSeconds(2));
        assertThat(pair.caller.last()).isEqualTo(UNDEFINED);
        assertThat(pair.called.last()).isEqualTo(UNDEFINED);
        assertThat(count(pair, Quotas.Event.LIFETIME)).isEqualTo(1);
        pair.end();
    }

    @Test
    void theNextSessionOnAKeptTransportConnectionHasItsOwnTime() {
        String[] options = {"lifetime", "10s", "idle", "6s", "reuse", "yes", "reuse-time", "60s"};
        Pair pair = new Pair(new RecordNetwork(() -> 1_000_000, 8), options, options);
        for (int i = 0; i < 3; i++) {
            pair.connect(FunctionalUnit.DUPLEX);
            pair.simulation.run(Duration.ofSeconds(4));
            assertThat(pair.states()).isEqualTo("713 713");
            pair.caller.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
            pair.simulation.run(Duration.ofSeconds(20));
            assertThat(pair.states()).isEqualTo("01C 01C");
        }
        assertThat(pair.network.opened()).hasSize(1);
        assertThat(count(pair, Quotas.Event.IDLE) + count(pair, Quotas.Event.LIFETIME))
                .isZero();
        pair.end();
    }

    @Test
    void aUserThatDoesNotAnswerIsIdleToo() {
        Pair pair = pair("idle", "10s");
        pair.accepts = false;
        pair.connect(FunctionalUnit.DUPLEX);
        assertThat(pair.states()).isEqualTo("02A 08");
        pair.simulation.run(Duration.ofSeconds(10));
        assertThat(pair.called.last()).isEqualTo(UNDEFINED);
        assertThat(pair.caller.last()).isEqualTo(UNDEFINED);
        pair.end();
    }

    @Test
    void withoutLimitsAnIdleSessionStays() {
        Pair pair = pair();
        pair.connect(FunctionalUnit.DUPLEX);
        pair.simulation.run(Duration.ofDays(30));
        assertThat(pair.states()).isEqualTo("713 713");
        pair.end();
    }
}
