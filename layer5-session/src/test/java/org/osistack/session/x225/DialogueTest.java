package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.session.x225.Primitives.DUPLEX;
import static org.osistack.session.x225.Primitives.HALF_DUPLEX;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/** Two session entities of ours over a transport that keeps TSDUs whole. */
class DialogueTest {
    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final RecordNetwork network = new RecordNetwork(() -> 1_000_000, 8);
    private final RecordingUser caller = new RecordingUser();
    private final RecordingUser called = new RecordingUser();
    private X225Entity alices;
    private X225Entity bobs;

    @AfterEach
    void nothingIsLeftOver() {
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    private void open(String... options) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        Options all = new Options("x225", null, values);
        alices = (X225Entity) new X225Provider().open(alice, network.of(alice), all);
        bobs = (X225Entity) new X225Provider().open(bob, network.of(bob), all);
        bobs.attach(Primitives.address("bob", "S"), (connection, connect) -> {
            called.connection = connection;
            called.heard.add(connect);
            return called;
        });
    }

    private void connect(FunctionalUnits units) {
        connect(Primitives.connect(units), Primitives.accept(units));
    }

    private void connect(SessionPrimitive.Connect connect, SessionPrimitive.ConnectAnswer answer) {
        caller.connection = alices.connectRequest(connect, caller);
        run();
        called.connection.request(answer);
        run();
    }

    private void run() {
        simulation.run(Duration.ofSeconds(1));
    }

    private void send(RecordingUser user, String text) {
        Octets octets = Octets.ofText(text);
        Pdu pdu = (user == caller ? alice : bob).pool().take(octets.length());
        octets.appendTo(pdu);
        if (!user.connection.dataRequest(pdu)) {
            pdu.release();
            throw new AssertionError("not taken");
        }
    }

    @Test
    void connectsExchangesDataAndReleases() {
        open();
        connect(
                Primitives.connect(DUPLEX, TokenSetting.INITIATOR, Octets.ofText("hello")),
                Primitives.accept(DUPLEX, TokenSetting.INITIATOR, Octets.ofText("welcome")));
        assertThat(called.last(SessionPrimitive.Connect.class).userData()).isEqualTo(Octets.ofText("hello"));
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).userData()).isEqualTo(Octets.ofText("welcome"));
        assertThat(caller.connection.functionalUnits()).isEqualTo(DUPLEX);

        send(caller, "one");
        send(called, "two");
        run();
        assertThat(called.data).containsExactly(Octets.ofText("one"));
        assertThat(caller.data).containsExactly(Octets.ofText("two"));

        caller.connection.request(new SessionPrimitive.Release(Octets.ofText("bye")));
        run();
        assertThat(called.last()).isEqualTo(new SessionPrimitive.Release(Octets.ofText("bye")));
        called.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        run();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        assertThat(alices.sessions()).isEmpty();
        assertThat(bobs.sessions()).isEmpty();
    }

    @Test
    void onlyTheHolderOfTheDataTokenMaySpeakInHalfDuplex() {
        open();
        connect(HALF_DUPLEX);
        assertThat(caller.connection.ownTokens()).isEqualTo(Tokens.of(Token.DATA));
        assertThat(called.connection.ownTokens()).isEqualTo(Tokens.NONE);
        Pdu pdu = bob.pool().take().appendUint8(1);
        assertThatThrownBy(() -> called.connection.dataRequest(pdu))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("S-DATA.request is not allowed in STA713 (data transfer): the peer holds the token data");
        pdu.release();
        called.connection.request(new SessionPrimitive.Step(
                new DialogueStep.TokenPlease(Tokens.of(Token.DATA)), Octets.ofText("let me")));
        run();
        assertThat(caller.last())
                .isEqualTo(new SessionPrimitive.Step(
                        new DialogueStep.TokenPlease(Tokens.of(Token.DATA)), Octets.ofText("let me")));
        caller.connection.request(new SessionPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
        assertThat(caller.connection.ownTokens()).isEqualTo(Tokens.NONE);
        run();
        assertThat(called.connection.ownTokens()).isEqualTo(Tokens.of(Token.DATA));
        send(called, "my turn");
        run();
        assertThat(caller.data).containsExactly(Octets.ofText("my turn"));
        assertThatThrownBy(() -> caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY)))
                .isInstanceOf(IllegalStateException.class);
        called.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        run();
        assertThat(caller.last()).isInstanceOf(SessionPrimitive.UserAbort.class);
    }

    @Test
    void aRefusedReleaseLeavesTheConnectionAsItWas() {
        open();
        connect(DUPLEX.with(FunctionalUnit.NEGOTIATED_RELEASE));
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        run();
        called.connection.request(new SessionPrimitive.ReleaseAnswer(false, Octets.ofText("not yet")));
        run();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(false, Octets.ofText("not yet")));
        send(caller, "then more");
        run();
        assertThat(called.data).containsExactly(Octets.ofText("then more"));
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.ofText("enough")));
        run();
        assertThat(called.last()).isEqualTo(new SessionPrimitive.UserAbort(Octets.ofText("enough")));
        assertThat(alices.sessions()).isEmpty();
    }

    @Test
    void typedDataNeedsNoToken() {
        open();
        connect(HALF_DUPLEX.with(FunctionalUnit.TYPED_DATA));
        called.connection.request(new SessionPrimitive.TypedData(Octets.ofText("psst")));
        run();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.TypedData(Octets.ofText("psst")));
        alices.close();
        run();
        assertThat(called.last())
                .isEqualTo(new SessionPrimitive.ProviderAbort(ProviderAbortReason.TRANSPORT_DISCONNECT));
    }

    @Test
    void bothMayAskForTheReleaseAtTheSameTime() {
        open();
        connect(DUPLEX);
        caller.connection.request(new SessionPrimitive.Release(Octets.ofText("a")));
        called.connection.request(new SessionPrimitive.Release(Octets.ofText("b")));
        run();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.Release(Octets.ofText("b")));
        assertThat(called.last()).isEqualTo(new SessionPrimitive.Release(Octets.ofText("a")));
        called.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.ofText("y"))); // too early: kept
        run();
        caller.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.ofText("x")));
        run();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.ofText("y")));
        assertThat(called.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.ofText("x")));
        assertThat(alices.sessions()).isEmpty();
        assertThat(bobs.sessions()).isEmpty();
    }

    @Test
    void aRefusalCarriesReasonAndUserData() {
        open();
        connect(
                Primitives.connect(DUPLEX),
                Primitives.refuse(SessionRefusal.TEMPORARY_CONGESTION, Octets.ofText("later")));
        SessionPrimitive.ConnectAnswer answer = caller.last(SessionPrimitive.ConnectAnswer.class);
        assertThat(answer.refusal()).isEqualTo(SessionRefusal.TEMPORARY_CONGESTION);
        assertThat(answer.userData()).isEqualTo(Octets.ofText("later"));
        assertThat(alices.sessions()).isEmpty();
        assertThat(bobs.sessions()).isEmpty();
    }

    @Test
    void ssdusWithoutRoomForHeadersAreSentToo() {
        open();
        connect(DUPLEX);
        for (int i = 0; i < 12; i++) { // more than the transport takes at once
            Pdu pdu = alice.pool().takeForReceiving(1).appendUint8(i);
            if (!caller.connection.dataRequest(pdu)) {
                assertThat(i).isEqualTo(8);
                assertThat(pdu.toString()).isEqualTo("08");
                pdu.release();
                break;
            }
        }
        run();
        assertThat(called.data).hasSize(8);
        assertThat(caller.ready).isEqualTo(1);
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        run();
    }

    @Test
    void longSsdusTravelInSegments() {
        open("max-tsdu", "64");
        connect(DUPLEX);
        String text = "0123456789".repeat(100);
        send(caller, text);
        run();
        assertThat(called.data).containsExactly(Octets.ofText(text));
        called.connection.request(new SessionPrimitive.Release(Octets.ofText(text)));
        run();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.Release(Octets.ofText(text)));
        caller.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.ofText(text)));
        run();
        assertThat(called.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.ofText(text)));
    }

    @Test
    void connectDataOfAnyLengthGoesThrough() {
        for (int length : new int[] {512, 513, 10_240, 10_241, 200_000}) {
            open();
            Octets data = Octets.of(new byte[length]);
            connect(
                    Primitives.connect(DUPLEX, TokenSetting.INITIATOR, data),
                    Primitives.accept(DUPLEX, TokenSetting.INITIATOR, data));
            assertThat(called.last(SessionPrimitive.Connect.class).userData()).isEqualTo(data);
            assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).userData())
                    .isEqualTo(data);
            alices.close();
            run();
            bobs.close();
        }
    }
}
