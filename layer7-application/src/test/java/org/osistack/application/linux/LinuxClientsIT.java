package org.osistack.application.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Capture;
import org.osistack.application.net.Commands;
import org.osistack.application.net.Needs;
import org.osistack.application.net.OsiProcess;
import org.osistack.application.net.Program;
import org.osistack.application.net.Verdict;

/** The kernel of Linux and its programs as clients of {@code osi serve inetd http=…}. */
class LinuxClientsIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String WEB = "http://" + LinuxLink.OSI;

    @TempDir
    private static Path folder;

    private static LinuxLink link;
    private static Program server;
    private static String bigHash;
    private static String smallHash;

    @BeforeAll
    static void serve() throws Exception {
        Needs.command("ping", "iputils-ping");
        Needs.command("arping", "iputils-arping");
        Needs.command("curl", "curl");
        Needs.command("nc", "netcat-openbsd");
        link = LinuxLink.create();
        Path www = Files.createDirectory(folder.resolve("www"));
        bigHash = Octets.write(www.resolve("big"), 50 * Octets.MEGABYTE, 1);
        smallHash = Octets.write(www.resolve("small"), 20_000, 2);
        server = link.serve("inetd", "http=" + www);
    }

    @AfterAll
    static void serverHasSurvivedAndEndsCleanly() {
        if (link == null) {
            return; // skipped
        }
        try {
            assertThat(server.isRunning()).isTrue();
            server.interrupt();
            assertThat(server.awaitEnd(Commands.TIME_LIMIT)).isEqualTo(128 + 2); // as shells say SIGINT
            assertThat(server.errors()).isEmpty();
        } finally {
            link.close();
        }
    }

    private static Commands.Result linux(String... command) {
        return link.linux().attempt(LONG, command);
    }

    @Test
    void answersPingsSmallAndLarge() {
        try (Capture capture = link.capture()) {
            assertThat(linux("ping", "-c", "3", "-i", "0.2", LinuxLink.OSI)
                            .orFail()
                            .output())
                    .contains("3 received, 0% packet loss");
            assertThat(linux("ping", "-c", "3", "-i", "0.2", "-s", "4000", LinuxLink.OSI)
                            .orFail()
                            .output())
                    .contains("4008 bytes from " + LinuxLink.OSI, "3 received, 0% packet loss");

            Verdict verdict = capture.stopAndJudge();
            assertThat(verdict.findings()).isEmpty();
            assertThat(verdict.infos().stream().filter(info -> info.contains("Fragmented IP")))
                    .hasSizeGreaterThanOrEqualTo(12); // three fragments each, both ways; the last one is the datagram
        }
    }

    @Test
    void answersAFloodOfTenThousandPingsWithoutLosingOne() {
        try (Capture capture = link.capture()) {
            assertThat(linux("ping", "-q", "-f", "-c", "10000", LinuxLink.OSI)
                            .orFail()
                            .output())
                    .contains("10000 packets transmitted, 10000 received, 0% packet loss");
            Judge.assertNothingWrong(capture);
        }
    }

    @Test
    void answersArping() {
        try (Capture capture = link.capture()) {
            assertThat(linux("arping", "-c", "3", "-I", "eth1", LinuxLink.OSI)
                            .orFail()
                            .output())
                    .contains("02:0B:00:00:00:02", "Received 3 response(s)");
            Judge.assertNothingWrong(capture);
        }
    }

    @Test
    void givesCurlFiftyMegabytes() throws Exception {
        Path got = folder.resolve("got");
        try (Capture capture = link.capture()) {
            linux("curl", "-sS", "-o", got.toString(), WEB + "/big").orFail();
            assertThat(Octets.sha256(got)).isEqualTo(bigHash);
            Judge.assertNothingWrong(capture, "-d", "tcp.port==80,data"); // or it puts the file together, or guesses
        }
    }

    @Test
    void givesCurlARangeAndHeadersAlone() throws Exception {
        try (Capture capture = link.capture()) {
            Path part = folder.resolve("part");
            assertThat(linux(
                                    "curl",
                                    "-sS",
                                    "-r",
                                    "1000-1999",
                                    "-o",
                                    part.toString(),
                                    "-w",
                                    "%{http_code}",
                                    WEB + "/big")
                            .orFail()
                            .text())
                    .isEqualTo("206");
            byte[] whole = Files.readAllBytes(folder.resolve("www/big"));
            assertThat(Files.readAllBytes(part)).isEqualTo(Arrays.copyOfRange(whole, 1000, 2000));

            assertThat(linux("curl", "-sS", "-I", WEB + "/big").orFail().output())
                    .contains("HTTP/1.1 200 OK", "Content-Length: 50000000", "Accept-Ranges: bytes");
            assertThat(linux("curl", "-sS", "-w", "%{http_code}", "-o", "/dev/null", WEB + "/nothing")
                            .orFail()
                            .text())
                    .isEqualTo("404");
            Judge.assertNothingWrong(capture);
        }
    }

    @Test
    void keepsAConnectionForSeveralRequests() {
        try (Capture capture = link.capture()) {
            assertThat(linux(
                                    "curl",
                                    "-sS",
                                    "-o",
                                    "/dev/null",
                                    "-w",
                                    "%{http_code} %{num_connects}\\n",
                                    WEB + "/small?[1-5]")
                            .orFail()
                            .lines())
                    .containsExactly("200 1", "200 0", "200 0", "200 0", "200 0");
            Judge.assertNothingWrong(capture);
        }
    }

    @Test
    void servesTwoHundredCurlsAtATime() {
        String all = "for i in $(seq 200); do curl -sS --max-time 100 " + WEB + "/small | sha256sum & done; wait";
        try (Capture capture = link.capture()) {
            assertThat(linux("sh", "-c", all).orFail().lines())
                    .hasSize(200)
                    .allMatch(line -> line.startsWith(smallHash));
            Judge.assertNothingWrong(capture);
        }
    }

    @Test
    void servesAThousandConnectionsOneAfterAnother() {
        try (Capture capture = link.capture()) {
            assertThat(linux(
                                    "curl",
                                    "-sS",
                                    "-H",
                                    "Connection: close",
                                    "-o",
                                    "/dev/null",
                                    "-w",
                                    "%{http_code} %{num_connects}\\n",
                                    WEB + "/small?[1-1000]")
                            .orFail()
                            .lines())
                    .hasSize(1000)
                    .containsOnly("200 1");
            Judge.assertNothingWrong(capture);
        }
    }

    @Test
    void acceptsANewConnectionInPlaceOfOneInTimeWait() { // RFC 9293 §3.10.7.4, RFC 6191
        String daytime = "nc -p 20013 " + LinuxLink.OSI + " 13 </dev/null"; // our side is the first to close
        try (Capture capture = link.capture()) {
            for (int i = 0; i < 3; i++) {
                assertThat(linux("sh", "-c", daytime).orFail().text()).contains("UTC");
            }
            Judge.assertNothingWrong(capture.stopAndJudge()
                    .excuse("A new tcp session is started with the same ports", "that is what is tested"));
        }
    }

    @Test
    void agreesWithLinuxOnTheOptionsOfTcp() {
        try (Program idle = link.linux().start("nc", LinuxLink.OSI, "7")) {
            idle.say("hello");
            idle.await("hello");

            assertThat(linux("ss", "-Htin", "dst", LinuxLink.OSI).orFail().output())
                    .contains("wscale:", "mss:1448"); // 1460 less what timestamps take
        }
    }

    @Test
    void echoesToNcUntilItHalfCloses() {
        try (Capture capture = link.capture()) {
            assertThat(linux("sh", "-c", "printf hello | nc -N -w 20 " + LinuxLink.OSI + " 7")
                            .orFail()
                            .output())
                    .isEqualTo("hello");
            Judge.assertNothingWrong(capture);
        }
    }

    @Test
    void echoesTenMegabytesWhilePeerStillSendsThem() throws Exception {
        Path file = folder.resolve("ten");
        String hash = Octets.write(file, 10 * Octets.MEGABYTE, 3);
        try (Capture capture = link.capture()) {
            Program peer =
                    OsiProcess.start(link.linux(), Exchange.class.getName(), LinuxLink.OSI, "7", file.toString());
            peer.await("received 10000000 octets " + hash, LONG);
            assertThat(peer.awaitEnd(LONG)).isZero();

            Program sink =
                    OsiProcess.start(link.linux(), Exchange.class.getName(), LinuxLink.OSI, "9", file.toString());
            sink.await("received 0 octets", LONG);
            assertThat(sink.awaitEnd(LONG)).isZero();
            Judge.assertNothingWrong(capture, "-d", "tcp.port==9,data"); // or it guesses at protocols
        }
    }

    @Test
    void tellsTheTimeAndGeneratesCharacters() {
        try (Capture capture = link.capture()) {
            assertThat(linux("sh", "-c", "nc " + LinuxLink.OSI + " 13 </dev/null")
                            .orFail()
                            .text())
                    .contains("UTC");

            List<String> lines = linux("bash", "-c", "head -c 740000 </dev/tcp/" + LinuxLink.OSI + "/19")
                    .orFail()
                    .lines();
            assertThat(lines).hasSize(10_000).allMatch(line -> line.length() == 72);
            assertThat(lines.get(0)).startsWith(" !\"#$%&'()*+,-./0123456789"); // RFC 864
            Judge.assertNothingWrong(capture.stopAndJudge()
                    .excuse("Connection reset", "Linux is closed with octets unread (RFC 2525 §2.17)"));
        }
    }

    @Test
    void refusesConnectionsToOtherPortsAtOnce() {
        try (Capture capture = link.capture()) {
            Commands.Result result = linux("nc", "-v", "-w", "20", LinuxLink.OSI, "4444");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.errors()).contains("Connection refused");
            Judge.assertNothingWrong(
                    capture.stopAndJudge().excuse("Connection reset", "that is how TCP refuses a connection"));
        }
    }

    @Test
    void answersDatagramsAndRefusesThemAtOtherPorts() {
        try (Capture capture = link.capture()) {
            String large = "x".repeat(4000); // more than one fragment
            Program asking = OsiProcess.start(
                    link.linux(),
                    AskByUdp.class.getName(),
                    LinuxLink.OSI,
                    "5000",
                    "7:hello",
                    "7:" + large,
                    "13:x",
                    "19:x",
                    "4444:hello");
            assertThat(asking.awaitEnd(LONG)).isZero();
            assertThat(asking.output())
                    .contains("7: \"hello\"", "7: \"" + large + '"', "13: \"", "19: \"", "4444: refused")
                    .doesNotContain("silence");

            Program silent = OsiProcess.start(link.linux(), AskByUdp.class.getName(), LinuxLink.OSI, "500", "9:hello");
            silent.await("9: silence");
            Judge.assertNothingWrong(capture);
        }
    }
}
