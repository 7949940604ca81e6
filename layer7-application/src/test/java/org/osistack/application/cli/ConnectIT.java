package org.osistack.application.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Needs;
import org.osistack.application.net.OsiProcess;
import org.osistack.application.net.Program;
import org.osistack.application.net.VethPair;

/** {@code osi connect} with nc on Linux at the other end. */
class ConnectIT {
    private static final String MAIN = "org.osistack.application/org.osistack.application.cli.Main";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private VethPair wire;

    @BeforeEach
    void join() {
        Needs.libpcap();
        Needs.command("nc", "netcat-openbsd");
        wire = VethPair.create("linux", "osi").withoutOffload();
        wire.left().address(VethPair.DEVICE, "10.4.0.1/24");
    }

    @AfterEach
    void leave() {
        wire.close();
    }

    private byte[] random(String name, int length) throws IOException {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        Files.write(folder.resolve(name), octets);
        return octets;
    }

    private Program shell(String command) {
        return wire.left().start("sh", "-c", "cd " + folder + "; " + command);
    }

    private Program osi(String redirections, String... arguments) {
        String[] all = new String[arguments.length + 5];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--l1";
        all[arguments.length + 1] = "pcap:" + VethPair.DEVICE;
        all[arguments.length + 2] = "--l3";
        all[arguments.length + 3] = "ipv4:10.4.0.2/24";
        all[arguments.length + 4] = "--verbose";
        String command = String.join(" ", OsiProcess.command(List.of(), MAIN, all));
        return wire.right().start("sh", "-c", "cd " + folder + "; exec " + command + " " + redirections);
    }

    @Test
    void receivesAFileFromAServerAndThenSendsOne() throws IOException {
        byte[] ours = random("ours", 3_000_000);
        byte[] theirs = random("theirs", 4_000_000);
        Program nc = shell("echo listening; nc -N -l 7000 < theirs > received");
        nc.await("listening");
        Program osi = osi("> got", "connect", "10.4.0.1", "7000");

        receiveThenSend(osi, nc, ours, theirs);
    }

    @Test
    void receivesAFileFromAClientAndThenSendsOne() throws IOException {
        byte[] ours = random("ours", 3_000_000);
        byte[] theirs = random("theirs", 4_000_000);
        Program osi = osi("> got", "connect", "-l", "7000");
        osi.await("ready: bob (10.4.0.2) waits at port 7000");
        Program nc = shell("nc -N 10.4.0.2 7000 < theirs > received");

        receiveThenSend(osi, nc, ours, theirs);
    }

    /** nc leaves as soon as its peer has finished, so that is what our side does last. */
    private void receiveThenSend(Program osi, Program nc, byte[] ours, byte[] theirs) throws IOException {
        wire.right()
                .attempt(
                        LIMIT,
                        "sh",
                        "-c",
                        "until [ \"$(stat -c %s " + folder + "/got)\" = 4000000 ]; do sleep 0.1; done")
                .orFail();
        osi.write(ours);
        osi.endInput();

        assertThat(osi.awaitEnd(LIMIT)).as(osi.toString()).isZero();
        assertThat(nc.awaitEnd(LIMIT)).isZero();
        assertThat(folder.resolve("received")).hasBinaryContent(ours);
        assertThat(folder.resolve("got")).hasBinaryContent(theirs);
    }

    @Test
    void exchangesDatagrams() {
        Program nc = shell("echo listening; nc -u -l 7000");
        nc.await("listening");
        Program osi = osi("", "connect", "-u", "10.4.0.1", "7000");

        osi.say("hello");
        nc.await("hello");
        nc.say("hello yourself");
        osi.await("hello yourself");
        osi.endInput();

        assertThat(osi.awaitEnd(LIMIT)).isZero();
    }

    @Test
    void saysThatNobodyListens() {
        Program osi = osi("", "connect", "10.4.0.1", "7001");

        assertThat(osi.awaitEnd(LIMIT)).isEqualTo(Main.FAILURE);
        assertThat(osi.errors()).contains("no connection to 10.4.0.1 port 7001: ");
    }
}
