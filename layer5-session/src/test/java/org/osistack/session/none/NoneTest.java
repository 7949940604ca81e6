package org.osistack.session.none;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.SessionManagement;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionService;
import org.osistack.transport.TransportAddress;

/** The session service without a session protocol, over TCP and over RFC 1006. */
class NoneTest {
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final RecordingUser caller = new RecordingUser();
    private final RecordingUser called = new RecordingUser();
    private Stack alices;
    private Stack bobs;

    @AfterEach
    void nothingIsLeftOver() {
        simulation.run(Duration.ofMinutes(10));
        alices.close();
        bobs.close();
        simulation.run(Duration.ofMinutes(10));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    private void open(String transport) {
        alices = stack(alice, "10.0.0.1", transport);
        bobs = stack(bob, "10.0.0.2", transport);
    }

    private Stack stack(Host host, String address, String transport) {
        return Stack.open(host, StackSpec.of("virtual:lab", "ethernet", "ipv4:" + address + "/24", transport, "none"));
    }

    private SessionService service(Stack stack) {
        return stack.service(SessionService.class);
    }

    private SessionAddress address(int port) {
        return new SessionAddress(
                Selector.EMPTY, new TransportAddress(service(alices).parseAddress("10.0.0.2"), port));
    }

    private SessionPrimitive.Connect connect(FunctionalUnits units, Octets userData) {
        return new SessionPrimitive.Connect(
                ConnectionIdentifier.NONE, null, address(7), units, -1, TokenSetting.INITIATOR, userData);
    }

    private void connect() {
        service(bobs)
                .attach(new SessionAddress(Selector.EMPTY, new TransportAddress(null, 7)), (connection, connect) -> {
                    called.connection = connection;
                    called.heard.add(connect);
                    connection.request(answer(null));
                    return called;
                });
        caller.connection = service(alices).connectRequest(connect(DUPLEX, Octets.EMPTY), caller);
        run();
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).isAccepted())
                .isTrue();
        assertThat(called.last(SessionPrimitive.Connect.class).requirements()).isEqualTo(DUPLEX);
    }

    private static SessionPrimitive.ConnectAnswer answer(SessionRefusal refusal) {
        return new SessionPrimitive.ConnectAnswer(
                refusal, null, null, DUPLEX, -1, TokenSetting.INITIATOR, Tokens.NONE, Octets.EMPTY);
    }

    private void run() {
        simulation.run(Duration.ofSeconds(5));
    }

    private void send(Host host, RecordingUser user, String text) {
        Pdu pdu = host.pool().take();
        Octets.ofText(text).appendTo(pdu);
        assertThat(user.connection.dataRequest(pdu)).isTrue();
    }

    @Test
    void oneDirectionMayBeReleasedWhileTheOtherStillCarriesData() {
        open("tcp");
        assertThat(service(alices).keepsBoundaries()).isFalse();
        connect();
        send(alice, caller, "question");
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        run();
        assertThat(called.data).containsExactly(Octets.ofText("question"));
        assertThat(called.last()).isInstanceOf(SessionPrimitive.Release.class);
        send(bob, called, "answer");
        run();
        assertThat(caller.data).containsExactly(Octets.ofText("answer"));
        Pdu tooLate = alice.pool().take().appendUint8(1);
        assertThatThrownBy(() -> caller.connection.dataRequest(tooLate)).isInstanceOf(IllegalStateException.class);
        tooLate.release();
        called.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        run();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        assertThat(alices.management(SessionManagement.class).orElseThrow().sessions())
                .isEmpty();
        assertThat(bobs.management(SessionManagement.class).orElseThrow().sessions())
                .isEmpty();
    }

    @Test
    void bothMayReleaseAtOnce() {
        open("tcp");
        connect();
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        called.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        run();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        assertThat(called.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
    }

    @Test
    void anAbortIsHeardAsOne() {
        open("tcp");
        connect();
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        run();
        assertThat(called.last()).isIn(new SessionPrimitive.UserAbort(Octets.EMPTY));
        assertThat(caller.heard).hasSize(1);
    }

    @Test
    void anOperatorMayEndAConnection() {
        open("tcp");
        connect();
        SessionManagement management = bobs.management(SessionManagement.class).orElseThrow();
        int number = management.sessions().get(0).number();
        assertThat(management.abort(number + 1)).isFalse();
        assertThat(management.abort(number)).isTrue();
        run();
        assertThat(called.last()).isInstanceOf(SessionPrimitive.ProviderAbort.class);
        assertThat(caller.last()).isInstanceOf(SessionPrimitive.UserAbort.class);
        assertThat(management.sessions()).isEmpty();
        assertThat(management.abort(number)).isFalse();
    }

    @Test
    void aPortWithoutAUserIsARefusal() {
        open("tcp");
        caller.connection = service(alices).connectRequest(connect(DUPLEX, Octets.EMPTY), caller);
        run();
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).refusal())
                .isEqualTo(SessionRefusal.TRANSPORT_REFUSED);
    }

    @Test
    void theUserMayRefuse() {
        open("tcp");
        service(bobs)
                .attach(new SessionAddress(Selector.EMPTY, new TransportAddress(null, 7)), (connection, connect) -> {
                    connection.request(answer(SessionRefusal.TEMPORARY_CONGESTION));
                    return null;
                });
        caller.connection = service(alices).connectRequest(connect(DUPLEX, Octets.EMPTY), caller);
        run();
        assertThat(caller.last()).isNotEqualTo(null);
        assertThat(alices.management(SessionManagement.class).orElseThrow().sessions())
                .isEmpty();
    }

    @Test
    void overARecordTransportBoundariesStayAndReleaseIsATransportDisconnect() {
        open("tpkt");
        assertThat(service(alices).keepsBoundaries()).isTrue();
        connect();
        send(alice, caller, "one");
        send(alice, caller, "two");
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        assertThat(caller.heard).hasSize(1);
        run();
        assertThat(caller.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        assertThat(called.data).containsExactly(Octets.ofText("one"), Octets.ofText("two"));
        assertThat(called.last()).isInstanceOf(SessionPrimitive.Release.class);
        called.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
    }

    @Test
    void whatNeedsAProtocolIsRefusedInWords() {
        open("tcp");
        for (SessionPrimitive.Connect wish : List.of(
                connect(DUPLEX, Octets.ofText("hello")),
                connect(FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX), Octets.EMPTY))) {
            assertThatThrownBy(() -> service(alices).connectRequest(wish, caller))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no protocol");
        }
        connect();
        assertThatThrownBy(() -> caller.connection.request(new SessionPrimitive.Release(Octets.ofText("bye"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> caller.connection.request(new SessionPrimitive.TypedData(Octets.EMPTY)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> caller.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY)))
                .isInstanceOf(IllegalStateException.class);
        caller.connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY)); // after the end: ignored
    }

    @Test
    void unitDataGoesStraightToTheTransport() {
        open("tcp");
        ConnectionlessSession from = service(alices).connectionless();
        RecordingUser bobsUser = new RecordingUser();
        service(bobs)
                .connectionless()
                .attach(
                        new SessionAddress(Selector.EMPTY, new TransportAddress(null, 9)),
                        (source, destination, ssdu) -> bobsUser.dataIndication(ssdu));
        SessionAddress source = from.attach(
                new SessionAddress(Selector.EMPTY, new TransportAddress(null, 0)), (a, b, ssdu) -> ssdu.release());
        Pdu pdu = alice.pool().take();
        Octets.ofText("unit").appendTo(pdu);
        from.unitDataRequest(source, address(9), -1, pdu);
        run();
        assertThat(bobsUser.data).containsExactly(Octets.ofText("unit"));
    }
}
