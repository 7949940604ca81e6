package org.osistack.application.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.UnitDataService;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationService;

/** A-UNIT-DATA over whole stacks: AUDT in UD in UD in CLTP's UD in UDP. */
class UnitDataEchoTest {
    private static final String MEDIUM = "virtual:lab,rate=100M";
    private static final long SECOND = 1_000_000_000;

    private final Simulation simulation = new Simulation(11);
    private final List<Host> hosts = new ArrayList<>();
    private final List<Stack> stacks = new ArrayList<>();
    private final List<Stack> columns = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private UnitDataEcho.Tally tally;

    private AssociationService open(String name, int number, String medium) {
        Host host = simulation.newHost(name);
        StackSpec spec = new StackSpec()
                .set(1, MEDIUM + medium)
                .set(2, "ethernet")
                .set(3, "ipv4:10.0.0." + number + "/24")
                .set(4, "tpkt")
                .set(5, "x225")
                .set(6, "x226");
        Stack stack = Stack.open(host, spec);
        hosts.add(host);
        stacks.add(stack);
        return Associations.over(host, stack.service(PresentationService.class));
    }

    @AfterEach
    void nothingIsLeft() {
        columns.forEach(Stack::close);
        stacks.forEach(Stack::close);
        simulation.run(Duration.ofMinutes(10));
        for (Host host : hosts) {
            assertThat(host.pool().outstanding()).as(host.name()).isZero();
        }
    }

    private UnitDataService[] serve(String medium) {
        AssociationService alice = open("alice", 1, medium);
        AssociationService bob = open("bob", 2, medium);
        new EchoServer().serve(new Environment(hosts.get(1), bob), null);
        return new UnitDataService[] {alice.connectionless(), bob.connectionless()};
    }

    private record Environment(Host host, AssociationService associations) implements ApplicationProvider.Environment {
        @Override
        public PresentationService presentation() {
            throw new IllegalStateException("it is not asked for");
        }

        @Override
        public Consumer<String> log() {
            return line -> {};
        }

        @Override
        public void onLine(Consumer<String> listener) {
            throw new IllegalStateException("nobody types");
        }
    }

    private final class Listener implements UnitDataEcho.Listener {
        @Override
        public void echoed(int number, int octets, long roundTripNanos) {
            assertThat(roundTripNanos).isPositive();
            events.add(number + ": " + octets + " octets");
        }

        @Override
        public void lost(int number) {
            events.add(number + ": lost");
        }

        @Override
        public void finished(UnitDataEcho.Tally newTally, String problem) {
            tally = newTally;
            events.add("finished: " + problem);
        }
    }

    private NetworkAddress address(String text) {
        return stacks.get(0).service(PresentationService.class).parseAddress(text);
    }

    private UnitDataEcho echo(UnitDataService units, int count, int size) {
        return UnitDataEcho.open(
                hosts.get(0),
                units,
                address("10.0.0.2"),
                new UnitDataEcho.Plan(count, size, SECOND / 10, SECOND),
                new Listener());
    }

    private Discards discards(int host, int layer, String protocol) {
        return hosts.get(host).discards(layer, protocol);
    }

    @Test
    void sendsEachMessageBackAsItCame() {
        echo(serve("")[0], 3, 100);
        simulation.run(Duration.ofSeconds(5));

        assertThat(events).containsExactly("1: 100 octets", "2: 100 octets", "3: 100 octets", "finished: null");
        assertThat(tally).isEqualTo(new UnitDataEcho.Tally(3, 3, 0, 0));
    }

    @Test
    void carriesAUnitThatTheNetworkCutsIntoPieces() {
        echo(serve("")[0], 2, 5000);
        simulation.run(Duration.ofSeconds(5));
        assertThat(tally.echoed()).isEqualTo(2);
    }

    @Test
    void countsWhatIsLostAndWhatIsDoubled() {
        echo(serve(",loss=10%,duplicate=20%")[0], 200, 50);
        simulation.run(Duration.ofMinutes(10));

        assertThat(tally.sent()).isEqualTo(200);
        assertThat(tally.echoed() + tally.lost()).isEqualTo(200);
        assertThat(tally.echoed()).isBetween(130, 185); // 0.9 there, 0.9 back
        assertThat(tally.stray()).isBetween(20, 150);
        assertThat(events).hasSize(201);
    }

    @Test
    void saysThatNobodyAnswers() {
        AssociationService alice = open("alice", 1, "");
        open("bob", 2, "");
        echo(alice.connectionless(), 2, 10);
        simulation.run(Duration.ofSeconds(10));

        assertThat(events).containsExactly("1: lost", "2: lost", "finished: null");
        assertThat(tally).isEqualTo(new UnitDataEcho.Tally(2, 0, 2, 0));
        assertThat(discards(1, 4, "UDP").count(Discard.NO_USER)).isEqualTo(2);
    }

    @Test
    void refusesWhatNoDatagramCarries() {
        UnitDataService[] units = serve("");
        echo(units[0], 2, 65_600);
        simulation.run(Duration.ofSeconds(10));

        assertThat(events)
                .singleElement()
                .asString()
                .matches("finished: a unit of 65\\d+ octets .* is longer than the 65507 octets that a user datagram"
                        + " carries");
        assertThat(tally.sent()).isZero();
    }

    @Test
    void stopsWhenItIsTold() {
        UnitDataEcho echo = echo(serve("")[0], 100, 10);
        simulation.run(Duration.ofMillis(350));
        echo.stop();
        simulation.run(Duration.ofSeconds(10));
        assertThat(tally.echoed()).isBetween(2, 5);
        assertThat(events).hasSize(tally.echoed() + 1);
    }

    @Test
    void isNotOfferedWithoutContexts() {
        Host host = simulation.newHost("carol");
        StackSpec spec = new StackSpec()
                .set(1, MEDIUM)
                .set(2, "ethernet")
                .set(3, "ipv4:10.0.0.3/24")
                .set(4, "tcp")
                .set(5, "none")
                .set(6, "plain");
        Stack stack = Stack.open(host, spec);
        hosts.add(host);
        stacks.add(stack);
        assertThat(Associations.over(host, stack.service(PresentationService.class))
                        .connectionless())
                .isNull();
    }

    @Test
    void countsAtEachLayerWhatIsForNobody() {
        UnitDataService[] units = serve("");
        ApplicationContext echo = EchoServer.CONTEXT;
        NetworkAddress bob = address("10.0.0.2");
        List<String> heard = new ArrayList<>();
        UnitDataService.AccessPoint client = units[0].attachAnywhere(echo, (source, apdu) -> {
            heard.add(source.toString());
            apdu.release();
        });
        Selector nobody = Selector.ofText("nobody");
        Selector none = Selector.EMPTY;
        Selector server = echo.selectors().presentation();

        send(client, new PresentationAddress(server, none, nobody, 0, bob));
        send(client, new PresentationAddress(server, nobody, none, 0, bob));
        send(client, new PresentationAddress(nobody, none, none, 0, bob));
        ApplicationContext otherName = new ApplicationContext(
                "echo", ObjectIdentifier.of("1.2.3"), echo.abstractSyntax(), echo.selectors(), 0);
        send(units[0].attachAnywhere(otherName, (source, apdu) -> heard.add("?")), units[0].server(echo, bob));
        ApplicationContext otherSyntax =
                new ApplicationContext("echo", echo.name(), ObjectIdentifier.of("1.2.4"), echo.selectors(), 0);
        send(units[0].attachAnywhere(otherSyntax, (source, apdu) -> heard.add("?")), units[0].server(echo, bob));
        simulation.run(Duration.ofSeconds(1));

        assertThat(heard).isEmpty();
        assertThat(discards(1, 4, "CLTP").count(Discard.NO_USER)).isEqualTo(1);
        assertThat(discards(1, 5, "X.235").count(Discard.NO_USER)).isEqualTo(1);
        assertThat(discards(1, 6, "X.236").count(Discard.NO_USER)).isEqualTo(2);
        assertThat(discards(1, 7, "ACSE").count(Discard.NO_USER)).isEqualTo(1);
        send(client, units[0].server(echo, bob));
        simulation.run(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("10.0.0.2:102 P=\"echo\" S=(empty) T=(empty)");
    }

    private void send(UnitDataService.AccessPoint from, PresentationAddress to) {
        Octets apdu = Octets.ofHex("04 01 41");
        Pdu pdu = hosts.get(0).pool().take(3);
        apdu.appendTo(pdu);
        from.unitDataRequest(to, pdu);
        simulation.run(Duration.ofMillis(10)); // the network holds few units for a neighbour that it has to look for
    }

    /** UDP as it is, beside a host's stack. */
    private ConnectionlessPresentation udp(int host) {
        StackSpec spec = new StackSpec()
                .set(1, MEDIUM)
                .set(2, "ethernet")
                .set(3, "ipv4:10.0.0." + (host + 1) + "/24")
                .set(4, "tcp")
                .set(5, "none")
                .set(6, "plain");
        Stack column = stacks.get(host).column(spec, null, () -> Dissector.NONE);
        columns.add(column);
        return column.service(PresentationService.class).connectionless();
    }

    /** What a unit to the echo server is in UDP: from the octet of CLTP's length on. */
    private byte[] unit(UnitDataService units) {
        List<byte[]> caught = new ArrayList<>();
        udp(1).attach(new PresentationAddress(null, 40_000), (source, destination, value) -> {
            caught.add(value.toByteArray());
            value.release();
        });
        PresentationAddress server = units.server(EchoServer.CONTEXT, address("10.0.0.2"));
        send(
                units.attachAnywhere(EchoServer.CONTEXT, (source, apdu) -> apdu.release()),
                new PresentationAddress(
                        server.presentation(), server.session(), server.transport(), 40_000, server.host()));
        simulation.run(Duration.ofSeconds(1));
        assertThat(caught).hasSize(1);
        return caught.get(0);
    }

    private void sendRaw(ConnectionlessPresentation udp, byte[] octets, int length) {
        udp.unitDataRequest(
                new PresentationAddress(null, 40_001),
                new PresentationAddress(address("10.0.0.2"), 102),
                -1,
                hosts.get(0).pool().take(length).append(octets, 0, length));
    }

    @Test
    void doesNotAnswerAServer() {
        byte[] unit = unit(serve("")[0]);
        int[] answers = new int[1];
        ConnectionlessPresentation udp = udp(0);
        udp.attach(new PresentationAddress(null, 40_001), (source, destination, value) -> {
            answers[0]++;
            value.release();
        });
        sendRaw(udp, unit, unit.length);
        simulation.run(Duration.ofSeconds(1));
        assertThat(answers[0]).isEqualTo(1);

        int calling = new String(unit, StandardCharsets.ISO_8859_1).indexOf("\u0081\u0004") + 2;
        System.arraycopy("echo".getBytes(StandardCharsets.US_ASCII), 0, unit, calling, 4);
        sendRaw(udp, unit, unit.length);
        simulation.run(Duration.ofSeconds(1));
        assertThat(answers[0]).isEqualTo(1);
        assertThat(discards(1, 7, "echo").count(Discard.BAD_SOURCE)).isEqualTo(1);
    }

    @Test
    void survivesWhateverArrives() {
        byte[] unit = unit(serve("")[0]);
        int[] answers = new int[1];
        ConnectionlessPresentation udp = udp(0);
        udp.attach(new PresentationAddress(null, 40_001), (source, destination, value) -> {
            answers[0]++;
            value.release();
        });
        SplittableRandom random = new SplittableRandom(1);
        int sent = 30_000;
        for (int i = 0; i < sent; i++) {
            byte[] octets = unit.clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(8) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            sendRaw(udp, octets, length);
            if (i % 10 == 0) {
                simulation.run(Duration.ofMillis(1));
            }
        }
        simulation.run(Duration.ofSeconds(1));

        long counted = discards(1, 4, "CLTP").total()
                + discards(1, 5, "X.235").total()
                + discards(1, 6, "X.236").total()
                + discards(1, 7, "ACSE").total()
                + discards(1, 7, "echo").total();
        assertThat(answers[0] + counted).isEqualTo(sent);
        assertThat(answers[0]).isBetween(sent / 10, sent - sent / 10);
        for (String protocol : List.of("4 CLTP", "5 X.235", "6 X.236", "7 ACSE")) {
            assertThat(discards(1, protocol.charAt(0) - '0', protocol.substring(2))
                            .total())
                    .as(protocol)
                    .isPositive();
        }
    }
}
