package org.osistack.application.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersFileTest {
    private static final char[] PASSWORD = "wonderland".toCharArray();

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("users");
    }

    @Test
    void addsChangesAndRemovesUsersAndLeavesTheRest() throws Exception {
        UsersFile users = new UsersFile(file());
        users.add("alice", PASSWORD, "");
        Files.writeString(file(), Files.readString(file()) + "# a friend\n\n");
        users.add("bob", PASSWORD, "file,chat");
        String alice = Files.readAllLines(file()).get(1);
        users.add("alice", PASSWORD, "chat");

        assertThat(Files.readAllLines(file()))
                .hasSize(5)
                .contains("# a friend")
                .doesNotContain(alice)
                .noneMatch(line -> line.contains("wonderland"));
        assertThat(new UsersFile(file()).names()).isEmpty(); // not yet read
        assertThat(users.names()).isEqualTo(Map.of("alice", Set.of("chat"), "bob", Set.of("chat", "file")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(users.remove("alice")).isTrue();
        assertThat(users.remove("alice")).isFalse();
        assertThat(users.names()).containsOnlyKeys("bob");
        assertThat(folder.toFile().list()).containsExactly("users");
    }

    @Test
    void knowsWhoIsAnOperator() throws Exception {
        UsersFile users = new UsersFile(file());
        users.add("alice", PASSWORD, "");
        users.add("bob", PASSWORD, "chat");
        assertThat(users.operator("alice", true)).isTrue();
        assertThat(users.operator("bob", true)).isTrue();
        assertThat(users.operator("bob", true)).isTrue();
        assertThat(users.operator("carol", true)).isFalse();
        assertThat(users.operators()).containsExactlyInAnyOrder("alice", "bob");
        assertThat(users.names()).isEqualTo(Map.of("alice", Set.of(), "bob", Set.of("chat")));
        assertThat(Files.readAllLines(file())).anyMatch(line -> line.endsWith(" chat +operator"));

        users.add("alice", PASSWORD, "");
        assertThat(users.operators()).containsExactly("bob");
        users.operator("bob", false);
        assertThat(users.operators()).isEmpty();
        assertThat(Files.readString(file())).doesNotContain("operator\n");
    }

    @Test
    void saltsEachPasswordForItself() throws Exception {
        UsersFile users = new UsersFile(file());
        users.add("alice", PASSWORD, "");
        users.add("bob", PASSWORD, "");

        assertThat(users.user("alice").keys().storedKey())
                .isNotEqualTo(users.user("bob").keys().storedKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "alice SCRAM-SHA-256$20000:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm:wfPLwcE6",
                "alice SCRAM-SHA-256$1:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
                        + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
                "a=b SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
                        + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
                "alice SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
                        + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU= a b",
                "alice plain wonderland"
            })
    void refusesALineThatItDoesNotUnderstand(String line) throws Exception {
        Files.writeString(file(), "# users\n" + line + "\n");

        assertThatThrownBy(() -> new UsersFile(file()).refresh())
                .isInstanceOf(IOException.class)
                .hasMessage("line 2 of " + file() + " is no user");
    }

    @Test
    void saysInASentenceWhatIsWrong() throws Exception {
        UsersFile users = new UsersFile(file());
        assertThatThrownBy(users::refresh).hasMessageStartingWith("there is no file " + file());
        assertThatThrownBy(() -> users.add("a b", PASSWORD, ""))
                .hasMessage("a b cannot be a user's name: letters, digits, '.', '_' and '-' can");
        assertThatThrownBy(() -> users.add("alice", new char[0], "")).hasMessage("the password is empty");
        assertThatThrownBy(() -> users.add("alice", "\u0007".toCharArray(), ""))
                .hasMessage("the password has characters that passwords cannot have");
        assertThatThrownBy(() -> users.add("alice", PASSWORD, "chat;file"))
                .hasMessage("chat;file is no list of applications such as chat,file");
        assertThatThrownBy(() -> new UsersFile(folder.resolve("no/users")).add("alice", PASSWORD, ""))
                .hasMessage("there is no folder for " + folder.resolve("no/users"));
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(users::refresh).hasMessage(file() + " is no text");
        assertThatThrownBy(() -> Identity.of("a=b", PASSWORD)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Identity.of("alice", new char[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
