package org.osistack.application.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Capture;
import org.osistack.application.net.Needs;
import org.osistack.application.net.OsiProcess;
import org.osistack.application.net.Program;
import org.osistack.application.net.VethPair;

/** Multicast DNS of an {@code osi} process with avahi on Linux at the other end of the wire. */
class AvahiIT {
    private static final String MAIN = "org.osistack.application/org.osistack.application.cli.Main";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private VethPair wire;
    private Program linux; // a shell with avahi

    @BeforeEach
    void join() {
        Needs.libpcap();
        Needs.command("avahi-daemon", "avahi-daemon");
        Needs.command("avahi-resolve", "avahi-utils");
        Needs.command("dbus-daemon", "dbus-daemon");
        wire = VethPair.create("linux", "osi").withoutOffload();
        wire.left().address(VethPair.DEVICE, "10.4.0.1/24");
    }

    @AfterEach
    void leave() {
        linux.close();
        wire.close();
    }

    /** Start avahi with a message bus of its own, in a shell that takes further commands. */
    private void startAvahi(String hostName) throws IOException {
        Path configuration = Files.writeString(
                folder.resolve("avahi.conf"),
                "[server]\nhost-name=" + hostName + "\nuse-ipv6=no\nallow-interfaces=" + VethPair.DEVICE + "\n");
        linux = wire.left().start(List.of("unshare", "-m", "sh"));
        linux.say("mount -t tmpfs tmpfs /run && mkdir -p /run/dbus /run/avahi-daemon"
                + " && dbus-daemon --system --fork --nopidfile"
                + " && avahi-daemon --no-drop-root --no-chroot -f " + configuration + " &");
        linux.await("Server startup complete");
    }

    private Program serve(String expected) {
        Program osi = OsiProcess.start(
                wire.right(), MAIN, "serve", "inetd", "--l1", "pcap:" + VethPair.DEVICE, "--l3", "ipv4:10.4.0.2/24");
        return osi.await("ready: " + expected + " (10.4.0.2)");
    }

    @Test
    void eachFindsTheOther() throws IOException {
        try (Capture capture = wire.capture()) {
            startAvahi("linux");
            serve("bob");

            linux.say("avahi-resolve -4 -n bob.local; avahi-resolve -a 10.4.0.2");
            linux.await("bob.local\t10.4.0.2").await("10.4.0.2\tbob.local");
            Program ping = OsiProcess.start(
                    wire.right(),
                    MAIN,
                    "ping",
                    "linux",
                    "-c",
                    "1",
                    "--l1",
                    "pcap:" + VethPair.DEVICE,
                    "--l3",
                    "ipv4:10.4.0.3/24");
            ping.await("echoes from linux (10.4.0.1)").await("1 of 1 came back");
            assertThat(ping.awaitEnd(LIMIT)).isZero();

            assertThat(capture.stopAndJudge()
                            .excuse("DNS query retransmission", "a probe is sent three times: RFC 6762 §8.1")
                            .excuse("DNS response retransmission", "an announcement is sent twice: RFC 6762 §8.3")
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    void givesWayToALinuxHostThatHasTheName() throws IOException {
        startAvahi("bob");

        serve("bob-2");

        linux.say("avahi-resolve -4 -n bob-2.local; avahi-resolve -4 -n bob.local");
        linux.await("bob-2.local\t10.4.0.2").await("bob.local\t10.4.0.1");
    }

    @Test
    void defendsItsNameAndSaysGoodBye() throws IOException {
        Program osi = serve("bob");

        startAvahi("bob");
        linux.await("Host name conflict, retrying with bob-2");
        linux.say("avahi-resolve -4 -n bob.local");
        linux.await("bob.local\t10.4.0.2");

        osi.interrupt();
        assertThat(osi.awaitEnd(LIMIT)).isEqualTo(130);
        linux.say("sleep 2; avahi-resolve -4 -n bob.local");
        linux.await("Failed to resolve host name 'bob.local'");
    }
}
