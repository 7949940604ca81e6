package org.osistack.application.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.osistack.application.net.OsiSegment.LONG;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.OsiSegment;
import org.osistack.application.net.Program;

/** An operator looks at the sessions of a server from another host of the segment, and ends them. */
class SessionManagementIT {
    @TempDir
    private Path folder;

    private final OsiSegment segment = new OsiSegment("manage");
    private String users;
    private int hosts;

    @AfterEach
    void endAll() {
        segment.close();
    }

    private Program onSegment(String password, String... arguments) {
        return segment.start(password, OsiSegment.with(arguments, "--l3", "ipv4:10.0.0." + ++hosts + "/24"));
    }

    private Program operator(String password, String... arguments) {
        Program program = onSegment(password, arguments);
        program.awaitEnd(LONG);
        return program;
    }

    @BeforeEach
    void addUsers() {
        users = folder.resolve("users").toString();
        segment.addUser(users, "alice", "wonderland");
        segment.addUser(users, "carol", "christmas", "--operator", "--applications", "echo");
    }

    /** The number of the session in the only line that has this text. */
    private static String number(Program list, String text) {
        Matcher line = Pattern.compile("(?m)^([0-9]+) .*" + Pattern.quote(text)).matcher(list.output());
        assertThat(line.find()).as(list.toString()).isTrue();
        return line.group(1);
    }

    @Test
    void listsAndEndsTheSessionsOfAServerOfTheOsiStack() {
        Program bob = onSegment("", "serve", "chat", "--users", users).await("ready: bob", LONG);
        Program chat = onSegment("wonderland", "chat", "bob", "--user", "alice", "--name", "a")
                .await("bob", LONG);

        Program list = operator("christmas", "session", "list", "bob", "--user", "carol", "--name", "c");
        assertThat(list.output())
                .containsPattern("(?m)^[0-9]+ +alice +a .* STA713 +kernel, ")
                .containsPattern("(?m)^[0-9]+ +carol +c .* STA713 +kernel, duplex ");
        assertThat(operator("wonderland", "session", "list", "bob", "--user", "alice", "--name", "d")
                        .errors())
                .contains("alice does not have the right of an operator");
        assertThat(operator("", "session", "list", "bob", "--name", "e").errors())
                .contains("authentication is required");
        assertThat(operator("christmas", "session", "end", "77", "bob", "--user", "carol", "--name", "f")
                        .errors())
                .contains("there is no session 77");

        String number = number(list, "alice");
        Program end =
                operator("christmas", "session", "end", number, "bob", "--abrupt", "--user", "carol", "--name", "g");
        assertThat(end.output()).as(end.toString()).isEqualTo("session " + number + " of bob was aborted\n");
        chat.awaitEnd(LONG);
        assertThat(chat.output() + chat.errors()).contains("abort");
        Program json = operator("christmas", "session", "list", "bob", "--json", "--user", "carol", "--name", "h");
        assertThat(json.output())
                .startsWith("{\"server\":\"bob\",\"sessions\":[")
                .doesNotContain("alice");
        assertThat(bob.errors()).isEmpty();
    }

    @Test
    void listsAndEndsTheConnectionsOfAServerOfTheInternetStack() {
        Program bob = onSegment("", "serve", "inetd", "--stack", "internet", "--operators", users)
                .await("ready: bob", LONG);
        Program echo = onSegment("", "connect", "bob", "7", "--name", "a");
        echo.say("hello");
        echo.await("hello", LONG);

        Program list = operator(
                "christmas", "session", "list", "bob", "--user", "carol", "--stack", "internet", "--name", "c");
        String number = number(list, " ");
        assertThat(list.output().lines()).as(list.toString()).hasSize(2);
        Program end =
                operator("christmas", "session", "end", number, "bob", "--abrupt", "--user", "carol", "--name", "g");
        assertThat(end.output()).as(end.toString()).isEqualTo("session " + number + " of bob was aborted\n");
        echo.awaitEnd(LONG);
        assertThat(operator("wonderland", "session", "list", "bob", "--user", "alice", "--name", "d")
                        .errors())
                .contains("alice does not have the right of an operator");
        assertThat(bob.errors()).isEmpty();
    }

    @Test
    void tellsThatAServerHasNoOperators() {
        onSegment("", "serve", "echo").await("ready: bob", LONG);
        Program list = operator("christmas", "session", "list", "bob", "--user", "carol");
        assertThat(list.awaitEnd(LONG)).isEqualTo(Osi.FAILURE);
        assertThat(list.errors()).contains("this server has no operators");
    }
}
