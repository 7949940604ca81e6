package org.osistack.transport.tpkt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;

class TpktTest {
    private static final TransportAddress BOB = new TransportAddress(null, 0, Selector.of((byte) 0, (byte) 1));
    private static final TransportAddress ALICE = new TransportAddress(null, 0, Selector.of((byte) 0, (byte) 2));

    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private StreamNetwork network = new StreamNetwork(new SplittableRandom(1), 20_000, 700);
    private final User caller = new User();
    private final User called = new User();

    @AfterEach
    void nothingIsLeftOver() {
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    private RecordTransport open(Host host, String... options) {
        Map<String, String> values = options.length == 0 ? Map.of() : Map.of(options[0], options[1]);
        return new TpktProvider().open(host, network.of(host), new Options("tpkt", null, values));
    }

    private void listen(RecordTransport transport) {
        transport.attach(BOB, (connection, expedited) -> {
            called.connection = connection;
            connection.connectResponse(false);
            return called;
        });
    }

    private void connect(String... options) {
        listen(open(bob, options));
        caller.connection = open(alice, options).connectRequest(ALICE, BOB, false, caller);
        run();
        assertThat(caller.confirmed).isTrue();
    }

    private void run() {
        simulation.run(Duration.ofSeconds(1));
    }

    private boolean send(Host host, TransportConnection connection, int length, int seed) {
        Pdu pdu = host.pool().take(length);
        for (int i = 0; i < length; i++) {
            pdu.appendUint8(i * 7 + seed);
        }
        boolean taken = connection.dataRequest(pdu);
        if (!taken) {
            pdu.release();
        }
        return taken;
    }

    /** A raw peer on alice's side that speaks octets to bob. */
    private OctetStreamConnection raw() {
        OctetStreamConnection stream =
                network.of(alice).connectRequest(null, new TransportAddress(null, 102), false, caller);
        caller.connection = stream;
        run();
        return stream;
    }

    private void say(OctetStreamConnection stream, String hex) {
        Octets octets = Octets.ofHex(hex);
        Pdu pdu = alice.pool().take(octets.length());
        octets.appendTo(pdu);
        stream.dataRequest(pdu);
        run();
    }

    @Test
    void asksWithClassZeroSizeAndSelectors() {
        User server = new User();
        network.of(bob).attach(new TransportAddress(null, 102), (connection, expedited) -> {
            connection.connectResponse(false);
            server.connection = connection;
            return server;
        });
        caller.connection = open(alice).connectRequest(ALICE, BOB, false, caller);
        run();
        String cr = server.received();
        String reference = cr.substring(16, 20);
        assertThat(cr).isEqualTo("03000016" + "11e00000" + reference + "00" + "c0010d" + "c1020002" + "c2020001");
        Pdu cc = bob.pool().take();
        Octets.ofHex("0300000e 09d0" + reference + "1234 00 c0010a").appendTo(cc);
        server.connection.dataRequest(cc);
        run();
        assertThat(caller.confirmed).isTrue();
        server.data.clear();
        send(alice, caller.connection, 1500, 0);
        run();
        assertThat(server.received()).startsWith("03000404" + "02f000").contains("02f080");
        server.connection.disconnectRequest();
        run();
        assertThat(caller.ends).containsExactly(DisconnectReason.REMOTE_USER);
    }

    @Test
    void keepsTheBoundariesOfTsdusHoweverTheStreamIsCut() {
        connect("tpdu", "512");
        List<Integer> lengths = List.of(1, 508, 509, 510, 1018, 1019, 5000, 70_000, 3);
        for (int length : lengths) {
            assertThat(send(alice, caller.connection, length, length)).isTrue();
            run();
        }
        assertThat(called.data.stream().map(Octets::length)).containsExactlyElementsOf(lengths);
        assertThat(called.data.get(7).at(69_999)).isEqualTo(69_999 * 7 + 70_000 & 0xff);
        caller.connection.disconnectRequest();
        run();
        assertThat(called.ends).containsExactly(DisconnectReason.REMOTE_USER);
        assertThat(caller.ends).isEmpty();
    }

    @Test
    void refusesMoreWhenTheStreamIsFullAndSaysWhenItGoesOn() {
        connect();
        called.connection.pause();
        int taken = 0;
        while (send(alice, caller.connection, 4000, taken)) {
            taken++;
        }
        assertThat(taken).isEqualTo(4);
        run();
        assertThat(called.data.size()).isLessThanOrEqualTo(4);
        assertThat(caller.ready).isZero();
        called.connection.resume();
        run();
        assertThat(caller.ready).isEqualTo(1);
        assertThat(called.data).hasSize(4);
        called.connection.disconnectRequest();
        run();
        assertThat(caller.ends).containsExactly(DisconnectReason.REMOTE_USER);
    }

    @Test
    void aTsduWithoutRoomForHeadersIsSentToo() {
        connect();
        called.connection.pause();
        int taken = 0;
        for (Pdu pdu = withoutHeadroom(); caller.connection.dataRequest(pdu) || release(pdu); pdu = withoutHeadroom()) {
            taken++;
        }
        assertThat(taken).isEqualTo(19);
        called.connection.resume();
        run();
        assertThat(called.data).hasSize(19);
        caller.connection.disconnectRequest();
        run();
    }

    private Pdu withoutHeadroom() {
        return alice.pool().takeForReceiving(1000).append(new byte[1000]);
    }

    private static boolean release(Pdu pdu) {
        pdu.release();
        return false;
    }

    @Test
    void whatWasHandedOverBeforeADisconnectStillArrives() {
        connect();
        send(alice, caller.connection, 100_000, 1);
        caller.connection.disconnectRequest();
        run();
        assertThat(called.data).hasSize(1);
        assertThat(called.data.get(0).length()).isEqualTo(100_000);
        assertThat(called.ends).containsExactly(DisconnectReason.REMOTE_USER);
    }

    @Test
    void anUnknownSelectorIsRefusedByDrAndTheStreamCloses() {
        listen(open(bob));
        open(alice).connectRequest(ALICE, new TransportAddress(null, 0, Selector.ofText("nobody")), false, caller);
        run();
        assertThat(caller.ends).containsExactly(DisconnectReason.SELECTOR_UNKNOWN);
        OctetStreamConnection stream = raw();
        say(stream, "0300000e 09 e0 0000 1234 00 c0010b");
        assertThat(caller.received()).isEqualTo("0300000b" + "0680" + "1234" + "0000" + "03");
        assertThat(caller.released).isTrue();
        stream.releaseRequest();
        run();
    }

    @Test
    void aUserWhoRefusesIsHeard() {
        open(bob).attach(BOB, (connection, expedited) -> null);
        open(alice).connectRequest(ALICE, BOB, false, caller);
        run();
        assertThat(caller.ends).containsExactly(DisconnectReason.REFUSED);
    }

    @Test
    void takesWhatRealPeersSendInACr() {
        listen(open(bob));
        String[][] requestsAndAnswers = {
            // josistack: a TPDU size beyond the standard, selectors in its order
            {"03000016 11 e0 0000 0001 00 c00110 c2020001 c1020000", "c0010d c2020001 c1020000"},
            // ISODE: class 4 with class 0 as alternative
            {"03000015 10 e0 0000 1234 40 c0010b c2020001 c70100", "c0010b c2020001"},
            // expedited data proposed: declined in words, since silence would mean consent
            {"03000015 10 e0 0000 1234 00 c0010b c2020001 c60101", "c0010b c2020001 c60100"},
            // a parameter of a later edition, and no size
            {"03000013 0e e0 0000 1234 00 c2020001 9902abcd", "c2020001"}
        };
        for (String[] pair : requestsAndAnswers) {
            caller.data.clear();
            OctetStreamConnection stream = raw();
            say(stream, pair[0]);
            String answer = caller.received();
            assertThat(answer.substring(8 + 2, 8 + 4)).isEqualTo("d0");
            assertThat(answer.substring(22)).isEqualTo(pair[1].replace(" ", ""));
            stream.releaseRequest();
            run();
        }
        assertThat(called.ends).hasSize(4);
    }

    @Test
    void class4AloneIsRefused() {
        listen(open(bob));
        OctetStreamConnection stream = raw();
        say(stream, "03000012 0d e0 0000 1234 40 c0010b c2020001");
        assertThat(caller.received()).isEqualTo("0300000b0680" + "1234" + "0000" + "82");
        stream.releaseRequest();
        run();
    }

    @Test
    void aPeerThatSaysNothingIsWaitedForOnlySoLong() {
        listen(open(bob));
        raw();
        simulation.run(Duration.ofSeconds(31));
        assertThat(caller.ends).containsExactly(DisconnectReason.REMOTE_USER);

        User silent = new User();
        network.of(bob).attach(new TransportAddress(null, 103), (connection, expedited) -> {
            connection.connectResponse(false);
            return silent;
        });
        User waiting = new User();
        open(alice).connectRequest(ALICE, new TransportAddress(null, 103), false, waiting);
        simulation.run(Duration.ofSeconds(31));
        assertThat(waiting.ends).containsExactly(DisconnectReason.TIMEOUT);
    }

    @Test
    void anotherProtocolOnThePortIsCountedAndClosed() {
        listen(open(bob));
        OctetStreamConnection stream = raw();
        say(stream, "47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a");
        assertThat(bob.discards(4, "TPKT").count(Discard.BAD_VERSION)).isEqualTo(1);
        assertThat(caller.released).isTrue();
        stream.releaseRequest();
        run();
    }

    @Test
    void aTpduThatClassZeroDoesNotKnowIsAnsweredByEr() {
        listen(open(bob));
        OctetStreamConnection stream = raw();
        say(stream, "03000012 0d e0 0000 1234 00 c0010b c2020001");
        caller.data.clear();
        say(stream, "03000008 03 10 80 41");
        assertThat(caller.received()).isEqualTo("0300000d" + "0870" + "1234" + "02" + "c1020310");
        assertThat(called.ends).containsExactly(DisconnectReason.PROTOCOL_ERROR);
        stream.releaseRequest();
        run();
    }

    @Test
    void aDrOnAnOpenConnectionIsAFarewell() {
        listen(open(bob));
        OctetStreamConnection stream = raw();
        say(stream, "03000012 0d e0 0000 1234 00 c0010b c2020001");
        say(stream, "0300000b 06 80 0001 0001 00");
        assertThat(called.ends).containsExactly(DisconnectReason.REMOTE_USER);
        stream.releaseRequest();
        run();
    }

    @Test
    void aTsduBeyondTheLimitEndsTheConnection() {
        listen(open(bob, "max-tsdu", "1024"));
        caller.connection = open(alice).connectRequest(ALICE, BOB, false, caller);
        run();
        send(alice, caller.connection, 20_000, 0);
        run();
        assertThat(called.ends).containsExactly(DisconnectReason.PROTOCOL_ERROR);
        assertThat(bob.discards(4, "TPKT").count(Discard.OVER_LIMIT)).isEqualTo(1);
        assertThat(caller.ends).containsExactly(DisconnectReason.REMOTE_USER);
    }

    @Test
    void randomOctetsNeitherThrowNorLeak() {
        SplittableRandom random = new SplittableRandom(7);
        network = new StreamNetwork(random, 1 << 20, 300);
        listen(open(bob));
        for (int i = 0; i < 3000; i++) {
            OctetStreamConnection stream =
                    network.of(alice).connectRequest(null, new TransportAddress(null, 102), false, new User());
            byte[] octets = Octets.ofHex("03000012 0de0000012340 0c0010bc2020001 03000008 02f080 41"
                            .replace(" ", "")
                            .replaceFirst("12340 0", "123400"))
                    .toByteArray();
            for (int n = random.nextInt(6); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            Pdu pdu = alice.pool().take(octets.length).append(octets, 0, random.nextInt(octets.length + 1));
            stream.dataRequest(pdu);
            simulation.run(Duration.ofMillis(1));
            stream.disconnectRequest();
            simulation.run(Duration.ofMillis(1));
        }
    }

    @Test
    void theDecoderTakesAnyOctets() {
        SplittableRandom random = new SplittableRandom(8);
        String[] samples = {
            "11e000000001 00 c0010b c1020001 c2020002", "0680 12345373 80", "0870 1234 02 c1020310", "09c0 0001 0002"
        };
        int wellFormed = 0;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] octets = Octets.ofHex(samples[i % samples.length]).toByteArray();
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            Pdu pdu = alice.pool().take().append(octets, 0, 1 + random.nextInt(octets.length));
            Tpdu tpdu = Tpdu.parse(pdu);
            if (tpdu != null) {
                wellFormed++;
                Pdu again = tpdu.emit(alice.pool());
                assertThat(Tpdu.parse(again)).isEqualTo(tpdu);
                again.release();
            }
            pdu.release();
        }
        assertThat(wellFormed).isGreaterThan(10_000);
    }

    @Test
    void onlyPowersOfTwoOrAWholePacketAreTpduSizes() {
        assertThatThrownBy(() -> open(alice, "tpdu", "1000"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("power of two");
        connect("tpdu", "65531");
        send(alice, caller.connection, 10_000, 0);
        run();
        assertThat(called.data).hasSize(1);
        caller.connection.disconnectRequest();
        run();
    }

    @Test
    void twoUsersCannotHaveOneSelector() {
        RecordTransport transport = open(bob);
        listen(transport);
        assertThatThrownBy(() -> listen(transport)).isInstanceOf(IllegalStateException.class);
        transport.detach(BOB);
        listen(transport);
        transport.detach(BOB);
        open(alice).connectRequest(ALICE, BOB, false, caller);
        run();
        assertThat(caller.ends).containsExactly(DisconnectReason.REFUSED);
    }
}
