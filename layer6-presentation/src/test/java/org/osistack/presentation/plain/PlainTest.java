package org.osistack.presentation.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.FakeDialogue;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.RecordingUser;

class PlainTest {
    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final FakeDialogue.Net net = new FakeDialogue.Net();
    private final PresentationService caller =
            new PlainProvider().open(alice, new FakeDialogue(net, alice), Options.none("plain"));
    private final PresentationService callee =
            new PlainProvider().open(bob, new FakeDialogue(net, bob), Options.none("plain"));
    private final RecordingUser calling = new RecordingUser();
    private final RecordingUser called = new RecordingUser();
    private PresentationConnection connection;

    @AfterEach
    void noPduLeaks() {
        settle();
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    @Test
    void handsEverythingThroughAsItIs() {
        establish();
        assertThat(net.log).containsExactly("alice S-CONNECT 0102", "bob S-CONNECT+");
        assertThat(called.connect.userData()).containsExactly(pdv("0102"));
        assertThat(calling.last(PresentationPrimitive.ConnectAnswer.class).isAccepted())
                .isTrue();
        assertThat(connection.functionalUnits()).isEqualTo(FunctionalUnits.of(FunctionalUnit.DUPLEX));

        connection.dataRequest(0, alice.pool().take().append(new byte[] {1, 2, 3}));
        List<PresentationPrimitive> primitives = List.of(
                new PresentationPrimitive.TypedData(List.of(pdv("04"))),
                new PresentationPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))),
                new PresentationPrimitive.Step(new DialogueStep.TokenPlease(Tokens.of(Token.DATA)), List.of(pdv("05"))),
                new PresentationPrimitive.Release(List.of()),
                new PresentationPrimitive.ReleaseAnswer(true, List.of(pdv("06"))),
                new PresentationPrimitive.UserAbort(List.of(pdv("07"))));
        primitives.forEach(connection::request);
        settle();

        assertThat(called.data).containsExactly(pdv("010203"));
        assertThat(called.heard).containsExactlyElementsOf(primitives);
        assertThat(net.log.get(2)).isEqualTo("alice S-DATA 010203");
    }

    @Test
    void tellsOfALostConnectionAndOfARefusal() {
        establish();
        net.ends.get(0).cut();
        settle();
        assertThat(calling.last())
                .isEqualTo(new PresentationPrimitive.ProviderAbort("the transport connection was lost"));

        callee.detach(address(Selector.EMPTY));
        connection = caller.connectRequest(request(List.of()), calling);
        settle();
        assertThat(calling.last(PresentationPrimitive.ConnectAnswer.class).refusal())
                .isEqualTo(PresentationRefusal.LOWER_LAYER);
    }

    @Test
    void refusesWhatItHasNoRoomFor() {
        assertThatThrownBy(() -> callee.attach(address(Selector.ofText("x")), called))
                .isInstanceOf(IllegalArgumentException.class);
        PresentationContext context = new PresentationContext(1, ObjectIdentifier.ACSE, List.of(ObjectIdentifier.BER));
        assertThatThrownBy(() -> caller.connectRequest(request(List.of(context)), calling))
                .isInstanceOf(IllegalArgumentException.class);
        establish();
        Pdu pdu = alice.pool().take();
        assertThatThrownBy(() -> connection.dataRequest(1, pdu)).isInstanceOf(IllegalArgumentException.class);
        pdu.release();
        assertThatThrownBy(() -> connection.request(new PresentationPrimitive.TypedData(List.of(pdv("01"), pdv("02")))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.request(new PresentationPrimitive.ProviderAbort("")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passesFlowControlOn() {
        establish();
        called.connection.pause();
        Pdu pdu = alice.pool().take();
        while (connection.dataRequest(0, pdu)) {
            pdu = alice.pool().take();
        }
        pdu.release();
        assertThat(calling.ready).isZero();
        called.connection.resume();
        settle();
        assertThat(calling.ready).isOne();
    }

    private void establish() {
        callee.attach(address(Selector.EMPTY), called);
        connection = caller.connectRequest(request(List.of()), calling);
        settle();
        called.connection.request(new PresentationPrimitive.ConnectAnswer(
                null,
                "",
                called.connect.called(),
                List.of(),
                ConnectionIdentifier.NONE,
                called.connect.requirements(),
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                List.of()));
        settle();
    }

    private PresentationPrimitive.Connect request(List<PresentationContext> contexts) {
        return new PresentationPrimitive.Connect(
                null,
                new PresentationAddress(caller.parseAddress("bob"), 80),
                contexts,
                List.of(),
                ConnectionIdentifier.NONE,
                FunctionalUnits.of(FunctionalUnit.DUPLEX),
                -1,
                TokenSetting.INITIATOR,
                List.of(pdv("0102")));
    }

    private static PresentationAddress address(Selector selector) {
        return new PresentationAddress(selector, Selector.EMPTY, Selector.EMPTY, 80, null);
    }

    private static Pdv pdv(String hex) {
        return new Pdv(0, Octets.ofHex(hex));
    }

    private void settle() {
        simulation.run(Duration.ofMillis(1));
    }
}
