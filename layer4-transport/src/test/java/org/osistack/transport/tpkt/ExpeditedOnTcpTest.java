package org.osistack.transport.tpkt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;

/** Expedited data on a whole stack, and in its trace: RFC 1006, TCP, IPv4, Ethernet, a virtual medium. */
class ExpeditedOnTcpTest {
    private static final Selector SELECTOR = Selector.ofText("T");

    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final List<TraceEvent> events = new ArrayList<>();
    private final User caller = new User();
    private final User called = new User();
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

    private void connect(String medium) {
        Trace trace = new Trace(simulation, events::add);
        alices = Stack.open(alice, spec(medium, "10.0.0.1"), trace, () -> Dissector.NONE);
        bobs = Stack.open(bob, spec(medium, "10.0.0.2"), trace, () -> Dissector.NONE);
        bobs.service(RecordTransport.class).attach(new TransportAddress(null, 0, SELECTOR), (connection, expedited) -> {
            called.connection = connection;
            connection.connectResponse(expedited);
            return called;
        });
        RecordTransport transport = alices.service(RecordTransport.class);
        TransportAddress address = new TransportAddress(transport.parseAddress("10.0.0.2"), 0, SELECTOR);
        caller.connection = transport.connectRequest(null, address, true, caller);
        simulation.runUntil(() -> caller.confirmed, Duration.ofSeconds(60));
        assertThat(caller.connection.isExpedited()).isTrue();
    }

    private static StackSpec spec(String medium, String address) {
        return StackSpec.of(medium, "ethernet", "ipv4:" + address + "/24", "tpkt:max-tsdu=8M");
    }

    private void sendExpedited(String hex) {
        assertThat(caller.connection.expeditedDataRequest(TwoTpkts.pdu(alice, Octets.ofHex(hex))))
                .isTrue();
    }

    @Test
    void theTraceShowsThePrimitivesAndThePdus() {
        connect("virtual:lab");
        sendExpedited("05004142");
        simulation.run(Duration.ofSeconds(1));
        caller.connection.disconnectRequest();
        simulation.run(Duration.ofSeconds(1));

        assertThat(called.heard).containsExactly("X 05004142");
        assertThat(events.stream()
                        .filter(event -> event.kind() == TraceEvent.Kind.PRIMITIVE
                                && event.service().equals("tpkt"))
                        .map(event -> event.host() + " " + event.name() + " "
                                + (event.parameter("expedited") == null ? "" : event.parameter("expedited"))))
                .containsExactly(
                        "alice T-CONNECT.request true",
                        "bob T-CONNECT.indication true",
                        "bob T-CONNECT.response true",
                        "alice T-CONNECT.confirm true",
                        "alice T-EXPEDITED-DATA.request ",
                        "bob T-EXPEDITED-DATA.indication ",
                        "alice T-DISCONNECT.request ",
                        "bob T-DISCONNECT.indication ");
        assertThat(events.stream()
                        .filter(event -> event.pdu() != null
                                && event.host().equals("alice")
                                && event.protocol().equals("TPKT"))
                        .map(event -> event.pdu().name()))
                .containsExactly("CR", "CC", "ED");
    }

    @Test
    void aLongTsduIsOvertakenOnABadMedium() {
        connect("virtual:bad,loss=3%,delay=3ms,reorder=2%,duplicate=1%,rate=20M");
        int length = 4 << 20; // many times what TCP takes
        Pdu tsdu = alice.pool().take(length);
        for (int i = 0; i < length; i++) {
            tsdu.appendUint8(i * 31 >> 4);
        }
        assertThat(caller.connection.dataRequest(tsdu)).isTrue();
        for (int i = 0; i < 20; i++) {
            sendExpedited("aa" + (10 + i));
            simulation.run(Duration.ofMillis(20));
        }
        assertThat(called.data).isEmpty();
        simulation.runUntil(() -> !called.data.isEmpty(), Duration.ofMinutes(5));
        assertThat(called.expedited).hasSize(20);
        assertThat(called.heard).startsWith("X aa10", "X aa11").endsWith("X aa29", "D " + length);
        for (int i = 0; i < length; i++) {
            if (called.data.get(0).at(i) != (i * 31 >> 4 & 0xff)) {
                throw new AssertionError("octet " + i);
            }
        }
        caller.connection.disconnectRequest();
        simulation.run(Duration.ofSeconds(10));
    }
}
