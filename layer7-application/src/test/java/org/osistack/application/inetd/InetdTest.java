package org.osistack.application.inetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.FakePresentation;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Simulation;

class InetdTest {
    private final Simulation simulation = new Simulation(1);
    private final Host host = simulation.newHost("bob");
    private final FakePresentation service = new FakePresentation(host);
    private final Inetd inetd = new Inetd(host, Clock.fixed(Instant.parse("1982-02-22T17:37:43Z"), ZoneOffset.UTC));

    @BeforeEach
    void serve() {
        inetd.attach(service);
    }

    @AfterEach
    void leavesNothingBehind() {
        simulation.run(Duration.ofMinutes(10)); // whatever time-outs there are
        assertThat(inetd.connections()).isZero();
        assertThat(host.pool().outstanding()).isZero();
    }

    private FakePresentation.Peer connect(int port) {
        FakePresentation.Peer peer = service.connect(port);
        turn();
        return peer;
    }

    private void turn() {
        simulation.run(Duration.ofNanos(1));
    }

    @Test
    void echoSendsBackWhatItGets() {
        FakePresentation.Peer peer = connect(7).sends("Hello").sends(", world");

        assertThat(peer.received()).isEqualTo("Hello, world");
        peer.finishes();
        assertThat(peer.ended).isTrue();
    }

    @Test
    void echoHoldsUpAClientThatDoesNotTakeItsEcho() {
        FakePresentation.Peer peer = connect(7);
        peer.takes(5).sends("Hello").sends(", world");
        assertThat(peer.paused).isTrue();
        peer.finishes();
        assertThat(peer.ended).isFalse();

        peer.takes(100);

        assertThat(peer.received()).isEqualTo("Hello, world");
        assertThat(peer.paused).isFalse();
        assertThat(peer.ended).isTrue();
    }

    @Test
    void discardTakesEverythingAndSaysNothing() {
        FakePresentation.Peer peer = connect(9);
        for (int i = 0; i < 100; i++) {
            peer.sends(new byte[10_000]);
        }
        assertThat(peer.received()).isEmpty();
        assertThat(peer.released).isFalse();

        peer.finishes();

        assertThat(peer.ended).isTrue();
    }

    @Test
    void daytimeTellsTheTimeAndReleases() {
        FakePresentation.Peer peer = connect(13);

        assertThat(peer.received()).isEqualTo("Monday, February 22, 1982 17:37:43 UTC\r\n"); // RFC 867's example
        assertThat(peer.released).isTrue();
        peer.sends("ignored").finishes();
        assertThat(peer.received()).isEmpty();
    }

    @Test
    void chargenSendsLinesThatMoveByOneCharacterForAsLongAsTheyAreTaken() {
        FakePresentation.Peer peer = service.connect(19).takes(74_000);
        simulation.run(Duration.ofMillis(1));

        String[] lines = peer.received().split("\r\n");
        assertThat(lines).hasSize(1000).allMatch(line -> line.length() == 72);
        assertThat(lines[0]).startsWith(" !\"#$%&'()*+,-./0123456789:;<=>?@ABC").endsWith("defg"); // RFC 864
        assertThat(lines[1]).startsWith("!\"#").endsWith("efgh");
        assertThat(lines[94]).startsWith("~ !\"");
        assertThat(lines[95]).isEqualTo(lines[0]);

        peer.takes(7_400);
        assertThat(peer.received()).hasSize(7_400);
        peer.finishes().takes(Long.MAX_VALUE);
        assertThat(peer.ended).isTrue();
    }

    @Test
    void chargenLeavesTurnsToOthers() {
        FakePresentation.Peer greedy = service.connect(19).countsOnly();
        for (int i = 0; i < 100; i++) {
            host.loop().runOnce();
        }

        assertThat(greedy.receivedOctets()).isBetween(1_000_000L, 10_000_000L);
        greedy.breaks();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 9, 13, 19})
    void endsAConnectionThatDoesNothing(int port) {
        FakePresentation.Peer peer = service.connect(port).takes(0);
        simulation.run(Duration.ofMinutes(4));
        assertThat(peer.aborted).isFalse();

        simulation.run(Duration.ofMinutes(2));

        assertThat(peer.aborted).isTrue();
    }

    @Test
    void survivesConnectionsThatBreak() {
        for (int port : new int[] {7, 9, 13, 19}) {
            service.connect(port).breaks();
            FakePresentation.Peer peer = service.connect(port).takes(10);
            turn();
            peer.sends("Hello, world").breaks();
        }
        assertThat(inetd.connections()).isZero();
    }

    @Test
    void refusesMoreConnectionsThanItCanKeep() {
        for (int i = 0; i < Inetd.MAX_CONNECTIONS; i++) {
            assertThat(service.connect(9)).isNotNull();
        }
        assertThat(service.connect(7)).isNull();
    }

    @Test
    void answersDatagrams() {
        service.datagramArrives("10.0.0.2", 5000, 7, "Hello".getBytes(StandardCharsets.US_ASCII));
        service.datagramArrives("10.0.0.2", 5000, 9, "Hello".getBytes(StandardCharsets.US_ASCII));
        service.datagramArrives("10.0.0.2", 5000, 13, new byte[0]);
        service.datagramArrives("10.0.0.2", 5000, 19, new byte[1]);

        assertThat(service.sent).hasSize(3).allMatch(sent -> sent.destination().port() == 5000);
        assertThat(service.sent.get(0).octets()).isEqualTo("Hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(service.sent.get(0).source().port()).isEqualTo(7);
        assertThat(new String(service.sent.get(1).octets(), StandardCharsets.US_ASCII))
                .endsWith("1982 17:37:43 UTC\r\n");
        assertThat(service.sent.get(2).octets()).hasSize(SmallService.Chargen.LINE);
    }

    @Test
    void doesNotAnswerOtherServices() {
        service.datagramArrives("10.0.0.2", 7, 19, new byte[1]);
        service.datagramArrives("10.0.0.2", 1023, 7, new byte[1]);
        service.datagramArrives("10.0.0.2", 0, 13, new byte[1]);

        assertThat(service.sent).isEmpty();
        assertThat(host.discards(7, "inetd").count(Discard.BAD_SOURCE)).isEqualTo(3);
    }

    @Test
    void answersALimitedNumberOfDatagramsInASecond() {
        for (int i = 0; i < 1500; i++) {
            service.datagramArrives("10.0.0.2", 5000, 7, new byte[1]);
        }
        assertThat(service.sent).hasSize(Inetd.MAX_ANSWERS);
        assertThat(host.discards(7, "inetd").count(Discard.RATE_LIMITED)).isEqualTo(500);

        simulation.run(Duration.ofSeconds(1));
        service.datagramArrives("10.0.0.2", 5000, 7, new byte[1]);

        assertThat(service.sent).hasSize(Inetd.MAX_ANSWERS + 1);
    }

    @Test
    void listensNowhereElse() {
        for (int port = 0; port <= 0xffff; port++) {
            boolean known = port == 7 || port == 9 || port == 13 || port == 19;
            assertThat(service.isAttached(port)).isEqualTo(known);
        }
    }
}
