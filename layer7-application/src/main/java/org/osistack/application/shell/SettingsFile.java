package org.osistack.application.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.osistack.core.ConfigurationException;

/**
 * Reads what a server allows from a file in JSON, in which there may be comments as in Java:
 *
 * <pre>
 *   {
 *     "patience-seconds": 600,
 *     "sessions-per-user": 4,
 *     "sessions": 64,
 *     "built-ins": ["help", "date"],                  // all, if nothing is said
 *     "commands": [
 *       { "name": "disk",
 *         "description": "how full the disks are",
 *         "program": ["/bin/df", "-h"],
 *         "folder": "/",                               // where it runs
 *         "arguments": "/[a-z]*",                      // what each has to match; none, if nothing is said
 *         "max-arguments": 1,
 *         "seconds": 10,
 *         "octets": 65536,
 *         "users": ["alice"] }                         // all, if nothing is said
 *     ]
 *   }
 * </pre>
 */
final class SettingsFile {
    private static final int MAX_COMMANDS = 1000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.+-]{1,64}");

    private final Path file;
    private final Map<String, AllowedCommand> commands = new LinkedHashMap<>();
    private Set<String> builtIns; // null for all
    private int patience = ShellSettings.DEFAULT_PATIENCE;
    private int perUser = ShellSettings.DEFAULT_SESSIONS_PER_USER;
    private int sessions = ShellSettings.DEFAULT_SESSIONS;
    private JsonParser json;

    private SettingsFile(Path file) {
        this.file = file;
    }

    /**
     * Read the file.
     *
     * @throws ConfigurationException with a sentence and the line, if it cannot be read or understood
     */
    static ShellSettings read(Path file) {
        return new SettingsFile(file).read();
    }

    private ShellSettings read() {
        try (JsonParser parser = JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .createParser(file.toFile())) {
            json = parser;
            json.nextToken();
            members(this::setting);
            if (json.nextToken() != null) {
                throw fault("there is something behind the settings");
            }
        } catch (NoSuchFileException | java.io.FileNotFoundException e) {
            throw new ConfigurationException("shell: there is no readable file " + file, e);
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(
                    "shell: " + file + ", line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ConfigurationException("shell: cannot read " + file + ": " + e.getMessage(), e);
        }
        List<AllowedCommand> all = new ArrayList<>();
        for (AllowedCommand builtIn : BuiltIns.commands()) {
            if (builtIns == null || builtIns.remove(builtIn.name())) {
                all.add(builtIn);
            }
        }
        if (builtIns != null && !builtIns.isEmpty()) {
            throw new ConfigurationException("shell: " + file + ": there is no built-in "
                    + builtIns.iterator().next());
        }
        all.addAll(commands.values()); // one of the same name takes the place of a built-in
        return new ShellSettings(Map.of(), patience, perUser, sessions).with(all);
    }

    private ConfigurationException fault(String what) {
        return new ConfigurationException(
                "shell: " + file + ", line " + json.currentTokenLocation().getLineNr() + ": " + what);
    }

    /** Takes one member of an object. */
    private interface Member {
        void read(String name) throws IOException;
    }

    private void members(Member member) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw fault("an object { … } is needed here");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            member.read(name);
        }
    }

    private void setting(String name) throws IOException {
        switch (name) {
            case "patience-seconds" -> patience = (int) number(1, ShellApdu.Entered.MAX_PATIENCE);
            case "sessions-per-user" -> perUser = (int) number(1, ShellSettings.MAX_SESSIONS);
            case "sessions" -> sessions = (int) number(1, ShellSettings.MAX_SESSIONS);
            case "built-ins" -> builtIns = new HashSet<>(texts());
            case "commands" -> commands();
            default -> throw fault("there is no setting " + name);
        }
    }

    private void commands() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw fault("commands are a list [ … ]");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Draft draft = new Draft();
            members(draft::set);
            AllowedCommand command = draft.finish();
            if (commands.put(command.name(), command) != null) {
                throw fault("the command " + command.name() + " is there twice");
            } else if (commands.size() > MAX_COMMANDS) {
                throw fault("there are more than " + MAX_COMMANDS + " commands");
            }
        }
    }

    private long number(long min, long max) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw fault(json.currentName() + " is a number");
        }
        long value = json.getLongValue();
        if (value < min || value > max) {
            throw fault(json.currentName() + " is from " + min + " to " + max);
        }
        return value;
    }

    private String text() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw fault("a text is needed here");
        }
        return json.getText();
    }

    private List<String> texts() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw fault(json.currentName() + " is a list of texts");
        }
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text());
        }
        return texts;
    }

    /** A command as far as it is read. */
    private final class Draft {
        private String name;
        private String description = "";
        private List<String> words;
        private String folder = "";
        private Pattern arguments;
        private int maxArguments = AllowedCommand.DEFAULT_ARGUMENTS;
        private long seconds = AllowedCommand.DEFAULT_SECONDS;
        private long octets = AllowedCommand.DEFAULT_OCTETS;
        private Set<String> users = Set.of();

        void set(String member) throws IOException {
            switch (member) {
                case "name" -> name = text();
                case "description" -> description = text();
                case "program" -> words = texts();
                case "folder" -> folder = text();
                case "arguments" -> arguments = pattern();
                case "max-arguments" -> maxArguments = (int) number(1, AllowedCommand.MAX_ARGUMENTS);
                case "seconds" -> seconds = number(1, AllowedCommand.MAX_SECONDS);
                case "octets" -> octets = number(1, AllowedCommand.MAX_OCTETS);
                case "users" -> users = Set.copyOf(texts());
                default -> throw fault("a command has no " + member);
            }
        }

        private Pattern pattern() throws IOException {
            try {
                return Pattern.compile(text());
            } catch (PatternSyntaxException e) {
                throw fault("arguments: " + e.getDescription());
            }
        }

        AllowedCommand finish() {
            if (name == null || !NAME.matcher(name).matches()) {
                throw fault("a command needs a name of letters, digits and _.+-");
            } else if (words == null || words.isEmpty() || words.get(0).isEmpty()) {
                throw fault("the command " + name + " needs a program: a list of its file and fixed arguments");
            }
            return new AllowedCommand(
                    name, description, new Program(words, folder), arguments, maxArguments, seconds, octets, users);
        }
    }
}
