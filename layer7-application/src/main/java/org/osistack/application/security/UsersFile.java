package org.osistack.application.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.osistack.core.Octets;

/**
 * A text file of users, one a line: the name, what is kept of the password in the form of RFC 5803, and the applications
 * that the user may use, if not all; at last {@code +operator} for those who have the right of an operator. Lines that
 * begin with {@code #} are for people.
 *
 * <pre>
 *   alice SCRAM-SHA-256$20000:salt$StoredKey:ServerKey chat,file
 *   carol SCRAM-SHA-256$20000:salt$StoredKey:ServerKey +operator
 * </pre>
 *
 * <p>A server that reads it takes up changes by itself.
 */
public final class UsersFile {
    private static final long MAX_LENGTH = 4 << 20;

    private final Path file;
    private Map<String, User> users = Map.of();
    private FileTime readAt;
    private long readLength;

    /** The users of a file, which need not exist yet. */
    public UsersFile(Path file) {
        this.file = file;
    }

    /**
     * Read the file, if it has changed.
     *
     * @throws IOException with a sentence, if it cannot be read or has a line that is not understood
     */
    public void refresh() throws IOException {
        FileTime time;
        long length;
        try {
            time = Files.getLastModifiedTime(file);
            length = Files.size(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file + "; 'osi user add " + file + " NAME' makes it", e);
        }
        if (time.equals(readAt) && length == readLength) {
            return;
        }
        Map<String, User> read = new LinkedHashMap<>();
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            if (isUser(lines.get(i))) {
                User user = User.parse(lines.get(i));
                if (user == null) {
                    throw new IOException("line " + (i + 1) + " of " + file + " is no user");
                }
                read.put(user.name(), user);
            }
        }
        users = read;
        readAt = time;
        readLength = length;
    }

    private static boolean isUser(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }

    private List<String> lines() throws IOException {
        try {
            if (Files.size(file) > MAX_LENGTH) {
                throw new IOException(file + " is too long for a file of users");
            }
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text", e);
        }
    }

    /** The user of this name, as of the last {@link #refresh}; null if there is none. */
    User user(String name) {
        return users.get(name);
    }

    /** The names of all users with the applications that they may use; none for all. */
    public Map<String, Set<String>> names() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        users.values().forEach(user -> names.put(user.name(), user.applications()));
        return names;
    }

    /** The names of the users with the right of an operator. */
    public Set<String> operators() {
        return users.values().stream().filter(User::isOperator).map(User::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Give a user the right of an operator, or take it away.
     *
     * @return whether there is a user of this name
     * @throws IOException if the file cannot be read or written
     */
    public boolean operator(String name, boolean mayOperate) throws IOException {
        refresh();
        User user = users.get(name);
        if (user != null && user.isOperator() != mayOperate) {
            rewrite(name, user.operator(mayOperate));
        }
        return user != null;
    }

    /**
     * Add a user without the right of an operator, in place of one that has the name.
     *
     * @param applications as {@code chat,file}; empty for all
     * @throws IllegalArgumentException with a sentence, if name, password or applications cannot be
     * @throws IOException if the file cannot be read or written
     */
    public void add(String name, char[] password, String applications) throws IOException {
        check(name, applications);
        ScramKeys.checkPassword(password);
        byte[] salt = Messages.randomOctets(new SecureRandom(), ScramKeys.SALT_LENGTH);
        ScramKeys keys = ScramKeys.of(password, Octets.of(salt), ScramKeys.STANDARD_ITERATIONS);
        rewrite(name, new User(name, keys, applications.isEmpty() ? Set.of() : User.applications(applications), false));
    }

    /**
     * See whether a user could be added so.
     *
     * @throws IllegalArgumentException with a sentence, if not
     */
    public static void check(String name, String applications) {
        User.checkName(name);
        if (!applications.isEmpty()) {
            User.applications(applications);
        }
    }

    /**
     * Remove a user.
     *
     * @return whether there was one of this name
     * @throws IOException if the file cannot be read or written
     */
    public boolean remove(String name) throws IOException {
        refresh();
        boolean wasThere = users.containsKey(name);
        if (wasThere) {
            rewrite(name, null);
        }
        return wasThere;
    }

    private void rewrite(String name, User instead) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean isPlaced = instead == null;
        for (String line : Files.exists(file) ? lines() : List.of("# users of osi: name, keys, applications")) {
            if (!line.startsWith(name + " ")) {
                lines.add(line);
            } else if (!isPlaced) {
                lines.add(instead.toString());
                isPlaced = true;
            }
        }
        if (!isPlaced) {
            lines.add(instead.toString());
        }
        write(String.join("\n", lines) + "\n");
        readAt = null;
        refresh();
    }

    /** Put a new file in the place of the old one, so that nobody ever sees half of it. */
    private void write(String text) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        boolean isPosix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path draft;
        try {
            draft = Files.createTempFile(
                    target.getParent(), target.getFileName().toString(), ".new", attributes);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no folder for " + file, e);
        }
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (octets.hasRemaining()) {
                    channel.write(octets);
                }
                channel.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
