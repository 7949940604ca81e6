package org.osistack.application.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Capture;
import org.osistack.application.net.Program;
import org.osistack.application.net.Verdict;

/** Two hosts of ours on a cable: they talk and send files by the OSI upper layers, whatever happens to the cable. */
class TwoHostsIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    /** What the preset's TCP allows a silent peer, and what a busy machine may take longer. */
    private static final Duration SILENCE = Duration.ofSeconds(30 + 30);

    /** Where frames are not there as a whole, their content cannot be put together. */
    private static final String[] HEADERS_ONLY = {"-d", "tcp.port==102,data"};

    @TempDir
    private Path folder;

    private Path newFolder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private static void assertFailed(Program program, String... words) {
        assertThat(program.awaitEnd(SILENCE)).as(program.toString()).isEqualTo(Osi.FAILURE);
        assertThat(program.errors().strip().lines().filter(line -> line.startsWith("osi: ")))
                .as(program.toString())
                .hasSize(1);
        assertThat(program.errors()).contains(words).doesNotContain("\tat ");
    }

    @Test
    void talkAndSendFilesInFormsThatTsharkUnderstands() throws Exception {
        Path shared = newFolder("shared");
        Path file = folder.resolve("file");
        String hash = Octets.write(file, Octets.MEGABYTE, 7);
        try (TwoHosts hosts = TwoHosts.create("");
                Capture capture = hosts.capture()) {
            Program bob = hosts.bobServes("chat", "file=" + shared, "echo");
            Program alice = hosts.alice("chat", TwoHosts.BOB).await("talking with");
            alice.say("hello bob");
            bob.await("hello bob");
            bob.say("hello alice");
            alice.await("hello alice");
            alice.endInput();
            assertThat(alice.awaitEnd(LONG)).isZero();
            bob.await("has left");

            Program send = hosts.alice("send", TwoHosts.BOB, file.toString());
            assertThat(send.awaitEnd(LONG)).as(send.toString()).isZero();
            assertThat(Octets.sha256(shared.resolve("file"))).isEqualTo(hash);

            Verdict verdict = capture.stopAndJudge();
            Judge.assertNothingWrong(verdict);
            assertThat(verdict.count("tpkt:cotp:ses:pres:acse")).isEqualTo(8); // AARQ, AARE, RLRQ, RLRE, twice
            assertThat(verdict.count("cotp:ses:pres")).isGreaterThan(20); // and what they say, and the file
        }
    }

    @Test
    void echoUnitsWithoutAnAssociation() throws Exception {
        try (TwoHosts hosts = TwoHosts.create("");
                Capture capture = hosts.capture()) {
            hosts.bobServes("echo");
            Program echo = hosts.alice("echo", TwoHosts.BOB, "--unit-data", "-c", "3", "-i", "0.1");
            assertThat(echo.awaitEnd(LONG)).as(echo.toString()).isZero();
            assertThat(echo.output()).contains("3 of 3 came back, 0 lost, 0 doubled or late; ");
            Program tooLong = hosts.alice("echo", TwoHosts.BOB, "--unit-data", "--size", "70000");
            assertFailed(tooLong, "is longer than the 65507 octets that a user datagram carries");

            Verdict verdict = capture.stopAndJudge();
            Judge.assertNothingWrong(verdict);
            assertThat(verdict.infos().stream().filter(info -> info.startsWith("102 → 102")))
                    .hasSize(6);
        }
    }

    @Test
    void sendOneHundredMegabytesEachWay() throws Exception {
        Path shared = newFolder("shared");
        Path got = newFolder("got");
        Path ours = folder.resolve("ours");
        String ourHash = Octets.write(ours, 100 * Octets.MEGABYTE, 8);
        String theirHash = Octets.write(shared.resolve("theirs"), 100 * Octets.MEGABYTE, 9);
        try (TwoHosts hosts = TwoHosts.create("");
                Capture capture = hosts.captureHeaders()) {
            hosts.bobServes("file=" + shared);

            Program send = hosts.alice("send", TwoHosts.BOB, ours.toString());
            assertThat(send.awaitEnd(LONG)).as(send.toString()).isZero();
            Program get = hosts.alice("get", TwoHosts.BOB, "theirs", got.toString());
            assertThat(get.awaitEnd(LONG)).as(get.toString()).isZero();

            assertThat(send.output()).contains("100,000,000 octets", "SHA-256 equal");
            assertThat(Octets.sha256(shared.resolve("ours"))).isEqualTo(ourHash);
            assertThat(Octets.sha256(got.resolve("theirs"))).isEqualTo(theirHash);
            Judge.assertNothingWrong(capture, HEADERS_ONLY);
        }
    }

    @Test
    void completeATransferOverACableThatLosesFramesBothWays() throws Exception {
        Path shared = newFolder("shared");
        Path file = folder.resolve("file");
        String hash = Octets.write(file, 10 * Octets.MEGABYTE, 10);
        try (TwoHosts hosts = TwoHosts.create(",loss=5%,seed=5");
                Capture capture = hosts.captureHeaders()) {
            hosts.bobServes("file=" + shared);

            Program send = hosts.alice("send", TwoHosts.BOB, file.toString());
            assertThat(send.awaitEnd(LONG)).as(send.toString()).isZero();

            assertThat(Octets.sha256(shared.resolve("file"))).isEqualTo(hash);
            Judge.assertNothingWrong(capture.stopAndJudge(HEADERS_ONLY)
                    .excuse("Previous segment(s) not captured", "it was lost before it came to the cable")
                    .excuse("ACKed segment that wasn't captured", "as above")
                    .excuse("out-of-order segment", "what was lost is sent again"));
        }
    }

    @Test
    void completeATransferDuringWhichTheCableIsUnplugged() throws Exception {
        Path shared = newFolder("shared");
        Path file = folder.resolve("file");
        String hash = Octets.write(file, 10 * Octets.MEGABYTE, 11);
        try (TwoHosts hosts = TwoHosts.create(",rate=20M"); // so that it takes 4 s
                Capture capture = hosts.captureHeaders()) {
            hosts.bobServes("file=" + shared);
            Program send = hosts.alice("send", TwoHosts.BOB, file.toString());
            awaitBeginOfTransfer(shared);

            hosts.left().run("sh", "-c", "ip link set eth1 down; sleep 4; ip link set eth1 up");

            assertThat(send.isRunning()).isTrue(); // or this test was too slow to unplug it in the middle
            assertThat(send.awaitEnd(LONG)).as(send.toString()).isZero();
            assertThat(Octets.sha256(shared.resolve("file"))).isEqualTo(hash);
            Judge.assertNothingWrong(capture.stopAndJudge(HEADERS_ONLY)
                    .excuse("Previous segment(s) not captured", "it was sent while the cable was out")
                    .excuse("ACKed segment that wasn't captured", "as above")
                    .excuse("out-of-order segment", "what was lost is sent again"));
        }
    }

    /** Until a part of the file has arrived, under its provisional name. */
    private static void awaitBeginOfTransfer(Path shared) {
        Program.start(List.of("sh", "-c", "until find " + shared + " -size +200k | grep -q .; do sleep 0.05; done"))
                .awaitEnd(LONG);
    }

    @Test
    void noticeWithinHalfAMinuteThatAPeerWasKilled() throws Exception {
        Path shared = newFolder("shared");
        Path got = newFolder("got");
        Octets.write(shared.resolve("theirs"), 50 * Octets.MEGABYTE, 12);
        try (TwoHosts hosts = TwoHosts.create(",rate=8M")) { // so that the file takes a minute
            Program killedServer = hosts.serve(2, "chat", "file=" + shared);
            Program receiving = hosts.host(1, "get", "10.4.0.2", "theirs", got.toString(), "--patience", "2s");
            Program silent = hosts.host(3, "chat", "10.4.0.2").await("talking with");
            Program talking = hosts.host(5, "chat", "10.4.0.2").await("talking with");
            Program server = hosts.serve(4, "chat");
            Program killedClient = hosts.host(7, "chat", "10.4.0.4").await("talking with");
            server.await("has come in");
            awaitBeginOfTransfer(got);

            killedServer.kill();
            killedClient.kill();
            talking.say("are you there?");

            assertFailed(receiving, "not received", "any more", "the same command goes on with it");
            assertThat(got.resolve("theirs")).doesNotExist();
            assertFailed(silent, "any more");
            assertFailed(talking, "any more");
            server.await("is gone: ", SILENCE).await("any more");
            Program next = hosts.host(9, "chat", "10.4.0.4").await("talking with"); // it goes on serving
            next.endInput();
            assertThat(next.awaitEnd(LONG)).as(next.toString()).isZero();
        }
    }
}
