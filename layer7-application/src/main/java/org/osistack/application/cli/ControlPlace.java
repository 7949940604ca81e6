package org.osistack.application.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Where the running servers of a user can be spoken to: a folder that is that user's alone, with a Unix domain socket for
 * each server. Whoever can connect is the user, or root.
 */
record ControlPlace(Path folder) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String SUFFIX = ".control";

    /** The place of this user. */
    static ControlPlace ofUser() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        return new ControlPlace(
                runtime != null && Files.isDirectory(Path.of(runtime))
                        ? Path.of(runtime, "osistack")
                        : Path.of(System.getProperty("java.io.tmpdir"), "osistack-" + System.getProperty("user.name")));
    }

    /**
     * The socket of a new server.
     *
     * @throws IOException with a sentence, if the folder cannot be had or is not the user's alone
     */
    Path newSocket(String server) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            check();
        }
        String name = server.replaceAll("[^A-Za-z0-9_-]", "_");
        return folder.resolve(name + "." + ProcessHandle.current().pid() + SUFFIX);
    }

    /** In a folder for all users, such as /tmp, somebody else may have made ours. */
    private void check() throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()
                || !attributes.owner().getName().equals(System.getProperty("user.name"))
                || !attributes.permissions().equals(OWNER_ONLY)) {
            throw new IOException("the folder " + folder + " is not this user's alone (drwx------)");
        }
    }

    /**
     * The sockets of this user's servers, some of which may have ended.
     *
     * @throws IOException with a sentence, if the folder is not the user's alone or cannot be read
     */
    List<Path> sockets() throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        check();
        List<Path> sockets = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            files.forEach(sockets::add);
        }
        Collections.sort(sockets);
        return sockets;
    }

    /** The name of the server with that socket. */
    static String server(Path socket) {
        return socket.getFileName().toString().replaceFirst("\\.[0-9]+\\" + SUFFIX + "$", "");
    }
}
