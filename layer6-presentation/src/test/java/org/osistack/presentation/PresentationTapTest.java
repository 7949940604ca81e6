package org.osistack.presentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.x226.X226Provider;

class PresentationTapTest {
    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final List<String> story = new ArrayList<>();
    private final Trace trace = new Trace(simulation, this::tell);
    private final FakeDialogue.Net net = new FakeDialogue.Net();
    private final NegotiatedPresentation caller = open(alice);
    private final NegotiatedPresentation callee = open(bob);

    @Test
    void reportsEachPrimitiveWithTheAbstractSyntaxOfItsValue() {
        RecordingUser calling = new RecordingUser();
        RecordingUser called = new RecordingUser();
        callee.attach(new PresentationAddress(null, 0), called);
        List<PresentationContext> contexts = List.of(
                new PresentationContext(1, ObjectIdentifier.ACSE, List.of(ObjectIdentifier.BER)),
                new PresentationContext(3, ObjectIdentifier.of("1.2.3"), List.of(ObjectIdentifier.BER)));
        PresentationConnection connection = caller.connectRequest(
                new PresentationPrimitive.Connect(
                        null,
                        new PresentationAddress(
                                Selector.EMPTY, Selector.EMPTY, Selector.EMPTY, 0, caller.parseAddress("bob")),
                        contexts,
                        List.of(),
                        ConnectionIdentifier.NONE,
                        FunctionalUnits.KERNEL,
                        -1,
                        TokenSetting.INITIATOR,
                        List.of(pdv(1, "6000"))),
                calling);
        settle();
        called.connection.request(new PresentationPrimitive.ConnectAnswer(
                null,
                "",
                null,
                List.of(),
                ConnectionIdentifier.NONE,
                FunctionalUnits.KERNEL,
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                List.of()));
        settle();
        connection.dataRequest(3, alice.pool().take().append(new byte[] {5, 0}));
        connection.request(new PresentationPrimitive.Data(List.of(pdv(1, "0100"), pdv(3, "0500"))));
        connection.request(new PresentationPrimitive.UserAbort(List.of()));
        settle();

        assertThat(story)
                .containsExactly(
                        "alice P-CONNECT.request 2.2.1.0.1 6000",
                        "bob P-CONNECT.indication 2.2.1.0.1 6000",
                        "bob P-CONNECT.response",
                        "alice P-CONNECT.confirm",
                        "alice P-DATA.request 1.2.3 0500",
                        "alice P-DATA.request 2.2.1.0.1 0100",
                        "alice P-DATA.request 1.2.3 0500",
                        "alice P-U-ABORT.request",
                        "bob P-DATA.indication 1.2.3 0500",
                        "bob P-DATA.indication 2.2.1.0.1 0100",
                        "bob P-DATA.indication 1.2.3 0500",
                        "bob P-U-ABORT.indication");
        assertThat(alice.pool().outstanding() + bob.pool().outstanding()).isZero();
    }

    @Test
    void learnsTheAbstractSyntaxesOfContextsThatAreAdded() {
        RecordingUser calling = new RecordingUser();
        RecordingUser called = new RecordingUser();
        callee.attach(new PresentationAddress(null, 0), called);
        PresentationConnection connection = caller.connectRequest(
                new PresentationPrimitive.Connect(
                        null,
                        new PresentationAddress(
                                Selector.EMPTY, Selector.EMPTY, Selector.EMPTY, 0, caller.parseAddress("bob")),
                        List.of(),
                        List.of(),
                        PresentationRequirements.CONTEXT_MANAGEMENT,
                        ConnectionIdentifier.NONE,
                        FunctionalUnits.KERNEL,
                        -1,
                        TokenSetting.INITIATOR,
                        List.of()),
                calling);
        settle();
        called.connection.request(new PresentationPrimitive.ConnectAnswer(
                null,
                "",
                null,
                List.of(),
                PresentationRequirements.CONTEXT_MANAGEMENT,
                ConnectionIdentifier.NONE,
                FunctionalUnits.KERNEL,
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                List.of()));
        settle();
        connection.request(new PresentationPrimitive.AlterContext(
                List.of(new PresentationContext(5, ObjectIdentifier.of("1.2.5"), List.of(ObjectIdentifier.BER))),
                List.of(),
                List.of()));
        settle();
        called.connection.request(
                new PresentationPrimitive.AlterContextAnswer(List.of(), List.of(), List.of(pdv(5, "0500"))));
        settle();

        assertThat(story.subList(4, story.size()))
                .containsExactly(
                        "alice P-ALTER-CONTEXT.request [additions=5 = 1.2.5]",
                        "bob P-ALTER-CONTEXT.indication [additions=5 = 1.2.5]",
                        "bob P-ALTER-CONTEXT.response 1.2.5 0500",
                        "alice P-ALTER-CONTEXT.confirm 1.2.5 0500 [additions=accepted]");
        connection.request(new PresentationPrimitive.UserAbort(List.of()));
        settle();
    }

    private NegotiatedPresentation open(Host host) {
        Supplier<Dissector> naming = () -> (pdu, sap, direction, out) -> out.pdu(String.valueOf(sap), "");
        X226Provider provider = new X226Provider();
        NegotiatedPresentation service = provider.open(host, new FakeDialogue(net, host), Options.none("x226"));
        return provider.tap(service, trace.sap(host, 6, "x226", 7, naming));
    }

    private void tell(TraceEvent event) {
        String octets = event.octets() == null ? "" : Octets.of(event.octets()).toString();
        String parameters =
                event.name().startsWith("P-ALTER") && !event.parameters().isEmpty()
                        ? event.parameters().stream()
                                .map(parameter -> parameter.name() + "=" + parameter.value())
                                .toList()
                                .toString()
                        : "";
        story.add((event.host() + " " + event.name() + " " + event.protocol() + " " + octets + " " + parameters)
                .replaceAll(" +", " ")
                .strip());
    }

    private static Pdv pdv(int context, String hex) {
        return new Pdv(context, Octets.ofHex(hex));
    }

    private void settle() {
        simulation.run(Duration.ofMillis(1));
    }
}
