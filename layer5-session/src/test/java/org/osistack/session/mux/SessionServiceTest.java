package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/** The session service of X.215, as far as this provider has it. */
class SessionServiceTest {
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);
    private static final FunctionalUnits POLITE = FunctionalUnits.of(
            FunctionalUnit.HALF_DUPLEX, FunctionalUnit.NEGOTIATED_RELEASE, FunctionalUnit.TYPED_DATA);
    private static final SessionPrimitive RELEASED = new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY);

    private final Pair pair = Pair.on(1, true);
    private final RecordingUser caller = new RecordingUser();
    private final RecordingUser called = new RecordingUser();

    @AfterEach
    void nothingIsLeftOver() {
        for (RecordingUser user : List.of(caller, called)) {
            if (user.connection != null) {
                user.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
            }
        }
        pair.run(Duration.ofSeconds(30));
        pair.checkNothingIsLeft();
    }

    private void listen(SessionPrimitive.ConnectAnswer answer) {
        pair.attach((connection, connect) -> {
            called.connection = connection;
            called.heard.add(connect);
            if (answer != null) {
                connection.request(answer);
            }
            return called;
        });
    }

    private void connect(FunctionalUnits units) {
        listen(Pair.accept(units));
        caller.connection = pair.call(caller, units, Octets.EMPTY);
        run();
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).isAccepted())
                .isTrue();
    }

    private void run() {
        pair.run(Duration.ofSeconds(1));
    }

    private void send(RecordingUser user, String text) {
        Pdu pdu = (user == caller ? pair.alice : pair.bob).pool().take();
        Octets.ofText(text).appendTo(pdu);
        boolean taken = false;
        try {
            taken = user.connection.dataRequest(pdu);
        } finally {
            if (!taken) {
                pdu.release();
            }
        }
        assertThat(taken).isTrue();
    }

    @Test
    void parametersOfConnectTravelBothWays() {
        ConnectionIdentifier identifier =
                new ConnectionIdentifier(Octets.ofText("alice"), Octets.ofText("noon"), Octets.of((byte) 1));
        ConnectionIdentifier back = new ConnectionIdentifier(Octets.ofText("bob"), Octets.ofText("noon"), Octets.EMPTY);
        listen(new SessionPrimitive.ConnectAnswer(
                null, back, null, POLITE, -1, TokenSetting.RESPONDER, Tokens.of(Token.DATA), Octets.ofText("welcome")));
        SessionAddress calling = new SessionAddress(Selector.ofText("A"), FakeNetwork.address("alice"));
        caller.connection = pair.alices.connectRequest(
                new SessionPrimitive.Connect(
                        identifier,
                        calling,
                        Pair.address("bob", "S"),
                        POLITE.with(FunctionalUnit.DUPLEX).with(FunctionalUnit.EXCEPTIONS),
                        -1,
                        TokenSetting.INITIATOR.with(Token.RELEASE, TokenSetting.Side.CALLED_USERS_CHOICE),
                        Octets.ofText("hello")),
                caller);
        assertThat(caller.heard).isEmpty();
        run();

        SessionPrimitive.Connect heard = (SessionPrimitive.Connect) called.heard.get(0);
        assertThat(heard.identifier()).isEqualTo(identifier);
        assertThat(heard.calling().selector()).isEqualTo(Selector.ofText("A"));
        assertThat(heard.called().selector()).isEqualTo(Selector.ofText("S"));
        assertThat(heard.requirements()).isEqualTo(POLITE.with(FunctionalUnit.DUPLEX));
        assertThat(heard.userData()).isEqualTo(Octets.ofText("hello"));
        SessionPrimitive.ConnectAnswer answer = caller.last(SessionPrimitive.ConnectAnswer.class);
        assertThat(answer.isAccepted()).isTrue();
        assertThat(answer.identifier()).isEqualTo(back);
        assertThat(answer.requirements()).isEqualTo(POLITE);
        assertThat(answer.tokensPleased()).isEqualTo(Tokens.of(Token.DATA));
        assertThat(answer.userData()).isEqualTo(Octets.ofText("welcome"));
        assertThat(answer.responding().selector()).isEqualTo(Selector.ofText("S"));
        assertThat(caller.connection.ownTokens()).isEqualTo(Tokens.of(Token.DATA));
        assertThat(called.connection.ownTokens()).isEqualTo(Tokens.of(Token.RELEASE));
        assertThat(caller.connection.functionalUnits()).isEqualTo(POLITE);
        assertThat(caller.connection.serialNumbers()).isEqualTo(SerialNumbers.NONE);
        assertThat(caller.connection.remote()).isEqualTo(Pair.address("bob", "S"));
        assertThat(called.connection.remote().selector()).isEqualTo(Selector.ofText("A"));
        assertThat(pair.alices.sessions()).singleElement().satisfies(session -> {
            assertThat(session.state()).isEqualTo("OPEN");
            assertThat(session.initiator()).isTrue();
            assertThat(session.functionalUnits()).isEqualTo(POLITE);
            assertThat(session.tokens()).isEqualTo(Tokens.of(Token.DATA));
        });
        assertThat(pair.bobs.sessions())
                .singleElement()
                .satisfies(session -> assertThat(session.initiator()).isFalse());
    }

    @Test
    void theUserMayRefuseWithData() {
        listen(Pair.refuse(SessionRefusal.TEMPORARY_CONGESTION, Octets.ofText("later")));
        caller.connection = pair.call(caller, DUPLEX, Octets.EMPTY);
        run();
        SessionPrimitive.ConnectAnswer answer = caller.last(SessionPrimitive.ConnectAnswer.class);
        assertThat(answer.refusal()).isEqualTo(SessionRefusal.TEMPORARY_CONGESTION);
        assertThat(answer.userData()).isEqualTo(Octets.ofText("later"));
    }

    @Test
    void aListenerThatWantsNobodyRefuses() {
        pair.attach((connection, connect) -> null);
        caller.connection = pair.call(caller, DUPLEX, Octets.EMPTY);
        run();
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).refusal())
                .isEqualTo(SessionRefusal.NOT_SPECIFIED_BY_USER);
    }

    @Test
    void aSelectorThatNobodyHasIsUnknown() {
        pair.bobs.attach(Pair.address("bob", "other"), (connection, connect) -> null);
        caller.connection = pair.call(caller, DUPLEX, Octets.EMPTY);
        run();
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).refusal())
                .isEqualTo(SessionRefusal.SELECTOR_UNKNOWN);
    }

    @Test
    void aHostWhereNobodyListensRefusesTheTransportConnection() {
        caller.connection = pair.call(caller, DUPLEX, Octets.EMPTY);
        run();
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).refusal())
                .isEqualTo(SessionRefusal.TRANSPORT_REFUSED);
    }

    @Test
    void unitsThatDoNotGoTogetherAreARefusal() {
        listen(Pair.accept(FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX)));
        caller.connection = pair.call(caller, DUPLEX, Octets.EMPTY);
        run();
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).refusal())
                .isEqualTo(SessionRefusal.REJECTED_BY_USER);
        assertThat(called.heard).hasSize(1);
    }

    @Test
    void tokensSayWhoMaySendAndRelease() {
        connect(POLITE);
        assertThatThrownBy(() -> send(called, "no"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the peer holds the token data");
        assertThatThrownBy(() -> called.connection.request(new SessionPrimitive.Release(Octets.EMPTY)))
                .isInstanceOf(IllegalStateException.class);
        called.connection.request(new SessionPrimitive.TypedData(Octets.ofText("psst")));
        called.connection.request(
                new SessionPrimitive.Step(new DialogueStep.TokenPlease(Tokens.of(Token.DATA)), Octets.ofText("pls")));
        send(caller, "one");
        run();
        assertThat(called.data).containsExactly(Octets.ofText("one"));
        assertThat(caller.heard.subList(1, 3))
                .containsExactly(
                        new SessionPrimitive.TypedData(Octets.ofText("psst")),
                        new SessionPrimitive.Step(
                                new DialogueStep.TokenPlease(Tokens.of(Token.DATA)), Octets.ofText("pls")));
        caller.connection.request(new SessionPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
        assertThatThrownBy(() -> send(caller, "no")).isInstanceOf(IllegalStateException.class);
        run();
        send(called, "two");
        run();
        assertThat(caller.data).containsExactly(Octets.ofText("two"));
        assertThatThrownBy(() -> caller.connection.request(
                        new SessionPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA)))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> caller.connection.request(
                        new SessionPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.MAJOR_ACTIVITY)))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> caller.connection.request(new SessionPrimitive.Step(new DialogueStep.ControlGive())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReleaseMayBeDeclined() {
        connect(POLITE);
        caller.connection.request(new SessionPrimitive.Release(Octets.ofText("bye?")));
        run();
        assertThat(called.last()).isEqualTo(new SessionPrimitive.Release(Octets.ofText("bye?")));
        called.connection.request(new SessionPrimitive.ReleaseAnswer(false, Octets.ofText("not yet")));
        run();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(false, Octets.ofText("not yet")));
        send(caller, "more");
        run();
        assertThat(called.data).containsExactly(Octets.ofText("more"));
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        run();
        called.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        run();
        assertThat(caller.last()).isEqualTo(RELEASED);
        assertThat(pair.alices.sessions()).isEmpty();
        assertThat(pair.bobs.sessions()).isEmpty();
    }

    @Test
    void whoIsAskedForTheReleaseMayStillSend() {
        connect(DUPLEX);
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        run();
        assertThatThrownBy(() -> send(caller, "no")).isInstanceOf(IllegalStateException.class);
        send(called, "last words");
        assertThatThrownBy(() -> called.connection.request(new SessionPrimitive.ReleaseAnswer(false, Octets.EMPTY)))
                .isInstanceOf(IllegalStateException.class);
        called.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        run();
        assertThat(caller.data).containsExactly(Octets.ofText("last words"));
        assertThat(caller.last()).isEqualTo(RELEASED);
    }

    @Test
    void bothMayAskForTheReleaseAtTheSameTime() {
        connect(DUPLEX);
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        called.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        run();
        assertThat(caller.last()).isInstanceOf(SessionPrimitive.Release.class);
        assertThat(called.last()).isInstanceOf(SessionPrimitive.Release.class);
        called.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        run();
        assertThat(caller.last())
                .as("the confirm is the last that each hears")
                .isInstanceOf(SessionPrimitive.Release.class);
        caller.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        run();
        assertThat(caller.last()).isEqualTo(RELEASED);
        assertThat(called.last()).isEqualTo(RELEASED);
        assertThat(pair.alices.sessions()).isEmpty();
        assertThat(pair.bobs.sessions()).isEmpty();
    }

    @Test
    void anAbortOvertakesDataThatIsNotWanted() {
        connect(DUPLEX);
        called.connection.pause();
        for (int i = 0; i < 100; i++) {
            send(caller, "data " + i);
        }
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.ofText("enough")));
        run();
        assertThat(called.last()).isEqualTo(new SessionPrimitive.UserAbort(Octets.ofText("enough")));
        assertThat(called.data).isEmpty();
        assertThat(caller.heard).hasSize(1);
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY)); // after the end: ignored
        send(caller, "ignored");
    }

    @Test
    void longSsdusKeepTheirBoundaries() {
        connect(DUPLEX);
        SplittableRandom random = new SplittableRandom(3);
        byte[] octets = new byte[700_000];
        random.nextBytes(octets);
        pair.simulation.run(Duration.ofMillis(1));
        Pdu pdu = pair.alice.pool().take(octets.length).append(octets);
        assertThat(caller.connection.dataRequest(pdu)).isTrue();
        Pdu more = pair.alice.pool().take().appendUint8(1);
        assertThat(caller.connection.dataRequest(more))
                .as("the buffer is full beyond its limit")
                .isFalse();
        assertThat(caller.ready).isZero();
        run();
        assertThat(caller.ready).isEqualTo(1);
        assertThat(caller.connection.dataRequest(more)).isTrue();
        run();
        assertThat(called.data).containsExactly(Octets.of(octets), Octets.of((byte) 1));
        Pdu tooLong = pair.alice.pool().take((1 << 20) + 1).pushTrailer((1 << 20) + 1);
        assertThatThrownBy(() -> caller.connection.dataRequest(tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1048577 octets");
        tooLong.release();
        Pdu none = pair.alice.pool().take();
        assertThatThrownBy(() -> caller.connection.dataRequest(none)).isInstanceOf(IllegalArgumentException.class);
        none.release();
    }

    @Test
    void aPausedUserHearsNothingAndMissesNothing() {
        connect(DUPLEX);
        called.connection.pause();
        send(caller, "one");
        send(caller, "two");
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        run();
        assertThat(called.data).isEmpty();
        assertThat(called.heard).hasSize(1);
        assertThat(pair.bobs.stored()).isPositive();
        called.connection.resume();
        assertThat(called.data).containsExactly(Octets.ofText("one"), Octets.ofText("two"));
        assertThat(called.last()).isInstanceOf(SessionPrimitive.Release.class);
        assertThat(pair.bobs.stored()).isZero();
    }

    @Test
    void aSessionThatIsGivenUpBeforeThereIsATransportConnectionNeverExisted() {
        listen(Pair.accept(DUPLEX));
        caller.connection = pair.call(caller, DUPLEX, Octets.EMPTY);
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        run();
        assertThat(caller.heard).isEmpty();
        assertThat(called.heard).isEmpty();
    }

    @Test
    void aSecondListenerForTheSameSelectorIsAMistake() {
        listen(null);
        assertThatThrownBy(() -> listen(null)).isInstanceOf(IllegalStateException.class);
        pair.bobs.detach(Pair.address("bob", "S"));
        listen(null);
    }

    @Test
    void closingALayerTellsItsUsersAndInTimeThePeers() {
        connect(DUPLEX);
        pair.alices.close();
        assertThat(caller.last())
                .isEqualTo(new SessionPrimitive.ProviderAbort(ProviderAbortReason.TRANSPORT_DISCONNECT));
        pair.run(Duration.ofSeconds(29));
        assertThat(called.heard).hasSize(1);
        pair.run(Duration.ofSeconds(2));
        assertThat(called.last()).isInstanceOf(SessionPrimitive.ProviderAbort.class);
    }
}
