package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.management.SessionStatus;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionPrimitive;

/** Alice, who calls, and Bob, each with a session entity of ours and a user that the test plays. */
final class Pair {
    final Simulation simulation = new Simulation(1);
    final Host alice = simulation.newHost("alice");
    final Host bob = simulation.newHost("bob");
    final RecordNetwork network;
    /** The users. */
    RecordingUser caller = new RecordingUser();

    RecordingUser called = new RecordingUser();
    /** What Alice's observer is told. */
    final List<String> told = new ArrayList<>();

    final X225Entity alices;
    final X225Entity bobs;
    /** Whether Bob's user accepts at once, with all that is asked for. */
    boolean accepts = true;

    /** Without an expedited flow. */
    Pair(String... options) {
        this(new RecordNetwork(() -> 1_000_000, 8), options, options);
    }

    Pair(RecordNetwork network, String[] alicesOptions, String[] bobsOptions) {
        this.network = network;
        alice.observe(new Listening());
        alices = (X225Entity) new X225Provider().open(alice, network.of(alice), options(alicesOptions));
        bobs = (X225Entity) new X225Provider().open(bob, network.of(bob), options(bobsOptions));
        bobs.attach(Primitives.address("bob", "S"), (connection, connect) -> {
            RecordingUser user = called;
            user.connection = connection;
            user.heard.add(connect);
            if (accepts) {
                connection.request(Primitives.accept(connect.requirements()));
            }
            return user;
        });
    }

    /** With an expedited flow that overtakes all that is under way. */
    static Pair expedited(String... options) {
        return new Pair(new RecordNetwork(() -> 1_000_000, 8, () -> true), options, options);
    }

    private static Options options(String... options) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        return new Options("x225", null, values);
    }

    private final class Listening implements Observer {
        @Override
        public boolean isWatching() {
            return true;
        }

        @Override
        public void tokensMoved(Origin origin, String positions, String cause) {
            told.add(positions);
        }

        @Override
        public void note(Origin origin, String text) {
            told.add(text);
        }
    }

    /** A session connection with these units, the tokens at Alice. */
    Pair connect(FunctionalUnit... units) {
        return connect(TokenSetting.INITIATOR, units);
    }

    Pair connect(TokenSetting tokens, FunctionalUnit... units) {
        caller.connection =
                alices.connectRequest(Primitives.connect(FunctionalUnits.of(units), tokens, Octets.EMPTY), caller);
        run();
        return this;
    }

    void run() {
        simulation.run(Duration.ofSeconds(1));
    }

    /** A step without user data, and the time that it takes. */
    void step(RecordingUser user, DialogueStep step) {
        step(user, step, Octets.EMPTY);
        run();
    }

    /** A step that is under way when this returns. */
    void step(RecordingUser user, DialogueStep step, Octets userData) {
        assertThat(user.connection.request(new SessionPrimitive.Step(step, userData)))
                .isTrue();
    }

    void send(RecordingUser user, String text) {
        Octets octets = Octets.ofText(text);
        Pdu pdu = (user == caller ? alice : bob).pool().take(octets.length());
        octets.appendTo(pdu);
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

    /** The last step that a user has heard of. */
    static DialogueStep last(RecordingUser user) {
        return ((SessionPrimitive.Step) user.last()).step();
    }

    /** The states of Alice and Bob. */
    String states() {
        return state(alices) + " " + state(bobs);
    }

    private static String state(X225Entity entity) {
        List<SessionStatus> sessions = entity.sessions();
        return sessions.isEmpty()
                ? "-"
                : sessions.get(sessions.size() - 1).state().substring(3);
    }

    void end() {
        alices.close();
        run();
        bobs.close();
        run();
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }
}
