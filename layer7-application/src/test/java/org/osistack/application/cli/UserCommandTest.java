package org.osistack.application.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands about users; surefire has no terminal, so that passwords come from the input. */
class UserCommandTest {
    @TempDir
    private Path folder;

    private String output;
    private String errors;

    private int run(String typed, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
        try {
            int code = Main.run(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    args);
            output = out.toString(StandardCharsets.UTF_8);
            errors = err.toString(StandardCharsets.UTF_8);
            return code;
        } finally {
            System.setIn(before);
        }
    }

    private String file() {
        return folder.resolve("users").toString();
    }

    @Test
    void addsListsAndRemovesUsers() throws Exception {
        assertThat(run("wonderland\n", "user", "add", file(), "alice"))
                .as(errors)
                .isZero();
        assertThat(run("p\u00e4sswort\n", "user", "add", file(), "bob", "--applications", "file,chat"))
                .isZero();
        assertThat(run("", "user", "list", file())).isZero();
        assertThat(output.lines().toList())
                .containsExactly("USER   APPLICATIONS  RIGHTS", "alice  all", "bob    chat, file");
        assertThat(Files.readString(Path.of(file()))).doesNotContain("wonderland");

        assertThat(run("", "user", "remove", file(), "alice")).isZero();
        assertThat(run("", "user", "remove", file(), "alice")).isEqualTo(Main.FAILURE);
        assertThat(errors).startsWith("osi: there is no user alice in " + file());
        assertThat(run("", "user", "list", file())).isZero();
        assertThat(output).doesNotContain("alice");
    }

    @Test
    void givesTheRightOfAnOperatorAndTakesItAway() throws Exception {
        run("wonderland\n", "user", "add", file(), "alice", "--applications", "chat");
        String without = Files.readString(Path.of(file()));
        assertThat(run("christmas\n", "user", "add", file(), "carol", "--operator"))
                .isZero();
        assertThat(run("", "user", "grant", file(), "alice")).isZero();
        assertThat(run("", "user", "list", file())).isZero();
        assertThat(output.lines().toList())
                .containsExactly(
                        "USER   APPLICATIONS  RIGHTS",
                        "alice  chat          operator",
                        "carol  all           operator");

        assertThat(run("", "user", "revoke", file(), "alice")).isZero();
        assertThat(run("", "user", "remove", file(), "carol")).isZero();
        assertThat(Files.readString(Path.of(file()))).isEqualTo(without);
        assertThat(run("", "user", "grant", file(), "dave")).isEqualTo(Main.FAILURE);
        assertThat(errors).startsWith("osi: there is no user dave in " + file());
    }

    @Test
    void saysInASentenceWhatIsWrong() {
        assertThat(run("", "user", "add", file(), "alice")).isEqualTo(Main.FAILURE);
        assertThat(errors).startsWith("osi: no password was given");
        assertThat(run("\n", "user", "add", file(), "alice")).isEqualTo(Main.USAGE);
        assertThat(errors).startsWith("osi: the password is empty");
        assertThat(run("", "user", "list", file())).isEqualTo(Main.FAILURE);
        assertThat(errors).startsWith("osi: there is no file " + file());
        assertThat(run("x\n", "user", "add", folder.resolve("no/users").toString(), "alice"))
                .isEqualTo(Main.FAILURE);
        assertThat(errors).startsWith("osi: there is no folder for ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user | user needs one of: add, remove, grant, revoke, list",
                "user add users | Missing required parameter: 'NAME'",
                "user add users a=b | a=b cannot be a user's name",
                "user add users alice --applications a;b | a;b is no list of applications such as chat,file",
                "serve http --users users | http cannot tell who calls: it is served without --users only",
                "serve chat --password-plain | --password-plain needs --users",
                "serve chat --max-per-user 2 | --max-per-user needs --users",
                "session list bob --server bob | --server is for servers on this machine, and bob is another host",
                "session end 1 bob --server bob | --server is for servers on this machine, and bob is another host",
                "session list bob --name a_b | a_b cannot be a host's name",
                "serve http --operators users --seed 1 | with --seed all secrets of the server could be foreseen",
                "serve chat --users users --seed 1 | with --seed all secrets of the server could be foreseen",
                "echo bob --password-plain | --password-plain needs --user"
            })
    void refusesWhatMakesNoSense(String command, String sentence) {
        assertThat(run("", command.split(" "))).isEqualTo(Main.USAGE);
        assertThat(errors).startsWith("osi: " + sentence);
    }

    @Test
    void aServerSaysWhyItCannotKnowItsUsers() throws Exception {
        String[] stack = {"--l1", "virtual:a", "--l3", "ipv4:10.0.0.1/24"};
        assertThat(run("", "serve", "echo", "--users", file(), stack[0], stack[1], stack[2], stack[3]))
                .isEqualTo(Main.FAILURE);
        assertThat(errors).startsWith("osi: there is no file " + file());

        run("wonderland\n", "user", "add", file(), "alice");
        assertThat(run("", "serve", "echo", "--users", file(), "--stack", "internet", "--l1", "virtual:a"))
                .isEqualTo(Main.FAILURE);
        assertThat(errors).startsWith("osi: users need ACSE to prove who they are: layer 6 has to be x226");
        Files.writeString(folder.resolve("users.store"), "no store, but a text that is long enough\n".repeat(300));
        assertThat(run("", "serve", "echo", "--users", file(), stack[0], stack[1], stack[2], stack[3]))
                .isEqualTo(Main.FAILURE);
        assertThat(errors).contains(" is damaged, or no store");
    }

    @Test
    void aPasswordIsTakenFromTheEnvironmentOrAskedFor() {
        assertThat(Passwords.of("alice", Map.of("OSI_PASSWORD", "wonderland"), null))
                .containsExactly("wonderland".toCharArray());
        assertThatThrownBy(() -> Passwords.of("alice", Map.of(), null))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("there is no terminal to ask for the password of alice: set OSI_PASSWORD");
    }
}
