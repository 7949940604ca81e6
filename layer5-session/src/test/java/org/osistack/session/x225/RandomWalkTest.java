package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;

/**
 * Two machines of ours with users who do whatever is allowed, at random, over a transport with random delays. Between such
 * users there is no protocol error; each token has exactly one owner or is under way; nobody gets stuck; data arrives in
 * order and whole; and nothing is left over.
 */
class RandomWalkTest {
    private static final FunctionalUnits[] SETS = {
        FunctionalUnits.of(FunctionalUnit.DUPLEX),
        FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX),
        FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.TYPED_DATA, FunctionalUnit.NEGOTIATED_RELEASE),
        FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX, FunctionalUnit.TYPED_DATA),
        FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX, FunctionalUnit.NEGOTIATED_RELEASE),
        FunctionalUnits.of(
                FunctionalUnit.HALF_DUPLEX,
                FunctionalUnit.DUPLEX,
                FunctionalUnit.TYPED_DATA,
                FunctionalUnit.NEGOTIATED_RELEASE)
    };
    private static final String[] MAX_TSDUS = {"0", "64", "300"};

    private final Map<String, Integer> counts = new TreeMap<>();

    /** A user that does something allowed whenever its turn comes. */
    private final class Walker implements SessionUser {
        final SplittableRandom random;
        final Host host;
        final String name;
        final List<String> sent = new ArrayList<>();
        final List<String> received = new ArrayList<>();
        SessionConnection connection;
        boolean open;
        boolean over;
        boolean releaseAsked;
        boolean releaseHeard;
        boolean aborts;

        Walker(String name, Host host, SplittableRandom random, boolean aborts) {
            this.name = name;
            this.host = host;
            this.random = random;
            this.aborts = aborts;
        }

        @Override
        public void dataIndication(Pdu ssdu) {
            received.add(Octets.of(ssdu).toString());
            ssdu.release();
            if (random.nextInt(10) == 0) {
                act(); // from within the indication
            }
        }

        @Override
        public void indication(SessionPrimitive primitive) {
            counts.merge(Bench.nameOf(primitive), 1, Integer::sum);
            if (primitive instanceof SessionPrimitive.ProviderAbort abort) {
                assertThat(abort.reason()).as(name).isEqualTo(ProviderAbortReason.TRANSPORT_DISCONNECT);
                over = true;
            } else if (primitive instanceof SessionPrimitive.UserAbort) {
                over = true;
            } else if (primitive instanceof SessionPrimitive.ConnectAnswer answer) {
                open = answer.isAccepted();
                over = !open;
            } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
                over = answer.affirmative();
                releaseAsked = false;
            } else if (primitive instanceof SessionPrimitive.Release) {
                releaseHeard = true;
            } else if (primitive instanceof SessionPrimitive.TypedData data) {
                received.add("t" + data.userData());
            } else if (primitive instanceof SessionPrimitive.Step step
                    && step.step() instanceof DialogueStep.TokenPlease please
                    && random.nextBoolean()) {
                give(please.tokens().bits());
            }
            if (random.nextInt(4) == 0) {
                act();
            }
        }

        void give(int wanted) {
            int tokens = wanted & connection.ownTokens().bits();
            if (tokens != 0 && !releaseAsked && !releaseHeard && !over && open) {
                connection.request(new SessionPrimitive.Step(new DialogueStep.TokenGive(new Tokens(tokens))));
            }
        }

        /** Do something, if there is something to do. */
        void act() {
            if (over || connection == null) {
                return;
            }
            if (aborts && random.nextInt(60) == 0) {
                counts.merge("S-U-ABORT", 1, Integer::sum);
                over = true;
                connection.request(new SessionPrimitive.UserAbort(data(random.nextInt(30))));
                return;
            }
            if (!open) {
                return;
            }
            FunctionalUnits units = connection.functionalUnits();
            boolean duplex = units.has(FunctionalUnit.DUPLEX);
            Tokens own = connection.ownTokens();
            boolean mayTalk = duplex || own.has(Token.DATA);
            if (releaseHeard) {
                answerRelease(units, duplex);
                return;
            }
            if (releaseAsked) {
                return;
            }
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    if (mayTalk) {
                        sendData();
                    }
                }
                case 3 -> {
                    if (units.has(FunctionalUnit.TYPED_DATA)) {
                        Octets data = data(1 + random.nextInt(500));
                        if (connection.request(new SessionPrimitive.TypedData(data))) {
                            sent.add("t" + data);
                        }
                    }
                }
                case 4 -> give(random.nextInt(0x100));
                case 5, 6 -> {
                    int available = Variables.available(units.bits());
                    int wanted = available & ~own.bits();
                    if (wanted != 0) {
                        connection.request(
                                new SessionPrimitive.Step(new DialogueStep.TokenPlease(new Tokens(wanted)), data(5)));
                    }
                }
                default -> {
                    boolean all = own.bits() == Variables.available(units.bits());
                    if (all && random.nextInt(6) == 0) {
                        releaseAsked = true;
                        counts.merge("S-RELEASE", 1, Integer::sum);
                        connection.request(new SessionPrimitive.Release(data(random.nextInt(400))));
                    }
                }
            }
        }

        private void answerRelease(FunctionalUnits units, boolean duplex) {
            boolean collision = releaseAsked;
            if (duplex && !collision && random.nextInt(3) == 0) {
                sendData(); // still allowed
                return;
            }
            if (!collision && Variables.available(units.bits()) == 0 && random.nextInt(4) == 0) {
                releaseAsked = true;
                counts.merge("late S-RELEASE", 1, Integer::sum);
                connection.request(new SessionPrimitive.Release(Octets.EMPTY));
                return;
            }
            boolean affirmative = !units.has(FunctionalUnit.NEGOTIATED_RELEASE) || random.nextBoolean();
            releaseHeard = false;
            if (affirmative && !collision) {
                over = true; // for this side, the answer is the end
            }
            counts.merge(collision ? "collision" : affirmative ? "released" : "not released", 1, Integer::sum);
            connection.request(new SessionPrimitive.ReleaseAnswer(affirmative, data(random.nextInt(20))));
        }

        private void sendData() {
            Octets data = data(1 + random.nextInt(random.nextInt(5) == 0 ? 3000 : 60));
            Pdu pdu = Samples.pdu(host.pool(), data);
            if (connection.dataRequest(pdu)) {
                sent.add(data.toString());
            } else {
                pdu.release();
            }
        }

        private Octets data(int length) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            return Octets.of(octets);
        }
    }

    @Test
    void conformingUsersNeverSeeAProtocolError() {
        for (int seed = 0; seed < 400; seed++) {
            walk(seed);
        }
        assertThat(counts).containsKeys("SCONcnf-", "collision", "not released", "SRELcnf-", "S-U-ABORT", "SPTind");
        assertThat(counts.get("SRELcnf+")).isGreaterThan(60);
        assertThat(counts.get("collision")).isGreaterThan(10);
    }

    private void walk(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Simulation simulation = new Simulation(seed);
        Host alice = simulation.newHost("alice");
        Host bob = simulation.newHost("bob");
        RecordNetwork network = new RecordNetwork(() -> 1 + random.nextInt(3_000_000), 1 + random.nextInt(10));
        Options options = new Options(
                "x225",
                null,
                Map.of("max-tsdu", MAX_TSDUS[seed % 3], "versions", seed % 2 == 0 ? "1+2" : seed % 3 == 0 ? "1" : "2"));
        X225Entity alices = (X225Entity) new X225Provider().open(alice, network.of(alice), options);
        X225Entity bobs = (X225Entity) new X225Provider().open(bob, network.of(bob), options);
        Walker caller = new Walker("caller", alice, random.split(), seed % 4 == 0);
        Walker called = new Walker("called", bob, random.split(), seed % 4 == 0);
        FunctionalUnits units = SETS[seed % SETS.length];
        bobs.attach(Primitives.address("bob", "S"), (connection, connect) -> {
            called.connection = connection;
            if (random.nextInt(30) == 0) {
                connection.request(Primitives.refuse(SessionRefusal.REJECTED_BY_USER, called.data(8)));
                called.over = true;
                return null;
            }
            connection.request(Primitives.accept(
                    connect.requirements(), new TokenSetting(random.nextInt(2) * 0x55), called.data(20)));
            called.open = true;
            return called;
        });
        TokenSetting[] settings = {TokenSetting.INITIATOR, TokenSetting.RESPONDER, TokenSetting.CALLED_USERS_CHOICE};
        caller.connection = alices.connectRequest(
                Primitives.connect(units, settings[random.nextInt(3)], caller.data(random.nextInt(500))), caller);
        for (int step = 0; step < 400 && !(caller.over && called.over); step++) {
            simulation.run(Duration.ofNanos(random.nextInt(4_000_000)));
            (random.nextBoolean() ? caller : called).act();
            checkTokens(caller, called);
        }
        simulation.run(Duration.ofSeconds(1));
        checkData(seed, caller, called);
        end(simulation, caller, called);
        assertThat(alices.sessions()).as("seed " + seed).isEmpty();
        assertThat(bobs.sessions()).as("seed " + seed).isEmpty();
        assertThat(alice.pool().outstanding()).as("seed " + seed).isZero();
        assertThat(bob.pool().outstanding()).as("seed " + seed).isZero();
    }

    private static void checkTokens(Walker caller, Walker called) {
        if (caller.open && called.open && !caller.over && !called.over) {
            int both = caller.connection.ownTokens().bits()
                    & called.connection.ownTokens().bits();
            assertThat(both).as("a token with two owners").isZero();
        }
    }

    private static void checkData(int seed, Walker caller, Walker called) {
        boolean cut = caller.aborts;
        for (Walker[] pair : new Walker[][] {{caller, called}, {called, caller}}) {
            List<String> expected = pair[0].sent;
            if (cut) {
                assertThat(pair[1].received).as("seed " + seed).hasSizeLessThanOrEqualTo(expected.size());
                expected = expected.subList(0, pair[1].received.size());
            }
            assertThat(pair[1].received).as("seed " + seed).isEqualTo(expected);
        }
        if (!caller.over && !called.over && caller.open && called.open) {
            int available =
                    Variables.available(caller.connection.functionalUnits().bits());
            int held = caller.connection.ownTokens().bits()
                    | called.connection.ownTokens().bits();
            assertThat(held).as("a token without an owner").isEqualTo(available);
        }
    }

    /** Nobody is stuck: answers alone, and then an abort, bring both to the end. */
    private static void end(Simulation simulation, Walker caller, Walker called) {
        for (Walker walker : List.of(caller, called)) {
            if (!walker.over) {
                walker.over = true;
                walker.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
                simulation.run(Duration.ofSeconds(1));
            }
        }
        simulation.run(Duration.ofSeconds(31));
    }
}
