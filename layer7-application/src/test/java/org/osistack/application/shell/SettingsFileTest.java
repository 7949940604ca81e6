package org.osistack.application.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.application.MemoryFolder;
import org.osistack.core.ConfigurationException;

/** What a server's settings may say, and what they may not. */
class SettingsFileTest {
    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private ShellSettings read(String json) {
        try {
            return SettingsFile.read(Files.writeString(folder.resolve("shell.json"), json));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFileSaysWhatIsAllowed() {
        ShellSettings settings = read("""
                { // for the lab
                  "patience-seconds": 30, "sessions-per-user": 1, "sessions": 2,
                  "built-ins": ["help", "date"],
                  "commands": [
                    { "name": "disk", "description": "how full", "program": ["/bin/df", "-h"], "folder": "/tmp",
                      "arguments": "/[a-z]*", "max-arguments": 1, "seconds": 5, "octets": 100, "users": ["alice"] },
                    { "name": "date", "program": ["/bin/date"] }
                  ] }
                """);
        assertThat(settings.commands()).containsOnlyKeys("help", "date", "disk");
        assertThat(settings.patienceSeconds()).isEqualTo(30);
        assertThat(settings.sessionsPerUser()).isEqualTo(1);
        assertThat(settings.sessions()).isEqualTo(2);
        AllowedCommand disk = settings.commands().get("disk");
        assertThat(disk.program()).isEqualTo(new Program(List.of("/bin/df", "-h"), "/tmp"));
        assertThat(disk.users()).isEqualTo(Set.of("alice"));
        assertThat(disk.objection(List.of("/home"))).isNull();
        assertThat(disk.objection(List.of("/home", "/"))).isEqualTo("disk takes at most 1 argument");
        assertThat(disk.objection(List.of("-x"))).isEqualTo("disk does not take the argument -x");
        AllowedCommand date = settings.commands().get("date");
        assertThat(date.program().words()).containsExactly("/bin/date"); // not the built-in one
        assertThat(date.objection(List.of("x"))).isEqualTo("date takes no arguments");
        assertThat(settings.commandsOf("bob")).extracting(AllowedCommand::name).containsExactly("help", "date");
    }

    @Test
    void anEmptyObjectAllowsWhatIsBuiltIn() {
        assertThat(read("{}").commands().keySet())
                .isEqualTo(ShellSettings.USUAL.commands().keySet());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ 'x': 1 } | line 1: there is no setting x",
                "[] | line 1: an object { … } is needed here",
                "{ 'sessions': 0 } | sessions is from 1 to 10000",
                "{ 'sessions': 'many' } | sessions is a number",
                "{ 'built-ins': ['nothing'] } | there is no built-in nothing",
                "{ 'commands': [ { 'name': 'x' } ] } | the command x needs a program",
                "{ 'commands': [ { 'name': 'a b', 'program': ['/x'] } ] } | a command needs a name",
                "{ 'commands': [ { 'name': 'x', 'program': '/x -y' } ] } | program is a list of texts",
                "{ 'commands': [ { 'name': 'x', 'program': ['/x'], 'arguments': '(' } ] } | arguments: Unclosed group",
                "{ 'commands': [ { 'name': 'x', 'program': ['/x'], 'sudo': 1 } ] } | a command has no sudo",
                "{ 'sessions': 3, 'sessions': 4 } | Duplicate field 'sessions'",
                "{ 'sessions': 3 | line 1: Unexpected end-of-input",
                "{} {} | there is something behind the settings"
            },
            quoteCharacter = '~')
    void whatIsWrongIsSaidInASentence(String json, String sentence) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("shell: ")
                .hasMessageContaining(sentence);
    }

    @Test
    void aFileThatIsNotThereIsToldOf() {
        assertThatThrownBy(() -> SettingsFile.read(folder.resolve("nowhere")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("shell: there is no readable file ");
    }
}
