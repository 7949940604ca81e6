package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;

/** Two hosts, alice who calls and bob who is called, with the session layer on a fake network. */
final class Pair {
    static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.TYPED_DATA);

    final Simulation simulation;
    final Host alice;
    final Host bob;
    final List<FakeNetwork> networks = new ArrayList<>();
    MuxEntity alices;
    MuxEntity bobs;

    Pair(long seed) {
        simulation = new Simulation(seed);
        alice = simulation.newHost("alice");
        bob = simulation.newHost("bob");
    }

    /** One network of 1 ms delay and no limit of rate. */
    static Pair on(long seed, boolean stream, String... options) {
        Pair pair = new Pair(seed);
        pair.network(stream, 1 << 16, 1_000_000, 0);
        pair.open(options);
        return pair;
    }

    FakeNetwork network(boolean stream, int capacity, long delayNanos, long nanosPerOctet) {
        FakeNetwork network = new FakeNetwork(simulation.newRandom(), stream, capacity, delayNanos, nanosPerOctet);
        networks.add(network);
        return network;
    }

    void open(String... options) {
        alices = entity(alice, "alice", options);
        bobs = entity(bob, "bob", options);
    }

    MuxEntity entity(Host host, String name, String... options) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        MuxEntity entity = new MuxEntity(
                host, networks.get(0).of(host, name, name + "2"), Settings.of(new Options("mux", null, values)));
        for (int i = 1; i < networks.size(); i++) {
            entity.addTransport(networks.get(i).of(host, name, name + "2"));
        }
        return entity;
    }

    FakeNetwork network() {
        return networks.get(0);
    }

    static SessionAddress address(String host, String selector) {
        return new SessionAddress(Selector.ofText(selector), FakeNetwork.address(host));
    }

    static SessionPrimitive.Connect connect(String selector, FunctionalUnits units, TokenSetting tokens, Octets data) {
        return new SessionPrimitive.Connect(
                ConnectionIdentifier.NONE, null, address("bob", selector), units, -1, tokens, data);
    }

    static SessionPrimitive.ConnectAnswer accept(FunctionalUnits units) {
        return new SessionPrimitive.ConnectAnswer(
                null, null, null, units, -1, TokenSetting.INITIATOR, Tokens.NONE, Octets.EMPTY);
    }

    static SessionPrimitive.ConnectAnswer refuse(SessionRefusal reason, Octets data) {
        return new SessionPrimitive.ConnectAnswer(
                reason, null, null, FunctionalUnits.KERNEL, -1, TokenSetting.INITIATOR, Tokens.NONE, data);
    }

    void attach(SessionListener listener) {
        bobs.attach(address("bob", "S"), listener);
    }

    void call(SessionUser user, FunctionalUnits units) {
        call(user, units, Octets.EMPTY);
    }

    SessionConnection call(SessionUser user, FunctionalUnits units, Octets data) {
        return alices.connectRequest(connect("S", units, TokenSetting.INITIATOR, data), user);
    }

    void run(Duration duration) {
        simulation.run(duration);
    }

    /** Nothing is left but what was there at first. */
    void checkNothingIsLeft() {
        assertThat(alices.sessions()).isEmpty();
        assertThat(bobs.sessions()).isEmpty();
        assertThat(alices.stored()).isZero();
        assertThat(bobs.stored()).isZero();
        assertThat(alices.paths()).isEmpty();
        assertThat(bobs.paths()).isEmpty();
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }
}
