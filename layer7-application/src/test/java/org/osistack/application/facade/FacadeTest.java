package org.osistack.application.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.HostThread;
import org.osistack.core.StackSpec;
import org.osistack.presentation.PresentationAddress;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FacadeTest {
    private static final int PORT = 7000;

    private final HostThread thread = new HostThread("facade test");
    private final OpenSystem alice = OpenSystem.open(thread, "alice", stack("10.0.0.1/24"));
    private final OpenSystem bob = OpenSystem.open(thread, "bob", stack("10.0.0.2/24"));
    private Listener listener;

    private static StackSpec stack(String address) {
        return StackSpec.of("virtual:lab", "ethernet", "ipv4:" + address, "tcp", "none", "plain");
    }

    @BeforeEach
    void listen() throws IOException {
        listener = bob.listen(PORT);
    }

    @AfterEach
    void leavesNothingBehind() {
        listener.close();
        alice.close();
        bob.close();
        for (Host host : thread.hosts()) {
            assertThat(Waits.call(thread, () -> host.pool().outstanding())).isZero();
        }
        thread.close();
        assertThat(thread.ended()).isCompleted();
    }

    private Connection connect() throws IOException {
        return alice.connect("10.0.0.2", PORT);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void carriesOctetsBothWaysAndHalfCloses() throws IOException {
        try (Connection toBob = connect();
                Connection visitor = listener.accept(Duration.ofSeconds(5))) {
            assertThat(toBob.peer()).isEqualTo("10.0.0.2:7000");
            toBob.send(octets("Hello, "));
            toBob.send(new byte[0]);
            toBob.send(octets("Bob"));
            toBob.finish();
            assertThat(visitor.input().readAllBytes()).isEqualTo(octets("Hello, Bob"));
            assertThat(visitor.receive()).isNull();

            visitor.send(octets("Hello, Alice"));
            visitor.finish();
            assertThat(toBob.input().readAllBytes()).isEqualTo(octets("Hello, Alice"));
            assertThatThrownBy(() -> toBob.send(octets("more"))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void findsTheOtherByItsName() throws IOException {
        try (Connection toBob = alice.connect("bob", PORT)) {
            assertThat(toBob.peer()).isEqualTo("10.0.0.2:7000");
        }
        assertThat(alice.resolve("bob.local")).hasToString("10.0.0.2");
        assertThat(bob.name()).isEqualTo("bob");
    }

    @Test
    void holdsUpASenderWhoseOctetsNobodyTakes() throws Exception {
        byte[] sent = new byte[8 << 20];
        new Random(1).nextBytes(sent);
        try (Connection toBob = connect();
                Connection visitor = listener.accept(Duration.ofSeconds(5))) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    toBob.send(sent);
                    toBob.finish();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(() -> sending.get(300, TimeUnit.MILLISECONDS))
                    .as("it waits")
                    .isNotNull();

            assertThat(visitor.input().readAllBytes()).isEqualTo(sent);
            sending.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void breaksAConnectionThatIsAborted() throws IOException {
        try (Connection toBob = connect();
                Connection visitor = listener.accept(Duration.ofSeconds(5))) {
            visitor.abort();

            assertThatThrownBy(toBob::receive).isInstanceOf(IOException.class).hasMessageContaining("the peer aborted");
            assertThatThrownBy(() -> toBob.send(octets("x"))).hasMessageContaining("the peer aborted");
            assertThatThrownBy(() -> visitor.send(octets("x"))).hasMessageContaining("aborted on this side");
        }
    }

    @Test
    void saysWhyThereIsNoConnection() {
        assertThatThrownBy(() -> alice.connect("10.0.0.2", 7001))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no connection to 10.0.0.2 port 7001: ");
        assertThatThrownBy(() -> alice.connect("10.9.0.2", PORT))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no connection to 10.9.0.2 port 7000: ");
        assertThatThrownBy(() -> alice.resolve("www.example.com"))
                .isInstanceOf(IOException.class)
                .hasMessage("nobody on the link answers to the name www.example.com");
    }

    @Test
    void doesNotWaitLongerThanItIsTold() throws IOException {
        assertThatThrownBy(() -> listener.accept(Duration.ofMillis(20))).isInstanceOf(SocketTimeoutException.class);
        try (Connection toBob = connect().receiveLimit(Duration.ofMillis(20))) {
            assertThatThrownBy(toBob::receive)
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("nothing was received in 20 ms");
        }
    }

    @Test
    void deliversWhatWasSentBeforeTheEndThoughNobodyWaitsForIt() throws IOException {
        byte[] sent = new byte[3 << 20];
        new Random(2).nextBytes(sent);
        CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
            try (Connection visitor = listener.accept(Duration.ofSeconds(5))) {
                return visitor.input().readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        try (Connection toBob = connect()) {
            toBob.send(sent);
        }
        alice.close();

        assertThat(received.join()).isEqualTo(sent);
    }

    @Test
    void refusesAPortThatIsInUse() {
        assertThatThrownBy(() -> bob.listen(PORT))
                .isInstanceOf(IOException.class)
                .hasMessage("port 7000 is in use");
    }

    @Test
    void keepsALimitedNumberOfConnectionsThatNobodyAccepts() throws IOException {
        for (int i = 0; i < 64; i++) {
            connect();
        }
        assertThatThrownBy(connect()::receive)
                .as("TCP tells that it is refused only then")
                .isInstanceOf(IOException.class);
    }

    @Test
    void carriesDatagrams() throws IOException {
        try (Datagrams own = alice.datagrams(0);
                Datagrams other = bob.datagrams(5000)) {
            own.send(new PresentationAddress(alice.resolve("10.0.0.2"), 5000), octets("Hello"));
            Datagrams.Datagram datagram = other.receive(Duration.ofSeconds(5));
            assertThat(datagram.octets()).isEqualTo(octets("Hello"));
            assertThat(datagram.source().port()).isEqualTo(own.port());

            other.send(datagram.source(), new byte[4000]);
            assertThat(own.receive(Duration.ofSeconds(5)).octets()).hasSize(4000);
            assertThatThrownBy(() -> own.send(datagram.source(), new byte[70_000]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> own.receive(Duration.ofMillis(20))).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> bob.datagrams(5000)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tellsThoseWhoWaitThatTheSystemIsClosed() throws Exception {
        Connection toBob = connect();
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return toBob.receive() == null ? "the end" : "data";
            } catch (IOException e) {
                return e.getMessage();
            }
        });
        alice.close();

        assertThat(waiting.get(5, TimeUnit.SECONDS)).isNotEqualTo("data");
        toBob.close();
    }

    @Test
    void refusesAStackThatCannotBe() {
        assertThatThrownBy(() -> OpenSystem.open("carol", StackSpec.of("virtual:lab", "ethernet", "nonsense")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("no layer 3 called nonsense; there is: ipv4");
        try (OpenSystem three = OpenSystem.open("carol", StackSpec.of("virtual:lab", "ethernet", "ipv4:10.0.0.3/24"))) {
            assertThatThrownBy(() -> three.call(three::presentation)).isInstanceOf(ConfigurationException.class);
            assertThatThrownBy(() -> three.call(three::plain)).isInstanceOf(ConfigurationException.class);
        }
    }

    @Test
    void runsTheReadmesExample() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/osistack/application/facade/Hello.java"));
        String example =
                source.substring(source.indexOf("public final class Hello")).strip();
        assertThat(Files.readString(Path.of("../README.md"))).contains(example);
        assertThat(Files.readString(Path.of("docs/facade.md"))).contains(example);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            Hello.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        assertThat(output.toString(StandardCharsets.UTF_8))
                .matches("10\\.0\\.0\\.1:[0-9]+ says Hello, Bob\\R10\\.0\\.0\\.2:7000 says Hello, Alice\\R");
    }
}
