package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;
import org.osistack.transport.TransportUser;

/** A peer that half keeps to the protocol and half does not: no exception, no leak, no memory without a limit. */
class HostileTest {
    private static final int FRAMES = 300_000; // against each side
    private static final int MEMORY = 1 << 20;
    private static final int MAX_SESSIONS = 20;
    private static final FunctionalUnits ALL = FunctionalUnits.of(
            FunctionalUnit.HALF_DUPLEX,
            FunctionalUnit.DUPLEX,
            FunctionalUnit.NEGOTIATED_RELEASE,
            FunctionalUnit.TYPED_DATA);
    private static final FrameType[] TYPES = FrameType.values();

    private final Pair pair = new Pair(1);
    private final SplittableRandom random = new SplittableRandom(4711);
    private final Map<String, Integer> heard = new TreeMap<>();
    private final RawPeer mallory = new RawPeer(pair.simulation.newHost("mallory"));
    private final int[] sequences = new int[MAX_SESSIONS];

    /** Accepts what comes, answers what wants an answer, and is often busy. */
    private final class Willing implements SessionUser {
        SessionConnection connection;

        @Override
        public void dataIndication(Pdu ssdu) {
            heard.merge("S-DATA", 1, Integer::sum);
            ssdu.release();
            whim();
        }

        @Override
        public void indication(SessionPrimitive primitive) {
            heard.merge(primitive.getClass().getSimpleName(), 1, Integer::sum);
            if (primitive instanceof SessionPrimitive.Release && random.nextBoolean()) {
                connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
            }
            whim();
        }

        private void whim() {
            switch (random.nextInt(12)) {
                case 0 -> connection.pause();
                case 1 -> pair.simulation.hosts().get(0).loop().defer(connection::resume);
                case 2 -> connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
                default -> {}
            }
        }
    }

    private void open() {
        pair.network(false, 1 << 20, 1_000, 0);
        pair.open(
                "memory",
                "" + MEMORY,
                "max-sessions",
                "" + MAX_SESSIONS,
                "credit",
                "64k",
                "max-ssdu",
                "100k",
                "resume",
                "1ms",
                "max-peers",
                "50");
    }

    private Willing willing(SessionConnection connection) {
        Willing user = new Willing();
        user.connection = connection;
        return user;
    }

    private byte[] any() {
        int session = 1 + random.nextInt(MAX_SESSIONS - 1);
        FrameType type =
                TYPES[random.nextInt(random.nextInt(60) == 0 ? TYPES.length : random.nextInt(3) == 0 ? 14 : 10)];
        byte[] body = new byte[length(type)];
        random.nextBytes(body);
        if (body.length >= OpenUnit.FIXED_LENGTH && random.nextInt(4) != 0) {
            Arrays.fill(body, 4, OpenUnit.FIXED_LENGTH, (byte) 0);
            body[0] = 0x04;
            body[1] = (byte) (0x81 + random.nextInt(3));
        }
        if (type == FrameType.GIVE || type == FrameType.PLEASE) {
            body[0] = (byte) (random.nextBoolean() ? 0x01 : 0x41);
        }
        int sequence = type.isUnit() ? sequences[session] : random.nextInt(1000);
        int flags = type == FrameType.RESUME
                ? FrameHeader.ASK
                : type.isUnit() && random.nextInt(4) != 0 ? FrameHeader.END : 0;
        if (type.isUnit() && random.nextInt(10) == 0) {
            sequence += random.nextInt(4000) - 1000;
        } else if (type.isUnit()) {
            sequences[session] += FrameHeader.LENGTH + body.length;
        }
        byte[] frame = RawPeer.frame(type, flags, type.kind() == FrameType.Kind.PATH ? 0 : session, sequence, body);
        if (random.nextInt(100) == 0) {
            for (int n = random.nextInt(4); n >= 0; n--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
        }
        return random.nextInt(300) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length + 1)) : frame;
    }

    private FrameType type() {
        int kind = random.nextInt(100);
        if (kind == 0) {
            return TYPES[random.nextInt(TYPES.length)];
        } else if (kind < 15) {
            return TYPES[random.nextInt(14)]; // of a session
        } else if (kind < 25) {
            return random.nextBoolean() ? FrameType.GIVE : FrameType.PLEASE;
        }
        return random.nextInt(3) == 0 ? FrameType.TYPED : FrameType.DATA;
    }

    private int length(FrameType type) {
        if (type == FrameType.BYE || type == FrameType.HELLO || type == FrameType.JOIN) {
            return type == FrameType.HELLO ? HelloFrame.LENGTH : type == FrameType.JOIN ? 16 : 0;
        }
        return type.isUnit()
                ? 1 + random.nextInt(1 << random.nextInt(13))
                : type.allows(4) ? 4 : type.allows(0) ? 0 : 9;
    }

    private void check(MuxEntity entity) {
        assertThat(entity.stored()).isBetween(0L, (long) MEMORY);
        assertThat(entity.sessions().size()).isLessThanOrEqualTo(50 * 2 * MAX_SESSIONS);
    }

    @Test
    void theCalledSideBearsIt() {
        open();
        pair.attach((connection, connect) -> {
            heard.merge("S-CONNECT", 1, Integer::sum);
            connection.request(new SessionPrimitive.ConnectAnswer(
                    null, null, null, ALL, -1, TokenSetting.RESPONDER, Tokens.NONE, Octets.EMPTY));
            return willing(connection);
        });
        int connections = 0;
        for (int sent = 0; sent < FRAMES; ) {
            mallory.ended = false;
            Arrays.fill(sequences, 0);
            mallory.connection = pair.network()
                    .of(mallory.host, "mallory")
                    .connectRequest(null, FakeNetwork.address("bob"), false, mallory);
            step();
            mallory.send(mallory.hello(0, 5, ++connections, 1));
            for (int session = 1; session < MAX_SESSIONS; session++) {
                OpenUnit open = new OpenUnit(
                        ALL,
                        TokenSetting.INITIATOR,
                        Selector.EMPTY,
                        Selector.ofText("S"),
                        Selector.EMPTY,
                        ConnectionIdentifier.NONE,
                        Octets.EMPTY);
                byte[] frame = RawPeer.frame(FrameType.OPEN, FrameHeader.END, session, 0, open.head());
                sequences[session] = frame.length;
                mallory.send(frame);
            }
            for (int n = random.nextInt(600); n > 0 && !mallory.ended; n--) {
                mallory.send(any());
                if (++sent % 10 == 0) {
                    step();
                    check(pair.bobs);
                }
            }
            mallory.heard.clear();
            mallory.connection.disconnectRequest();
            step();
        }
        assertThat(heard)
                .containsKeys("S-CONNECT", "S-DATA", "TypedData", "Step", "Release", "ProviderAbort", "UserAbort");
        assertThat(connections).isGreaterThan(1000);
        end();
    }

    @Test
    void theCallingSideBearsIt() {
        open();
        pair.network().of(mallory.host, "bob").attach(FakeNetwork.address("bob"), (connection, expedited) -> {
            mallory.connection = connection;
            mallory.ended = false;
            mallory.heard.clear();
            connection.connectResponse(false);
            return mallory;
        });
        int sent = 0;
        int connections = 0;
        while (sent < FRAMES) {
            Arrays.fill(sequences, 0);
            for (int i = 1; i < MAX_SESSIONS; i++) {
                Willing user = new Willing();
                user.connection = pair.call(user, ALL, Octets.EMPTY);
            }
            step();
            step();
            connections++;
            if (!mallory.heard.isEmpty()) {
                byte[] hello = mallory.heard.get(0).toByteArray();
                hello[FrameHeader.LENGTH + 5] |= HelloFrame.ANSWER;
                mallory.send(hello);
                step();
            }
            AcceptUnit accept = new AcceptUnit(
                    ALL.without(FunctionalUnit.DUPLEX),
                    TokenSetting.INITIATOR,
                    Tokens.NONE,
                    Selector.EMPTY,
                    ConnectionIdentifier.NONE,
                    Octets.EMPTY);
            for (int session = 1; session < MAX_SESSIONS; session++) {
                byte[] frame = RawPeer.frame(FrameType.ACCEPT, FrameHeader.END, session, 0, accept.head());
                sequences[session] = frame.length;
                mallory.send(frame);
            }
            for (int n = random.nextInt(600); n > 0 && !mallory.ended; n--) {
                mallory.send(any());
                if (++sent % 10 == 0) {
                    step();
                    check(pair.alices);
                }
            }
            mallory.connection.disconnectRequest();
            pair.run(Duration.ofSeconds(3));
        }
        assertThat(heard).containsKeys("TypedData", "ConnectAnswer", "ProviderAbort", "UserAbort");
        assertThat(connections).isGreaterThan(500);
        end();
    }

    private void end() {
        pair.run(Duration.ofMinutes(5));
        pair.checkNothingIsLeft();
        assertThat(mallory.host.pool().outstanding()).isZero();
    }

    private void step() {
        pair.run(Duration.ofNanos(20_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void octetsAtRandomEndAPathAndNothingElse(int seed) {
        pair.network(true, 1 << 20, 1_000, 0);
        pair.open();
        pair.attach((connection, connect) -> null);
        SplittableRandom noise = new SplittableRandom(seed);
        for (int i = 0; i < 3000; i++) {
            mallory.ended = false;
            mallory.connection = pair.network()
                    .of(mallory.host, "mallory")
                    .connectRequest(null, FakeNetwork.address("bob"), false, mallory);
            step();
            byte[] octets = new byte[12 + noise.nextInt(100)];
            noise.nextBytes(octets);
            mallory.send(octets);
            step();
            assertThat(mallory.ended).isTrue();
        }
        end();
    }

    @Test
    void whoConnectsAndSaysNothingIsNotWaitedFor() {
        open();
        pair.attach((connection, connect) -> null);
        for (int i = 0; i < 1500; i++) {
            TransportUser silent = new RawPeer(mallory.host);
            pair.network().of(mallory.host, "mallory").connectRequest(null, FakeNetwork.address("bob"), false, silent);
        }
        pair.run(Duration.ofSeconds(1));
        assertThat(pair.network().connections).hasSize(1000);
        pair.run(Duration.ofSeconds(10));
        assertThat(pair.network().connections).isEmpty();
        end();
    }

    @Test
    void anOverlongFrameIsNotCollected() {
        pair.network(true, 1 << 20, 1_000, 0);
        pair.open("frame", "1000");
        pair.attach((connection, connect) -> null);
        mallory.connection = pair.network()
                .of(mallory.host, "mallory")
                .connectRequest(null, FakeNetwork.address("bob"), false, mallory);
        step();
        mallory.send(mallory.hello(0, 5, 1, 1));
        step();
        assertThat(pair.bobs.paths()).hasSize(1);
        byte[] header = new byte[FrameHeader.LENGTH];
        FrameHeader.write(header, FrameType.OPEN, 0, 989, 1, 0);
        mallory.send(header);
        step();
        assertThat(pair.bobs.paths()).isEmpty();
        end();
    }
}
