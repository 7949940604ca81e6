package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.mux.FakeNetwork.Cut;
import org.osistack.transport.TransportAddress;

/** Sessions without a transport connection: how they find another, and how long they wait. */
class SuspensionTest {
    private final RecordingUser caller = new RecordingUser();
    private final RecordingUser called = new RecordingUser();
    private Pair pair;

    @AfterEach
    void nothingIsLeftOver() {
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        pair.run(Duration.ofMinutes(2));
        pair.checkNothingIsLeft();
    }

    private void connect() {
        pair.attach((connection, connect) -> {
            called.connection = connection;
            connection.request(Pair.accept(connect.requirements()));
            return called;
        });
        caller.connection = pair.call(caller, Pair.DUPLEX, Octets.EMPTY);
        pair.run(Duration.ofSeconds(1));
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).isAccepted())
                .isTrue();
    }

    private void send(RecordingUser user, String text) {
        Pdu pdu = (user == caller ? pair.alice : pair.bob).pool().take();
        Octets.ofText(text).appendTo(pdu);
        assertThat(user.connection.dataRequest(pdu)).isTrue();
    }

    @Test
    void aPeerThatNeverComesBackIsGivenUpInTime() {
        pair = Pair.on(1, true, "keep-alive", "2s", "resume", "10s");
        connect();
        pair.network().down = true;
        send(caller, "into the void");
        pair.run(Duration.ofMillis(12_900)); // 2 · 2 s to notice and 10 s to wait, since 0.2 s
        assertThat(caller.heard).hasSize(1);
        assertThat(called.heard).isEmpty();
        pair.run(Duration.ofSeconds(1));
        SessionPrimitive timeOut = new SessionPrimitive.ProviderAbort(ProviderAbortReason.TRANSPORT_TIMEOUT);
        assertThat(caller.last()).isEqualTo(timeOut);
        assertThat(called.last()).isEqualTo(timeOut);
        assertThat(pair.alices.sessions()).isEmpty();
        assertThat(pair.bobs.sessions()).isEmpty();
    }

    @Test
    void theLessPatientSideDecides() {
        pair = new Pair(1);
        pair.network(true, 1 << 16, 1_000_000, 0);
        pair.open("keep-alive", "2s", "resume", "1h");
        pair.bobs = pair.entity(pair.bob, "bob", "keep-alive", "2s", "resume", "3s");
        connect();
        pair.network().down = true;
        pair.run(Duration.ofSeconds(8));
        assertThat(caller.last()).isInstanceOf(SessionPrimitive.ProviderAbort.class);
        assertThat(called.last()).isInstanceOf(SessionPrimitive.ProviderAbort.class);
    }

    @Test
    void silenceIsNotedAndSpeechIsNoSilence() {
        pair = Pair.on(1, true, "keep-alive", "2s");
        connect();
        int before = pair.network().requests;
        pair.run(Duration.ofMinutes(10));
        assertThat(pair.network().connections).hasSize(1);
        assertThat(pair.network().requests - before).as("PING and PONG").isBetween(600, 1200);
        assertThat(pair.alices.paths()).singleElement().satisfies(path -> {
            assertThat(path.number()).isEqualTo(1);
            assertThat(path.initiator()).isTrue();
            assertThat(path.sessions()).isEqualTo(1);
        });
    }

    @Test
    void aPeerThatComesBackFindsItsSessionsAsTheyWere() {
        pair = Pair.on(1, true, "keep-alive", "2s", "resume", "5m");
        connect();
        pair.network().down = true;
        send(caller, "one");
        send(called, "two");
        pair.run(Duration.ofMinutes(4));
        pair.network().down = false;
        send(caller, "three");
        pair.run(Duration.ofSeconds(15));
        assertThat(called.data).containsExactly(Octets.ofText("one"), Octets.ofText("three"));
        assertThat(caller.data).containsExactly(Octets.ofText("two"));
    }

    @Test
    void aPeerThatWasStartedAnewSaysSoAtOnce() {
        pair = Pair.on(1, true);
        connect();
        pair.bobs.close();
        pair.bobs = new MuxEntity(pair.bob, pair.network().of(pair.bob, "bob"), Settings.of(Options.none("mux")));
        pair.attach((connection, connect) -> null);
        pair.run(Duration.ofSeconds(1));
        assertThat(caller.last())
                .isEqualTo(new SessionPrimitive.ProviderAbort(ProviderAbortReason.TRANSPORT_DISCONNECT));
    }

    /** Two networks, of which the first fails: the session goes on over the second, another transport with another address. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aSessionMovesToAnotherNetworkAndBack(boolean first, boolean second) {
        pair = new Pair(1);
        pair.network(first, 1 << 16, 1_000_000, 0);
        pair.network(second, 1 << 16, 5_000_000, 0);
        pair.alices = new MuxEntity(
                pair.alice,
                pair.networks.get(0).of(pair.alice, "alice"),
                Settings.of(new Options("mux", null, Map.of("keep-alive", "2s"))));
        var other = pair.networks.get(1).of(pair.alice, "alice-by-radio");
        pair.alices.addTransport(other);
        pair.alices.addAddress(
                FakeNetwork.address("bob"),
                other,
                new TransportAddress(new FakeNetwork.Name("bob-by-radio"), first == second ? 7 : second ? 5505 : 0));
        pair.bobs = new MuxEntity(
                pair.bob,
                pair.networks.get(0).of(pair.bob, "bob"),
                Settings.of(new Options("mux", null, Map.of("keep-alive", "2s"))));
        pair.bobs.addTransport(pair.networks.get(1).of(pair.bob, "bob-by-radio"));
        connect();
        List<Octets> sent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            FakeNetwork dead = pair.networks.get(i / 10 % 2);
            FakeNetwork alive = pair.networks.get(1 - i / 10 % 2);
            if (i % 10 == 0) {
                alive.down = false;
                dead.down = true;
                dead.cutAll(Cut.NOBODY);
            }
            sent.add(Octets.ofText("message " + i));
            send(caller, "message " + i);
            send(called, "message " + i);
            pair.run(Duration.ofMillis(900));
        }
        pair.run(Duration.ofSeconds(20));
        assertThat(called.data).isEqualTo(sent);
        assertThat(caller.data).isEqualTo(sent);
        assertThat(pair.networks.get(1).octets).isGreaterThan(500);
        assertThat(caller.heard).hasSize(1);
        pair.networks.forEach(network -> network.down = false);
    }

    @Test
    void aSecondAddressOfThePeerIsTriedWhenTheFirstIsSilent() {
        pair = Pair.on(1, true, "addresses", "bob+bob2", "keep-alive", "1s", "connect-timeout", "1s");
        connect();
        pair.network().fault = (request, tsdu) -> Cut.NOBODY;
        send(caller, "one");
        pair.network().fault = (request, tsdu) -> null;
        pair.run(Duration.ofSeconds(5));
        assertThat(pair.alices.paths())
                .singleElement()
                .satisfies(path -> assertThat(path.peer())
                        .isEqualTo(FakeNetwork.address("bob2").toString()));
        assertThat(called.data).containsExactly(Octets.ofText("one"));
    }

    @Test
    void pathsBeyondTheFirstAreOpenedAndReplaced() {
        pair = Pair.on(1, false, "connections", "3");
        connect();
        assertThat(pair.alices.paths()).hasSize(3);
        assertThat(pair.bobs.paths()).hasSize(3);
        pair.network().connections.get(1).cut(Cut.CALLED);
        pair.run(Duration.ofSeconds(1));
        assertThat(pair.alices.paths()).extracting("number").containsExactly(1, 3, 4);
        assertThat(pair.bobs.paths()).extracting("number").containsExactly(1, 3, 4);
    }

    @Test
    void transportConnectionsEndSomeTimeAfterTheLastSession() {
        pair = Pair.on(1, true, "idle", "5s");
        connect();
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        pair.run(Duration.ofSeconds(4));
        assertThat(pair.alices.paths()).hasSize(1);
        pair.run(Duration.ofSeconds(2));
        assertThat(pair.alices.paths()).isEmpty();
        assertThat(pair.bobs.paths()).isEmpty();
        assertThat(pair.network().connections).isEmpty();
    }
}
