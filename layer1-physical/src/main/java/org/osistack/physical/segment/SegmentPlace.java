package org.osistack.physical.segment;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.osistack.core.ConfigurationException;

/**
 * Where the members of a segment meet: a folder that is the user's alone, with three files a segment.
 *
 * @param socket members connect here whose frames end with an FCS
 * @param plainSocket members connect here whose frames don't, such as a guest of QEMU
 * @param lock held by the process that is the hub; never deleted
 */
record SegmentPlace(String name, Path socket, Path plainSocket, Path lock) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final int MAX_PATH = 107; // octets: sun_path of sockaddr_un, less the final zero (unix(7))

    /** The place in the folder where segments of this user are. */
    static SegmentPlace of(String name) {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        Path folder = runtime != null && Files.isDirectory(Path.of(runtime))
                ? Path.of(runtime, "osistack")
                : Path.of(System.getProperty("java.io.tmpdir"), "osistack-" + System.getProperty("user.name"));
        return in(folder, name);
    }

    /**
     * The place in a given folder, which is made if it isn't there.
     *
     * @throws ConfigurationException if the folder can't be used, or isn't the user's alone
     */
    static SegmentPlace in(Path folder, String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,31}")) {
            throw new ConfigurationException(
                    "segment: " + name + " is no name for a segment: 1 to 32 letters, digits, hyphens and underscores");
        }
        Path plainSocket = folder.resolve(name + ".plain");
        if (plainSocket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
            throw new ConfigurationException("segment: the path " + plainSocket + " is longer than the " + MAX_PATH
                    + " octets that a socket's may have");
        }
        make(folder);
        return new SegmentPlace(name, folder.resolve(name + ".segment"), plainSocket, folder.resolve(name + ".lock"));
    }

    private static void make(Path folder) {
        try {
            try {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } catch (FileAlreadyExistsException e) {
                check(folder);
            }
        } catch (IOException e) {
            throw new ConfigurationException("segment: cannot use the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /** In a folder for all users, such as /tmp, somebody else may have made ours. */
    private static void check(Path folder) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String user = System.getProperty("user.name");
        if (!attributes.isDirectory()) {
            throw new ConfigurationException("segment: " + folder + " is in the way: it is no folder");
        }
        if (!attributes.owner().getName().equals(user)) {
            throw new ConfigurationException("segment: the folder " + folder + " belongs to "
                    + attributes.owner().getName() + ", and not to " + user);
        }
        Set<PosixFilePermission> open = EnumSet.copyOf(attributes.permissions());
        open.removeAll(OWNER_ONLY);
        if (!open.isEmpty()) {
            throw new ConfigurationException(
                    "segment: the folder " + folder + " is open to others; close it with: chmod 700 " + folder);
        }
    }

    /** Where a member connects whose frames do, or do not, end with an FCS. */
    UnixDomainSocketAddress address(boolean fcs) {
        return UnixDomainSocketAddress.of(fcs ? socket : plainSocket);
    }
}
