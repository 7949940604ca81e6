package org.osistack.application.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Capture;
import org.osistack.application.net.Needs;
import org.osistack.application.net.OsiProcess;
import org.osistack.application.net.Program;
import org.osistack.application.net.Verdict;
import org.osistack.application.net.VethPair;

/** The web server of an {@code osi} process with curl on Linux as its client. */
class HttpIT {
    private static final String MAIN = "org.osistack.application/org.osistack.application.cli.Main";
    private static final String URL = "http://10.4.0.2/";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path www;
    private VethPair wire;
    private Program server;

    @BeforeEach
    void serve() throws IOException {
        Needs.libpcap();
        Needs.command("curl", "curl");
        www = Files.createDirectory(folder.resolve("www"));
        wire = VethPair.create("linux", "osi").withoutOffload();
        wire.left().address(VethPair.DEVICE, "10.4.0.1/24");
        server = OsiProcess.start(
                wire.right(),
                MAIN,
                "serve",
                "http=" + www,
                "--l1",
                "pcap:" + VethPair.DEVICE,
                "--l3",
                "ipv4:10.4.0.2/24");
        server.await("ready: bob (10.4.0.2) serves http=" + www);
    }

    @AfterEach
    void ends() {
        server.terminate();
        assertThat(server.awaitEnd(LIMIT)).as(server.toString()).isEqualTo(143);
        assertThat(server.errors()).isEmpty();
        wire.close();
    }

    private Path write(String name, int length) throws IOException {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return Files.write(www.resolve(name), octets);
    }

    private String curl(String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "curl";
        command[1] = "-sS";
        command[2] = "-m50";
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return wire.left().attempt(LIMIT, command).orFail().output();
    }

    @Test
    void satisfiesCurlAndTshark() throws IOException {
        Path file = write("file", 300_000);
        try (Capture capture = wire.capture()) {
            Path copy = folder.resolve("copy");
            curl("-o", copy.toString(), URL + "file");
            assertThat(copy).hasSameBinaryContentAs(file);

            curl("-o", copy.toString(), "-r", "1000-1999", URL + "file");
            assertThat(Files.size(copy)).isEqualTo(1000);
            assertThat(curl("-I", URL + "file")).contains("HTTP/1.1 200 OK", "Content-Length: 300000");
            assertThat(curl("-w", "%{num_connects}", "-o", "/dev/null", URL + "file", "-o", "/dev/null", URL + "file"))
                    .as("the second request goes over the first one's connection")
                    .isEqualTo("10");
            assertThat(curl(URL)).contains("<a href=\"./file\">");
            assertThat(curl("-o", "/dev/null", "-w", "%{http_code}", URL + "missing"))
                    .isEqualTo("404");
            assertThat(curl("-o", "/dev/null", "-w", "%{http_code}", "-d", "x=y", URL + "file"))
                    .isEqualTo("405");
            assertThat(curl("--path-as-is", "-o", "/dev/null", "-w", "%{http_code}", URL + "../../etc/passwd"))
                    .isEqualTo("400");
            String tag = curl("-I", URL + "file").replaceAll("(?s).*ETag: (\\S+).*", "$1");
            assertThat(curl("-o", "/dev/null", "-w", "%{http_code}", "-H", "If-None-Match: " + tag, URL + "file"))
                    .isEqualTo("304");

            Verdict verdict = capture.stopAndJudge()
                    .excuse("D-SACK Sequence", "a busy machine answers later than a tail loss probe waits");
            assertThat(verdict.findings()).isEmpty();
            assertThat(verdict.count("http")).isGreaterThan(10);
        }
    }

    @Test
    void resumesADownload() throws IOException {
        Path file = write("file", 500_000);
        Path copy = folder.resolve("copy");
        Files.write(copy, Arrays.copyOf(Files.readAllBytes(file), 123_456));

        curl("-C", "-", "-o", copy.toString(), URL + "file");

        assertThat(copy).hasSameBinaryContentAs(file);
    }
}
