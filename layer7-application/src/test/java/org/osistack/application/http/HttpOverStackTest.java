package org.osistack.application.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationPrimitive.Connect;
import org.osistack.presentation.PresentationPrimitive.ConnectAnswer;
import org.osistack.presentation.PresentationPrimitive.Release;
import org.osistack.presentation.PresentationPrimitive.ReleaseAnswer;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.PresentationUser;

/** The web server on a whole stack, over links that lose, reorder and corrupt. */
class HttpOverStackTest {
    @TempDir
    private Path root;

    private final List<String> log = new ArrayList<>();
    private Simulation simulation;
    private Host alice;
    private Host bob;
    private Stack clientStack;
    private Stack serverStack;
    private PresentationService service;
    private HttpServer server;

    private void open(long seed, String faults) throws IOException {
        simulation = new Simulation(seed);
        alice = simulation.newHost("alice");
        bob = simulation.newHost("bob");
        clientStack = Stack.open(alice, stack("10.0.0.1/24", faults));
        serverStack = Stack.open(bob, stack("10.0.0.2/24", faults));
        service = clientStack.service(PresentationService.class);
        server = new HttpServer(bob, new Site(root), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), log::add);
        serverStack.service(PresentationService.class).attach(new PresentationAddress(null, 80), server);
    }

    private static StackSpec stack(String address, String faults) {
        return StackSpec.of("virtual:lab" + faults, "ethernet", "ipv4:" + address, "tcp", "none", "plain");
    }

    private void close() {
        simulation.run(Duration.ofMinutes(3));
        assertThat(server.connections()).isZero();
        clientStack.close();
        serverStack.close();
        simulation.run(Duration.ofSeconds(1));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    /** Asks for one thing, reads all that comes, and then ends the connection. */
    private final class Client implements PresentationUser {
        private final String request;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final PresentationConnection connection;
        private boolean ended;
        private boolean broken;

        Client(String request) {
            this.request = request;
            this.connection = service.connectRequest(
                    new Connect(
                            new PresentationAddress(null, 0),
                            new PresentationAddress(service.parseAddress("10.0.0.2"), 80),
                            List.of(),
                            List.of(),
                            ConnectionIdentifier.NONE,
                            FunctionalUnits.of(FunctionalUnit.DUPLEX),
                            -1,
                            TokenSetting.INITIATOR,
                            List.of()),
                    this);
        }

        @Override
        public void dataIndication(int context, Pdu value) {
            received.writeBytes(value.toByteArray());
            value.release();
        }

        @Override
        public void indication(PresentationPrimitive primitive) {
            if (primitive instanceof ConnectAnswer answer && answer.isAccepted()) {
                byte[] octets = request.getBytes(StandardCharsets.ISO_8859_1);
                assertThat(connection.dataRequest(
                                0, alice.pool().take(octets.length).append(octets)))
                        .isTrue();
            } else if (primitive instanceof Release) {
                connection.request(new ReleaseAnswer(true, List.of()));
                ended = true;
            } else {
                ended = true;
                broken = true;
            }
        }

        byte[] content() {
            byte[] octets = received.toByteArray();
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            return Arrays.copyOfRange(octets, text.indexOf("\r\n\r\n") + 4, octets.length);
        }
    }

    private static String get(String target, String fields) {
        return "GET " + target + " HTTP/1.1\r\nHost: bob\r\n" + fields + "Connection: close\r\n\r\n";
    }

    private byte[] write(String name, int length) throws IOException {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        Files.write(root.resolve(name), octets);
        return octets;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",loss=3%,duplicate=3%,reorder=5%,corrupt=2%,delay=2ms", ",rate=10M,queue=20"})
    void deliversAFileWholeWhateverTheLinkDoes(String faults) throws IOException {
        byte[] octets = write("big", 2_000_000);
        for (int seed = 1; seed <= 5; seed++) {
            open(seed, faults);
            Client whole = new Client(get("/big", ""));
            Client part = new Client(get("/big", "Range: bytes=1000000-1000999\r\n"));

            assertThat(simulation.runUntil(() -> whole.ended && part.ended, Duration.ofMinutes(10)))
                    .isTrue();

            assertThat(whole.broken || part.broken).isFalse();
            assertThat(whole.content()).isEqualTo(octets);
            assertThat(part.content()).isEqualTo(Arrays.copyOfRange(octets, 1_000_000, 1_001_000));
            close();
        }
    }

    @Test
    void servesTwoHundredClientsAtOnce() throws IOException {
        byte[] octets = write("file", 50_000);
        open(1, ",loss=1%,delay=1ms");
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(new Client(get("/file", "")));
        }

        assertThat(simulation.runUntil(() -> clients.stream().allMatch(c -> c.ended), Duration.ofMinutes(10)))
                .isTrue();

        assertThat(clients).allMatch(c -> Arrays.equals(c.content(), octets));
        assertThat(log).hasSize(200);
        close();
    }

    @Test
    void answersManyRequestsOnOneConnection() throws IOException {
        byte[] octets = write("file", 1000);
        open(1, "");
        String ahead = "GET /file HTTP/1.1\r\nHost: bob\r\n\r\n".repeat(99) + get("/file", "");
        Client client = new Client(ahead);

        assertThat(simulation.runUntil(() -> client.ended, Duration.ofMinutes(1)))
                .isTrue();

        assertThat(log).hasSize(100);
        assertThat(client.received.size()).isGreaterThan(100 * octets.length);
        close();
    }

    @Test
    void forgetsAClientThatVanishes() throws IOException {
        write("big", 5_000_000);
        open(1, ",rate=10M");
        Client client = new Client(get("/big", ""));
        simulation.run(Duration.ofSeconds(1));
        assertThat(client.received.size()).isPositive();
        assertThat(server.connections()).isOne();

        client.connection.pause(); // it takes nothing more
        simulation.run(Duration.ofMinutes(2));

        assertThat(server.connections()).isZero();
        close();
    }
}
