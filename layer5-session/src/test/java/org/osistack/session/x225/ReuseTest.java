package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionPrimitive.ConnectAnswer;
import org.osistack.session.SessionPrimitive.Release;
import org.osistack.session.SessionPrimitive.ReleaseAnswer;
import org.osistack.session.SessionPrimitive.UserAbort;
import org.osistack.session.SessionRefusal;

/** Several session connections on one transport connection, one after another (X.225 §6.3.3). */
class ReuseTest {
    private static final String[] YES = {"reuse", "yes"};
    private static final String[] NO = {};

    private static Pair pair(String[] alices, String[] bobs) {
        return new Pair(new RecordNetwork(() -> 1_000_000, 8, () -> true), alices, bobs);
    }

    private static void connectAgain(Pair pair) {
        pair.caller = new RecordingUser();
        pair.called = new RecordingUser();
        pair.connect(FunctionalUnit.DUPLEX);
        assertThat(pair.caller.last(ConnectAnswer.class).isAccepted()).isTrue();
        pair.send(pair.caller, "hello");
        pair.send(pair.called, "hello");
        pair.run();
        assertThat(pair.called.data).hasSize(1);
        assertThat(pair.caller.data).hasSize(1);
    }

    private static void release(Pair pair) {
        pair.caller.connection.request(new Release(Octets.EMPTY));
        pair.run();
        pair.called.connection.request(new ReleaseAnswer(true, Octets.EMPTY));
        pair.run();
        assertThat(pair.caller.last()).isEqualTo(new ReleaseAnswer(true, Octets.EMPTY));
    }

    @Test
    void afterAReleaseTheTransportConnectionIsUsedAgain() {
        Pair pair = pair(YES, YES);
        for (int i = 0; i < 3; i++) {
            connectAgain(pair);
            release(pair);
            assertThat(pair.states()).isEqualTo("01C 01C");
        }
        assertThat(pair.network.opened()).hasSize(1);
        pair.caller.connection.request(new UserAbort(Octets.EMPTY)); // of a connection that has ended: ignored
        pair.run();
        assertThat(pair.states()).isEqualTo("01C 01C");
        pair.simulation.run(Duration.ofSeconds(30));
        assertThat(pair.states()).isEqualTo("- -"); // unused too long
        pair.end();
    }

    @Test
    void afterAnAbortTooWhoeverAborts() {
        Pair pair = pair(YES, YES);
        connectAgain(pair);
        pair.caller.connection.request(new UserAbort(Octets.ofText("a")));
        assertThat(pair.states()).isEqualTo("01A 713");
        pair.run();
        assertThat(pair.called.last()).isEqualTo(new UserAbort(Octets.ofText("a")));
        assertThat(pair.states()).isEqualTo("01C 01C");
        connectAgain(pair);
        pair.called.connection.request(new UserAbort(Octets.ofText("b")));
        pair.run();
        assertThat(pair.caller.last()).isEqualTo(new UserAbort(Octets.ofText("b")));
        connectAgain(pair);
        assertThat(pair.network.opened()).hasSize(1);
        pair.end();
    }

    @Test
    void andAfterARefusal() {
        Pair pair = pair(YES, YES);
        pair.accepts = false;
        pair.connect(FunctionalUnit.DUPLEX);
        pair.called.connection.request(Primitives.refuse(SessionRefusal.REJECTED_BY_USER, Octets.EMPTY));
        pair.run();
        assertThat(pair.caller.last(ConnectAnswer.class).refusal()).isEqualTo(SessionRefusal.REJECTED_BY_USER);
        pair.accepts = true;
        connectAgain(pair);
        assertThat(pair.network.opened()).hasSize(1);
        pair.end();
    }

    @Test
    void fromWithinTheConfirmOfTheReleaseTheNextMayBeAskedFor() {
        Pair pair = pair(YES, YES);
        connectAgain(pair);
        RecordingUser next = new RecordingUser();
        pair.caller.reaction = primitive -> {
            if (primitive instanceof ReleaseAnswer) {
                next.connection = pair.alices.connectRequest(Primitives.connect(Primitives.DUPLEX), next);
            }
        };
        pair.caller.connection.request(new Release(Octets.EMPTY));
        pair.run();
        pair.called.connection.request(new ReleaseAnswer(true, Octets.EMPTY));
        pair.run();
        assertThat(next.last(ConnectAnswer.class).isAccepted()).isTrue();
        assertThat(pair.network.opened()).hasSize(1);
        pair.end();
    }

    @Test
    void withoutTheWishOfBothSidesEachSessionHasItsOwn() {
        for (String[][] wishes : new String[][][] {{NO, NO}, {NO, YES}, {YES, NO}}) {
            Pair pair = pair(wishes[0], wishes[1]);
            connectAgain(pair);
            release(pair);
            connectAgain(pair); // what Alice has kept, Bob has not: she notices, and opens another
            assertThat(pair.network.opened()).hasSize(2);
            pair.end();
        }
    }

    @Test
    void withAnExpeditedFlowThereIsNoReuse() {
        Pair pair = pair(new String[] {"reuse", "yes", "expedited", "yes"}, YES);
        connectAgain(pair);
        release(pair);
        assertThat(pair.states()).isEqualTo("- -");
        pair.end();
    }

    @Test
    void otherAddressesNeedOtherConnections() {
        Pair pair = pair(YES, YES);
        connectAgain(pair);
        release(pair);
        pair.bobs.attach(Primitives.address("robert", "S"), (connection, connect) -> {
            connection.request(Primitives.accept(connect.requirements()));
            return pair.called;
        });
        RecordingUser user = new RecordingUser();
        pair.alices.connectRequest(
                new SessionPrimitive.Connect(
                        null, null, Primitives.address("robert", "S"), Primitives.DUPLEX, -1, null, Octets.EMPTY),
                user);
        pair.run();
        assertThat(user.last(ConnectAnswer.class).isAccepted()).isTrue();
        assertThat(pair.network.opened()).hasSize(2);
        pair.end();
    }

    @Test
    void eachSessionHasANumberOfItsOwn() {
        Pair pair = pair(YES, YES);
        connectAgain(pair);
        int first = pair.alices.sessions().get(0).number();
        release(pair);
        connectAgain(pair);
        assertThat(pair.alices.sessions()).hasSize(1);
        assertThat(pair.alices.sessions().get(0).number()).isGreaterThan(first);
        pair.end();
    }
}
