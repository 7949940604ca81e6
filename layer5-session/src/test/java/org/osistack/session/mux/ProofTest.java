package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.mux.FakeNetwork.Cut;

/** Who may bring a transport connection into a trunk, and who may not. */
class ProofTest {
    private final Pair pair = new Pair(1);
    private final RecordingUser caller = new RecordingUser();
    private final RecordingUser called = new RecordingUser();
    private final List<byte[]> sent = new ArrayList<>();
    private final RawPeer mallory = new RawPeer(pair.simulation.newHost("mallory"));

    @BeforeEach
    void connect() {
        pair.network(false, 1 << 16, 1_000_000, 0);
        pair.open();
        pair.network().fault = (request, tsdu) -> {
            sent.add(tsdu.toByteArray());
            return null;
        };
        pair.attach((connection, connect) -> {
            called.connection = connection;
            connection.request(Pair.accept(connect.requirements()));
            return called;
        });
        caller.connection = pair.call(caller, Pair.DUPLEX, Octets.EMPTY);
        run();
    }

    @AfterEach
    void theSessionIsUnharmedAndNothingIsLeftOver() {
        Pdu pdu = pair.alice.pool().take().appendUint8(42);
        caller.connection.dataRequest(pdu);
        run();
        assertThat(called.data).contains(Octets.of((byte) 42));
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        pair.run(Duration.ofMinutes(1));
        pair.checkNothingIsLeft();
        assertThat(mallory.host.pool().outstanding()).isZero();
    }

    private void run() {
        pair.run(Duration.ofSeconds(2));
    }

    private void dial() {
        mallory.connection = pair.network()
                .of(mallory.host, "mallory")
                .connectRequest(null, FakeNetwork.address("bob"), false, mallory);
        run();
    }

    /** What everybody knows who has seen the first HELLO: entity and trunk. */
    private HelloFrame firstHello(byte[] octets) {
        Pdu pdu = mallory.host.pool().take().append(octets).pullHeader(FrameHeader.LENGTH);
        HelloFrame hello = new HelloFrame().wrap(pdu);
        pdu.release(); // the octets stay until the next one is taken
        return hello;
    }

    @Test
    void whoDoesNotKnowTheSecretIsLeftOutside() {
        HelloFrame seen = firstHello(sent.get(0));
        long entity = seen.entity();
        long trunk = seen.trunk();
        dial();
        mallory.send(mallory.hello(HelloFrame.JOIN, entity, trunk, 7));
        run();
        assertThat(mallory.heard).hasSize(2);
        mallory.send(RawPeer.frame(FrameType.JOIN, 0, 0, 0, new byte[TrunkSecret.PROOF_LENGTH]));
        run();
        assertThat(mallory.ended).isTrue();
        assertThat(pair.bobs.paths()).hasSize(1);
    }

    @Test
    void dataWithoutAProofEndsThePathAndNotTheSession() {
        HelloFrame seen = firstHello(sent.get(0));
        long entity = seen.entity();
        long trunk = seen.trunk();
        dial();
        mallory.send(mallory.hello(HelloFrame.JOIN, entity, trunk, 7));
        mallory.send(RawPeer.frame(FrameType.DATA, FrameHeader.END, 1, 13, (byte) 1));
        run();
        assertThat(mallory.ended).isTrue();
        assertThat(called.data).isEmpty();
        assertThat(pair.bobs.discards().count(Discard.UNEXPECTED)).isEqualTo(1);
    }

    @Test
    void aProofThatWasOverheardIsOfNoUse() {
        pair.network().cutAll(Cut.BOTH);
        run();
        List<byte[]> hellos = sent.stream()
                .filter(frame -> frame[0] == FrameType.HELLO.code())
                .toList();
        List<byte[]> joins =
                sent.stream().filter(frame -> frame[0] == FrameType.JOIN.code()).toList();
        assertThat(hellos).hasSize(4);
        assertThat(joins).hasSize(2);
        dial();
        mallory.send(hellos.get(2));
        run();
        assertThat(mallory.ended).as("a path number is used once").isTrue();

        mallory.ended = false;
        mallory.heard.clear();
        dial();
        byte[] hello = hellos.get(2).clone();
        hello[FrameHeader.LENGTH + 43] = 99; // another path number
        mallory.send(hello);
        run();
        assertThat(mallory.heard).hasSize(2);
        mallory.send(joins.get(1)); // alice's
        run();
        assertThat(mallory.ended).isTrue();
        assertThat(pair.bobs.paths()).hasSize(1);
    }

    @Test
    void whoCallsUnderAnothersTrunkNumberIsTurnedAway() {
        HelloFrame seen = firstHello(sent.get(0));
        long entity = seen.entity();
        long trunk = seen.trunk();
        dial();
        mallory.send(mallory.hello(0, entity, trunk, 1));
        run();
        assertThat(mallory.heard).hasSize(1);
        assertThat(mallory.heard.get(0).at(FrameHeader.LENGTH + 5)).isEqualTo(HelloFrame.ANSWER | HelloFrame.FULL);
        run();
        pair.run(Duration.ofSeconds(10));
        assertThat(mallory.ended).isTrue();
    }

    @Test
    void aTrunkThatNeverWasIsUnknown() {
        dial();
        mallory.send(mallory.hello(HelloFrame.JOIN, 1, 2, 1));
        run();
        assertThat(mallory.heard.get(0).at(FrameHeader.LENGTH + 5))
                .isEqualTo(HelloFrame.ANSWER | HelloFrame.JOIN | HelloFrame.UNKNOWN);
        pair.run(Duration.ofSeconds(10));
        assertThat(mallory.ended).as("and not waited for").isTrue();
    }

    @Test
    void aProofIsBoundToSideTrunkPathAndChallenges() {
        byte[] ones = RawPeer.share();
        byte[] twos = new byte[TrunkSecret.SHARE_LENGTH];
        Arrays.fill(twos, (byte) 2);
        TrunkSecret secret = new TrunkSecret(ones, twos);
        Set<Octets> proofs = new HashSet<>();
        proofs.add(Octets.of(secret.proof(true, 1, 1, ones, twos)));
        proofs.add(Octets.of(secret.proof(false, 1, 1, ones, twos)));
        proofs.add(Octets.of(secret.proof(true, 2, 1, ones, twos)));
        proofs.add(Octets.of(secret.proof(true, 1, 2, ones, twos)));
        proofs.add(Octets.of(secret.proof(true, 1, 1, twos, ones)));
        proofs.add(Octets.of(new TrunkSecret(twos, ones).proof(true, 1, 1, ones, twos)));
        assertThat(proofs).hasSize(6);
        assertThat(TrunkSecret.share(new SplittableRandom(1)))
                .isNotEqualTo(TrunkSecret.share(new SplittableRandom(2)))
                .hasSize(TrunkSecret.SHARE_LENGTH);
    }
}
