package org.osistack.application.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.FakePresentation;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.presentation.PresentationAddress;

class HttpServerTest {
    private static final Instant NOW = Instant.parse("1994-11-15T08:12:31Z"); // RFC 9110 §6.6.1's example
    private static final Instant MODIFIED = Instant.parse("1994-10-29T19:43:31Z");
    private static final String HOST = "Host: bob.local\r\n";

    @TempDir
    private Path outside;

    private Path root;
    private final Simulation simulation = new Simulation(1);
    private final Host host = simulation.newHost("bob");
    private final FakePresentation service = new FakePresentation(host);
    private final List<String> log = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        root = Files.createDirectory(outside.resolve("www"));
        Path file = Files.writeString(root.resolve("hello.txt"), "Hello, world");
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
        server = new HttpServer(host, new Site(root), Clock.fixed(NOW, ZoneOffset.UTC), log::add);
        service.attach(new PresentationAddress(null, HttpProvider.PORT), server);
    }

    @AfterEach
    void leavesNothingBehind() {
        simulation.run(Duration.ofMinutes(5)); // whatever time-outs there are
        assertThat(server.connections()).isZero();
        assertThat(host.pool().outstanding()).isZero();
    }

    private FakePresentation.Peer connect() {
        return service.connect(HttpProvider.PORT);
    }

    private String ask(String request) {
        FakePresentation.Peer peer = connect().sends(request);
        simulation.run(Duration.ofMillis(1));
        String response = peer.received();
        if (!peer.ended) {
            peer.finishes();
        }
        return response;
    }

    private String get(String target, String... fields) {
        return ask("GET " + target + " HTTP/1.1\r\n" + HOST + String.join("", fields) + "\r\n");
    }

    private static String statusOf(String response) {
        return response.split(" ", 3)[1];
    }

    private static String field(String response, String name) {
        for (String line : response.split("\r\n")) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return null;
    }

    @Test
    void sendsAFileWithAllThatIsKnownOfIt() {
        assertThat(get("/hello.txt"))
                .matches("HTTP/1\\.1 200 OK\r\n"
                        + "Date: Tue, 15 Nov 1994 08:12:31 GMT\r\n"
                        + "Server: osistack\r\n"
                        + "ETag: \"c-[0-9a-f]+\"\r\n"
                        + "Last-Modified: Sat, 29 Oct 1994 19:43:31 GMT\r\n"
                        + "Accept-Ranges: bytes\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Length: 12\r\n"
                        + "\r\n"
                        + "Hello, world");
        assertThat(log).containsExactly("10.0.0.2:49152 GET /hello.txt 200 12");
    }

    @Test
    void answersHeadWithTheSameHeadAndNothingElse() {
        String whole = get("/hello.txt");

        assertThat(ask("HEAD /hello.txt HTTP/1.1\r\n" + HOST + "\r\n"))
                .isEqualTo(whole.substring(0, whole.length() - "Hello, world".length()));
        assertThat(ask("HEAD /missing HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .contains("Content-Length: 14")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-4, Hello, 0-4/12",
        "bytes=7-, world, 7-11/12",
        "bytes=-5, world, 7-11/12",
        "bytes=7-100, world, 7-11/12",
        "bytes=-100, 'Hello, world', 0-11/12",
        "Bytes=11-11, d, 11-11/12"
    })
    void sendsOneRange(String range, String part, String contentRange) {
        String response = get("/hello.txt", "Range: " + range + "\r\n");

        assertThat(statusOf(response)).isEqualTo("206");
        assertThat(field(response, "Content-Range")).isEqualTo("bytes " + contentRange);
        assertThat(field(response, "Content-Length")).isEqualTo(Integer.toString(part.length()));
        assertThat(response).endsWith("\r\n\r\n" + part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,3-4", "bytes=5-1", "bytes=-", "lines=1-2", "bytes=a-b", "bytes"})
    void sendsTheWholeIfItDoesNotWantToUnderstandTheRange(String range) {
        assertThat(get("/hello.txt", "Range: " + range + "\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("Hello, world");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=12-", "bytes=-0", "bytes=999999999999999999-"})
    void refusesARangeThatDoesNotExist(String range) {
        String response = get("/hello.txt", "Range: " + range + "\r\n");

        assertThat(statusOf(response)).isEqualTo("416");
        assertThat(field(response, "Content-Range")).isEqualTo("bytes */12");
    }

    @Test
    void sendsARangeOnlyOfTheRepresentationThatTheClientHas() {
        String tag = field(get("/hello.txt"), "ETag");
        String range = "Range: bytes=0-0\r\n";

        assertThat(statusOf(get("/hello.txt", range, "If-Range: " + tag + "\r\n")))
                .isEqualTo("206");
        assertThat(statusOf(get("/hello.txt", range, "If-Range: \"other\"\r\n")))
                .isEqualTo("200");
        assertThat(statusOf(get("/hello.txt", range, "If-Range: W/" + tag + "\r\n")))
                .isEqualTo("200");
        assertThat(statusOf(get("/hello.txt", range, "If-Range: Sat, 29 Oct 1994 19:43:31 GMT\r\n")))
                .isEqualTo("206");
        assertThat(statusOf(get("/hello.txt", range, "If-Range: Sat, 29 Oct 1994 19:43:30 GMT\r\n")))
                .isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({
        "If-None-Match: TAG, 304",
        "If-None-Match: W/TAG, 304",
        "'If-None-Match: \"x\", TAG', 304",
        "If-None-Match: *, 304",
        "If-None-Match: \"x\", 200",
        "'If-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT', 304",
        "'If-Modified-Since: Saturday, 29-Oct-94 19:43:31 GMT', 304",
        "If-Modified-Since: Sat Oct 29 19:43:31 1994, 304",
        "'If-Modified-Since: Sat, 29 Oct 1994 19:43:30 GMT', 200",
        "If-Modified-Since: yesterday, 200",
        "If-Match: TAG, 200",
        "If-Match: W/TAG, 412",
        "If-Match: *, 200",
        "If-Match: \"x\", 412",
        "'If-Unmodified-Since: Sat, 29 Oct 1994 19:43:30 GMT', 412",
        "'If-Unmodified-Since: Sat, 29 Oct 1994 19:43:31 GMT', 200"
    })
    void heedsConditions(String condition, String status) {
        String tag = field(get("/hello.txt"), "ETag");

        String response = get("/hello.txt", condition.replace("TAG", tag) + "\r\n");

        assertThat(statusOf(response)).isEqualTo(status);
        if (status.equals("304")) {
            assertThat(field(response, "ETag")).isEqualTo(tag);
            assertThat(response).doesNotContain("Content-Length").endsWith("\r\n\r\n");
        }
    }

    @Test
    void heedsTheTagRatherThanTheDate() {
        assertThat(statusOf(get(
                        "/hello.txt",
                        "If-None-Match: \"x\"\r\n",
                        "If-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT\r\n")))
                .isEqualTo("200");
    }

    @Test
    void keepsTheConnectionOfHttp11AndReleasesThatOfHttp10() {
        FakePresentation.Peer persistent = connect();
        for (int i = 0; i < 3; i++) {
            persistent.sends("GET /hello.txt HTTP/1.1\r\n" + HOST + "\r\n");
            simulation.run(Duration.ofMillis(1));
            assertThat(persistent.received()).endsWith("Hello, world");
        }
        assertThat(persistent.released).isFalse();

        FakePresentation.Peer old = connect().sends("GET /hello.txt HTTP/1.0\r\n\r\n");
        simulation.run(Duration.ofMillis(1));
        assertThat(old.released).isTrue();
        assertThat(field(old.received(), "Connection")).isEqualTo("close");
        assertThat(statusOf(ask("GET /hello.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")))
                .isEqualTo("200");
    }

    @Test
    void releasesTheConnectionIfTheClientWishesSo() {
        FakePresentation.Peer peer =
                connect().sends("GET /hello.txt HTTP/1.1\r\n" + HOST + "Connection: foo, Close\r\n\r\n");
        simulation.run(Duration.ofMillis(1));

        assertThat(field(peer.received(), "Connection")).isEqualTo("close");
        assertThat(peer.released).isTrue();
        assertThat(peer.ended).isFalse();
        peer.finishes();
        assertThat(server.connections()).isZero();
    }

    @Test
    void answersRequestsThatAreSentAheadInTheirOrder() {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            requests.append("GET /hello.txt?")
                    .append(i)
                    .append(" HTTP/1.1\r\n")
                    .append(HOST)
                    .append("\r\n");
        }

        String responses = ask(requests.toString());

        assertThat(responses.split("Hello, world", -1)).hasSize(501);
        assertThat(log).hasSize(500);
        assertThat(log.get(499)).contains("/hello.txt?499 ");
    }

    @Test
    void answersARequestThatComesOctetByOctet() {
        FakePresentation.Peer peer = connect();
        for (char c : ("\r\nGET /hello.txt HTTP/1.1\r\n" + HOST + "\r\n").toCharArray()) {
            assertThat(peer.received()).isEmpty();
            peer.sends(String.valueOf(c));
        }
        simulation.run(Duration.ofMillis(1));

        assertThat(peer.received()).startsWith("HTTP/1.1 200 ");
        peer.finishes();
    }

    @Test
    void acceptsLinesThatEndWithoutCarriageReturn() {
        assertThat(ask("GET /hello.txt HTTP/1.1\nHost: x\n\n")).endsWith("Hello, world");
    }

    @Test
    void answersAClientThatHasReleasedItsDirection() {
        FakePresentation.Peer peer = connect();
        peer.takes(0).sends("GET /hello.txt HTTP/1.1\r\n" + HOST + "\r\n").finishes();
        assertThat(peer.ended).isFalse();

        peer.takes(Long.MAX_VALUE);
        simulation.run(Duration.ofMillis(1));

        assertThat(peer.received()).endsWith("Hello, world");
        assertThat(peer.ended).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, 400", // no Host
        "GET / HTTP/2.0, 505",
        "GET / HTTX/1.1, 400",
        "GET  / HTTP/1.1, 400",
        "GET /, 400",
        "GET /a b HTTP/1.1, 400",
        "G(T / HTTP/1.1, 400",
        "GET x HTTP/1.1|Host: x, 400",
        "GET /%zz HTTP/1.1|Host: x, 400",
        "GET /%4 HTTP/1.1|Host: x, 400",
        "GET /%00 HTTP/1.1|Host: x, 400",
        "GET /%c3%28 HTTP/1.1|Host: x, 400",
        "GET /#x HTTP/1.1|Host: x, 400",
        "GET / HTTP/1.1|Host: x|Host: y, 400",
        "GET / HTTP/1.1|Host : x, 400",
        "GET / HTTP/1.1|Host: x| folded, 400",
        "GET / HTTP/1.1|Host: x|Content-Length: 1|Transfer-Encoding: chunked, 400",
        "GET / HTTP/1.1|Host: x|Content-Length: +1, 400",
        "GET / HTTP/1.1|Host: x|Content-Length: 1|Content-Length: 2, 400",
        "GET / HTTP/1.1|Host: x|Transfer-Encoding: gzip, 501",
        "GET / HTTP/1.1|Host: x|Expect: miracles, 417",
        "BREW / HTTP/1.1|Host: x, 501",
        "POST / HTTP/1.1|Host: x, 405",
        "OPTIONS * HTTP/1.1|Host: x, 405",
        "GET /missing HTTP/1.1|Host: x, 404",
        "GET /hello.txt/ HTTP/1.1|Host: x, 404",
        "GET /hello.txt/more HTTP/1.1|Host: x, 404",
        "GET http://bob.local/hello.txt HTTP/1.1|Host: x, 200",
        "GET //hello.txt HTTP/1.1|Host: x, 200",
        "GET /./hello.txt HTTP/1.1|Host: x, 200",
        "GET /h%65llo.txt HTTP/1.1|Host: x, 200"
    })
    void answersEachRequestAsItDeserves(String lines, String status) {
        assertThat(statusOf(ask(lines.replace("|", "\r\n") + "\r\n\r\n"))).isEqualTo(status);
    }

    @Test
    void saysWhichMethodsItAllows() {
        assertThat(field(ask("DELETE /hello.txt HTTP/1.1\r\n" + HOST + "\r\n"), "Allow"))
                .isEqualTo("GET, HEAD");
        assertThat(root.resolve("hello.txt")).exists();
    }

    @Test
    void ignoresAContentThatNobodyWantsAndGoesOn() {
        String responses = ask("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 20\r\n\r\nGET / HTTP/1.1 xxxxx"
                + "GET /hello.txt HTTP/1.1\r\n" + HOST + "\r\n");

        assertThat(statusOf(responses)).isEqualTo("405");
        assertThat(responses).endsWith("Hello, world");
    }

    @Test
    void doesNotWaitForALargeOrAnEndlessContent() {
        for (String framing : List.of("Content-Length: 1000000000", "Transfer-Encoding: chunked")) {
            FakePresentation.Peer peer =
                    connect().sends("POST / HTTP/1.1\r\n" + HOST + framing + "\r\nExpect: 100-continue\r\n\r\n");
            simulation.run(Duration.ofMillis(1));
            assertThat(peer.received()).startsWith("HTTP/1.1 405 ").contains("Connection: close");
            assertThat(peer.released).isTrue();
            peer.sends(new byte[100_000]); // thrown away
            peer.finishes();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/sub/../../secret.txt",
                "/..%2fsecret.txt",
                "/link.txt",
                "/folder/secret.txt",
                "/%2e%2e%2fsecret.txt",
                "/./../secret.txt"
            })
    void sendsNothingFromOutsideOfTheFolder(String target) throws IOException {
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.createDirectory(root.resolve("sub"));
        Files.createSymbolicLink(root.resolve("link.txt"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("folder"), outside);

        assertThat(statusOf(get(target))).isIn("400", "404");
    }

    @Test
    void followsALinkThatStaysInside() throws IOException {
        Files.createSymbolicLink(root.resolve("link.txt"), Path.of("hello.txt"));

        assertThat(get("/link.txt")).endsWith("Hello, world");
    }

    @Test
    void listsAFolderWithoutTrustingItsNames() throws IOException {
        Path folder = Files.createDirectory(root.resolve("a b"));
        Files.writeString(folder.resolve("<b>&\".txt"), "");
        Files.createDirectory(folder.resolve("ü"));

        String redirect = get("/a%20b");
        assertThat(statusOf(redirect)).isEqualTo("301");
        assertThat(field(redirect, "Location")).isEqualTo("/a%20b/");
        assertThat(get("/a%20b/"))
                .startsWith("HTTP/1.1 200 ")
                .contains("Content-Type: text/html; charset=utf-8")
                .contains("<a href=\"./%3Cb%3E%26%22.txt\">&lt;b&gt;&amp;&quot;.txt</a>")
                .contains("<a href=\"./%C3%BC/\">")
                .contains("<a href=\"../\">");
        assertThat(statusOf(get("/a%20b/%3Cb%3E%26%22.txt"))).isEqualTo("200");
    }

    @Test
    void sendsTheIndexOfAFolderThatHasOne() throws IOException {
        Files.writeString(root.resolve("index.html"), "<h1>Hi</h1>");

        assertThat(get("/")).contains("Content-Type: text/html").endsWith("<h1>Hi</h1>");
    }

    @Test
    void limitsTheHead() {
        assertThat(statusOf(get("/" + "x".repeat(8000)))).isEqualTo("414");
        assertThat(statusOf(ask("GET /" + "x".repeat(20_000)))).isEqualTo("414");
        assertThat(statusOf(get("/", "X: " + "x".repeat(17_000) + "\r\n"))).isEqualTo("431");
        assertThat(statusOf(ask("GET / HTTP/1.1\r\nX: " + "x".repeat(17_000)))).isEqualTo("431");
        assertThat(statusOf(get("/", "X: y\r\n".repeat(101)))).isEqualTo("431");
    }

    @Test
    void streamsAFileLargerThanItsMemoryAsFastAsTheClientTakesIt() throws IOException {
        long length = 5L << 30;
        try (RandomAccessFile sparse = new RandomAccessFile(root.resolve("big").toFile(), "rw")) {
            sparse.setLength(length);
        }
        FakePresentation.Peer peer = connect().countsOnly();
        peer.takes(1_000_000).sends("GET /big HTTP/1.1\r\n" + HOST + "Range: bytes=1-\r\n\r\n");
        simulation.run(Duration.ofMillis(1));
        assertThat(peer.receivedOctets()).isBetween(980_000L, 1_000_000L);
        assertThat(host.pool().outstanding()).isOne();

        peer.takes(40_000_000);
        simulation.run(Duration.ofMillis(1));
        assertThat(peer.receivedOctets()).isBetween(40_900_000L, 41_000_000L);
        peer.breaks();
    }

    @Test
    void breaksTheConnectionIfAFileBecomesShorterWhileItIsSent() throws IOException {
        Path file = Files.write(root.resolve("shrinking"), new byte[1_000_000]);
        FakePresentation.Peer peer = connect().takes(50_000).sends("GET /shrinking HTTP/1.1\r\n" + HOST + "\r\n");
        simulation.run(Duration.ofMillis(1));
        Files.write(file, new byte[10]);

        peer.takes(Long.MAX_VALUE);

        assertThat(peer.aborted).isTrue();
    }

    @Test
    void doesNotTakeEndlesslyWhileItAnswers() {
        FakePresentation.Peer peer = connect().takes(0);
        String request = "GET /hello.txt HTTP/1.1\r\n" + HOST + "\r\n";
        int sent = 0;
        while (!peer.paused && sent < 10_000) {
            peer.sends(request);
            sent++;
        }
        assertThat(sent * request.length()).isBetween(RequestReader.ENOUGH, RequestReader.ENOUGH + 1000);

        peer.takes(Long.MAX_VALUE);
        simulation.run(Duration.ofMillis(1));
        assertThat(peer.paused).isFalse();
        assertThat(log).hasSize(sent);
        peer.finishes();
    }

    @Test
    void givesUpOnClientsThatAreTooSlow() {
        FakePresentation.Peer idle = connect();
        FakePresentation.Peer dripping = connect();
        FakePresentation.Peer notTaking = connect().takes(10);
        notTaking.sends("GET /hello.txt HTTP/1.1\r\n" + HOST + "\r\n");
        for (int i = 0; i < 9; i++) {
            dripping.sends("x");
            simulation.run(Duration.ofSeconds(1));
        }
        assertThat(dripping.received()).isEmpty();
        simulation.run(Duration.ofSeconds(2));
        assertThat(dripping.received()).startsWith("HTTP/1.1 408 ");
        assertThat(dripping.released).isTrue();
        assertThat(idle.released).isFalse();

        simulation.run(Duration.ofSeconds(20));
        assertThat(idle.released).isTrue();
        assertThat(idle.received()).isEmpty();
        assertThat(notTaking.aborted).isFalse();

        simulation.run(Duration.ofSeconds(30));
        assertThat(notTaking.aborted).isTrue();
    }

    @Test
    void refusesMoreConnectionsThanItCanKeep() {
        for (int i = 0; i < HttpServer.MAX_CONNECTIONS; i++) {
            assertThat(connect()).isNotNull();
        }
        assertThat(connect()).isNull();
    }

    @Test
    void survivesAnything() {
        SplittableRandom random = new SplittableRandom(7);
        String[] words = {
            "GET ",
            "HEAD",
            " /",
            "/hello.txt",
            " HTTP/1.1",
            "\r\n",
            "\n",
            "\r",
            "Host: x",
            ":",
            "Range: bytes=",
            "0-1",
            "%",
            "..",
            "\0",
            "Content-Length: ",
            "5",
            "\u00ff",
            " ",
            "If-Range",
            ",",
            "\"",
            "*"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text =
                    new StringBuilder(random.nextBoolean() ? "GET /hello.txt HTTP/1.1\r\nHost: x\r\n" : "");
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(words[random.nextInt(words.length)]);
            }
            FakePresentation.Peer peer = connect();
            byte[] octets = text.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
            int cut = random.nextInt(octets.length);
            peer.sends(Arrays.copyOf(octets, cut));
            peer.sends(Arrays.copyOfRange(octets, cut, octets.length));
            simulation.run(Duration.ofNanos(1));
            if (!peer.ended) {
                peer.breaks();
            }
        }
        assertThat(server.connections()).isZero();
    }
}
