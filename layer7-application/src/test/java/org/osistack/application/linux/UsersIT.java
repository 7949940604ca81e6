package org.osistack.application.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.osistack.application.net.OsiSegment.LONG;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.OsiSegment;
import org.osistack.application.net.Program;

/** A server that serves its users alone, and processes of users and others. */
class UsersIT {
    @TempDir
    private Path folder;

    private final OsiSegment segment = new OsiSegment("users");

    @AfterEach
    void endAll() {
        segment.close();
    }

    private Program echo(String password, String name, String... more) {
        String[] arguments = {"echo", "bob", "-c", "1", "--name", name};
        Program echo = segment.start(password, OsiSegment.with(arguments, more));
        echo.awaitEnd(LONG);
        return echo;
    }

    @Test
    void aServerServesItsUsersAlone() throws Exception {
        String users = folder.resolve("users").toString();
        segment.addUser(users, "alice", "wonderland");
        segment.addUser(users, "carol", "christmas", "--applications", "chat");
        Program bob = segment.start("", "serve", "echo", "--users", users, "--password-plain")
                .await("ready: bob", LONG);

        assertThat(echo("wonderland", "a", "--user", "alice").output()).contains("1 of 1 came back");
        assertThat(echo("wonderland", "b", "--user", "alice", "--password-plain")
                        .output())
                .contains("1 of 1 came back");
        assertThat(echo("wonder", "c", "--user", "alice").errors()).contains("authentication failed");
        assertThat(echo("christmas", "d", "--user", "carol").errors()).contains("carol may not use echo");
        assertThat(echo("", "e").errors()).contains("authentication is required");
        segment.addUser(users, "dave", "2001");
        assertThat(echo("2001", "f", "--user", "dave").output()).contains("1 of 1 came back");

        Program second = segment.start("", "serve", "echo", "--users", users, "--name", "eve");
        assertThat(second.awaitEnd(LONG)).isEqualTo(Osi.FAILURE);
        assertThat(second.errors()).contains("the store " + users + ".store is in use by another process");
        assertThat(bob.errors()).isEmpty();
        assertThat(Files.readString(Path.of(users)))
                .doesNotContain("wonderland")
                .doesNotContain("2001\n");
    }
}
