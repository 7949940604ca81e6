package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.SessionManagement;
import org.osistack.session.DialogueService;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.transport.TransportAddress;

/** The session protocol on a whole stack: RFC 1006, TCP, IPv4, Ethernet, a virtual medium. */
class IsoOnTcpTest {
    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final List<TraceEvent> events = new ArrayList<>();
    private final RecordingUser caller = new RecordingUser();
    private final RecordingUser called = new RecordingUser();
    private Stack alices;
    private Stack bobs;

    @AfterEach
    void nothingIsLeftOver() {
        simulation.run(Duration.ofMinutes(5));
        alices.close();
        bobs.close();
        simulation.run(Duration.ofMinutes(5));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    private void open(String medium) {
        Trace trace = new Trace(simulation, events::add);
        alices = Stack.open(alice, spec(medium, "10.0.0.1"), trace, () -> Dissector.NONE);
        bobs = Stack.open(bob, spec(medium, "10.0.0.2"));
    }

    private static StackSpec spec(String medium, String address) {
        return StackSpec.of(medium, "ethernet", "ipv4:" + address + "/24", "tpkt", "x225");
    }

    private void connect() {
        connect(Primitives.HALF_DUPLEX.with(FunctionalUnit.TYPED_DATA));
    }

    private void connect(FunctionalUnits units) {
        Selector selector = Selector.ofText("S");
        bobs.service(DialogueService.class)
                .attach(
                        new SessionAddress(selector, new TransportAddress(null, 0, Selector.ofText("T"))),
                        (connection, connect) -> {
                            called.connection = connection;
                            connection.request(Primitives.accept(connect.requirements()));
                            return called;
                        });
        DialogueService service = alices.service(DialogueService.class);
        SessionAddress address = new SessionAddress(
                selector, new TransportAddress(service.parseAddress("10.0.0.2"), 0, Selector.ofText("T")));
        caller.connection = service.connectRequest(
                new SessionPrimitive.Connect(
                        null, null, address, units, -1, TokenSetting.INITIATOR, Octets.ofText("hello")),
                caller);
        simulation.runUntil(() -> !caller.heard.isEmpty(), Duration.ofSeconds(60));
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).isAccepted())
                .isTrue();
    }

    private String names(TraceEvent.Kind kind) {
        return events.stream()
                .filter(event -> event.kind() == kind && event.layer() == 5)
                .map(TraceEvent::name)
                .collect(Collectors.joining(", "));
    }

    @Test
    void theTraceTellsTheStoryOfADialogue() {
        open("virtual:lab");
        connect();
        assertThat(alices.management(SessionManagement.class).orElseThrow().sessions())
                .singleElement()
                .satisfies(session -> {
                    assertThat(session.state()).isEqualTo("STA713");
                    assertThat(session.initiator()).isTrue();
                    assertThat(session.tokens()).isEqualTo(Tokens.of(Token.DATA));
                });
        Pdu pdu = alice.pool().take();
        Octets.ofText("Hello, Bob").appendTo(pdu);
        assertThat(caller.connection.dataRequest(pdu)).isTrue();
        caller.connection.request(new SessionPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
        caller.connection.request(new SessionPrimitive.TypedData(Octets.ofText("psst")));
        simulation.run(Duration.ofSeconds(1));
        assertThat(called.data).containsExactly(Octets.ofText("Hello, Bob"));
        called.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        simulation.run(Duration.ofSeconds(1));
        caller.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        simulation.run(Duration.ofSeconds(1));
        assertThat(called.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));

        assertThat(names(TraceEvent.Kind.PRIMITIVE))
                .isEqualTo("S-CONNECT.request, S-CONNECT.confirm, S-DATA.request, S-TOKEN-GIVE.request,"
                        + " S-TYPED-DATA.request, S-RELEASE.indication, S-RELEASE.response");
        assertThat(events.stream()
                        .filter(event -> event.layer() == 4
                                && event.pdu() != null
                                && event.protocol().equals("X.225"))
                        .map(event -> event.pdu().name()))
                .containsExactly("CN", "AC", "GT·DT", "GT", "TD", "FN", "DN");
        assertThat(names(TraceEvent.Kind.STATE)).contains("STA01", "STA713", "STA09", "STA16");
        assertThat(events.stream().filter(event -> event.kind() == TraceEvent.Kind.TOKEN))
                .hasSize(2);
        assertThat(names(TraceEvent.Kind.TIMER)).contains("TIM");
    }

    @Test
    void aBadMediumLosesNothing() {
        open("virtual:bad,loss=5%,delay=3ms,reorder=2%,duplicate=1%");
        connect();
        List<Octets> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] octets = new byte[1 + i * 13];
            octets[0] = (byte) i;
            sent.add(Octets.of(octets));
            Pdu pdu = Samples.pdu(alice.pool(), sent.get(i));
            while (!caller.connection.dataRequest(pdu)) {
                int ready = caller.ready;
                assertThat(simulation.runUntil(() -> caller.ready > ready, Duration.ofMinutes(10)))
                        .isTrue();
            }
        }
        assertThat(simulation.runUntil(() -> called.data.size() == 300, Duration.ofMinutes(10)))
                .isTrue();
        assertThat(called.data).isEqualTo(sent);
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        assertThat(simulation.runUntil(() -> !called.heard.isEmpty(), Duration.ofMinutes(10)))
                .isTrue();
        called.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        assertThat(simulation.runUntil(() -> caller.heard.size() == 2, Duration.ofMinutes(10)))
                .isTrue();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
    }

    @Test
    void expeditedDataAndPrepareGoOverRfc1006() {
        open("virtual:lab");
        connect(FunctionalUnits.of(
                FunctionalUnit.DUPLEX,
                FunctionalUnit.EXPEDITED_DATA,
                FunctionalUnit.MINOR_SYNCHRONIZE,
                FunctionalUnit.RESYNCHRONIZE));
        assertThat(caller.connection.functionalUnits().has(FunctionalUnit.EXPEDITED_DATA))
                .isTrue();
        caller.connection.request(new SessionPrimitive.ExpeditedData(Octets.ofText("quick")));
        simulation.run(Duration.ofSeconds(1));
        assertThat(called.last()).isEqualTo(new SessionPrimitive.ExpeditedData(Octets.ofText("quick")));
        called.connection.request(new SessionPrimitive.Step(
                new DialogueStep.Resynchronize(ResynchronizeType.SET, 7, TokenSetting.RESPONDER)));
        simulation.run(Duration.ofSeconds(1));
        caller.connection.request(
                new SessionPrimitive.Step(new DialogueStep.ResynchronizeAnswer(DialogueStep.NEXT, null)));
        simulation.run(Duration.ofSeconds(1));
        assertThat(called.connection.serialNumbers().next()).isEqualTo(7);
        assertThat(called.connection.ownTokens()).isEqualTo(Tokens.of(Token.SYNCHRONIZE_MINOR));
        assertThat(events.stream()
                        .filter(event -> event.layer() == 4
                                && event.pdu() != null
                                && event.protocol().equals("X.225"))
                        .map(event -> event.pdu().name()))
                .containsExactly("CN", "AC", "EX", "PR", "GT·RS", "PR", "PT·RA");
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.ofText("long enough for two")));
        simulation.run(Duration.ofSeconds(1));
        assertThat(called.last()).isEqualTo(new SessionPrimitive.UserAbort(Octets.ofText("long enough for two")));
    }

    @Test
    void aPausedUserStopsThePeer() {
        open("virtual:lab");
        connect();
        called.connection.pause();
        int taken = 0;
        for (boolean more = true; more; ) {
            Pdu pdu = Samples.pdu(alice.pool(), Octets.of(new byte[8000]));
            more = caller.connection.dataRequest(pdu);
            if (more) {
                taken++;
            } else {
                int before = caller.ready;
                pdu.release();
                more = simulation.runUntil(() -> caller.ready > before, Duration.ofSeconds(20));
            }
            assertThat(taken).isLessThan(2000);
        }
        assertThat(called.data.size()).isLessThan(taken);
        called.connection.resume();
        simulation.run(Duration.ofMinutes(3));
        assertThat(called.data).hasSize(taken);
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        simulation.run(Duration.ofSeconds(1));
        assertThat(called.last()).isInstanceOf(SessionPrimitive.UserAbort.class);
    }
}
