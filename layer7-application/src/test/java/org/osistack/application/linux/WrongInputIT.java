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
import org.osistack.application.net.Commands;
import org.osistack.application.net.Needs;
import org.osistack.application.net.Program;

/** What people and their machines do wrong: each is told in a sentence, and nothing else comes to harm. */
class WrongInputIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int USAGE = 2;

    @TempDir
    private Path folder;

    private static Commands.Result end(Program program) {
        program.endInput();
        return new Commands.Result(List.of(), program.awaitEnd(LONG), program.output(), program.errors());
    }

    private static void assertSays(Commands.Result result, int exitCode, String... words) {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        assertSays(result.errors(), words);
    }

    /** One sentence, and how to get help at most. */
    private static void assertSays(String errors, String... words) {
        assertThat(errors.lines().filter(line -> !line.startsWith("Try 'osi help")))
                .as(errors)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("osi: ")
                .contains(words)
                .doesNotContain("Exception");
    }

    @Test
    void otherProtocolsAtTheServersPort() throws IOException {
        Needs.command("curl", "curl");
        Needs.command("nc", "netcat-openbsd");
        Path garbage = folder.resolve("garbage");
        Octets.write(garbage, 100_000, 14);
        try (LinuxLink link = LinuxLink.create()) {
            Program server = link.serve("chat");
            try (Capture capture = link.capture()) {
                Commands.Result curl = link.linux().attempt(LONG, "curl", "-sS", "http://" + LinuxLink.OSI + ":102/");
                assertThat(curl.exitCode()).isIn(52, 56); // empty reply; connection reset
                link.linux().attempt(LONG, "sh", "-c", "nc -N " + LinuxLink.OSI + " 102 <" + garbage);
                Judge.assertNothingWrong(capture.stopAndJudge("-d", "tcp.port==102,data")
                        .excuse("Connection reset", "that is our answer to what makes no sense"));
            }

            assertThat(server.isRunning()).isTrue();
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void anotherProtocolOfTheServer() {
        Needs.command("nc", "netcat-openbsd");
        try (LinuxLink link = LinuxLink.create();
                Capture capture = link.capture()) {
            Program mail = link.linux().start("nc", "-k", "-l", LinuxLink.LINUX, "102");
            mail.say("220 mail.example.org ESMTP"); // said when somebody comes

            Commands.Result chat = end(link.start("chat", LinuxLink.LINUX));

            assertSays(chat, Osi.FAILURE, "no talk with 10.4.0.1: what answers does not speak the same transport");

            Judge.assertNothingWrong(capture.stopAndJudge("-d", "tcp.port==102,data")
                    .excuse("Connection reset", "that is our answer to what makes no sense"));
        }
    }

    @Test
    void filesThatAreNotThereOrCannotBeStored() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Path small = Files.createDirectory(folder.resolve("small")); // where small file systems are mounted
        Octets.write(shared.resolve("theirs"), 3 * Octets.MEGABYTE, 15);
        Path ours = folder.resolve("ours");
        Octets.write(ours, 3 * Octets.MEGABYTE, 16);
        try (TwoHosts hosts = TwoHosts.create("")) {
            hosts.bobServes("file=" + shared);
            String[] missing = {"get", TwoHosts.BOB, "missing", folder.toString()};
            assertSays(end(hosts.alice(missing)), Osi.FAILURE, "not received: there is no missing");
            String[] outside = {"get", TwoHosts.BOB, "../ours", folder.toString()};
            assertSays(end(hosts.alice(outside)), Osi.FAILURE, "not received: that path is not allowed");
            String nowhere = folder.resolve("nowhere").toString();
            assertSays(
                    end(hosts.alice("send", TwoHosts.BOB, nowhere)), Osi.FAILURE, "not sent: there is no " + nowhere);
            assertThat(shared).isDirectoryContaining("glob:**/theirs").isDirectoryNotContaining("glob:**/.*");

            Commands.Result full = onTmpfs(hosts, "size=1m", small, "get", TwoHosts.BOB, "theirs", small.toString());
            assertSays(full.errors(), "not received: cannot store theirs: No space left");
            assertThat(full.output()).isEqualTo("ended with 1\n"); // and no half file
            Commands.Result readOnly = onTmpfs(hosts, "ro", small, "get", TwoHosts.BOB, "theirs", small.toString());
            assertSays(readOnly.errors(), "not received: cannot store theirs: Read-only file system");
            assertThat(readOnly.output()).isEqualTo("ended with 1\n");

            Commands.Result useless = onTmpfs(hosts, "ro", small, "serve", "file=" + small);
            assertSays(useless.errors(), "file: the folder " + small + " is not writable");
            assertThat(useless.output()).isEqualTo("ended with 1\n");
        }
    }

    /** Run a command of the left host with a small file system mounted at a folder, and list what it leaves there. */
    private static Commands.Result onTmpfs(TwoHosts hosts, String options, Path at, String... arguments) {
        String osi = Osi.shellCommand(hosts.at(1, arguments));
        String mount = "mount -t tmpfs -o " + options + " none " + at; // gone with the namespace that 'ip netns' makes
        return hosts.left()
                .attempt(LONG, "sh", "-c", mount + " && { " + osi + "; echo ended with $?; ls -A " + at + "; }");
    }

    @Test
    void aServerWhoseDiskIsFull() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Path file = folder.resolve("file");
        Octets.write(file, 3 * Octets.MEGABYTE, 17);
        Path fits = folder.resolve("fits");
        Octets.write(fits, 100_000, 18);
        try (TwoHosts hosts = TwoHosts.create("")) {
            String serve = "mount -t tmpfs -o size=1m none " + shared + " && exec "
                    + Osi.shellCommand(hosts.at(2, "serve", "file=" + shared));
            Program server = hosts.right().start("sh", "-c", serve).await("ready:");

            assertSays(
                    end(hosts.alice("send", TwoHosts.BOB, file.toString())),
                    Osi.FAILURE,
                    "not sent: cannot store file: No space left");
            assertThat(end(hosts.alice("send", TwoHosts.BOB, fits.toString()))
                            .orFail()
                            .output())
                    .contains("SHA-256 equal"); // there is room again

            String pid = Long.toString(server.pid());
            assertThat(hosts.right()
                            .run("nsenter", "-t", pid, "-m", "ls", "-A", shared.toString())
                            .text())
                    .isEqualTo("fits");
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void interfacesAndAddressesThatCannotBeUsed() {
        try (TwoHosts hosts = TwoHosts.create("")) {
            Commands.Result wrong = end(Osi.start(hosts.left(), "ping", "10.4.0.2", "--l1", "pcap:eth7"));
            assertSays(wrong, Osi.FAILURE, "eth7");
            String[] address = {"ping", "10.4.0.2", "--l1", "pcap:eth1", "--l3", "ipv4:10.4.0.300/24"};
            assertThat(end(Osi.start(hosts.left(), address)).exitCode()).isIn(Osi.FAILURE, USAGE);
            hosts.left().up("eth1", false);
            assertSays(end(hosts.alice("ping", TwoHosts.BOB, "-c", "1")), Osi.FAILURE, "eth1");
        }
    }
}
