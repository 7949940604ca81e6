package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Host;
import org.osistack.core.MediumManagement;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.management.SessionManagement;
import org.osistack.session.DialogueService;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionPrimitive.ProviderAbort;
import org.osistack.transport.TransportAddress;

/** A peer that is gone without a word is noticed by TCP's keep-alive, within a time that its option says. */
class PeerLossTest {
    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final RecordingUser caller = new RecordingUser();
    private final RecordingUser called = new RecordingUser();

    private static Stack open(Host host, String address, int keepAliveSeconds) {
        StackSpec spec = StackSpec.of(
                "virtual:lab",
                "ethernet",
                "ipv4:" + address + "/24",
                "tcp,keep-alive=" + keepAliveSeconds + "s",
                "x225");
        spec.add(4, "tpkt");
        return Stack.open(host, spec);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 120})
    void anIdleSessionHearsOfItsPeersLossInTheStatedTime(int keepAliveSeconds) {
        Stack alices = open(alice, "10.0.0.1", keepAliveSeconds);
        Stack bobs = open(bob, "10.0.0.2", keepAliveSeconds);
        bobs.service(DialogueService.class)
                .attach(
                        new SessionAddress(Selector.ofText("S"), new TransportAddress(null, 0)),
                        (connection, connect) -> {
                            called.connection = connection;
                            connection.request(Primitives.accept(connect.requirements()));
                            return called;
                        });
        DialogueService service = alices.service(DialogueService.class);
        caller.connection = service.connectRequest(
                new SessionPrimitive.Connect(
                        null,
                        null,
                        new SessionAddress(
                                Selector.ofText("S"), new TransportAddress(service.parseAddress("10.0.0.2"), 0)),
                        Primitives.DUPLEX,
                        -1,
                        TokenSetting.INITIATOR,
                        Octets.EMPTY),
                caller);
        simulation.run(Duration.ofMinutes(60)); // an idle peer that is there is not lost
        assertThat(caller.last(SessionPrimitive.ConnectAnswer.class).isAccepted())
                .isTrue();

        alices.management(MediumManagement.class).orElseThrow().unplug();
        long lost = simulation.now();
        Duration stated = Duration.ofSeconds(keepAliveSeconds + 10L * Math.min(keepAliveSeconds, 75));
        simulation.runUntil(
                () -> caller.last() instanceof ProviderAbort && called.last() instanceof ProviderAbort,
                stated.plusSeconds(1));
        assertThat(caller.last()).isInstanceOf(ProviderAbort.class);
        assertThat(called.last()).isInstanceOf(ProviderAbort.class);
        assertThat(Duration.ofNanos(simulation.now() - lost)).isLessThanOrEqualTo(stated.plusSeconds(1));
        assertThat(bobs.management(SessionManagement.class).orElseThrow().counters())
                .containsEntry("ended: transport connection lost", 1L);

        alices.close();
        bobs.close();
        simulation.run(Duration.ofMinutes(5));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }
}
