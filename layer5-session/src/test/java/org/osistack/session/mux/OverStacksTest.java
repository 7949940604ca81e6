package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Dissector;
import org.osistack.core.FrameFilter;
import org.osistack.core.Host;
import org.osistack.core.MediumManagement;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.management.SessionManagement;
import org.osistack.session.DialogueService;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPaths;
import org.osistack.session.SessionPrimitive;
import org.osistack.transport.OctetStreamTransport;
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;

/** The session protocol on whole stacks: TCP or RFC 1006, IPv4, Ethernet, a virtual medium. */
class OverStacksTest {
    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final List<TraceEvent> events = new ArrayList<>();
    private final List<Stack> stacks = new ArrayList<>();
    private Talker caller;
    private Talker called;

    @AfterEach
    void nothingIsLeftOver() {
        simulation.run(Duration.ofMinutes(5));
        stacks.forEach(Stack::close);
        simulation.run(Duration.ofMinutes(5));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    private Stack open(Host host, String address, String medium, String transport, String mux, Trace trace) {
        Stack stack = Stack.open(
                host,
                StackSpec.of(medium, "ethernet", "ipv4:" + address + "/24", transport, mux),
                trace,
                () -> Dissector.NONE);
        stacks.add(stack);
        return stack;
    }

    /** Both talk; the caller asks for the release when it has said everything. */
    private void talk(DialogueService alices, DialogueService bobs) {
        called = new Talker(bob, Talker.sayings(2, 200, 30_000), false);
        caller = new Talker(alice, Talker.sayings(1, 200, 30_000), true);
        bobs.attach(
                new SessionAddress(Selector.ofText("S"), new TransportAddress(null, 0, Selector.ofText("T"))),
                (connection, connect) -> {
                    connection.request(Pair.accept(connect.requirements()));
                    called.connection = connection;
                    bob.loop().defer(called::readyIndication);
                    return called;
                });
        SessionAddress address = new SessionAddress(
                Selector.ofText("S"), new TransportAddress(alices.parseAddress("10.0.0.2"), 0, Selector.ofText("T")));
        caller.connection = alices.connectRequest(
                new SessionPrimitive.Connect(
                        null, null, address, Pair.DUPLEX, -1, TokenSetting.INITIATOR, Octets.ofText("hello")),
                caller);
    }

    private void checkAllWasSaid() {
        assertThat(called.heard).isEqualTo(Talker.sayings(1, 200, 30_000));
        assertThat(caller.heard).isEqualTo(Talker.sayings(2, 200, 30_000));
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tpkt"})
    void aBadMediumLosesNothing(String transport) {
        String medium = "virtual:lab,loss=3%,reorder=2%,duplicate=1%,delay=1ms";
        Stack alices = open(alice, "10.0.0.1", medium, transport, "mux", null);
        Stack bobs = open(bob, "10.0.0.2", medium, transport, "mux:connections=2", null);
        talk(alices.service(DialogueService.class), bobs.service(DialogueService.class));
        simulation.run(Duration.ofMinutes(5));
        checkAllWasSaid();
        assertThat(alices.management(SessionManagement.class).orElseThrow().sessions())
                .isEmpty();
    }

    /** The link is dead for 40 s, in which neither side hears anything; TCP's connection is given up, and replaced. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tpkt"})
    void aSessionOutlivesItsLink(String transport) {
        String medium = "virtual:lab,rate=2M";
        String mux = "mux:keep-alive=2s,resume=2m";
        Stack alices = open(alice, "10.0.0.1", medium, transport, mux, null);
        Stack bobs = open(bob, "10.0.0.2", medium, transport, mux, null);
        boolean[] dead = new boolean[1];
        for (Stack stack : stacks) {
            stack.management(MediumManagement.class)
                    .orElseThrow()
                    .filter((sender, frame) -> dead[0] ? FrameFilter.Verdict.DROP : FrameFilter.Verdict.PASS);
        }
        talk(alices.service(DialogueService.class), bobs.service(DialogueService.class));
        SessionPaths paths = alices.management(SessionPaths.class).orElseThrow();
        simulation.run(Duration.ofSeconds(1));
        assertThat(paths.paths())
                .singleElement()
                .satisfies(path -> assertThat(path.number()).isEqualTo(1));
        dead[0] = true;
        simulation.run(Duration.ofSeconds(40));
        assertThat(paths.paths()).isEmpty();
        assertThat(caller.news).hasSize(1);
        dead[0] = false;
        simulation.run(Duration.ofSeconds(10));
        assertThat(paths.paths())
                .singleElement()
                .satisfies(path -> assertThat(path.number()).isGreaterThan(1));
        simulation.run(Duration.ofMinutes(5));
        checkAllWasSaid();
    }

    /** The same host by TCP and by RFC 1006: the session moves from one to the other. */
    @Test
    void aSessionMovesFromOneTransportProtocolToAnother() {
        List<MuxEntity> entities = new ArrayList<>();
        List<RecordTransport> records = new ArrayList<>();
        TcpGate gate = new TcpGate();
        for (Host host : List.of(alice, bob)) {
            StackSpec lower = new StackSpec()
                    .set(1, "virtual:lab,rate=2M")
                    .set(2, "ethernet")
                    .set(3, "ipv4:10.0.0." + (host == alice ? 1 : 2) + "/24")
                    .add(4, "tcp");
            Stack tcp = Stack.open(host, lower);
            Stack tpkt = tcp.column(lower.add(4, "tpkt"), null, () -> Dissector.NONE);
            tcp.management(MediumManagement.class).orElseThrow().filter(gate);
            MuxEntity entity = new MuxEntity(
                    host,
                    tcp.service(OctetStreamTransport.class),
                    Settings.of(new Options("mux", null, Map.of("keep-alive", "1s"))));
            entity.addTransport(tpkt.service(RecordTransport.class));
            entities.add(entity);
            records.add(tpkt.service(RecordTransport.class));
            stacks.add(tpkt);
            stacks.add(tcp);
        }
        TransportAddress peer = new TransportAddress(entities.get(0).parseAddress("10.0.0.2"), 0, Selector.ofText("T"));
        entities.get(0).addAddress(peer, records.get(0), peer);
        talk(entities.get(0), entities.get(1));
        simulation.run(Duration.ofMillis(500));
        assertThat(entities.get(0).paths())
                .singleElement()
                .satisfies(path -> assertThat(path.peer()).endsWith(":" + TcpGate.PORT));
        gate.closed = true;
        simulation.run(Duration.ofSeconds(3));
        assertThat(entities.get(0).paths())
                .singleElement()
                .satisfies(path -> assertThat(path.peer()).isEqualTo("10.0.0.2:102 \"T\""));
        simulation.run(Duration.ofMinutes(5));
        checkAllWasSaid();
        entities.forEach(MuxEntity::close);
    }

    /** Lets no frame pass that is from or to the port of mux over TCP, once it is closed. */
    private static final class TcpGate implements FrameFilter {
        private static final int PORT = 5505;
        private static final int PORTS = 14 + 20; // behind the headers of Ethernet and IPv4
        private boolean closed;

        @Override
        public Verdict judge(Host sender, Pdu frame) {
            boolean concerned = frame.length() > PORTS + 4
                    && frame.getUint8(23) == 6
                    && (frame.getUint16(PORTS) == PORT || frame.getUint16(PORTS + 2) == PORT);
            return closed && concerned ? Verdict.DROP : Verdict.PASS;
        }
    }

    @Test
    void theTraceTellsTheStory() {
        Trace trace = new Trace(simulation, events::add);
        Stack alices = open(alice, "10.0.0.1", "virtual:lab", "tcp", "mux", trace);
        Stack bobs = open(bob, "10.0.0.2", "virtual:lab", "tcp", "mux", null);
        talk(alices.service(DialogueService.class), bobs.service(DialogueService.class));
        simulation.run(Duration.ofMinutes(1));
        checkAllWasSaid();
        Set<String> names = new TreeSet<>();
        List<String> states = new ArrayList<>();
        for (TraceEvent event : events) {
            if (event.pdu() != null && event.protocol().equals("mux")) {
                names.addAll(List.of(event.pdu().name().split("·")));
            }
            if (event.kind() == TraceEvent.Kind.STATE && event.layer() == 5) {
                states.add(event.name());
            }
        }
        assertThat(names)
                .contains("HELLO", "OPEN", "ACCEPT", "DATA", "TYPED", "ACK", "RELEASE", "RELEASED", "GONE", "BYE")
                .doesNotContain("?");
        assertThat(states).anyMatch(name -> name.contains("OPENING")).anyMatch(name -> name.contains("RELEASING"));
    }
}
