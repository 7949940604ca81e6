package org.osistack.application.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.core.Host;
import org.osistack.core.HostThread;
import org.osistack.core.Octets;

/** Real processes, and their output on a host's thread. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ProcessRunnerTest {
    @TempDir
    private Path folder;

    private final HostThread thread = new HostThread("shell test");
    private final Host host = thread.submit(() -> thread.newHost("bob")).join();
    private final ProcessRunner runner = new ProcessRunner(host);

    @AfterEach
    void end() {
        thread.close();
    }

    private static final class Hearing implements CommandRunner.Listener {
        final StringBuffer text = new StringBuffer();
        final CompletableFuture<String> over = new CompletableFuture<>();
        final CompletableFuture<Void> firstWord = new CompletableFuture<>();

        @Override
        public void output(boolean isError, Octets octets) {
            text.append(isError ? "!" : "").append(new String(octets.toByteArray(), StandardCharsets.UTF_8));
            firstWord.complete(null);
        }

        @Override
        public void ended(int exitCode) {
            over.complete("exit " + exitCode);
        }

        @Override
        public void failed(String why) {
            over.complete(why);
        }

        String await() throws Exception {
            return over.get(30, TimeUnit.SECONDS);
        }
    }

    private CommandRunner.Running start(Hearing hearing, List<String> words, String... arguments) {
        return thread.submit(() -> runner.start(new Program(words, folder.toString()), List.of(arguments), hearing))
                .join();
    }

    @Test
    void aProgramGetsItsWordsAsTheyAreAndNothingOfTheServers() throws Exception {
        Hearing hearing = new Hearing();
        String script =
                "printf '%s|' \"$@\"; pwd; env | sed 's/=.*//' | sort | tr '\\n' ' '; cat; echo oops >&2; exit 3";
        start(hearing, List.of("/bin/sh", "-c", script, "sh"), "$(id)", "a b", "*", ";");
        assertThat(hearing.await()).isEqualTo("exit 3");
        assertThat(hearing.text.toString())
                .contains("$(id)|a b|*|;|" + folder.toRealPath() + "\n")
                .contains("!oops")
                .contains("PATH")
                .contains("TERM")
                .doesNotContain("JAVA");
    }

    @Test
    void aProgramThatIsNotThereFailsWithASentence() throws Exception {
        Hearing hearing = new Hearing();
        start(hearing, List.of("/nowhere/at-all"));
        assertThat(hearing.await()).startsWith("it cannot be started: ");
        Hearing second = new Hearing();
        start(second, List.of("/bin/echo"), "a\0b");
        assertThat(second.await()).startsWith("it cannot be started: ");
    }

    @Test
    void allOutputComesBeforeTheEnd() throws Exception {
        Hearing hearing = new Hearing();
        start(hearing, List.of("/bin/sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done"));
        assertThat(hearing.await()).isEqualTo("exit 0");
        assertThat(hearing.text.toString().lines().count()).isEqualTo(20_000);
        assertThat(hearing.text).endsWith("line 19999\n");
    }

    @Test
    void aProgramIsHeldBackByItsPipe() throws Exception {
        Path done = folder.resolve("done");
        Hearing hearing = new Hearing();
        CompletableFuture<CommandRunner.Running> running = new CompletableFuture<>();
        thread.execute(() -> {
            Program program = new Program(
                    List.of("/bin/sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x; : > " + done), folder.toString());
            CommandRunner.Running started = runner.start(program, List.of(), hearing);
            started.hold();
            running.complete(started);
        });
        running.join();
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS))
                .join();
        assertThat(Files.exists(done)).isFalse(); // pipe and queue have 64 KiB and 32 KiB
        assertThat(hearing.text).isEmpty();
        thread.execute(running.join()::goOn);
        assertThat(hearing.await()).isEqualTo("exit 0");
        assertThat(hearing.text).hasSize(300_000);
    }

    @Test
    void aProgramAndItsChildrenAreStoppedEvenIfItDoesNotWant() throws Exception {
        Hearing hearing = new Hearing();
        CommandRunner.Running running =
                start(hearing, List.of("/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 1000; done"));
        hearing.firstWord.get(30, TimeUnit.SECONDS);
        thread.execute(running::kill);
        assertThat(hearing.await()).isEqualTo("exit 137");
    }
}
