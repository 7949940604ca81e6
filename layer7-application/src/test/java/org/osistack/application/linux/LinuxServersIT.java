package org.osistack.application.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Capture;
import org.osistack.application.net.Commands;
import org.osistack.application.net.Needs;
import org.osistack.application.net.OsiProcess;
import org.osistack.application.net.Program;

/** Our commands as clients of servers on Linux. */
class LinuxServersIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private LinuxLink link;

    @BeforeEach
    void layCable() {
        link = LinuxLink.create();
    }

    @AfterEach
    void removeCable() {
        if (link != null) {
            link.close();
        }
    }

    private Commands.Result osi(String... arguments) {
        try (Program osi = link.start(arguments)) {
            osi.endInput();
            int exitCode = osi.awaitEnd(LONG);
            return new Commands.Result(List.of(arguments), exitCode, osi.output(), osi.errors());
        }
    }

    /** It failed as people want to be told: in one sentence. */
    private static void assertFailed(Commands.Result result, String... words) {
        assertThat(result.exitCode()).isEqualTo(Osi.FAILURE);
        assertThat(result.errors().strip().lines()).hasSize(1);
        assertThat(result.errors()).startsWith("osi: ").contains(words);
        assertThat(result.output()).isEmpty();
    }

    @Test
    void exchangesOneHundredMegabytesBothWaysAtATime() throws Exception {
        Path ours = folder.resolve("ours");
        Path theirs = folder.resolve("theirs");
        Path received = folder.resolve("received");
        String ourHash = Octets.write(ours, 100 * Octets.MEGABYTE, 4);
        String theirHash = Octets.write(theirs, 100 * Octets.MEGABYTE, 5);
        try (Capture capture = link.captureHeaders()) {
            Program server = OsiProcess.start(link.linux(), Exchange.class.getName(), "9000", theirs.toString());
            server.await("ready");

            String connect = Osi.shellCommand(LinuxLink.onThisLink("connect", LinuxLink.LINUX, "9000"));
            Commands.Result result = link.osi().attempt(LONG, "sh", "-c", connect + " <" + ours + " >" + received);

            assertThat(result.orFail().errors()).isEmpty();
            server.await("received 100000000 octets " + ourHash, LONG);
            assertThat(server.awaitEnd(LONG)).isZero();
            assertThat(Octets.sha256(received)).isEqualTo(theirHash);
            Judge.assertNothingWrong(capture, "-d", "tcp.port==9000,data");
        }
    }

    @Test
    void talksToNcAndEndsWithIt() {
        Needs.command("nc", "netcat-openbsd");
        try (Capture capture = link.capture()) {
            Program nc = link.linux().start("nc", "-N", "-l", LinuxLink.LINUX, "9001");
            awaitListener(9001);
            Program osi = link.start("connect", LinuxLink.LINUX, "9001");
            osi.say("hello from our side");
            nc.await("hello from our side");
            nc.say("hello from Linux");
            osi.await("hello from Linux");

            osi.endInput();

            assertThat(osi.awaitEnd(LONG)).isZero();
            assertThat(nc.awaitEnd(LONG)).isZero();
            Judge.assertNothingWrong(capture, "-d", "tcp.port==9001,data");
        }
    }

    @Test
    void isTalkedToByNcWhileItListens() {
        Needs.command("nc", "netcat-openbsd");
        try (Capture capture = link.capture()) {
            Program osi = link.start("connect", "-l", "9002").await("ready:");
            Program nc = link.linux().start("nc", "-N", LinuxLink.OSI, "9002");
            nc.say("hello from Linux");
            osi.await("hello from Linux");

            nc.endInput(); // it half-closes
            osi.say("hello after the end");
            nc.await("hello after the end");
            osi.endInput();

            assertThat(osi.awaitEnd(LONG)).isZero();
            assertThat(nc.awaitEnd(LONG)).isZero();
            Judge.assertNothingWrong(capture, "-d", "tcp.port==9002,data");
        }
    }

    @Test
    void fetchesFromAWebServer() throws Exception {
        Needs.command("python3", "python3");
        String hash = Octets.write(folder.resolve("big"), 100 * Octets.MEGABYTE, 6);
        Files.writeString(folder.resolve("notes.txt"), "served by Linux\n");
        try (Capture capture = link.captureHeaders()) {
            Program server =
                    link.linux().start("python3", "-u", "-m", "http.server", "--directory", folder.toString(), "8080");
            server.await("Serving HTTP");

            assertThat(osi("http", LinuxLink.LINUX + ":8080/notes.txt").orFail().output())
                    .isEqualTo("served by Linux\n");
            assertThat(osi("http", "-I", LinuxLink.LINUX + ":8080/big").orFail().output())
                    .contains("200 OK", "Content-Length: 100000000");
            Path got = folder.resolve("got");
            osi("http", "-o", got.toString(), LinuxLink.LINUX + ":8080/big").orFail();
            assertThat(Octets.sha256(got)).isEqualTo(hash);
            assertFailed(osi("http", LinuxLink.LINUX + ":8080/nothing"), "404");
            Judge.assertNothingWrong(capture, "-d", "tcp.port==8080,data"); // HTTP would be put together
        }
    }

    @Test
    void asksByPingAndUdp() {
        Needs.command("nc", "netcat-openbsd");
        try (Capture capture = link.capture()) {
            assertThat(osi("ping", "-c", "3", "-i", "0.2", LinuxLink.LINUX)
                            .orFail()
                            .output())
                    .contains("3 of 3 came back");
            assertThat(osi("ping", "-c", "2", "-i", "0.2", "-s", "4000", LinuxLink.LINUX)
                            .orFail()
                            .output())
                    .contains("4000 octets from", "2 of 2 came back");

            Program nc = link.linux().start("nc", "-u", "-l", LinuxLink.LINUX, "9003");
            Program osi = link.start("connect", "-u", LinuxLink.LINUX, "9003");
            awaitDatagramListener(9003);
            osi.say("a datagram");
            nc.await("a datagram");
            nc.say("an answer");
            osi.await("an answer");
            osi.endInput();
            assertThat(osi.awaitEnd(LONG)).isZero();
            Judge.assertNothingWrong(capture);
        }
    }

    @Test
    void saysThatAPortIsClosed() {
        try (Capture capture = link.capture()) {
            assertFailed(osi("connect", LinuxLink.LINUX, "4444"), "refused");
            assertFailed(osi("http", LinuxLink.LINUX + ":4444"), "refused");
            Judge.assertNothingWrong(
                    capture.stopAndJudge().excuse("Connection reset", "that is how TCP refuses a connection"));
        }
    }

    @Test
    void saysThatAHostCannotBeReached() {
        link.linux().ip("route", "add", "unreachable", "10.8.0.0/16");
        link.linux().sysctl("net.ipv4.ip_forward", "1");
        try (Capture capture = link.capture()) {
            assertFailed(osi("connect", "10.4.0.77", "80"), "10.4.0.77", "reach"); // nobody has the address
            assertFailed(osi("connect", "10.9.0.1", "80"), "10.9.0.1", "reach"); // there is no route
            Judge.assertNothingWrong(capture);
        }
    }

    private void awaitListener(int port) {
        awaitSocket("-Htln", port);
    }

    private void awaitDatagramListener(int port) {
        awaitSocket("-Huln", port);
    }

    private void awaitSocket(String option, int port) {
        String wait = "until ss " + option + " sport = :" + port + " | grep -q .; do sleep 0.05; done";
        link.linux().run("sh", "-c", wait);
    }
}
