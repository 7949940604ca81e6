package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
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
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;

/**
 * Two machines of ours with sets of all functional units, and users who do at random whatever is allowed, with and
 * without an expedited flow, with and without reuse of transport connections. Whatever collides, there is no protocol error; no token
 * has two owners; nobody gets stuck; what arrives was sent, in its order; in the end both sides count alike.
 */
class UnitsWalkTest {
    private static final FunctionalUnit[][] SETS = {
        {FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE},
        {FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE, FunctionalUnit.RESYNCHRONIZE},
        {FunctionalUnit.HALF_DUPLEX, FunctionalUnit.MAJOR_SYNCHRONIZE, FunctionalUnit.TYPED_DATA},
        {
            FunctionalUnit.HALF_DUPLEX,
            FunctionalUnit.MINOR_SYNCHRONIZE,
            FunctionalUnit.MAJOR_SYNCHRONIZE,
            FunctionalUnit.RESYNCHRONIZE,
            FunctionalUnit.NEGOTIATED_RELEASE,
            FunctionalUnit.TYPED_DATA
        },
        {
            FunctionalUnit.DUPLEX,
            FunctionalUnit.MINOR_SYNCHRONIZE,
            FunctionalUnit.MAJOR_SYNCHRONIZE,
            FunctionalUnit.RESYNCHRONIZE,
            FunctionalUnit.EXPEDITED_DATA
        },
        {
            FunctionalUnit.HALF_DUPLEX,
            FunctionalUnit.MINOR_SYNCHRONIZE,
            FunctionalUnit.ACTIVITY_MANAGEMENT,
            FunctionalUnit.EXCEPTIONS,
            FunctionalUnit.CAPABILITY_DATA,
            FunctionalUnit.TYPED_DATA
        },
        {FunctionalUnit.DUPLEX, FunctionalUnit.ACTIVITY_MANAGEMENT, FunctionalUnit.RESYNCHRONIZE},
        {FunctionalUnit.HALF_DUPLEX, FunctionalUnit.EXCEPTIONS, FunctionalUnit.NEGOTIATED_RELEASE},
        {FunctionalUnit.HALF_DUPLEX, FunctionalUnit.EXCEPTIONS, FunctionalUnit.RESYNCHRONIZE, FunctionalUnit.TYPED_DATA
        },
        {
            FunctionalUnit.HALF_DUPLEX,
            FunctionalUnit.EXPEDITED_DATA,
            FunctionalUnit.MINOR_SYNCHRONIZE,
            FunctionalUnit.MAJOR_SYNCHRONIZE,
            FunctionalUnit.RESYNCHRONIZE,
            FunctionalUnit.ACTIVITY_MANAGEMENT,
            FunctionalUnit.NEGOTIATED_RELEASE,
            FunctionalUnit.CAPABILITY_DATA,
            FunctionalUnit.EXCEPTIONS,
            FunctionalUnit.TYPED_DATA
        },
        {FunctionalUnit.DUPLEX}
    };
    private static final String[] MAX_TSDUS = {"0", "64", "300"};

    private final Map<String, Integer> counts = new TreeMap<>();

    /** What a user asked for or heard, for whoever has to find out why a walk failed. */
    private record Line(Host host, String state, SessionPrimitive primitive) {
        @Override
        public String toString() {
            return "\n" + host.name() + " " + state + " " + primitive;
        }
    }

    /** A user that does something allowed whenever its turn comes. */
    private final class Walker implements SessionUser {
        final SplittableRandom random;
        final Whims whims;
        final Host host;
        final List<String> sent = new ArrayList<>();
        final List<String> received = new ArrayList<>();
        final List<String> sentExpedited = new ArrayList<>();
        final List<String> receivedExpedited = new ArrayList<>();
        final List<Object> story;
        SessionConnection connection;
        boolean open;
        boolean over;
        String what;

        Walker(String what, Host host, SplittableRandom random, List<Object> story) {
            this.story = story;
            this.what = what;
            this.host = host;
            this.random = random;
            this.whims = new Whims(random);
        }

        @Override
        public void dataIndication(Pdu ssdu) {
            received.add(Octets.of(ssdu).toString());
            ssdu.release();
        }

        @Override
        public void indication(SessionPrimitive primitive) {
            story.add(new Line(host, state() + " heard", primitive));
            assertThat(over).as(what).isFalse();
            String name = primitive instanceof SessionPrimitive.Step step
                    ? step.step().getClass().getSimpleName()
                    : primitive.getClass().getSimpleName();
            counts.merge(name, 1, Integer::sum);
            if (primitive instanceof SessionPrimitive.ProviderAbort abort) {
                assertThat(abort.reason()).as(() -> what + story).isEqualTo(ProviderAbortReason.TRANSPORT_DISCONNECT);
                over = true;
            } else if (primitive instanceof SessionPrimitive.UserAbort) {
                over = true;
            } else if (primitive instanceof SessionPrimitive.ConnectAnswer answer) {
                assertThat(answer.isAccepted()).as(what).isTrue();
                open = true;
            } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
                over = answer.affirmative();
            } else if (primitive instanceof SessionPrimitive.TypedData data) {
                received.add("t" + data.userData());
            } else if (primitive instanceof SessionPrimitive.ExpeditedData data) {
                receivedExpedited.add(data.userData().toString());
            }
            if (random.nextInt(3) == 0) {
                act(false);
            }
        }

        /** Do something, if there is something to do. */
        void act(boolean onlyAnswers) {
            for (int attempt = 0; attempt < 12 && open && !over; attempt++) {
                SessionPrimitive primitive = onlyAnswers ? whims.answer(connection) : whims.request(connection);
                if (!onlyAnswers && random.nextInt(3) == 0 && sendData()) {
                    return;
                }
                if (issue(primitive)) {
                    return;
                }
            }
        }

        boolean issue(SessionPrimitive primitive) {
            String state = state();
            int before = story.size();
            try {
                if (!connection.request(primitive)) {
                    return false;
                }
            } catch (IllegalStateException | IllegalArgumentException e) {
                return false;
            }
            story.add(before, new Line(host, state, primitive));
            if (primitive instanceof SessionPrimitive.TypedData data && !state.equals("STA15B")) {
                sent.add("t" + data.userData());
            } else if (primitive instanceof SessionPrimitive.ExpeditedData data && !state.equals("STA15B")) {
                sentExpedited.add(data.userData().toString());
            } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer && answer.affirmative()) {
                boolean waits = state().equals("STA03") || state().equals("STA09");
                over |= !waits;
            }
            return true;
        }

        private boolean sendData() {
            Octets data = whims.data(random.nextInt(5) == 0 ? 3000 : 60);
            Pdu pdu = Samples.pdu(host.pool(), data);
            try {
                if (connection.dataRequest(pdu)) {
                    sent.add(data.toString());
                    return true;
                }
            } catch (IllegalStateException e) {
                counts.merge("no S-DATA", 1, Integer::sum);
            }
            pdu.release();
            return false;
        }

        String state() {
            return machine == null ? "" : machine.state().name();
        }

        SessionProtocolMachine machine;
    }

    @Test
    void conformingUsersNeverSeeAProtocolError() {
        for (int seed = 0; seed < 264; seed++) {
            walk(seed);
        }
        assertThat(counts)
                .containsKeys(
                        "TokenGive",
                        "TokenPlease",
                        "ControlGive",
                        "SyncMinor",
                        "SyncMinorAnswer",
                        "SyncMajor",
                        "SyncMajorAnswer",
                        "Resynchronize",
                        "ResynchronizeAnswer",
                        "UserExceptionReport",
                        "ActivityStart",
                        "ActivityResume",
                        "ActivityInterrupt",
                        "ActivityInterruptAnswer",
                        "ActivityDiscard",
                        "ActivityDiscardAnswer",
                        "ActivityEnd",
                        "ActivityEndAnswer",
                        "CapabilityData",
                        "CapabilityDataAnswer",
                        "TypedData",
                        "ExpeditedData",
                        "Release",
                        "ReleaseAnswer",
                        "UserAbort");
    }

    private void walk(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Simulation simulation = new Simulation(seed);
        Host alice = simulation.newHost("alice");
        Host bob = simulation.newHost("bob");
        List<Object> story = new ArrayList<>();
        boolean expedited = seed % 2 == 0;
        RecordNetwork network = new RecordNetwork(
                () -> 1 + random.nextInt(3_000_000), 1 + random.nextInt(10), expedited ? random::nextBoolean : null);
        X225Entity alices =
                (X225Entity) new X225Provider().open(alice, network.of(alice), options(seed, seed % 5 == 0));
        X225Entity bobs = (X225Entity) new X225Provider().open(bob, network.of(bob), options(seed, seed % 3 == 0));
        FunctionalUnits units = FunctionalUnits.of(SETS[seed % SETS.length]);
        Walker[] called = new Walker[1];
        bobs.attach(Primitives.address("bob", "S"), (connection, connect) -> {
            Walker walker = called[0];
            walker.connection = connection;
            walker.machine = machine(bobs, walker);
            connection.request(Primitives.accept(
                    connect.requirements(), new TokenSetting(random.nextInt(0x100) & 0x55), walker.whims.data(20)));
            walker.open = true;
            return walker;
        });
        for (int n = 0; n < 3; n++) {
            String what = "seed " + seed + ", " + units + (expedited ? ", expedited" : "");
            Walker caller = new Walker(what, alice, random.split(), story);
            called[0] = new Walker(what, bob, random.split(), story);
            caller.connection = alices.connectRequest(
                    Primitives.connect(
                            units, caller.whims.setting(Variables.available(units.bits())), caller.whims.data(500)),
                    caller);
            caller.machine = machine(alices, caller);
            simulation.run(Duration.ofMillis(100));
            assertThat(caller.open).as(what).isTrue();
            session(simulation, random, caller, called[0]);
        }
        simulation.run(Duration.ofSeconds(100));
        assertThat(alices.sessions()).as("seed " + seed).isEmpty();
        assertThat(bobs.sessions()).as("seed " + seed).isEmpty();
        assertThat(alice.pool().outstanding()).as("seed " + seed).isZero();
        assertThat(bob.pool().outstanding()).as("seed " + seed).isZero();
    }

    private static SessionProtocolMachine machine(X225Entity entity, Walker walker) {
        return entity.machines().stream()
                .filter(machine -> machine.user() == walker.connection)
                .findFirst()
                .orElseThrow();
    }

    private static Options options(int seed, boolean reuse) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("max-tsdu", MAX_TSDUS[seed % 3]);
        values.put("versions", seed % 4 == 1 ? "1" : "1+2");
        values.put("reuse", reuse ? "yes" : "no");
        values.put("expedited", seed % 2 == 0 ? "yes" : "auto");
        values.put("extended-concatenation", seed % 7 == 0 ? "yes" : "no");
        return new Options("x225", null, values);
    }

    private void session(Simulation simulation, SplittableRandom random, Walker caller, Walker called) {
        for (int step = 0; step < 150 && !caller.over && !called.over; step++) {
            simulation.run(Duration.ofNanos(random.nextInt(6_000_000)));
            (random.nextBoolean() ? caller : called).act(random.nextInt(4) == 0);
            checkTokens(caller, called);
        }
        simulation.run(Duration.ofMillis(500));
        settle(simulation, caller, called);
        checkData(caller.sent, called.received, called.what);
        checkData(called.sent, caller.received, called.what);
        checkData(caller.sentExpedited, called.receivedExpedited, called.what);
        checkData(called.sentExpedited, caller.receivedExpedited, called.what);
        for (Walker walker : List.of(caller, called)) {
            if (!walker.over && random.nextBoolean()) {
                walker.connection.request(new SessionPrimitive.UserAbort(walker.whims.data(40)));
                walker.over = true;
                simulation.run(Duration.ofMillis(100));
            }
        }
        for (Walker walker : List.of(caller, called)) {
            if (!walker.over) {
                walker.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
                walker.over = true;
                simulation.run(Duration.ofMillis(100));
            }
        }
        simulation.run(Duration.ofMillis(100));
    }

    private static void checkTokens(Walker caller, Walker called) {
        if (caller.over || called.over) {
            return;
        }
        boolean pending = caller.machine.variables().vrsp != Variables.Resync.NO
                || called.machine.variables().vrsp != Variables.Resync.NO;
        if (!pending) {
            int both = caller.connection.ownTokens().bits()
                    & called.connection.ownTokens().bits();
            assertThat(both).as(caller.what + ": a token with two owners").isZero();
        }
    }

    private static void checkData(List<String> sent, List<String> received, String what) {
        int at = 0;
        for (String ssdu : received) {
            while (at < sent.size() && !sent.get(at).equals(ssdu)) {
                at++;
            }
            assertThat(at).as(what + ": an SSDU that was not sent then").isLessThan(sent.size());
            at++;
        }
    }

    /** Nobody is stuck: answers alone, and the data token for whom an exception was reported to, bring both to a rest. */
    private void settle(Simulation simulation, Walker caller, Walker called) {
        for (int n = 0; n < 200 && !isAtRest(caller, called); n++) {
            for (Walker walker : List.of(caller, called)) {
                walker.act(true);
                if (!walker.over && walker.state().equals("STA20")) {
                    walker.issue(new SessionPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
                }
                simulation.run(Duration.ofMillis(30));
            }
        }
        Supplier<String> states = () -> caller.what + ": " + caller.state() + ", " + called.state() + caller.story;
        assertThat(isAtRest(caller, called)).as(states).isTrue();
        if (caller.over || called.over) {
            return;
        }
        Variables a = caller.machine.variables();
        Variables b = called.machine.variables();
        assertThat(a.owned | b.owned).as(states).isEqualTo(a.available());
        assertThat(a.owned & b.owned).as(states).isZero();
        if (a.isInActivityOrHasNone()) { // between activities nobody counts
            assertThat(a.vm).as(states).isEqualTo(b.vm);
            assertThat(a.vr).as(states).isEqualTo(b.vr);
        }
        assertThat(a.isInActivityOrHasNone()).as(states).isEqualTo(b.isInActivityOrHasNone());
        assertThat(a.activity).as(states).isEqualTo(b.activity);
        assertThat(a.vsc && b.vsc).as(states).isFalse();
        assertThat(a.discardReceiving || b.discardReceiving).as(states).isFalse();
        assertThat(a.vrsp).as(states).isEqualTo(Variables.Resync.NO);
    }

    private static boolean isAtRest(Walker caller, Walker called) {
        boolean both = caller.state().equals("STA713") && called.state().equals("STA713");
        return both || caller.over && called.over;
    }
}
